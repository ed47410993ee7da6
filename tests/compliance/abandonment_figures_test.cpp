#include "compliance/abandonment_figures.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace bellwether::compliance {
namespace {

struct Vector {
    const char* name;
    AbandonmentRegime regime;
    bool amd;
    AnsweredCalls calls;
    const char* amd_error;
    const char* numerator;
    const char* denominator;
    double rate;
    bool is_breach;
};

AnsweredCalls us_1(std::int64_t machine_verdicts) {
    return {.connected = 19'450,
            .late = 100,
            .message_played = 380,
            .hung_up_early = 70,
            .machine_verdicts = machine_verdicts};
}

// The vectors of research: compliance 5.
const std::vector<Vector> kVectors = {
    {"US-1", AbandonmentRegime::Us, true, us_1(15'000), "0", "480", "20000", 0.024, false},
    {"US-2 at the cap",
     AbandonmentRegime::Us,
     true,
     {.connected = 9'700, .message_played = 300},
     "0",
     "300",
     "10000",
     0.03,
     false},
    {"US-2 over it",
     AbandonmentRegime::Us,
     true,
     {.connected = 9'699, .message_played = 301},
     "0",
     "301",
     "10000",
     0.0301,
     true},
    {"US-3", AbandonmentRegime::Us, true, us_1(15'000), "0.008", "600", "20120", 0.029821, false},
    {"US-4", AbandonmentRegime::Us, true, us_1(15'000), "0.012", "660", "20180", 0.032706, true},
    {"US-5 window 1",
     AbandonmentRegime::Us,
     false,
     {.connected = 9'710, .message_played = 290},
     "0",
     "290",
     "10000",
     0.029,
     false},
    {"US-5 window 2",
     AbandonmentRegime::Us,
     false,
     {.connected = 965, .message_played = 35},
     "0",
     "35",
     "1000",
     0.035,
     true},
    {"UK-1",
     AbandonmentRegime::Uk,
     true,
     {.connected = 2'000,
      .message_played = 45,
      .machine_verdicts = 1'400,
      .machines_put_through = 150},
     "0.010",
     "59",
     "2059",
     0.028655,
     false},
    {"UK-1 at 1.5 %",
     AbandonmentRegime::Uk,
     true,
     {.connected = 2'000,
      .message_played = 45,
      .machine_verdicts = 1'400,
      .machines_put_through = 150},
     "0.015",
     "66",
     "2066",
     0.031946,
     true},
    {"UK-2",
     AbandonmentRegime::Uk,
     false,
     {.connected = 1'750, .message_played = 90, .machines_put_through = 400},
     "0",
     "3150/43",
     "78400/43",
     0.040179,
     true},
    {"UK-3",
     AbandonmentRegime::Uk,
     true,
     {.connected = 1'940, .message_played = 60},
     "0",
     "60",
     "2000",
     0.03,
     false},
    {"UK-3 over",
     AbandonmentRegime::Uk,
     true,
     {.connected = 1'940, .message_played = 61},
     "0",
     "61",
     "2001",
     0.030485,
     true},
    {"CA-1",
     AbandonmentRegime::Ca,
     true,
     {.connected = 11'410, .message_played = 590},
     "0",
     "590",
     "12000",
     0.049167,
     false},
    {"CA-1 over",
     AbandonmentRegime::Ca,
     true,
     {.connected = 11'399, .message_played = 601},
     "0",
     "601",
     "12000",
     0.050083,
     true},
};

TEST(AbandonmentFigures, AreThoseOfTheStudy) {
    for (const Vector& vector : kVectors) {
        AnsweredCalls calls = vector.calls;
        calls.amd_error = read_decimal(vector.amd_error).value();
        const auto figures = abandonment_figures(vector.regime, vector.amd, calls);
        EXPECT_EQ(fraction_text(figures.numerator), vector.numerator) << vector.name;
        EXPECT_EQ(fraction_text(figures.denominator), vector.denominator) << vector.name;
        EXPECT_EQ(six_places(figures.rate()), vector.rate) << vector.name;
        EXPECT_EQ(figures.is_breach, vector.is_breach) << vector.name;
        EXPECT_FALSE(figures.silent_violation) << vector.name;
    }
}

TEST(AbandonmentFigures, LeaveTheHeadroomOfTheStudy) {
    const auto at = [](std::int64_t abandoned, std::int64_t connected) {
        return abandonment_figures(AbandonmentRegime::Us, false,
                                   {.connected = connected, .message_played = abandoned})
            .headroom();
    };
    EXPECT_EQ(abandonment_figures(AbandonmentRegime::Us, true, us_1(0)).headroom(), 120);  // US-1
    EXPECT_EQ(at(300, 9'700), 0);
    EXPECT_EQ(at(301, 9'699), -1);
    EXPECT_EQ(at(0, 0), 0);
    const auto estimated = abandonment_figures(
        AbandonmentRegime::Us, true,
        {.connected = 27, .machine_verdicts = 16, .amd_error = Rational{1, 100}});
    EXPECT_EQ(estimated.headroom(), 0);  // 3 % of 27.16, less 0.16 of a person: not a whole call
}

TEST(AbandonmentFigures, OneSilentCallIsAViolationWhateverTheRate) {
    for (const auto regime :
         {AbandonmentRegime::Us, AbandonmentRegime::Uk, AbandonmentRegime::Ca}) {
        const auto figures = abandonment_figures(regime, true, {.connected = 10'000, .silent = 1});
        EXPECT_TRUE(figures.silent_violation);
        EXPECT_FALSE(figures.is_breach);
    }
}

TEST(AbandonmentFigures, NobodyAnsweredIsNoBreach) {
    const auto figures = abandonment_figures(AbandonmentRegime::Uk, false, {});
    EXPECT_EQ(figures.rate(), 0);
    EXPECT_FALSE(figures.is_breach);
}

struct Drawn {
    AbandonmentRegime regime;
    bool amd;
    std::array<std::int64_t, 7> counts;
    const char* amd_error;
    const char* numerator;
    const char* denominator;
    bool is_breach;
};

const Drawn kDrawn[] = {
#include "tests/compliance/abandonment_reference.inc"
};

TEST(AbandonmentFigures, AgreeWithPythonsFractions) {
    for (const Drawn& row : kDrawn) {
        const auto& n = row.counts;
        const AnsweredCalls calls{.connected = n[0],
                                  .late = n[1],
                                  .message_played = n[2],
                                  .silent = n[3],
                                  .hung_up_early = n[4],
                                  .machine_verdicts = n[5],
                                  .amd_error = read_decimal(row.amd_error).value(),
                                  .machines_put_through = n[6]};
        const auto figures = abandonment_figures(row.regime, row.amd, calls);
        EXPECT_EQ(fraction_text(figures.numerator), row.numerator);
        EXPECT_EQ(fraction_text(figures.denominator), row.denominator);
        EXPECT_EQ(figures.is_breach, row.is_breach) << row.numerator << " of " << row.denominator;
    }
}

TEST(ReadDecimal, TakesANumberAsItIsWritten) {
    EXPECT_EQ(read_decimal("0.008").value(), Rational(1, 125));
    EXPECT_EQ(read_decimal("8e-3").value(), Rational(1, 125));
    EXPECT_EQ(read_decimal("0.80E-2").value(), Rational(1, 125));
    EXPECT_EQ(read_decimal("08").value(), 8);
    EXPECT_EQ(read_decimal("-0.5").value(), Rational(-1, 2));
    EXPECT_EQ(read_decimal("12e+2").value(), 1200);
    EXPECT_EQ(read_decimal("0.0080000000000000000001").value(),
              Rational(boost::multiprecision::cpp_int{"80000000000000000001"},
                       boost::multiprecision::cpp_int{"10000000000000000000000"}));
}

TEST(ReadDecimal, RefusesWhatIsNone) {
    for (const char* text : {"", "-", ".", "1.2.3", "0x1", "1e", "1e+", "1e100", "1 ", "nan"}) {
        EXPECT_FALSE(read_decimal(text)) << text;
    }
    EXPECT_FALSE(read_decimal(std::string(500, '1')));
}

TEST(SixPlaces, RoundsHalvesAwayFromZero) {
    EXPECT_EQ(six_places(Rational(1, 3)), 0.333333);
    EXPECT_EQ(six_places(Rational(5, 10'000'000)), 0.000001);
    EXPECT_EQ(six_places(Rational(-5, 10'000'000)), -0.000001);
    EXPECT_EQ(six_places(Rational(49, 100'000'000)), 0);
}

}  // namespace
}  // namespace bellwether::compliance
