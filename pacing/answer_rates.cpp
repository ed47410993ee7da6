#include "pacing/answer_rates.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

#include "base/check.h"
#include "base/maths.h"

namespace bellwether::pacing {
namespace {

constexpr double kLn2 = 0.6931471805599453;
constexpr double kDayS = 24 * 3600;
constexpr std::size_t kHours = 168;
constexpr std::size_t kAttempts = 4;
constexpr double kMultiplierMax = 20;

// Half-lives, and how many dialed contacts the pull towards 1 is worth. Source: research: pacing
// C.1(2).
struct Habit {
    double half_life_s;
    double pull_contacts;
};
constexpr Habit kList{kDayS, 50};
constexpr Habit kHour{14 * kDayS, 200};
constexpr Habit kAttempt{14 * kDayS, 200};

AnswerTally faded(const AnswerTally& tally, Habit habit, Instant at) {
    if (tally.expected == 0 && tally.live == 0) return {.at = at};
    const double elapsed_s = std::chrono::duration<double>(at - tally.at).count();
    const double kept = maths::exp(-kLn2 * std::max(0.0, elapsed_s) / habit.half_life_s);
    return {.live = tally.live * kept, .expected = tally.expected * kept, .at = at};
}

void add(AnswerTally& tally, bool live, double expected, Habit habit, Instant at) {
    tally = faded(tally, habit, at);
    tally.live += live ? 1 : 0;
    tally.expected += expected;
}

/// One factor for each tally, relative to all of them.
std::vector<double> factors_of(std::vector<AnswerTally> tallies, Habit habit, double answer_rate,
                               Instant at) {
    double live = 0;
    double expected = 0;
    for (AnswerTally& tally : tallies) {
        tally = faded(tally, habit, at);
        live += tally.live;
        expected += tally.expected;
    }
    if (expected <= 0) return std::vector<double>(tallies.size(), 1.0);
    const double mean = live / expected;
    const double pull = habit.pull_contacts * answer_rate;
    std::vector<double> factors;
    factors.reserve(tallies.size());
    for (const AnswerTally& tally : tallies) {
        factors.push_back((tally.live + pull) / (tally.expected * mean + pull));
    }
    return factors;
}

AnswerTally& list_entry(std::vector<ListTally>& lists, ListId list) {
    const auto place = std::ranges::lower_bound(lists, list, {}, &ListTally::list);
    if (place != lists.end() && place->list == list) return place->tally;
    return lists.insert(place, ListTally{.list = list})->tally;
}

double list_factor(const AnswerFactors& factors, ListId list) {
    const auto place = std::ranges::lower_bound(factors.lists, list, {}, &ListFactor::list);
    return place != factors.lists.end() && place->list == list ? place->factor : 1.0;
}

std::size_t attempt_index(int attempt) {
    return static_cast<std::size_t>(std::clamp(attempt, 1, static_cast<int>(kAttempts)) - 1);
}

std::size_t hour_index(int hour_of_week) {
    BW_CHECK(hour_of_week >= 0 && hour_of_week < static_cast<int>(kHours));
    return static_cast<std::size_t>(hour_of_week);
}

}  // namespace

AnswerMemory::AnswerMemory() : hours(kHours), attempts(kAttempts) {}

AnswerFactors::AnswerFactors() : hours(kHours, 1.0), attempts(kAttempts, 1.0) {}

void learn_answer(AnswerMemory& memory, const AnswerKey& key, bool live, double expected,
                  const AnswerFactors& factors, Instant at) {
    BW_CHECK(expected >= 0);
    const std::size_t hour = hour_index(key.hour_of_week);
    const std::size_t attempt = attempt_index(key.attempt);
    const double of_list = list_factor(factors, key.list);
    const double of_hour = factors.hours[hour];
    const double of_attempt = factors.attempts[attempt];
    // Each factor is measured against all the others, so that none takes what another explains.
    add(list_entry(memory.lists, key.list), live, expected * of_hour * of_attempt, kList, at);
    add(memory.hours[hour], live, expected * of_list * of_attempt, kHour, at);
    add(memory.attempts[attempt], live, expected * of_list * of_hour, kAttempt, at);
}

AnswerFactors answer_factors(const AnswerMemory& memory, double answer_rate, Instant at) {
    AnswerFactors factors;
    factors.hours = factors_of(memory.hours, kHour, answer_rate, at);
    factors.attempts = factors_of(memory.attempts, kAttempt, answer_rate, at);
    std::vector<AnswerTally> lists;
    for (const ListTally& list : memory.lists) lists.push_back(list.tally);
    const std::vector<double> of_lists = factors_of(std::move(lists), kList, answer_rate, at);
    for (std::size_t i = 0; i < of_lists.size(); ++i) {
        factors.lists.push_back({memory.lists[i].list, of_lists[i]});
    }
    return factors;
}

double multiplier_of(const AnswerFactors& factors, const AnswerKey& key) {
    const double product = list_factor(factors, key.list) *
                           factors.hours[hour_index(key.hour_of_week)] *
                           factors.attempts[attempt_index(key.attempt)];
    return std::clamp(product, 1 / kMultiplierMax, kMultiplierMax);
}

}  // namespace bellwether::pacing
