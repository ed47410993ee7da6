#include "simulator/day/day_people.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

constexpr int kRequestTerminated = 487;  // RFC 3261 21.4.25
constexpr int kBusyHere = 486;           // RFC 3261 21.4.24
// The engine has this long to find an agent though the greeting was over long before the verdict.
constexpr Duration kAfterVerdict = 50ms;

}  // namespace

DayPeople::DayPeople(const DayScenario& scenario, std::uint64_t seed, Instant begin,
                     VirtualDriver& driver, DayClerk& clerk)
    : scenario_{scenario}, fates_{scenario, seed}, begin_{begin}, driver_{driver}, clerk_{clerk} {}

DayPeople::Line* DayPeople::find(CallId call) {
    const auto found = lines_.find(call);
    return found == lines_.end() ? nullptr : &found->second;
}

// --- from INVITE to verdict ---

void DayPeople::place(CallId call) {
    const Instant now = driver_.now().elapsed;
    const std::uint64_t person = next_person();
    Line line{.person = person, .fate = fates_.fate_of(person, now - begin_), .invited = now};
    clerk_.call_placed(now);
    if (line.fate.kind == Fate::Kind::Live) live_.emplace(call, line);
    // Whoever does not answer rings until the engine's own limit.
    if (line.fate.kind != Fate::Kind::RingsOut) {
        driver_.after(line.fate.resolves_after, [this, call] { resolves(call); });
    }
    lines_.emplace(call, line);
}

std::uint64_t DayPeople::next_person() {
    if (!chosen_.empty()) {
        const std::uint64_t person = chosen_.back();
        chosen_.pop_back();
        out_of_turn_.insert(person);
        return person;
    }
    while (!out_of_turn_.empty() && *out_of_turn_.begin() == next_) {
        out_of_turn_.erase(out_of_turn_.begin());
        ++next_;
    }
    return next_++;
}

void DayPeople::resolves(CallId call) {
    Line* line = find(call);
    if (line == nullptr) return;  // cancelled
    if (line->fate.kind == Fate::Kind::FastFail) {
        return driver_.deliver(engine::CallFailed{call, {.sip_status = kBusyHere}});
    }
    line->up = true;
    driver_.after(line->fate.verdict_after, [this, call] { verdict(call); });
    if (line->fate.kind == Fate::Kind::Live) {
        driver_.after(line->fate.greeting_after, [this, call] {
            if (find(call) != nullptr) driver_.deliver(engine::GreetingEnded{call});
        });
    }
    driver_.deliver(engine::CallAnswered{call});
}

void DayPeople::verdict(CallId call) {
    Line* line = find(call);
    if (line == nullptr) return;
    if (line->fate.kind == Fate::Kind::Machine) {
        return driver_.deliver(engine::AnswerDetected{call, answer_detect::Verdict::Machine});
    }
    line->is_known = true;
    clerk_.person_answered(line->picked_up());
    driver_.deliver(engine::AnswerDetected{call, answer_detect::Verdict::Human});
}

// --- the end ---

bool DayPeople::hang_up(CallId call) {
    Line* line = find(call);
    if (line == nullptr) return false;
    if (line->up) {
        driver_.after(0s, [this, call] {
            driver_.deliver(engine::CallEnded{call, engine::EndedBy::Us});
        });
        return true;
    }
    live_.erase(call);
    lines_.erase(call);
    driver_.after(0s, [this, call] {
        driver_.deliver(engine::CallFailed{call, {.sip_status = kRequestTerminated}});
    });
    return true;
}

Instant DayPeople::bridge(CallId call) {
    const Line* line = find(call);
    BW_CHECK(line != nullptr && line->is_known);
    live_.erase(call);
    const Instant now = driver_.now().elapsed;
    const Duration talk = fates_.talk_of(line->person, now - begin_);
    driver_.after(talk, [this, call] {
        if (find(call) != nullptr) driver_.deliver(engine::CallEnded{call, engine::EndedBy::Peer});
    });
    return now + talk;
}

void DayPeople::play(const engine::Play& action) {
    driver_.after(0s, [this, call = action.call, playback = action.playback] {
        driver_.deliver(engine::PlaybackEnded{call, playback, true});
    });
}

void DayPeople::ended(const engine::StoreOutcome& action) {
    const CallId call{value_of(action.attempt)};  // they bear the same number
    const Line* line = find(call);
    if (line == nullptr) return;  // cancelled, or withdrawn before its INVITE
    if (action.outcome == campaigns::Outcome::Abandoned) clerk_.person_abandoned(line->picked_up());
    live_.erase(call);
    lines_.erase(call);
}

// --- what the clairvoyant sees ---

Outlook::LiveCall DayPeople::seen_from_now(Instant picked_up, const Fate& fate) const {
    const Duration connect_within = from_seconds(scenario_.cap.connect_within_s);
    const Duration patience =
        std::max(fate.greeting_after + connect_within, fate.verdict_after + kAfterVerdict);
    const Instant now = driver_.now().elapsed;
    return {.verdict_in_s = to_seconds(picked_up + fate.verdict_after - now),
            .deadline_in_s = to_seconds(picked_up + patience - now)};
}

std::optional<Outlook::Prospect> DayPeople::prospect(std::uint64_t person) const {
    if (scenario_.list_size > 0 && person >= static_cast<std::uint64_t>(scenario_.list_size)) {
        return std::nullopt;
    }
    const Instant now = driver_.now().elapsed;
    const Fate fate = fates_.fate_of(person, now - begin_);
    if (fate.kind != Fate::Kind::Live) return Outlook::Prospect{};
    return Outlook::Prospect{true, seen_from_now(now + fate.resolves_after, fate)};
}

void DayPeople::choose(std::vector<std::uint64_t> people) {
    chosen_ = std::move(people);
    std::reverse(chosen_.begin(), chosen_.end());
}

std::vector<std::uint64_t> DayPeople::chosen() const { return {chosen_.rbegin(), chosen_.rend()}; }

std::vector<Outlook::LiveCall> DayPeople::live_calls() const {
    std::vector<Outlook::LiveCall> calls;
    for (const auto& [call, line] : live_) {
        calls.push_back(seen_from_now(line.picked_up(), line.fate));
    }
    return calls;
}

}  // namespace bellwether::simulator
