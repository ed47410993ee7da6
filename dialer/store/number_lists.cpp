#include "dialer/store/number_lists.h"

#include <algorithm>
#include <map>
#include <system_error>

#include "dialer/store/held_list.h"
#include "dialer/store/impl.h"
#include "dialer/store/number_list_rows.h"

namespace bellwether::store {
namespace {

using State = ListFinding::State;

/// Which of two answers stands when a client has two lists of a kind: the stricter.
int weight(State state) {
    switch (state) {
        case State::NotHeld:
            return 0;
        case State::Clear:
            return 1;
        case State::Unreadable:
            return 2;
        case State::Listed:
            return 3;
    }
    return 3;
}

void join(ListFinding& all, const ListFinding& one) {
    if (all.state == State::NotHeld) {
        all = one;
        return;
    }
    const bool covers = all.covers_area || one.covers_area;
    const auto oldest = std::min(all.retrieved, one.retrieved);
    const bool is_stricter = weight(one.state) > weight(all.state) ||
                             (one.state == all.state && one.retrieved < all.retrieved);
    const auto since = all.state == State::Listed && one.state == State::Listed
                           ? std::min(all.listed_since, one.listed_since)  // none is the earliest
                           : (is_stricter ? one : all).listed_since;
    if (is_stricter) all = one;
    all.covers_area = covers;
    all.retrieved = oldest;
    all.listed_since = since;
}

}  // namespace

NumberLists& Store::number_lists() const { return impl_->number_lists; }

struct NumberLists::Snapshot {
    std::map<ClientId, std::shared_ptr<const ClientNumberLists>> clients;
};

ListFindings ClientNumberLists::lookup(PhoneNumber number) const {
    ListFindings findings{};
    for (const auto& list : lists_) {
        join(findings.at(static_cast<std::size_t>(list->record.kind)), list->ask(number));
    }
    return findings;
}

NumberLists::NumberLists(Store::Impl& store)
    : store_{store}, snapshot_{std::make_shared<const Snapshot>()} {}

NumberLists::~NumberLists() = default;

std::filesystem::path NumberLists::folder() const {
    return store_.config.path.parent_path() / "lists";
}

std::shared_ptr<const NumberLists::Snapshot> NumberLists::snapshot() const {
    const std::lock_guard lock{mutex_};
    return snapshot_;
}

Result<void> NumberLists::load() {
    const auto records =
        store_.readers.query([](Database& database) -> Result<std::vector<NumberListRecord>> {
            return read_number_lists(database);
        });
    if (!records) return tl::unexpected<Error>{records.error()};
    const auto kept = store_.readers.query([](Database& database) {
        return Result<std::vector<std::string>>{read_number_files(database)};
    });
    if (!kept) return tl::unexpected<Error>{kept.error()};
    clear_leftovers(*kept);
    for (const NumberListRecord& record : *records) put_in_force(HeldList::open(record, folder()));
    return {};
}

/// Files that no version names: an import that ended halfway. If one cannot be deleted it waits for
/// the next start.
void NumberLists::clear_leftovers(const std::vector<std::string>& kept) const {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator{folder(), ignored}) {
        const std::string name = entry.path().filename().string();
        const std::string ending = entry.path().extension().string();
        const bool is_ours = ending == ".tmp" || ending == ".numbers" || ending == ".changes";
        if (is_ours && std::ranges::find(kept, name) == kept.end()) {
            std::filesystem::remove(entry.path(), ignored);
        }
    }
}

void NumberLists::put_in_force(std::shared_ptr<const HeldList> list) {
    const std::lock_guard lock{mutex_};
    auto next = std::make_shared<Snapshot>(*snapshot_);
    auto& lists = next->clients[list->record.client];
    std::vector<std::shared_ptr<const HeldList>> all;
    if (lists) all = lists->lists();
    std::erase_if(all, [&](const auto& old) { return old->record.id == list->record.id; });
    all.push_back(std::move(list));
    lists = std::make_shared<const ClientNumberLists>(std::move(all));
    snapshot_ = std::move(next);
}

std::shared_ptr<const ClientNumberLists> NumberLists::held(ClientId client) const {
    static const auto none =
        std::make_shared<const ClientNumberLists>(std::vector<std::shared_ptr<const HeldList>>{});
    const auto now = snapshot();
    const auto found = now->clients.find(client);
    return found == now->clients.end() ? none : found->second;
}

ListFindings NumberLists::lookup(PhoneNumber number, ClientId client) const {
    return held(client)->lookup(number);
}

Result<std::vector<ListEntry>> NumberLists::entries(PhoneNumber number, ClientId client) const {
    std::vector<ListEntry> entries;
    for (const auto& [owner, lists] : snapshot()->clients) {
        if (client != ClientId{} && owner != client) continue;
        for (const auto& list : lists->lists()) {
            entries.push_back({list->record, list->ask(number)});
        }
    }
    return entries;
}

Result<std::vector<NumberListRecord>> NumberLists::records() const {
    auto records =
        store_.readers.query([](Database& database) -> Result<std::vector<NumberListRecord>> {
            return read_number_lists(database);
        });
    if (!records) return records;
    const auto now = snapshot();
    for (NumberListRecord& record : *records) {
        const auto client = now->clients.find(record.client);
        if (client == now->clients.end()) continue;
        for (const auto& list : client->second->lists()) {
            if (list->record.id == record.id) record.fault = list->record.fault;
        }
    }
    return records;
}

Result<std::vector<NumberListVersion>> NumberLists::versions(NumberListId list) const {
    return store_.readers.query([&](Database& database) -> Result<std::vector<NumberListVersion>> {
        return read_number_list_versions(database, list);
    });
}

}  // namespace bellwether::store
