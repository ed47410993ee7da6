#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/enum_names.h"
#include "base/result.h"

namespace bellwether::campaigns::aapor {

/// Cases by what they count as: counts, or sums of base weights. All >= 0.
struct Tally {
    double interviews = 0;
    double partials = 0;
    double refusals = 0;
    double noncontacts = 0;
    double others = 0;
    double unknown_households = 0;
    double unknown_others = 0;
    double not_eligible = 0;             ///< with not_eligible_households
    double not_eligible_households = 0;  ///< a household was reached

    [[nodiscard]] double eligible() const {
        return interviews + partials + refusals + noncontacts + others;
    }
    [[nodiscard]] double unknown() const { return unknown_households + unknown_others; }
    [[nodiscard]] double all() const { return eligible() + unknown() + not_eligible; }
};

/// How the eligible share e of the unknown cases is estimated (research/surveys.md 4.3).
enum class EMethod : std::uint8_t {
    Proportional,  ///< as among the cases that are known (CASRO)
    TwoStage,      ///< households among numbers, then eligible among households
    Fixed,         ///< from elsewhere, with a citation
    One,           ///< a bound: all of them
    Zero,          ///< a bound: none
};

/// The one estimate of a report.
struct EChoice {
    EMethod method = EMethod::Proportional;
    double value = 0;      ///< Fixed: 0..1
    std::string citation;  ///< Fixed: where it is from; required
};

/// Errors: InvalidInput: a fixed e outside 0..1, or without a citation.
[[nodiscard]] Result<void> check(const EChoice& choice);

/// The estimate. Absent: nothing to estimate it from.
struct Eligibility {
    std::optional<double> of_households;     ///< for unknown_households, 0..1
    std::optional<double> of_others;         ///< for unknown_others, 0..1
    std::optional<double> eligible_unknown;  ///< unknown cases that are taken to be eligible
    /// The e that is published: of TwoStage the single one that comes to the same, absent where
    /// there are no unknown cases; of any other method its own, though nothing hangs on it.
    std::optional<double> e;
    std::optional<double> e1, e2;  ///< TwoStage: its two factors
};

[[nodiscard]] Eligibility estimate(const Tally& tally, const EChoice& choice);

/// Response, cooperation, refusal and contact rates, 0..1, each by its number in the standard, from
/// index 0. Absent: nothing to divide by, which is not the same as 0.
/// Source: AAPOR Standard Definitions as in research/surveys.md 4.3.
struct Rates {
    std::array<std::optional<double>, 6> response;
    std::array<std::optional<double>, 4> cooperation;
    std::array<std::optional<double>, 3> refusal;
    std::array<std::optional<double>, 3> contact;
};

[[nodiscard]] Rates rates_of(const Tally& tally, const Eligibility& eligibility);

}  // namespace bellwether::campaigns::aapor

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::aapor::EMethod> = names("PROPORTIONAL", "TWO_STAGE",
                                                                    "FIXED", "ONE", "ZERO");
}  // namespace bellwether
