#include "compliance/abandonment_figures.h"

#include <algorithm>
#include <cctype>

#include "base/check.h"

namespace bellwether::compliance {
namespace {

using Integer = boost::multiprecision::cpp_int;

// 47 CFR 64.1200(a)(7), 16 CFR 310.4(b)(4)(i); Ofcom's former tolerance, now a house ceiling; CRTC
// Unsolicited Telecommunications Rules, part III.
Rational cap_of(AbandonmentRegime regime) {
    return regime == AbandonmentRegime::Ca ? Rational{5, 100} : Rational{3, 100};
}

Integer floor_of(const Rational& value) {
    const Integer whole = numerator(value) / denominator(value);
    return value < 0 && whole * denominator(value) != numerator(value) ? whole - 1 : whole;
}

/// Of the calls that were abandoned without a detector, the share that machines had answered.
Rational machine_share(const AnsweredCalls& calls) {
    const std::int64_t put_through = calls.connected + calls.machines_put_through;
    if (put_through == 0) return 0;
    return Rational{calls.machines_put_through, put_through};
}

Integer power_of_ten(int exponent) {
    return boost::multiprecision::pow(Integer{10}, static_cast<unsigned>(exponent));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits and where the point stood among them.
struct Mantissa {
    std::string digits;
    int places = 0;
};

Result<Mantissa> read_mantissa(std::string_view& rest) {
    constexpr std::size_t longest = 400;  // a double never needs more
    Mantissa mantissa;
    bool after_point = false;
    for (; !rest.empty() && (is_digit(rest.front()) || rest.front() == '.');
         rest.remove_prefix(1)) {
        if (rest.front() == '.') {
            if (after_point) return fail(Errc::InvalidInput, "has two points");
            after_point = true;
            continue;
        }
        mantissa.digits += rest.front();
        if (after_point) ++mantissa.places;
    }
    if (mantissa.digits.empty()) return fail(Errc::InvalidInput, "has no digits");
    if (mantissa.digits.size() > longest) return fail(Errc::InvalidInput, "is too long");
    return mantissa;
}

Result<int> read_exponent(std::string_view rest) {
    if (rest.empty()) return 0;
    if (rest.front() != 'e' && rest.front() != 'E')
        return fail(Errc::InvalidInput, "is not a number");
    rest.remove_prefix(1);
    const bool is_negative = !rest.empty() && rest.front() == '-';
    if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);
    if (rest.empty() || rest.size() > 2 || !std::ranges::all_of(rest, is_digit)) {
        return fail(Errc::InvalidInput, "has no exponent of one or two digits");
    }
    int exponent = 0;
    for (const char c : rest) exponent = exponent * 10 + (c - '0');
    return is_negative ? -exponent : exponent;
}

}  // namespace

Rational AbandonmentFigures::rate() const {
    return denominator == 0 ? Rational{0} : Rational{numerator / denominator};
}

std::int64_t AbandonmentFigures::headroom() const {
    return static_cast<std::int64_t>(floor_of(cap * denominator - numerator));
}

AbandonmentFigures abandonment_figures(AbandonmentRegime regime, bool amd,
                                       const AnsweredCalls& calls) {
    BW_CHECK(calls.amd_error >= 0 && calls.amd_error <= 1);
    const Rational mistaken =
        amd ? Rational{calls.amd_error * calls.machine_verdicts} : Rational{0};
    const Rational unserved = calls.late + calls.message_played + calls.silent;

    AbandonmentFigures figures;
    figures.cap = cap_of(regime);
    figures.silent_violation = calls.silent > 0;
    figures.numerator = unserved + mistaken;
    figures.denominator = figures.numerator + calls.connected;
    if (regime == AbandonmentRegime::Uk) {
        if (!amd) figures.numerator = unserved * (1 - machine_share(calls));
        figures.denominator = figures.numerator + calls.connected;
    } else {
        figures.denominator += calls.hung_up_early;
    }
    figures.is_breach = figures.numerator > figures.cap * figures.denominator;
    return figures;
}

Result<Rational> read_decimal(std::string_view text) {
    const bool is_negative = !text.empty() && text.front() == '-';
    if (is_negative) text.remove_prefix(1);
    const auto mantissa = read_mantissa(text);
    if (!mantissa) return tl::unexpected(mantissa.error());
    const auto exponent = read_exponent(text);
    if (!exponent) return tl::unexpected(exponent.error());

    const std::size_t first = std::min(mantissa->digits.find_first_not_of('0'),
                                       mantissa->digits.size() - 1);  // a leading 0 means octal
    Rational value{Integer{mantissa->digits.substr(first)}};
    const int scale = *exponent - mantissa->places;
    if (scale >= 0) {
        value *= power_of_ten(scale);
    } else {
        value /= power_of_ten(-scale);
    }
    return is_negative ? Rational{-value} : value;
}

std::string fraction_text(const Rational& value) { return value.str(); }

double six_places(const Rational& value) {
    const Rational scaled = value * 1'000'000 + (value < 0 ? Rational{-1, 2} : Rational{1, 2});
    const Integer millionths = numerator(scaled) / denominator(scaled);  // towards zero
    return static_cast<double>(static_cast<std::int64_t>(millionths)) / 1e6;
}

}  // namespace bellwether::compliance
