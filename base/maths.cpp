#include "base/maths.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace bellwether::maths {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// ln 2 in two parts: the first has 32 bits, so that a product with an exponent is exact.
constexpr double kLn2High = 0x1.62e42feep-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kLog2E = 1.4426950408889634;
constexpr double kSqrtHalf = 0.70710678118654752;
constexpr double kPi = 3.14159265358979324;
constexpr double kDensityAtZero = 0.3989422804014327;  // 1 / sqrt(2 pi)

/// The nearest integer, as a double; |x| < 2^51. Adding 1.5 * 2^52 leaves no bits for a fraction.
double nearest(double x) {
    constexpr double kShift = 0x1.8p52;
    return (x + kShift) - kShift;
}

/// 2^k for -1022 <= k <= 1023.
double power_of_two(int k) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52U);
}

constexpr std::size_t kExpTerms = 14;
constexpr std::array<double, kExpTerms> inverse_factorials() {
    std::array<double, kExpTerms> inverse{};
    double factorial = 1;
    for (std::size_t n = 0; n < kExpTerms; ++n) {
        if (n > 0) factorial *= static_cast<double>(n);
        inverse[n] = 1 / factorial;
    }
    return inverse;
}
constexpr auto kInverseFactorial = inverse_factorials();

/// A double > 0 as fraction * 2^exponent, with sqrt(1/2) <= fraction < sqrt(2).
struct Parts {
    double fraction;
    int exponent;
};

Parts parts_of(double x) {
    int exponent = 0;
    if (x < std::numeric_limits<double>::min()) {  // subnormal
        x *= 0x1p54;
        exponent = -54;
    }
    const auto bits = std::bit_cast<std::uint64_t>(x);
    exponent += static_cast<int>(bits >> 52U) - 1022;
    double fraction =
        std::bit_cast<double>((bits & 0x000fffffffffffffU) | 0x3fe0000000000000U);  // [1/2, 1)
    if (fraction < kSqrtHalf) {
        fraction *= 2;
        --exponent;
    }
    return {fraction, exponent};
}

/// cos x for |x| <= pi / 4.
double cos_series(double x) {
    const double y = x * x;
    double sum = 0;
    for (int k = 16; k >= 2; k -= 2) sum = (1 + sum) * (-y / static_cast<double>(k * (k - 1)));
    return 1 + sum;
}

/// sin x for |x| <= pi / 4.
double sin_series(double x) {
    const double y = x * x;
    double sum = 0;
    for (int k = 17; k >= 3; k -= 2) sum = (1 + sum) * (-y / static_cast<double>(k * (k - 1)));
    return x + x * sum;
}

struct Mills {
    double ratio;  ///< (1 - Phi(x)) / phi(x)
    double slope;  ///< x * ratio - 1
};
constexpr double kMillsStep = 0.5;
// At x = 0, 1/2, 1, ... 8; from scripts/reference/maths.py --mills.
constexpr std::array<Mills, 17> kMills{{
    {1.2533141373155003, -1.0},
    {0.8763644564536923, -0.5618177717731538},
    {0.6556795424187984, -0.34432045758120156},
    {0.5158156382179634, -0.22627654267305497},
    {0.4213692292880545, -0.15726154142389107},
    {0.35426511132979366, -0.11433722167551583},
    {0.3045902987101033, -0.08622910386969011},
    {0.26656776896822376, -0.06701280861121685},
    {0.23665238291356067, -0.053390468345757315},
    {0.21257058044203178, -0.04343238801085694},
    {0.19280810471531576, -0.03595947642342118},
    {0.1763229857571027, -0.030223578335935124},
    {0.16237766089686745, -0.02573403461879523},
    {0.1504369887362691, -0.022159573214250952},
    {0.14010418345305023, -0.01927071582864831},
    {0.13107935580449176, -0.016904831466311773},
    {0.1231319632579323, -0.01494429393654163},
}};

/// Mills' ratio by its Taylor series about the nearest tabled point; 0 <= x <= 8.25. The ratio R
/// obeys R' = x R - 1, so its derivatives follow from R and R'.
double mills_by_table(double x) {
    const double row = nearest(x / kMillsStep);
    const Mills& start = kMills[static_cast<std::size_t>(row)];
    const double centre = row * kMillsStep;
    const double h = x - centre;
    double before = start.ratio;
    double term = start.slope;  // the k-th derivative by k factorial
    double sum = before + h * term;
    double power = h;
    for (int k = 2; k <= 14; ++k) {
        const double next = (centre * term + before) / static_cast<double>(k);
        before = term;
        term = next;
        power *= h;
        sum += power * term;
    }
    return sum;
}

/// Mills' ratio by Laplace's continued fraction 1/(x + 1/(x + 2/(x + 3/...))); x >= 8.
double mills_by_fraction(double x) {
    double bottom = x;
    for (int k = 24; k >= 1; --k) bottom = x + static_cast<double>(k) / bottom;
    return 1 / bottom;
}

}  // namespace

double exp(double x) {
    if (x > 709.782712893384) return kInfinity;
    if (x < -746) return 0;
    if (std::isnan(x)) return x;

    const double k = nearest(x * kLog2E);
    const double r = (x - k * kLn2High) - k * kLn2Low;  // |r| <= ln 2 / 2: 14 terms leave 5e-18
    double sum = kInverseFactorial[kExpTerms - 1];
    for (std::size_t n = kExpTerms - 1; n-- > 1;) sum = sum * r + kInverseFactorial[n];
    const double value = 1 + r * sum;

    const int exponent =
        static_cast<int>(k);  // halved: 2^1024 and 2^-1074 are no factors by themselves
    return value * power_of_two(exponent / 2) * power_of_two(exponent - exponent / 2);
}

double log(double x) {
    if (x == 0) return -kInfinity;
    if (!(x > 0)) return kNan;
    if (x == kInfinity) return x;

    const auto [fraction, exponent] = parts_of(x);
    const double k = exponent;
    const double f = fraction - 1;
    // log(1 + f) = 2 artanh s with s = f / (2 + f), |s| < 0.1716; and 2 s = f - s f, which keeps
    // f's bits.
    const double s = f / (2 + f);
    const double z = s * s;
    double series = 0;
    for (int n = 21; n >= 3; n -= 2) series = z * (series + 1.0 / static_cast<double>(n));
    return k * kLn2High - ((s * (f - 2 * series) - k * kLn2Low) - f);
}

double log1p(double x) {
    const double u = 1 + x;
    if (u == 1) return x;
    if (!(u > 0) || u == kInfinity) return log(u);
    // The rounding of 1 + x is undone by the factor. Source: D. Goldberg, "What every computer
    // scientist should know about floating-point arithmetic", ACM Comput. Surv. 23(1), 1991,
    // theorem 4.
    return log(u) * (x / (u - 1));
}

double cos_of_turns(double t) {
    double a = std::fabs(t - nearest(t));  // exact; cosine is even and has period 1
    const double sign = a > 0.25 ? -1 : 1;
    if (a > 0.25) a = 0.5 - a;
    const double value = a > 0.125 ? sin_series(2 * kPi * (0.25 - a)) : cos_series(2 * kPi * a);
    return sign * value;
}

double normal_density(double x) { return kDensityAtZero * exp(-x * x / 2); }

double normal_tail(double x) {
    const double distance = std::fabs(x);
    const double ratio = distance < 8 ? mills_by_table(distance) : mills_by_fraction(distance);
    const double tail = ratio * normal_density(distance);
    return x < 0 ? 1 - tail : tail;
}

}  // namespace bellwether::maths
