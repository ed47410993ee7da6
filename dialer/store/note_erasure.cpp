#include "dialer/store/note_erasure.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "dialer/engine/interview_actions.h"
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

constexpr const char* kAttemptsOfPerson =
    "SELECT a.id FROM attempts a JOIN contacts c ON c.id = a.contact_id "
    "JOIN numbers n ON n.id = c.number_id WHERE n.digits = ?2 AND a.client_id = ?1 "
    "UNION SELECT a.id FROM attempts a JOIN contact_numbers o ON o.contact_id = a.contact_id "
    "JOIN numbers n ON n.id = o.number_id WHERE n.digits = ?2 AND a.client_id = ?1";

/// Who is meant, in the words of a written action.
struct Meant {
    std::set<std::string> calls;
    std::set<std::string> contacts;
    std::set<std::string> attempts;

    [[nodiscard]] bool has(const nlohmann::json& action) const {
        const std::string is = action.value("is", "");
        if (is == engine::StoreDisposition::kName)
            return calls.contains(action.value("call", "")) &&
                   contacts.contains(action.value("contact", ""));
        const bool by_interviewer =
            is == engine::StoreInterviewNote::kName || is == engine::StoreRefusal::kName;
        return by_interviewer && attempts.contains(action.value("attempt", ""));
    }
};

bool writes_of(const std::string& actions, const Meant& meant) {
    std::istringstream lines{actions};
    for (std::string line; std::getline(lines, line);) {
        const auto action = nlohmann::json::parse(line, nullptr, false);
        if (action.is_object() && meant.has(action)) return true;
    }
    return false;
}

std::vector<std::uint64_t> entries_of(Database& database, const Meant& meant) {
    Statement query{database,
                    "SELECT seq, actions FROM journal WHERE seq IN "
                    "(SELECT seq FROM journal_personal) AND (instr(actions, ?) > 0 "
                    "OR instr(actions, ?) > 0 OR instr(actions, ?) > 0)"};
    query.bind(engine::StoreDisposition::kName, engine::StoreInterviewNote::kName,
               engine::StoreRefusal::kName);
    std::vector<std::uint64_t> entries;
    while (query.step()) {
        if (writes_of(query.get<std::string>(1), meant))
            entries.push_back(query.get<std::uint64_t>(0));
    }
    return entries;
}

void find_interviewers_words(Database& database, ClientId client, const PhoneNumber& number,
                             NoteTraces& traces, Meant& meant) {
    const std::string of_person =
        std::string{"WHERE note <> '' AND attempt_id IN ("} + kAttemptsOfPerson + ')';
    const auto rows_of = [&](const std::string& table) {
        Statement rows{database, "SELECT id, attempt_id FROM " + table + ' ' + of_person};
        rows.bind(client, number.digits());
        std::vector<std::int64_t> ids;
        while (rows.step()) {
            ids.push_back(rows.get<std::int64_t>(0));
            meant.attempts.insert(std::to_string(rows.get<std::uint64_t>(1)));
        }
        return ids;
    };
    traces.interviews = rows_of("interview_notes");
    traces.refusals = rows_of("refusals");
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
    find_interviewers_words(database, client, number, traces, meant);
    if (!traces.empty()) traces.entries = entries_of(database, meant);
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
    Statement note{database, "UPDATE interview_notes SET note = '' WHERE id = ? AND note <> ''"};
    for (const std::int64_t row : traces.interviews) {
        note.run_with(row);
        notes += database.changes();
    }
    Statement refusal{database, "UPDATE refusals SET note = '' WHERE id = ? AND note <> ''"};
    for (const std::int64_t row : traces.refusals) {
        refusal.run_with(row);
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
