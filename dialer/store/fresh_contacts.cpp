#include "dialer/store/fresh_contacts.h"

#include <algorithm>
#include <utility>

#include "campaigns/list_mix.h"

namespace bellwether::store {

namespace {

// Ids looked at per step and steps per take(): where all of an import has priorities, or others'
// contacts stand between, a look must end without finding any. About 5 ms of the writer's time.
constexpr std::int64_t kIdsAtOnce = 5'000;
constexpr int kStepsMax = 4;

constexpr const char* kContact =
    "SELECT c.id, c.number_id, n.digits, c.kind, c.client_id, c.priority "
    "FROM contacts c JOIN numbers n ON n.id = c.number_id ";

Candidate read_fresh(const Statement& row) {
    return {row.get<ContactId>(0),
            row.get<NumberId>(1),
            PhoneNumber::from_digits(row.get<std::uint64_t>(2)),
            row.get<std::string>(3),
            row.get<ClientId>(4),
            row.get<int>(5),
            0,
            true};
}

}  // namespace

struct FreshContacts::List {
    ListId id{};
    campaigns::ListShare share;
};

FreshContacts::FreshContacts(Database& database)
    : urgent_imports_{database,
                      "SELECT i.id, ifnull(ci.hot_priority, 99), ifnull(ci.hot_contact, 0), "
                      "i.first_contact - 1 FROM campaign_lists cl "
                      "JOIN imports i ON i.list_id = cl.list_id "
                      "LEFT JOIN campaign_imports ci ON ci.campaign_id = cl.campaign_id "
                      "AND ci.import_id = i.id WHERE cl.campaign_id = ? AND cl.weight > 0 "
                      "AND i.state = 'COMPLETE' AND i.by_hand = 0 "
                      "AND ifnull(ci.hot_priority, 99) > 0 ORDER BY i.id"},
      more_at_priority_{database,
                        "SELECT 1 FROM contacts WHERE import_id = ? AND priority = ? "
                        "AND priority > 0 AND by_hand = 0 AND id > ? LIMIT 1"},
      next_priority_{database,
                     "SELECT max(priority) FROM contacts WHERE import_id = ? AND priority < ? "
                     "AND priority > 0 AND by_hand = 0"},
      urgent_contacts_{database, std::string{kContact} +
                                     "WHERE c.import_id = ? AND c.priority = ? AND c.priority > 0 "
                                     "AND c.by_hand = 0 AND c.id > ? ORDER BY c.id LIMIT ?"},
      note_urgent_{database,
                   "INSERT INTO campaign_imports(campaign_id, import_id, taken, hot_priority, "
                   "hot_contact) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                   "hot_priority = excluded.hot_priority, hot_contact = excluded.hot_contact"},
      lists_{database,
             "SELECT list_id, priority, weight, credit FROM campaign_lists "
             "WHERE campaign_id = ? AND weight > 0 ORDER BY list_id"},
      set_credit_{database,
                  "UPDATE campaign_lists SET credit = ? WHERE campaign_id = ? AND list_id = ?"},
      next_import_{database,
                   "SELECT i.id, max(ifnull(ci.taken, 0), i.first_contact - 1), i.last_contact "
                   "FROM imports i LEFT JOIN campaign_imports ci "
                   "ON ci.campaign_id = ?1 AND ci.import_id = i.id "
                   "WHERE i.list_id = ?2 AND i.state = 'COMPLETE' AND i.by_hand = 0 "
                   "AND max(ifnull(ci.taken, 0), i.first_contact - 1) < i.last_contact "
                   "ORDER BY i.id LIMIT 1"},
      contacts_{database, std::string{kContact} +
                              "WHERE c.id > ? AND c.id <= ? AND c.import_id = ? "
                              "AND c.priority = 0 ORDER BY c.id LIMIT ?"},
      advance_{database,
               "INSERT INTO campaign_imports(campaign_id, import_id, taken) VALUES (?, ?, ?) "
               "ON CONFLICT DO UPDATE SET taken = excluded.taken"} {}

void FreshContacts::note(CampaignId campaign, const Urgent& urgent) {
    note_urgent_.run_with(campaign, urgent.import, urgent.beginning, urgent.priority, urgent.after);
}

std::vector<FreshContacts::Urgent> FreshContacts::urgent_imports(CampaignId campaign) {
    auto all = read_all(urgent_imports_.bind(campaign), [](const Statement& row) {
        return Urgent{row.get<ImportId>(0), row.get<int>(1), row.get<ContactId>(2),
                      row.get<ContactId>(3)};
    });
    urgent_imports_.reset();
    return all;
}

/// Goes to the highest priority of which the import has contacts left; notes it if that changed.
int FreshContacts::settle_top(CampaignId campaign, Urgent& urgent) {
    const bool more = more_at_priority_.bind(urgent.import, urgent.priority, urgent.after).step();
    more_at_priority_.reset();
    if (more) return urgent.priority;
    const bool found = next_priority_.bind(urgent.import, urgent.priority).step();
    urgent.priority = found ? next_priority_.get<std::optional<int>>(0).value_or(0) : 0;
    next_priority_.reset();
    urgent.after = {};
    note(campaign, urgent);
    return urgent.priority;
}

int FreshContacts::top_priority(CampaignId campaign) {
    int top = 0;
    for (Urgent& urgent : urgent_imports(campaign))
        top = std::max(top, settle_top(campaign, urgent));
    return top;
}

std::vector<Candidate> FreshContacts::take_urgent(CampaignId campaign, int priority, int limit) {
    for (Urgent& urgent : urgent_imports(campaign)) {
        if (urgent.priority != priority) continue;
        auto found = read_all(urgent_contacts_.bind(urgent.import, priority, urgent.after, limit),
                              read_fresh);
        urgent_contacts_.reset();
        if (found.empty()) continue;
        urgent.after = found.back().contact;
        note(campaign, urgent);
        return found;
    }
    return {};
}

std::vector<FreshContacts::List> FreshContacts::lists_of(CampaignId campaign) {
    auto lists = read_all(lists_.bind(campaign), [](const Statement& row) {
        return List{row.get<ListId>(0),
                    {row.get<int>(1), row.get<int>(2), row.get<std::int64_t>(3), false}};
    });
    lists_.reset();
    for (List& list : lists) {
        list.share.has_contacts = next_import_.bind(campaign, list.id).step();
        next_import_.reset();
    }
    return lists;
}

FreshContacts::Taken FreshContacts::take(CampaignId campaign, int limit) {
    Taken taken;
    auto lists = lists_of(campaign);
    if (lists.size() == 1) {
        take_from(campaign, lists.front().id, limit, taken);
        return taken;
    }
    std::vector<campaigns::ListShare> shares;
    for (const List& list : lists) shares.push_back(list.share);
    std::vector<int> counts(lists.size());
    for (int i = 0; i < limit; ++i) {
        const auto next = campaigns::next_list(shares);
        if (!next) break;
        ++counts[*next];
    }
    for (std::size_t i = 0; i < lists.size(); ++i) {
        if (shares[i].credit != lists[i].share.credit)
            set_credit_.run_with(shares[i].credit, campaign, lists[i].id);
        if (counts[i] > 0) take_from(campaign, lists[i].id, counts[i], taken);
    }
    return taken;
}

void FreshContacts::take_from(CampaignId campaign, ListId list, int limit, Taken& taken) {
    std::size_t found = 0;
    for (int step = 0; step < kStepsMax && found == 0; ++step) {
        if (!next_import_.bind(campaign, list).step()) {
            next_import_.reset();
            return;
        }
        const auto import = next_import_.get<ImportId>(0);
        const auto after = next_import_.get<std::int64_t>(1);
        const auto last = std::min(next_import_.get<std::int64_t>(2), after + kIdsAtOnce);
        next_import_.reset();
        auto contacts = read_all(contacts_.bind(after, last, import, limit), read_fresh);
        contacts_.reset();
        found = contacts.size();
        const bool full = std::ssize(contacts) == limit;
        advance_.run_with(
            campaign, import,
            full ? static_cast<std::int64_t>(value_of(contacts.back().contact)) : last);
        taken.contacts.insert(taken.contacts.end(), std::make_move_iterator(contacts.begin()),
                              std::make_move_iterator(contacts.end()));
    }
    taken.more = true;
}

}  // namespace bellwether::store
