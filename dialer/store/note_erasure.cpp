#include "dialer/store/note_erasure.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "dialer/engine/store_actions.h"

namespace bellwether::store {

namespace {

// Pages of the index that one step writes: 2 MB, some tens of milliseconds on a disk.
constexpr int kPagesPerStep = 500;

constexpr const char* kCallsOfPerson =
    "SELECT epoch, call_id, ifnull(contact_id, 0) FROM dispositions WHERE client_id = ?1 "
    "AND contact_id IN (SELECT c.id FROM contacts c JOIN numbers n ON n.id = c.number_id "
    "WHERE n.digits = ?2 UNION SELECT o.contact_id FROM contact_numbers o "
    "JOIN numbers n ON n.id = o.number_id WHERE n.digits = ?2) "
    "UNION SELECT d.epoch, d.call_id, ifnull(d.contact_id, 0) FROM numbers n "
    "JOIN inbound_calls i ON i.number_id = n.id "
    "JOIN dispositions d ON d.epoch = i.epoch AND d.call_id = i.call_id "
    "WHERE n.digits = ?2 AND d.client_id = ?1";

/// Who is meant, in the words of a written action.
struct Meant {
    std::set<std::string> calls;
    std::set<std::string> contacts;

    [[nodiscard]] bool has(const nlohmann::json& action) const {
        return calls.contains(action.value("call", "")) &&
               contacts.contains(action.value("contact", ""));
    }
};

bool disposes_of(const std::string& actions, const Meant& meant) {
    std::istringstream lines{actions};
    for (std::string line; std::getline(lines, line);) {
        const auto action = nlohmann::json::parse(line, nullptr, false);
        if (!action.is_object()) continue;
        if (action.value("is", "") == engine::StoreDisposition::kName && meant.has(action))
            return true;
    }
    return false;
}

std::vector<std::uint64_t> entries_of(Database& database, const Meant& meant) {
    Statement query{database,
                    "SELECT seq, actions FROM journal WHERE seq IN "
                    "(SELECT seq FROM journal_personal) AND instr(actions, ?) > 0"};
    query.bind(engine::StoreDisposition::kName);
    std::vector<std::uint64_t> entries;
    while (query.step()) {
        if (disposes_of(query.get<std::string>(1), meant))
            entries.push_back(query.get<std::uint64_t>(0));
    }
    return entries;
}

}  // namespace

NoteTraces notes_of(Database& database, ClientId client, const PhoneNumber& number) {
    NoteTraces traces;
    Meant meant;
    Statement calls{database, kCallsOfPerson};
    calls.bind(client, number.digits());
    while (calls.step()) {
        traces.calls.push_back({calls.get<Epoch>(0), calls.get<CallId>(1)});
        meant.calls.insert(std::to_string(calls.get<std::uint64_t>(1)));
        meant.contacts.insert(std::to_string(calls.get<std::uint64_t>(2)));
    }
    if (!traces.calls.empty()) traces.entries = entries_of(database, meant);
    return traces;
}

std::int64_t blank_notes(Database& database, const NoteTraces& traces) {
    Statement blank{database,
                    "UPDATE dispositions SET note = '' "
                    "WHERE epoch = ? AND call_id = ? AND note <> ''"};
    std::int64_t notes = 0;
    for (const auto& [epoch, call] : traces.calls) {
        blank.run_with(epoch, call);
        notes += database.changes();
    }
    Statement forget{database, "DELETE FROM journal_personal WHERE seq = ?"};
    for (const std::uint64_t entry : traces.entries) forget.run_with(entry);
    return notes;
}

// FTS5 keeps a deleted word in the segment it stands in until segments are merged. SQLite 3.42 has
// an option against that ('secure-delete'), Debian's 3.40 has not: so every segment becomes one, by
// a negative 'merge' and as many positive ones as it takes
// (https://sqlite.org/fts5.html#the_merge_command).
bool forget_words(Database& database, bool first) {
    const int before = sqlite3_total_changes(database.get());
    Statement{database, "INSERT INTO precedent_index(precedent_index, rank) VALUES ('merge', ?)"}
        .run_with(first ? -kPagesPerStep : kPagesPerStep);
    return first || sqlite3_total_changes(database.get()) - before >= 2;
}

}  // namespace bellwether::store
