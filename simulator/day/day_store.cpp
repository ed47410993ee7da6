#include "simulator/day/day_store.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace bellwether::simulator {

using namespace std::chrono_literals;

void DayStore::begin_list(std::int64_t contacts) {
    endless_ = contacts == 0;
    left_ = contacts;
}

void DayStore::take(const engine::Action& action) {
    if (const auto* attempt = std::get_if<engine::StoreAttempt>(&action)) {
        answer(engine::AttemptStored{attempt->attempt});
    } else if (const auto* ask = std::get_if<engine::AskForContacts>(&action)) {
        offer(*ask);
    }
}

void DayStore::offer(const engine::AskForContacts& ask) {
    engine::ContactsOffered offered{.campaign = ask.campaign};
    const auto count = endless_ ? ask.count : std::min<std::int64_t>(ask.count, left_);
    left_ -= endless_ ? 0 : count;
    for (std::int64_t i = 0; i < count; ++i) {
        ++offered_;
        offered.offers.push_back({.contact = ContactId{offered_},
                                  .number = NumberId{offered_},
                                  .destination_allowed = true});
    }
    answer(std::move(offered));
}

void DayStore::answer(engine::Event event) {
    answers_.push_back(std::move(event));
    if (answers_.size() == 1) driver_.after(0s, [this] { answer_all(); });
}

void DayStore::answer_all() {
    under_way_ = std::exchange(answers_, {});
    for (const engine::Event& event : under_way_) driver_.deliver(event);
}

}  // namespace bellwether::simulator
