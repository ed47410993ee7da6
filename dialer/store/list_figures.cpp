#include "dialer/store/list_figures.h"

#include <algorithm>
#include <utility>

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

using campaigns::Outcome;

// About 20 ms of the writer's time: what the engine may have to wait.
constexpr std::int64_t kContactsAtOnce = 1'000;

struct Share {
    CampaignId campaign{};
    bool is_only_list = false;  ///< then every row of the campaign is of this list
};

std::vector<Share> campaigns_of(Database& database, ListId list) {
    Statement query{database,
                    "SELECT l.campaign_id, (SELECT count(*) FROM campaign_lists o "
                    "WHERE o.campaign_id = l.campaign_id) = 1 FROM campaign_lists l "
                    "WHERE l.list_id = ? ORDER BY l.campaign_id"};
    return read_all(query.bind(list), [](const Statement& row) {
        return Share{row.get<CampaignId>(0), row.get<bool>(1)};
    });
}

std::int64_t contacts_of(Database& database, ListId list) {
    Statement query{database,
                    "SELECT ifnull(sum(accepted - taken_out), 0) FROM imports "
                    "WHERE list_id = ? AND state = 'COMPLETE'"};
    return query.bind(list).step() ? query.get<std::int64_t>(0) : 0;
}

void add_rows(ListFigures& figures, const Statement& row) {
    const auto contacts = row.get<std::int64_t>(3);
    if (row.get<bool>(2)) figures.tried += contacts;
    switch (row.get<ContactState>(0)) {
        case ContactState::New:
            break;  // with those that have no row
        case ContactState::Claimed:
        case ContactState::Live:
            figures.with_engine += contacts;
            break;
        case ContactState::Retry:
            figures.waiting += contacts;
            break;
        case ContactState::Done:
            figures.done += contacts;
            figures.ended.push_back(
                {row.get<std::optional<Outcome>>(1).value_or(Outcome::Unknown), contacts});
            break;
        case ContactState::Denied:
            figures.denied += contacts;
            break;
    }
}

/// Ended contacts by outcome, each outcome once, in the order of the enum.
void merge_ended(std::vector<ListFigures::Ended>& ended) {
    std::ranges::sort(ended, {}, &ListFigures::Ended::outcome);
    std::vector<ListFigures::Ended> merged;
    for (const auto& one : ended) {
        if (merged.empty() || merged.back().outcome != one.outcome) merged.push_back({one.outcome});
        merged.back().contacts += one.contacts;
    }
    ended = std::move(merged);
}

ListFigures figures_of(Database& database, ListId list, const Share& share, std::int64_t total) {
    ListFigures figures{.campaign = share.campaign, .list = list, .total = total};
    const std::string of_list =
        share.is_only_list ? "WHERE cc.campaign_id = ?1 "
                           : "JOIN contacts c ON c.id = cc.contact_id WHERE cc.campaign_id = ?1 "
                             "AND c.list_id = ?2 ";
    Statement rows{database,
                   "SELECT cc.state, cc.last_outcome, cc.attempts > 0, count(*) "
                   "FROM campaign_contacts cc " +
                       of_list + "GROUP BY 1, 2, 3"};
    share.is_only_list ? rows.bind(share.campaign) : rows.bind(share.campaign, list);
    while (rows.step()) add_rows(figures, rows);
    merge_ended(figures.ended);
    figures.untouched =
        figures.total - figures.with_engine - figures.waiting - figures.done - figures.denied;
    return figures;
}

/// The next contacts to be reset after `after`, in order of id.
std::vector<ContactId> next_to_reset(Database& database, CampaignId campaign,
                                     const ListReset& reset, ContactId after) {
    std::string outcomes;
    for (const Outcome outcome : reset.outcomes) {
        outcomes += (outcomes.empty() ? "'" : ", '") + std::string{name_of(outcome)} + "'";
    }
    Statement query{database,
                    "SELECT cc.contact_id FROM campaign_contacts cc "
                    "JOIN contacts c ON c.id = cc.contact_id WHERE cc.campaign_id = ? "
                    "AND cc.contact_id > ? AND cc.state = 'DONE' AND c.list_id = ? "
                    "AND cc.last_outcome IN (" +
                        outcomes + ") ORDER BY cc.contact_id LIMIT ?"};
    return read_all(query.bind(campaign, after, reset.list, kContactsAtOnce),
                    [](const Statement& row) { return row.get<ContactId>(0); });
}

compliance::evidence::Record evidence_of(Writer::Context& context, CampaignId campaign,
                                         const ListReset& reset, std::int64_t contacts) {
    Statement list{context.database, "SELECT client_id, name FROM lists WHERE id = ?"};
    BW_CHECK(list.bind(reset.list).step());
    std::vector<std::string> outcomes;
    for (const Outcome outcome : reset.outcomes) outcomes.emplace_back(name_of(outcome));
    return to_record(compliance::evidence::ListResetFacts{.at = reset.at,
                                                          .client = list.get<ClientId>(0),
                                                          .list = list.get<std::string>(1),
                                                          .campaign = campaign,
                                                          .outcomes = std::move(outcomes),
                                                          .actor = reset.actor,
                                                          .contacts = contacts});
}

Result<std::int64_t> reset_campaign(Store& store, CampaignId campaign, const ListReset& reset) {
    std::int64_t count = 0;
    ContactId after{};
    while (true) {
        const auto found =
            store.impl().readers.query([&](Database& database) -> Result<std::vector<ContactId>> {
                return next_to_reset(database, campaign, reset, after);
            });
        if (!found) return tl::unexpected<Error>{found.error()};
        if (found->empty()) return count;
        after = found->back();
        const auto written =
            store.impl().writer->run([&](Writer::Context& context) -> Result<std::int64_t> {
                Statement again{context.database,
                                "UPDATE campaign_contacts SET state = 'NEW', attempts = 0, "
                                "due_at = 0, rule = 'NONE', cited = '' WHERE campaign_id = ? "
                                "AND contact_id = ? AND state = 'DONE'"};
                std::int64_t changed = 0;
                for (const ContactId contact : *found) {
                    again.run_with(campaign, contact);
                    changed += context.database.changes();
                }
                context.events.emplace_back(engine::ContactsAdded{campaign});
                if (changed > 0)
                    context.evidence.append(evidence_of(context, campaign, reset, changed));
                return changed;
            });
        if (!written) return written;
        count += *written;
    }
}

}  // namespace

std::vector<Outcome> unreached_outcomes() {
    return {Outcome::Machine,       Outcome::Busy,         Outcome::NoAnswer,
            Outcome::Cancelled,     Outcome::Unavailable,  Outcome::Rejected,
            Outcome::Congestion,    Outcome::AuthRefused,  Outcome::Unreachable,
            Outcome::NoCommonCodec, Outcome::LocalFailure, Outcome::Unknown};
}

Result<std::vector<ListFigures>> list_figures(const Store& store, ListId list) {
    using All = std::vector<ListFigures>;
    return store.impl().readers.query([&](Database& database) -> Result<All> {
        All all;
        const std::int64_t total = contacts_of(database, list);
        for (const Share& share : campaigns_of(database, list))
            all.push_back(figures_of(database, list, share, total));
        return all;
    });
}

Result<std::int64_t> reset_list(Store& store, const ListReset& reset) {
    BW_CHECK(std::ranges::find(reset.outcomes, Outcome::OptedOut) == reset.outcomes.end());
    BW_CHECK(!reset.outcomes.empty());
    std::int64_t count = 0;
    for (const CampaignId campaign : reset.campaigns) {
        const auto done = reset_campaign(store, campaign, reset);
        if (!done) return done;
        count += *done;
    }
    return count;
}

}  // namespace bellwether::store
