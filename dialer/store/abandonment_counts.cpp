#include "dialer/store/abandonment_counts.h"

#include "campaigns/outcome.h"
#include "dialer/store/impl.h"

namespace bellwether::store {
namespace {

using campaigns::Outcome;

/// One attempt that was answered.
struct Answered {
    AttemptId id{};
    Outcome outcome = Outcome::Unknown;
    bool was_connected = false;
    bool heard_something = false;
    bool was_machine = false;  ///< whoever listened says so
};

void count(AbandonmentCounts& counts, const Answered& call) {
    switch (call.outcome) {
        case Outcome::Machine:
        case Outcome::MessageLeft:
            ++counts.machine_verdicts;
            return;
        case Outcome::HungUp:
            ++counts.hung_up_early;
            return;
        case Outcome::Fax:
        case Outcome::NoCommonCodec:
            return;
        default:
            break;
    }
    if (call.was_connected) {
        ++(call.was_machine ? counts.machines_put_through : counts.connected);
    } else if (call.outcome == Outcome::Abandoned || call.outcome == Outcome::OptedOut ||
               call.outcome == Outcome::Unknown) {
        ++(call.heard_something ? counts.message_played : counts.silent);
    } else {
        ++counts.connected;  // an interview or a notice: somebody was spoken to
    }
}

}  // namespace

Result<AbandonmentCounts> abandonment_counts(const Store& store, CampaignId campaign, UtcTime from,
                                             UtcTime to) {
    return store.impl().readers.query([&](Database& database) -> Result<AbandonmentCounts> {
        Statement query{database,
                        "SELECT a.id, a.outcome, a.connected_at IS NOT NULL, "
                        "a.spoken_at IS NOT NULL, ifnull((SELECT d.truth = 'MACHINE' "
                        "FROM detections d WHERE d.attempt_id = a.id AND d.truth IS NOT NULL "
                        "ORDER BY d.id DESC LIMIT 1), 0) "
                        "FROM attempts a WHERE a.campaign_id = ? AND a.answered_at >= ? "
                        "AND a.answered_at < ? AND a.outcome IS NOT NULL ORDER BY a.id"};
        query.bind(campaign, from, to);
        AbandonmentCounts counts;
        while (query.step()) {
            const Answered call{query.get<AttemptId>(0), query.get<Outcome>(1), query.get<bool>(2),
                                query.get<bool>(3), query.get<bool>(4)};
            count(counts, call);
            counts.attempts.push_back(call.id);
        }
        return counts;
    });
}

Result<std::optional<IssuedWindow>> issued_window(const Store& store, CampaignId campaign,
                                                  UtcTime from) {
    using Found = std::optional<IssuedWindow>;
    return store.impl().readers.query([&](Database& database) -> Result<Found> {
        Statement query{database,
                        "SELECT version, numerator, denominator FROM abandonment_reports "
                        "WHERE campaign_id = ? AND window_start = ? ORDER BY version DESC LIMIT 1"};
        if (!query.bind(campaign, from).step()) return std::nullopt;
        return IssuedWindow{query.get<int>(0), query.get<std::string>(1),
                            query.get<std::string>(2)};
    });
}

Result<void> note_issued(Store& store, CampaignId campaign, UtcTime from,
                         const IssuedWindow& window, UtcTime at) {
    return store.impl().writer->run([&](Writer::Context& context) -> Result<void> {
        Statement{context.database,
                  "INSERT INTO abandonment_reports(campaign_id, window_start, version, numerator, "
                  "denominator, at) VALUES (?, ?, ?, ?, ?, ?)"}
            .run_with(campaign, from, window.version, window.numerator, window.denominator, at);
        return {};
    });
}

}  // namespace bellwether::store
