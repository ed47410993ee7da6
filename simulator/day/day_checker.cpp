#include "simulator/day/day_checker.h"

#include <algorithm>
#include <variant>
#include <vector>

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

// Longer than any commit takes, see SimStore.
constexpr Duration kCommitted = 10ms;

}  // namespace

DayChecker::DayChecker(CampaignId campaign, ClientId client, Now start)
    : campaign_{campaign},
      time_{start, *this},
      store_{time_, complaints_, 0},
      invariants_{store_, complaints_} {
    store_.add_campaign(campaign, client);
    (void)store_.begin_epoch();
    invariants_.restarted({});
}

void DayChecker::begin_list(std::int64_t contacts) {
    endless_ = contacts == 0;
    left_ = contacts;
}

/// A day's list is gone in the evening, so contacts that are given back stay where they are.
void DayChecker::follow(const Step& step) {
    std::vector<engine::Action> actions;
    for (const engine::Action& action : step.actions) {
        if (const auto* ask = std::get_if<engine::AskForContacts>(&action)) {
            const auto count = endless_ ? ask->count : std::min<std::int64_t>(ask->count, left_);
            left_ -= endless_ ? 0 : count;
            for (std::int64_t i = 0; i < count; ++i) {
                ++contacts_;
                store_.add_contact(campaign_, ContactId{contacts_}, NumberId{contacts_});
            }
        }
        if (!std::holds_alternative<engine::ReleaseContact>(action)) actions.push_back(action);
    }
    store_.submit(actions, step.now.utc);
    time_.run_until(time_.now().elapsed + kCommitted);
}

void DayChecker::check(const Step& step, const engine::Engine& engine) {
    if (complaints_.first()) return;
    seq_ = step.seq;
    // What was ordered is held against what was durable before.
    invariants_.check(step, engine.state(), engine.next_deadline());
    follow(step);
}

void DayChecker::check_end(const engine::Engine& engine) {
    if (!engine.state().calls.empty()) complaints_.add("end", "a call is left after the day");
    for (const auto& [id, attempt] : store_.attempts()) {
        if (!attempt.outcome) complaints_.add("R3", "a stored attempt never ended");
    }
}

std::optional<std::string> DayChecker::complaint() const {
    const auto& first = complaints_.first();
    if (!first) return std::nullopt;
    return first->promise + ": " + first->detail + " (event " + std::to_string(seq_) + ")";
}

}  // namespace bellwether::simulator
