#include "campaigns/aapor/final_code.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "campaigns/aapor/assigned_codes.h"

namespace bellwether::campaigns::aapor {
namespace {

using namespace std::chrono_literals;

// research/surveys.md 4.4, level 9.
constexpr auto kBetweenConfirmations = 24h;
constexpr auto kOutOfServiceFor = 14 * 24h;

constexpr int kToldByPerson = 3;  // levels of 4.4 that ask for something
constexpr int kNeedsProof = 7;
constexpr int kDeadNumber = 9;

/// What an attempt comes to when the others are known; an empty code: nothing.
struct Weighed {
    std::string_view code;
    Adjustment adjustment = Adjustment::None;
};

class Weighing {
public:
    Weighing(const CodeTable& table, const Case& one, const CaseRules& rules)
        : table_{table}, case_{one}, rules_{rules} {
        for (const auto& attempt : one.attempts) {
            BW_CHECK(attempt.number < one.numbers);
            if (attempt.said.human && is_eligible(code_of(attempt)))
                last_eligible_ = std::max(last_eligible_.value_or(attempt.at), attempt.at);
            if (attempt.said.human || attempt.household_greets)
                first_proof_ = std::min(first_proof_.value_or(attempt.at), attempt.at);
        }
        for (std::size_t number = 0; number < one.numbers; ++number) {
            dead_.push_back(is_dead(number));
        }
        all_dead_ = std::ranges::count(dead_, true) == static_cast<std::ptrdiff_t>(one.numbers);
        always_busy_ = std::ranges::all_of(one.attempts, [&](const CaseAttempt& attempt) {
            return attempt.said.code.empty() || dead_[attempt.number] ||
                   attempt.said.code == kAlwaysBusy;
        });
    }

    [[nodiscard]] Weighed weigh(const CaseAttempt& attempt) const {
        const std::string& code = attempt.said.code;
        if (code.empty()) return {};
        switch (level_of(code_of(attempt))) {
            case kToldByPerson:
                return told_in_time(attempt) ? Weighed{code} : Weighed{};
            case kNeedsProof:
                return is_proven(attempt) ? Weighed{code} : without_proof(code);
            case kDeadNumber:
                return weigh_dead(attempt);
            default:
                return weigh_unreached(attempt);
        }
    }

private:
    [[nodiscard]] const Code& code_of(const CaseAttempt& attempt) const {
        static const Code kNone{};
        if (attempt.said.code.empty()) return kNone;
        const Code* code = find_code(table_, attempt.said.code);
        BW_CHECK(code != nullptr);
        return *code;
    }

    [[nodiscard]] static bool is_eligible(const Code& code) {
        return !code.code.empty() && code.counts_as <= Class::Other;
    }

    [[nodiscard]] bool told_in_time(const CaseAttempt& attempt) const {
        return attempt.said.human && (!last_eligible_ || attempt.at > *last_eligible_);
    }

    [[nodiscard]] bool is_proven(const CaseAttempt& attempt) const {
        return rules_.sample == SampleKind::NamedList ||
               (first_proof_ && *first_proof_ <= attempt.at);
    }

    [[nodiscard]] static Weighed without_proof(std::string_view code) {
        const bool by_call = code == kNonContact || code == kNeverAvailable;
        return {by_call ? kNoAnswer : kMachine, Adjustment::NoProof};
    }

    [[nodiscard]] Weighed weigh_dead(const CaseAttempt& attempt) const {
        if (dead_[attempt.number]) {
            return all_dead_ && tells_dead(attempt) ? Weighed{attempt.said.code} : Weighed{};
        }
        if (was_reached(attempt.number)) return {};
        return {kTechnicalProblem, Adjustment::NotConfirmed};
    }

    [[nodiscard]] Weighed weigh_unreached(const CaseAttempt& attempt) const {
        const std::string& code = attempt.said.code;
        if (code == kMachine && is_proven(attempt)) {
            return {attempt.said.message_left ? kMessageLeft : kNoMessageLeft,
                    Adjustment::ProvenHousehold};
        }
        if (code != kAlwaysBusy && code != kNoAnswer) return {code};
        if (rules_.sample == SampleKind::NamedList && rules_.list_is_eligible)
            return {kNonContact, Adjustment::ListedAsEligible};
        if (code == kAlwaysBusy && !always_busy_) return {kNoAnswer, Adjustment::BusyAndOther};
        return {code};
    }

    [[nodiscard]] bool was_reached(std::size_t number) const {
        return std::ranges::any_of(case_.attempts, [&](const CaseAttempt& attempt) {
            return attempt.number == number && attempt.said.human;
        });
    }

    /// Does it find its number dead, as far as the number's other attempts let it?
    [[nodiscard]] bool tells_dead(const CaseAttempt& attempt) const {
        if (attempt.said.code.empty() || level_of(code_of(attempt)) != kDeadNumber) return false;
        return attempt.said.code != kOutOfService || is_out_of_service(attempt.number);
    }

    [[nodiscard]] bool is_out_of_service(std::size_t number) const {
        std::optional<UtcTime> last;
        for (const auto& attempt : case_.attempts) {
            if (attempt.number == number && !attempt.said.code.empty())
                last = std::max(last.value_or(attempt.at), attempt.at);
        }
        return std::ranges::all_of(case_.attempts, [&](const CaseAttempt& attempt) {
            return attempt.number != number || attempt.said.code.empty() ||
                   attempt.at < *last - kOutOfServiceFor || attempt.said.code == kOutOfService;
        });
    }

    [[nodiscard]] bool is_dead(std::size_t number) const {
        if (was_reached(number)) return false;
        std::vector<UtcTime> found;
        for (const auto& attempt : case_.attempts) {
            if (attempt.number == number && tells_dead(attempt)) found.push_back(attempt.at);
        }
        std::ranges::sort(found);
        int confirmations = 0;
        std::optional<UtcTime> last;
        for (const UtcTime at : found) {
            if (last && at - *last < kBetweenConfirmations) continue;
            last = at;
            ++confirmations;
        }
        return confirmations >= rules_.confirm_nonworking;
    }

    const CodeTable& table_;
    const Case& case_;
    const CaseRules& rules_;
    std::optional<UtcTime> last_eligible_;  // that a person told
    std::optional<UtcTime> first_proof_;    // that somebody is there
    std::vector<bool> dead_;                // by number
    bool all_dead_ = false;
    bool always_busy_ = false;
};

}  // namespace

FinalCode final_code(const CodeTable& table, const Case& one, const CaseRules& rules) {
    BW_CHECK(rules.confirm_nonworking >= 1);
    const Weighing weighing{table, one, rules};
    FinalCode final;
    int best = 0;
    for (std::size_t i = 0; i < one.attempts.size(); ++i) {
        const Weighed weighed = weighing.weigh(one.attempts[i]);
        if (weighed.code.empty()) continue;
        const int rank = find_code(table, weighed.code)->rank;
        const bool is_better =
            !final.attempt || rank < best ||
            (rank == best && one.attempts[i].at >= one.attempts[*final.attempt].at);
        if (!is_better) continue;
        final = {std::string{weighed.code}, i, weighed.adjustment};
        best = rank;
    }
    if (final.attempt) return final;
    const bool was_dialed = std::ranges::any_of(
        one.attempts, [](const CaseAttempt& attempt) { return !attempt.said.code.empty(); });
    if (was_dialed) return {std::string{kUnknownHousing}, {}, Adjustment::NothingDecides};
    return {std::string{kNotAttempted}, {}, Adjustment::NeverDialed};
}

std::string explain(const FinalCode& final, std::size_t attempts) {
    static constexpr std::array<std::string_view, 8> kWords{
        "as it ended",
        "a machine, where a person or household is known",
        "not contacted, and no sign that anybody is there",
        "found dead, but not by enough calls a day apart",
        "busy at some attempts, not at all",
        "not reached, and the list says that he is eligible",
        "no attempt says anything of the case",
        "never dialed"};
    const auto words = std::string{kWords[static_cast<std::size_t>(final.adjustment)]};
    if (!final.attempt) return final.code + ": " + words;
    return final.code + " by attempt " + std::to_string(*final.attempt + 1) + " of " +
           std::to_string(attempts) + ": " + words;
}

}  // namespace bellwether::campaigns::aapor
