#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/time.h"
#include "campaigns/aapor/attempt_code.h"
#include "campaigns/aapor/code_table.h"

namespace bellwether::campaigns::aapor {

/// What the sample is a sample of.
enum class SampleKind : std::uint8_t {
    Rdd,            ///< numbers drawn at random: what is behind one is not known
    HouseholdList,  ///< numbers listed as households'
    NamedList,      ///< persons by name
};

struct CaseRules {
    SampleKind sample = SampleKind::Rdd;
    /// NamedList: all its persons are known to be eligible, so that nobody who was not reached is
    /// of unknown eligibility.
    bool list_is_eligible = false;
    int confirm_nonworking = 2;  ///< calls, 24 hours apart, that must find a number dead; >= 1
};

/// An attempt of a case.
struct CaseAttempt {
    AttemptCode said;
    UtcTime at;
    std::size_t number = 0;         ///< of the case's numbers, from 0
    bool household_greets = false;  ///< a machine whose greeting names a household
};

/// A person or household of the sample: its attempts in any order, and how many numbers it has.
struct Case {
    std::vector<CaseAttempt> attempts;
    std::size_t numbers = 1;  ///< > every CaseAttempt::number; checked
};

/// What made the code of the attempt that decides another one.
enum class Adjustment : std::uint8_t {
    None,
    ProvenHousehold,   ///< a machine where a household had been reached, or a person is named
    NoProof,           ///< not contacted, and nothing shows that somebody is there to contact
    NotConfirmed,      ///< found dead, not often enough
    BusyAndOther,      ///< busy, but not at every attempt
    ListedAsEligible,  ///< not reached; the list vouches for him
    NothingDecides,    ///< attempts, but none that says anything
    NeverDialed,
};

/// What a case ends as.
struct FinalCode {
    std::string code;
    std::optional<std::size_t> attempt;  ///< the one that decides, in Case::attempts; none: no one
    Adjustment adjustment = Adjustment::None;
};

/// The code of a case: the best of its attempts by Code::rank, ties to the latest, after each
/// attempt's code was weighed against the others:
///  - ineligibility that a person told counts only after the last sign that he was eligible;
///  - a code of non-contact needs a household that was reached by then, or a named person; a
///    machine met after that is one of non-contact;
///  - a dead number needs `confirm_nonworking` calls, and nobody ever reached on it; out of service
///    also needs that every attempt of 14 days found it so; and it decides only if all numbers of
///    the case are dead;
///  - always busy needs that every attempt was, those at dead numbers left out.
/// Every code must stand in the table (checked). O(attempts²). Cannot fail.
/// Source: research/surveys.md 4.4.
[[nodiscard]] FinalCode final_code(const CodeTable& table, const Case& one, const CaseRules& rules);

/// "2.112 at attempt 3: the best of 4 attempts"; attempts count from 1.
[[nodiscard]] std::string explain(const FinalCode& final, std::size_t attempts);

}  // namespace bellwether::campaigns::aapor

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::aapor::SampleKind> = names("RDD", "HOUSEHOLD_LIST",
                                                                       "NAMED_LIST");
template <>
inline constexpr auto kEnumNames<campaigns::aapor::Adjustment> =
    names("NONE", "PROVEN_HOUSEHOLD", "NO_PROOF", "NOT_CONFIRMED", "BUSY_AND_OTHER",
          "LISTED_AS_ELIGIBLE", "NOTHING_DECIDES", "NEVER_DIALED");
}  // namespace bellwether
