#include <utility>

#include "dialer/store/evidence_log.h"
#include "dialer/store/impl.h"

// EvidenceLog: legal holds.

namespace bellwether::store {

namespace {

constexpr const char* kSelectHolds =
    "SELECT name, query, state, (SELECT count(*) FROM evidence_hold_subjects WHERE hold_id = id), "
    "asked_by, ifnull(placed_by, ''), ifnull(lift_asked_by, ''), ifnull(lifted_by, ''), asked_at, "
    "id FROM evidence_holds ";

HoldRecord read_hold(const Statement& row) {
    return {row.get<std::string>(0),  row.get<std::string>(1), row.get<HoldState>(2),
            row.get<std::int64_t>(3), row.get<std::string>(4), row.get<std::string>(5),
            row.get<std::string>(6),  row.get<std::string>(7), row.get<UtcTime>(8)};
}

struct FoundHold {
    std::int64_t id = 0;
    HoldRecord hold;
};

std::optional<FoundHold> find_hold(Database& database, std::string_view name) {
    Statement query{database, std::string{kSelectHolds} + "WHERE name = ?"};
    if (!query.bind(name).step()) return std::nullopt;
    return FoundHold{query.get<std::int64_t>(9), read_hold(query)};
}

/// SHA-256 over the frozen pseudonyms in their order: what exactly was held can be shown later.
std::string hash_of_subjects(Database& database, std::int64_t hold) {
    Statement query{database,
                    "SELECT subject FROM evidence_hold_subjects WHERE hold_id = ? "
                    "ORDER BY subject"};
    query.bind(hold);
    std::string all;
    while (query.step()) all += query.get<std::string>(0) + "\n";
    return evidence::to_hex(evidence::sha256(all));
}

evidence::Record hold_record(Database& database, const FoundHold& found, bool placed, UtcTime at) {
    const HoldRecord& hold = found.hold;
    return evidence::to_record(evidence::HoldFacts{
        at, placed, hold.name, hold.query, hold.subjects, hash_of_subjects(database, found.id),
        placed ? hold.asked_by : hold.lift_asked_by, placed ? hold.placed_by : hold.lifted_by});
}

void freeze_matching(Database& database, std::int64_t hold, const HoldRequest& request) {
    Statement{database,
              "INSERT OR IGNORE INTO evidence_hold_subjects(subject, hold_id) "
              "SELECT subject, ?1 FROM evidence_personal JOIN evidence_subjects USING (subject) "
              "JOIN evidence USING (seq) WHERE client_id = ?2 "
              "AND (?3 IS NULL OR at >= ?3 * 1000) AND (?4 IS NULL OR at < ?4 * 1000) "
              "AND (?5 = '' OR json_extract(CAST(record AS TEXT), '$.campaign') = ?5)"}
        .run_with(hold, request.client, request.from, request.to, request.campaign);
}

Result<void> ask_for_hold(Writer::Context& context, const HoldRequest& request) {
    Database& database = context.database;
    Statement{database,
              "INSERT INTO evidence_holds(name, query, state, asked_by, asked_at) "
              "VALUES (?, ?, ?, ?, ?)"}
        .run_with(request.name, request.query, HoldState::Asked, request.actor, request.at);
    const std::int64_t hold = database.last_insert_id();
    if (request.numbers.empty()) freeze_matching(database, hold, request);
    Statement freeze{database,
                     "INSERT OR IGNORE INTO evidence_hold_subjects(subject, hold_id) "
                     "VALUES (?, ?)"};
    for (const PhoneNumber& number : request.numbers)
        freeze.run_with(evidence::to_hex(context.evidence.subject(request.client, number)), hold);
    if (find_hold(database, request.name)->hold.subjects == 0)
        return fail(Errc::InvalidInput, "the hold matches nobody: nothing would be kept");
    return {};
}

Result<HoldRecord> second_step(Writer::Context& context, std::string_view name,
                               std::string_view first, std::string_view actor, UtcTime at,
                               bool placed) {
    if (first == actor)
        return fail(Errc::Refused, "it needs a second person: " + std::string{actor} +
                                       " has asked for it already");
    const char* const sql =
        placed ? "UPDATE evidence_holds SET state = ?, placed_by = ?, placed_at = ? WHERE name = ?"
               : "UPDATE evidence_holds SET state = ?, lifted_by = ?, lifted_at = ? WHERE name = ?";
    Statement{context.database, sql}.run_with(placed ? HoldState::InForce : HoldState::Lifted,
                                              actor, at, name);
    auto found = *find_hold(context.database, name);
    context.evidence.append(hold_record(context.database, found, placed, at));
    return std::move(found.hold);
}

Result<void> check_actor(std::string_view name, std::string_view actor) {
    if (name.empty() || actor.empty())
        return fail(Errc::InvalidInput, "a hold needs a name, and somebody who asks for it");
    return {};
}

}  // namespace

Result<HoldRecord> EvidenceLog::place_hold(const HoldRequest& request) const {
    if (auto named = check_actor(request.name, request.actor); !named)
        return tl::unexpected(named.error());
    return store_.writer->run([&](Writer::Context& context) -> Result<HoldRecord> {
        const auto found = find_hold(context.database, request.name);
        if (found && found->hold.state != HoldState::Asked)
            return fail(Errc::Conflict, "there is a hold of this name already, or was");
        if (found)
            return second_step(context, request.name, found->hold.asked_by, request.actor,
                               request.at, true);
        if (auto asked = ask_for_hold(context, request); !asked)
            return tl::unexpected(asked.error());
        return find_hold(context.database, request.name)->hold;
    });
}

Result<HoldRecord> EvidenceLog::lift_hold(std::string_view name, std::string_view actor,
                                          UtcTime at) const {
    if (auto named = check_actor(name, actor); !named) return tl::unexpected(named.error());
    return store_.writer->run([&](Writer::Context& context) -> Result<HoldRecord> {
        const auto found = find_hold(context.database, name);
        if (!found) return fail(Errc::NotFound, "there is no hold of this name");
        if (found->hold.state == HoldState::LiftAsked)
            return second_step(context, name, found->hold.lift_asked_by, actor, at, false);
        if (found->hold.state != HoldState::InForce)
            return fail(Errc::Conflict, "the hold is not in force");
        Statement{context.database,
                  "UPDATE evidence_holds SET state = ?, lift_asked_by = ?, lift_asked_at = ? "
                  "WHERE name = ?"}
            .run_with(HoldState::LiftAsked, actor, at, name);
        return find_hold(context.database, name)->hold;
    });
}

Result<std::vector<HoldRecord>> EvidenceLog::holds() const {
    return store_.readers.query([](Database& database) -> Result<std::vector<HoldRecord>> {
        Statement query{database, std::string{kSelectHolds} + "ORDER BY id"};
        return read_all(query, read_hold);
    });
}

}  // namespace bellwether::store
