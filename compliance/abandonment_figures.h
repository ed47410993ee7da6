#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "base/result.h"

namespace bellwether::compliance {

/// An exact fraction: whether a window keeps its cap is never a question of rounding.
using Rational = boost::multiprecision::cpp_rational;

/// Whose arithmetic. Sources: LIMITS.md and research: compliance 5.
enum class AbandonmentRegime { Us, Uk, Ca };

/// What became of one window's calls that somebody or something picked up. All >= 0.
struct AnsweredCalls {
    std::int64_t connected = 0;       ///< people put through to an agent in time
    std::int64_t late = 0;            ///< people put through later than the limit
    std::int64_t message_played = 0;  ///< people whom the safe-harbour message was played to
    std::int64_t silent = 0;          ///< people who heard nothing
    std::int64_t hung_up_early = 0;   ///< people who hung up before the limit had run out
    std::int64_t machine_verdicts = 0;
    Rational amd_error = 0;  ///< share of people among the MACHINE verdicts, 0..1
    std::int64_t machines_put_through = 0;
};

struct AbandonmentFigures {
    Rational numerator;
    Rational denominator;
    Rational cap;
    bool is_breach = false;         ///< numerator / denominator is more than cap: equal passes
    bool silent_violation = false;  ///< somebody answered and heard nothing, whatever the rate

    /// 0 where nobody answered.
    [[nodiscard]] Rational rate() const;
    /// Whole calls that may still be abandoned before the cap is broken; negative beyond it.
    [[nodiscard]] std::int64_t headroom() const;
};

/// @param amd  answers were told apart by a detector: its mistakes count as abandoned people, and
///             there is no need to estimate how many machines are among the abandoned.
/// Cannot fail.
[[nodiscard]] AbandonmentFigures abandonment_figures(AbandonmentRegime regime, bool amd,
                                                     const AnsweredCalls& calls);

/// The value that a decimal text spells, exactly: "0.008" is 1/125. Digits with at most one point,
/// a sign and an exponent of at most two digits, as JSON writes numbers; fails on anything else.
[[nodiscard]] Result<Rational> read_decimal(std::string_view text);

/// "480", "3150/43": reduced.
[[nodiscard]] std::string fraction_text(const Rational& value);

/// To six decimal places, halves away from zero.
[[nodiscard]] double six_places(const Rational& value);

}  // namespace bellwether::compliance

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::AbandonmentRegime> = names("us", "uk", "ca");
}  // namespace bellwether
