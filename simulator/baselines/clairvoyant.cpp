#include "simulator/baselines/clairvoyant.h"

#include <algorithm>
#include <utility>

#include "simulator/baselines/facts.h"

namespace bellwether::simulator {
namespace {

// Enough people of every ring time at hand that one fits nearly any agent; more change nothing.
constexpr std::size_t kHeld = 64;

bool by_deadline(const Outlook::LiveCall& a, const Outlook::LiveCall& b) {
    return a.deadline_in_s < b.deadline_in_s;
}

bool by_verdict(const Outlook::LiveCall& a, const Outlook::LiveCall& b) {
    return a.verdict_in_s < b.verdict_in_s;
}

}  // namespace

std::vector<double> spare_agents(std::vector<double> free_in_s,
                                 std::vector<Outlook::LiveCall> calls) {
    std::sort(free_in_s.begin(), free_in_s.end());
    std::sort(calls.begin(), calls.end(), by_deadline);
    for (const Outlook::LiveCall& call : calls) {
        const auto too_late =
            std::upper_bound(free_in_s.begin(), free_in_s.end(), call.deadline_in_s);
        if (too_late != free_in_s.begin()) free_in_s.erase(too_late - 1);
    }
    return free_in_s;
}

int served_in_turn(const std::vector<double>& free_in_s,
                   const std::vector<Outlook::LiveCall>& calls) {
    auto agent = free_in_s.begin();
    int served = 0;
    for (const Outlook::LiveCall& call : calls) {
        if (agent == free_in_s.end()) break;
        if (*agent > call.deadline_in_s) continue;  // gone before anybody is free
        ++agent;
        ++served;
    }
    return served;
}

void Clairvoyant::learn(const pacing::Happening&, Instant) {}

pacing::Verdict Clairvoyant::decide(const pacing::Settings&, const pacing::Picture& picture) {
    Choice choice;
    look_again(choice);
    std::vector<double> free_in_s = outlook_.agents_free_in_s();
    std::vector<Outlook::LiveCall> calls = outlook_.live_calls();
    std::sort(free_in_s.begin(), free_in_s.end());
    std::sort(calls.begin(), calls.end(), by_verdict);
    do {
        look_ahead(choice);
    } while (dial_one(free_in_s, calls, choice));

    auto people = std::move(choice.live);
    people.insert(people.end(), choice.others.begin(), choice.others.end());
    auto verdict = plain_verdict(picture, static_cast<int>(people.size()));
    outlook_.choose(std::move(people));
    return verdict;
}

/// Dials the person of those held who would answer soonest after an agent is free for him.
bool Clairvoyant::dial_one(const std::vector<double>& free_in_s,
                           std::vector<Outlook::LiveCall>& calls, Choice& choice) {
    const std::vector<double> spare = spare_agents(free_in_s, calls);
    if (spare.empty()) return false;
    std::sort(held_.begin(), held_.end(),
              [](const Held& a, const Held& b) { return by_deadline(a.call, b.call); });
    const int served = served_in_turn(free_in_s, calls);
    for (auto held = held_.begin(); held != held_.end(); ++held) {
        if (held->call.deadline_in_s < spare.front()) continue;
        const auto place = std::upper_bound(calls.begin(), calls.end(), held->call, by_verdict);
        const auto added = calls.insert(place, held->call);
        if (served_in_turn(free_in_s, calls) > served) {
            choice.live.push_back(held->person);
            held_.erase(held);
            return true;
        }
        calls.erase(added);
    }
    return false;
}

/// Those held may have changed their minds, and no line may have been left for those chosen last.
void Clairvoyant::look_again(Choice& choice) {
    std::vector<std::uint64_t> people = outlook_.chosen();
    for (const Held& held : held_) people.push_back(held.person);
    held_.clear();
    for (const std::uint64_t person : people) {
        if (const auto prospect = outlook_.prospect(person)) look_at(person, *prospect, choice);
    }
}

void Clairvoyant::look_ahead(Choice& choice) {
    while (held_.size() < kHeld) {
        const auto prospect = outlook_.prospect(next_);
        if (!prospect) return;  // the end of the list
        look_at(next_++, *prospect, choice);
    }
}

/// Whoever would not answer costs no agent's time, and is dialed as he comes.
void Clairvoyant::look_at(std::uint64_t person, const Outlook::Prospect& prospect, Choice& choice) {
    if (prospect.live) {
        held_.push_back({person, prospect.call});
    } else {
        choice.others.push_back(person);
    }
}

}  // namespace bellwether::simulator
