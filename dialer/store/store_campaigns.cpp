#include <algorithm>
#include <utility>

#include "dialer/store/impl.h"
#include "dialer/store/number_rule_text.h"

// Store: clients, lists and campaigns.

namespace bellwether::store {

namespace {

constexpr const char* kCampaignColumns =
    "SELECT id, client_id, list_id, name, toml, run_state, started_at, number_rule FROM campaigns ";
constexpr const char* kAccountColumns =
    "SELECT window_kind, window_hours, window_start, live_answers, abandoned FROM accounts ";
constexpr const char* kListColumns =
    "SELECT l.id, l.client_id, l.name, ifnull(sum(i.accepted - i.taken_out), 0), count(i.id) FROM "
    "lists l "
    "LEFT JOIN imports i ON i.list_id = l.id AND i.state = 'COMPLETE' ";

CampaignRecord read_campaign(const Statement& row) {
    CampaignRecord campaign{row.get<CampaignId>(0),
                            row.get<ClientId>(1),
                            row.get<ListId>(2),
                            row.get<std::string>(3),
                            row.get<std::string>(4),
                            row.get<engine::CampaignRunState>(5),
                            row.get<std::optional<UtcTime>>(6)};
    campaign.numbers = number_rule_of(row.get<std::string>(7));
    return campaign;
}

std::vector<CampaignRecord> read_campaigns(Database& database, Statement& query) {
    auto campaigns = read_all(query, read_campaign);
    Statement lists{database,
                    "SELECT list_id, priority, weight FROM campaign_lists WHERE campaign_id = ? "
                    "ORDER BY priority, list_id"};
    for (CampaignRecord& campaign : campaigns) {
        campaign.lists = read_all(lists.bind(campaign.id), [](const Statement& row) {
            return CampaignRecord::List{row.get<ListId>(0), row.get<int>(1), row.get<int>(2)};
        });
    }
    return campaigns;
}

ListRecord read_list(const Statement& row) {
    return {row.get<ListId>(0), row.get<ClientId>(1), row.get<std::string>(2),
            row.get<std::int64_t>(3), row.get<std::int64_t>(4)};
}

compliance::AbandonmentAccount read_account(const Statement& row) {
    return {.window = {row.get<compliance::WindowKind>(0), row.get<int>(1)},
            .window_start = row.get<UtcTime>(2),
            .live_answers = row.get<std::int64_t>(3),
            .abandoned = row.get<std::int64_t>(4)};
}

std::optional<CampaignRecord> campaign_named(Database& database, std::string_view name) {
    Statement query{database, std::string{kCampaignColumns} + "WHERE name = ?"};
    auto found = read_campaigns(database, query.bind(name));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<CampaignRecord::List> lists_of(const CampaignRecord& campaign) {
    const auto& lists = campaign.lists;
    const auto first = std::ranges::find(lists, campaign.list, &CampaignRecord::List::id);
    if (first == lists.end()) return {{campaign.list, 1, 1}};
    return lists;
}

/// The list is the campaign's, as it is wanted; leads added to it by hand before are the
/// campaign's too.
void draw_on(Database& database, const CampaignRecord& campaign, const CampaignRecord::List& list) {
    Statement{database,
              "INSERT INTO campaign_lists(campaign_id, list_id, priority, weight) "
              "VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET priority = excluded.priority, "
              "weight = excluded.weight"}
        .run_with(campaign.id, list.id, list.priority, list.weight);
    if (list.weight == 0) return;
    Statement{database,
              "INSERT INTO campaign_contacts(campaign_id, contact_id, client_id, state, due_at, "
              "priority) SELECT ?, id, client_id, 'NEW', 0, priority FROM contacts "
              "WHERE list_id = ? AND by_hand = 1 ON CONFLICT DO NOTHING"}
        .run_with(campaign.id, list.id);
}

Result<void> check_change(const CampaignRecord& known, const CampaignRecord& wanted) {
    if (known.client != wanted.client) {
        return fail(Errc::Conflict,
                    "the campaign name " + wanted.name + " is taken: choose another");
    }
    const auto lists = lists_of(wanted);
    for (const auto& list : known.lists) {
        if (std::ranges::find(lists, list.id, &CampaignRecord::List::id) != lists.end()) continue;
        return fail(Errc::Conflict,
                    "campaign " + wanted.name +
                        " dials another list already: keep it among `lists` (weight = 0 takes no "
                        "fresh contacts from it), or give the new campaign another name");
    }
    return {};
}

Result<CampaignId> change_campaign(Database& database, CampaignRecord wanted,
                                   const CampaignRecord& known, UtcTime at) {
    if (auto checked = check_change(known, wanted); !checked)
        return tl::unexpected<Error>{checked.error()};
    wanted.id = known.id;
    Statement{database, "UPDATE campaigns SET toml = ?, saved_at = ?, number_rule = ? WHERE id = ?"}
        .run_with(wanted.toml, at, to_text(wanted.numbers), known.id);
    for (const auto& list : lists_of(wanted)) draw_on(database, wanted, list);
    return known.id;
}

Result<CampaignId> new_campaign(Database& database, CampaignRecord campaign, UtcTime at) {
    Statement{database,
              "INSERT INTO campaigns(client_id, list_id, name, toml, saved_at, run_state, "
              "run_state_at, number_rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"}
        .run_with(campaign.client, campaign.list, campaign.name, campaign.toml, at,
                  engine::CampaignRunState::Stopped, at, to_text(campaign.numbers));
    campaign.id = static_cast<CampaignId>(database.last_insert_id());
    for (const auto& list : lists_of(campaign)) draw_on(database, campaign, list);
    return campaign.id;
}

}  // namespace

Result<ClientId> Store::add_client(std::string_view name) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<ClientId> {
        Database& database = context.database;
        Statement{database, "INSERT INTO clients(name) VALUES (?) ON CONFLICT DO NOTHING"}.run_with(
            name);
        Statement query{database, "SELECT id FROM clients WHERE name = ?"};
        BW_CHECK(query.bind(name).step());
        return query.get<ClientId>(0);
    });
}

Result<ListId> Store::add_list(ClientId client, std::string_view name) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<ListId> {
        Database& database = context.database;
        Statement query{database, "SELECT id, client_id FROM lists WHERE name = ?"};
        if (query.bind(name).step()) {
            if (query.get<ClientId>(1) == client) return query.get<ListId>(0);
            return fail(Errc::Conflict,
                        "the list name " + std::string{name} + " is taken: choose another");
        }
        Statement{database, "INSERT INTO lists(client_id, name) VALUES (?, ?)"}.run_with(client,
                                                                                         name);
        return static_cast<ListId>(database.last_insert_id());
    });
}

Result<std::optional<ListRecord>> Store::find_list(std::string_view name) const {
    return impl_->readers.query([&](Database& database) -> Result<std::optional<ListRecord>> {
        Statement query{database, std::string{kListColumns} + "WHERE l.name = ? GROUP BY l.id"};
        if (!query.bind(name).step()) return std::nullopt;
        return read_list(query);
    });
}

Result<std::vector<ClientRecord>> Store::clients() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<ClientRecord>> {
        Statement query{database, "SELECT id, name FROM clients ORDER BY id"};
        return read_all(query, [](const Statement& row) {
            return ClientRecord{row.get<ClientId>(0), row.get<std::string>(1)};
        });
    });
}

Result<std::vector<ListRecord>> Store::lists() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<ListRecord>> {
        Statement query{database, std::string{kListColumns} + "GROUP BY l.id ORDER BY l.id"};
        return read_all(query, read_list);
    });
}

Result<CampaignId> Store::save_campaign(const CampaignRecord& campaign, UtcTime at) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<CampaignId> {
        Database& database = context.database;
        const auto known = campaign_named(database, campaign.name);
        return known ? change_campaign(database, campaign, *known, at)
                     : new_campaign(database, campaign, at);
    });
}

Result<void> Store::set_run_state(CampaignId campaign, engine::CampaignRunState state, UtcTime at) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<void> {
        Statement{context.database,
                  "UPDATE campaigns SET run_state = ?1, run_state_at = ?2, started_at = "
                  "iif(?1 = 'RUNNING', ifnull(started_at, ?2), started_at) WHERE id = ?3"}
            .run_with(state, at, campaign);
        if (context.database.changes() == 0)
            return fail(Errc::NotFound, "there is no such campaign");
        return {};
    });
}

Result<std::vector<CampaignRecord>> Store::campaigns() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<CampaignRecord>> {
        Statement query{database, std::string{kCampaignColumns} + "ORDER BY id"};
        return read_campaigns(database, query);
    });
}

Result<std::optional<CampaignRecord>> Store::find_campaign(std::string_view name) const {
    return impl_->readers.query([&](Database& database) -> Result<std::optional<CampaignRecord>> {
        return campaign_named(database, name);
    });
}

Result<compliance::AbandonmentAccount> Store::account(CampaignId campaign,
                                                      compliance::AccountWindow window,
                                                      UtcTime window_start) const {
    using Account = compliance::AbandonmentAccount;
    return impl_->readers.query([&](Database& database) -> Result<Account> {
        Statement query{database, std::string{kAccountColumns} +
                                      "WHERE campaign_id = ? AND window_kind = ? AND "
                                      "window_hours = ? AND window_start = ?"};
        if (!query.bind(campaign, window.kind, window.hours, window_start).step()) {
            return Account{window, window_start, 0, 0};
        }
        return read_account(query);
    });
}

Result<std::vector<compliance::AbandonmentAccount>> Store::accounts(CampaignId campaign) const {
    using Accounts = std::vector<compliance::AbandonmentAccount>;
    return impl_->readers.query([&](Database& database) -> Result<Accounts> {
        Statement query{database, std::string{kAccountColumns} +
                                      "WHERE campaign_id = ? "
                                      "ORDER BY window_kind, window_hours, window_start"};
        return read_all(query.bind(campaign), read_account);
    });
}

}  // namespace bellwether::store
