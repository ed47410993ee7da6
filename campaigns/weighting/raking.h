#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/weighting/design_effect.h"
#include "campaigns/weighting/margins.h"

namespace bellwether::campaigns::weighting {

/// What is done with a case that has no value for a margin.
enum class MissingValue : std::uint8_t {
    Refuse,       ///< no weights are made
    OwnCategory,  ///< a category of its own, with the share that it has in the sample
    Impute,       ///< taken for the category with the largest sum of base weights
};

struct RakingRules {
    MissingValue missing = MissingValue::Refuse;
    double tolerance = 1e-6;      ///< largest difference of a share from its target, > 0
    int iterations_max = 100;     ///< of one raking, >= 1
    std::optional<double> cap;    ///< largest weight, as a multiple of the mean; > 1
    std::optional<double> floor;  ///< smallest weight, likewise; 0..1
    int trim_rounds_max = 200;    ///< clip, then rake again
};

/// A case to be weighted.
struct RakedCase {
    double base = 1;                      ///< the weight of the design, > 0; checked
    std::vector<std::string> categories;  ///< one per margin; empty: no value
};

/// A target and what the weights come to.
struct Residual {
    std::string variable;
    std::string category;
    double target = 0;
    double reached = 0;
};

/// What one step made of the weights.
struct WeightingStep {
    std::string name;  ///< "base", "raked", "trimmed"
    Precision precision;
};

struct Raked {
    /// One per case, mean 1; empty if `converged` or `trimmed` is false: then they are withheld.
    std::vector<double> weights;
    bool converged = true;  ///< every target was reached within the tolerance
    bool trimmed = true;    ///< no weight is outside cap and floor; true too where there are none
    int iterations = 0;     ///< of the first raking
    int trim_rounds = 0;
    std::vector<WeightingStep> steps;
    std::vector<Residual> residuals;  ///< of every target, as far as it came
};

/// Weights whose shares are the targets of every margin: iterative proportional fitting, from the
/// base weights scaled to the number of cases, the margins by turns. Then, where a cap or floor is
/// given: clip, rake again, until no weight is outside by more than 1e-9 of it. O(cases x margins)
/// per iteration.
///
/// Refuses to begin, with every reason, if there is no case; if a category has a target and no
/// case, or cases and no target; if a case has no value and the rules say Refuse.
///
/// Source: W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11 (1940) 427-444;
/// clipping between convergences as research/surveys.md 6 has it.
[[nodiscard]] tl::expected<Raked, std::vector<std::string>> rake(
    const std::vector<RakedCase>& cases, const std::vector<Margin>& margins,
    const RakingRules& rules);

}  // namespace bellwether::campaigns::weighting

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::weighting::MissingValue> = names("REFUSE",
                                                                             "OWN_CATEGORY",
                                                                             "IMPUTE");
}  // namespace bellwether
