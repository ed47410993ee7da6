#include "campaigns/number_choice.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "campaigns/cell_text.h"

namespace bellwether::campaigns {
namespace {

constexpr std::chrono::hours kDay{24};

bool counts(const NumberAttempt& attempt) {
    return !attempt.outcome || class_of(*attempt.outcome) != OutcomeClass::NotDialed;
}

/// What the attempts say of one number.
struct Record {
    int attempts = 0;
    bool is_dead = false;
    std::vector<UtcTime> of_this_day;  ///< in order
};

std::vector<Record> records_of(std::size_t numbers, std::span<const NumberAttempt> attempts,
                               UtcTime now) {
    std::vector<Record> records(numbers);
    for (const NumberAttempt& attempt : attempts) {
        BW_CHECK(attempt.number < numbers);
        if (!counts(attempt)) continue;
        Record& record = records[attempt.number];
        ++record.attempts;
        record.is_dead =
            record.is_dead || (attempt.outcome && is_the_numbers_fault(*attempt.outcome));
        if (attempt.at > now - kDay) record.of_this_day.push_back(attempt.at);
    }
    return records;
}

std::size_t rank_of(const std::string& type, const NumberRule& rule) {
    const std::string wanted = lower_case(type);
    const auto found = std::ranges::find_if(
        rule.order, [&](const std::string& one) { return lower_case(one) == wanted; });
    return static_cast<std::size_t>(found - rule.order.begin());
}

/// Indexes of the numbers in the order in which they are tried.
std::vector<std::size_t> order_of(std::span<const ContactNumber> numbers, const NumberRule& rule) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {},
                             [&](std::size_t i) { return rank_of(numbers[i].type, rule); });
    return order;
}

/// Where in the order the next try begins.
std::size_t begin_at(const std::vector<std::size_t>& order, std::span<const NumberAttempt> attempts,
                     const NumberRule& rule) {
    const auto last = std::find_if(attempts.rbegin(), attempts.rend(), counts);
    if (last == attempts.rend()) return 0;
    const auto place =
        static_cast<std::size_t>(std::ranges::find(order, last->number) - order.begin());
    const bool goes_on = last->outcome && std::ranges::find(rule.next_after, *last->outcome) !=
                                              rule.next_after.end();
    return goes_on ? (place + 1) % order.size() : place;
}

}  // namespace

bool is_the_numbers_fault(Outcome outcome) {
    return outcome == Outcome::InvalidNumber || outcome == Outcome::Fax;
}

NumberChoice choose_number(std::span<const ContactNumber> numbers,
                           std::span<const NumberAttempt> attempts, const NumberRule& rule,
                           UtcTime now) {
    BW_CHECK(!numbers.empty());
    const auto records = records_of(numbers.size(), attempts, now);
    const auto order = order_of(numbers, rule);
    const std::size_t begin = begin_at(order, attempts, rule);
    std::optional<UtcTime> until;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t number = order[(begin + i) % order.size()];
        const Record& record = records[number];
        if (record.is_dead || numbers[number].barred ||
            (rule.attempts_max > 0 && record.attempts >= rule.attempts_max))
            continue;
        const auto today = static_cast<int>(record.of_this_day.size());
        if (rule.per_day_max == 0 || today < rule.per_day_max)
            return {NumberVerdict::Dial, number, {}};
        // Its share is free again when the oldest of the last per_day_max attempts is a day old.
        const auto oldest =
            record.of_this_day[static_cast<std::size_t>(today - rule.per_day_max)] + kDay;
        until = until ? std::min(*until, UtcTime{oldest}) : UtcTime{oldest};
    }
    if (until) return {NumberVerdict::Wait, 0, *until};
    return {};
}

}  // namespace bellwether::campaigns
