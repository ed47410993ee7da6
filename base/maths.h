#pragma once

// Elementary functions with the same bits on every x86-64. libm chooses an implementation by the
// CPU it runs on (with or without fused multiply-add), so its last bit differs between machines,
// and one last bit is enough to part two simulations. These are plain + - * / of doubles. sqrt,
// floor, ceil and round are exact everywhere and stay std's.
//
// Accuracy is measured by tests/base/maths_test.cpp against scripts/reference/maths.py. None can
// fail or allocate; NaN gives NaN.

namespace bellwether::maths {

/// e^x, relative error below 1e-15. 0 below -746, infinity above 709.79.
[[nodiscard]] double exp(double x);

/// The natural logarithm, relative error below 1e-15. -infinity at 0, NaN below.
[[nodiscard]] double log(double x);

/// log(1 + x) without loss near 0; relative error below 1e-15.
[[nodiscard]] double log1p(double x);

/// cos(2 pi t), absolute error below 1e-15; |t| < 2^51.
[[nodiscard]] double cos_of_turns(double t);

/// Density of the standard normal distribution.
[[nodiscard]] double normal_density(double x);

/// The chance that a standard normal variable exceeds x; relative error below 1e-13 for x < 30.
/// Source: G. Marsaglia, "Evaluating the normal distribution", J. Stat. Softw. 11(4), 2004: Mills'
/// ratio expanded about tabled points.
[[nodiscard]] double normal_tail(double x);

}  // namespace bellwether::maths
