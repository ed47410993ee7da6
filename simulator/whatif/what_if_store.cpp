#include "simulator/whatif/what_if_store.h"

#include <utility>
#include <variant>

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

// Ids of contacts that no store has given: its own count from 1.
constexpr std::uint64_t kBeyond = std::uint64_t{1} << 48U;

}  // namespace

WhatIfStore::WhatIfStore(const Recording& recording, VirtualDriver& driver)
    : recording_{recording}, driver_{driver} {}

void WhatIfStore::take(const engine::Action& action) {
    if (const auto* attempt = std::get_if<engine::StoreAttempt>(&action)) {
        known_[attempt->contact].attempts_made = attempt->attempts_made;
        answer(engine::AttemptStored{attempt->attempt});
    } else if (const auto* ask = std::get_if<engine::AskForContacts>(&action)) {
        offer(*ask);
    } else if (const auto* back = std::get_if<engine::ReleaseContact>(&action)) {
        give_back(*back);
    } else if (const auto* outcome = std::get_if<engine::StoreOutcome>(&action)) {
        if (outcome->due) due_.emplace(*outcome->due, outcome->contact);
    }
}

void WhatIfStore::give_back(const engine::ReleaseContact& action) {
    if (action.decision.verdict == compliance::Verdict::Deny && !action.due) return;
    due_.emplace(action.due.value_or(driver_.now().utc), action.contact);
}

std::optional<campaigns::ContactOffer> WhatIfStore::take_due() {
    if (due_.empty() || due_.begin()->first > driver_.now().utc) return std::nullopt;
    const ContactId contact = due_.begin()->second;
    due_.erase(due_.begin());
    return known_.at(contact);
}

std::optional<campaigns::ContactOffer> WhatIfStore::next_contact() {
    if (auto due = take_due()) return due;
    if (next_ < recording_.contacts.size()) return recording_.contacts[next_++];
    if (recording_.list_ended) return std::nullopt;
    const std::uint64_t id = kBeyond + ++beyond_;
    return campaigns::ContactOffer{
        .contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true};
}

void WhatIfStore::offer(const engine::AskForContacts& ask) {
    engine::ContactsOffered offered{.campaign = ask.campaign};
    while (std::ssize(offered.offers) < ask.count) {
        auto contact = next_contact();
        if (!contact) break;
        known_[contact->contact] = *contact;
        offered.offers.push_back(*contact);
    }
    const bool is_short = std::ssize(offered.offers) < ask.count;
    if (is_short && !due_.empty()) offered.next_due = due_.begin()->first;
    answer(std::move(offered));
}

void WhatIfStore::answer(engine::Event event) {
    driver_.after(0s, [this, event = std::move(event)] { driver_.deliver(event); });
}

}  // namespace bellwether::simulator
