#include "answer-detect/evaluation/listen.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "answer-detect/shipped_weights.h"
#include "base/rng.h"

namespace bellwether::answer_detect::evaluation {
namespace {

using Samples = std::vector<std::int16_t>;

std::size_t count_of(double length_s) {
    return static_cast<std::size_t>(std::lround(length_s * kSampleRate));
}

void add_silence(Samples& to, double length_s) { to.resize(to.size() + count_of(length_s), 0); }

void add_tone(Samples& to, double hz, double length_s) {
    for (std::size_t i = 0; i < count_of(length_s); ++i) {
        const double turn = 2 * std::numbers::pi * hz * static_cast<double>(i) / kSampleRate;
        to.push_back(static_cast<std::int16_t>(std::lround(5000 * std::sin(turn))));
    }
}

/// Syllables on a gliding pitch over noise, with pauses at random: something like speech.
Samples somebody(std::uint64_t seed, double speech_s, double length_s) {
    Rng rng{seed, "somebody"};
    Samples samples;
    double phase = 0;
    double pause_until = 0.4;
    for (std::size_t i = 0; i < count_of(length_s); ++i) {
        const double t = static_cast<double>(i) / kSampleRate;
        if (i % 4000 == 0 && rng.uniform() < 0.3) pause_until = t + 0.5;
        double value = 15 * rng.normal();
        phase += (120 + 30 * std::sin(2 * t)) / kSampleRate;
        if (t > pause_until && t < 0.4 + speech_s) {
            const double loud = 0.6 - 0.4 * std::cos(2 * std::numbers::pi * 4.3 * t);
            for (int k = 1; k <= 12; ++k) {
                value += 1800 * loud * std::sin(2 * std::numbers::pi * k * phase) / k;
            }
        }
        samples.push_back(static_cast<std::int16_t>(std::lround(value)));
    }
    return samples;
}

const GreetingModel& shipped() {
    static const GreetingModel model = GreetingModel::parse(shipped_weights()).value();
    return model;
}

Heard tones_of(const Samples& samples, Until until = Until::End) {
    return listen(samples, nullptr, policy_of(Mode::Tones), until);
}

TEST(Listen, NotesTheFirstVerdictAndItsTone) {
    Samples samples;
    add_silence(samples, 0.5);
    add_tone(samples, 2100, 3);  // a fax: ITU-T T.30, CED
    const Heard heard = tones_of(samples);
    EXPECT_EQ(heard.verdict, Verdict::Fax);
    ASSERT_TRUE(heard.at_s);
    EXPECT_GT(*heard.at_s, 0.5);
    ASSERT_TRUE(heard.tone);
    EXPECT_EQ(heard.tone->kind, Verdict::Fax);
    EXPECT_EQ(heard.frames, 175u);
}

TEST(Listen, StopsAtTheVerdictIfAsked) {
    Samples samples;
    add_tone(samples, 2100, 4);
    const Heard whole = tones_of(samples);
    const Heard short_one = tones_of(samples, Until::Verdict);
    EXPECT_EQ(short_one.verdict, whole.verdict);
    EXPECT_EQ(short_one.at_s, whole.at_s);
    EXPECT_LT(short_one.frames, whole.frames);
}

TEST(Listen, HasAMomentEachTenth) {
    Samples samples;
    add_silence(samples, 1.07);  // the rest that fills no frame is not heard
    const Heard heard = tones_of(samples);
    EXPECT_EQ(heard.frames, 53u);
    ASSERT_EQ(heard.posterior.size(), 10u);
    EXPECT_NEAR(heard.posterior.front().at_s, 0.1, 1e-9);
    EXPECT_NEAR(heard.posterior.back().at_s, 1.0, 1e-9);
}

TEST(Listen, NothingAtAllIsUnsure) {
    const Heard heard = tones_of({});
    EXPECT_EQ(heard.verdict, Verdict::Unsure);
    EXPECT_FALSE(heard.at_s);
    EXPECT_EQ(heard.frames, 0u);
}

TEST(Listen, ABeepThatStillSoundsEndsWithTheRecording) {
    Samples samples = somebody(5, 3, 3.6);
    add_tone(samples, 1000, 0.5);
    const Heard heard = listen(samples, &shipped(), policy_of(Mode::Balanced));
    ASSERT_FALSE(heard.beeps.empty());
    EXPECT_NEAR(heard.beeps.back().start_s, 3.6, 0.1);
    EXPECT_NEAR(heard.beeps.back().end_s, 4.1, 0.1);
}

TEST(Listen, AVerdictUsesNothingThatComesAfterIt) {
    int verdicts = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const Samples samples = somebody(seed, 0.4 + 0.5 * static_cast<double>(seed), 9);
        const Heard whole = listen(samples, &shipped(), policy_of(Mode::Balanced));
        if (!whole.at_s) continue;
        ++verdicts;
        const Samples cut{samples.begin(),
                          samples.begin() + static_cast<std::ptrdiff_t>(count_of(*whole.at_s))};
        const Heard again = listen(cut, &shipped(), policy_of(Mode::Balanced));
        EXPECT_EQ(again.verdict, whole.verdict) << seed;
        EXPECT_EQ(again.at_s, whole.at_s) << seed;
        EXPECT_EQ(again.p_machine, whole.p_machine) << seed;
    }
    EXPECT_GE(verdicts, 10);
}

}  // namespace
}  // namespace bellwether::answer_detect::evaluation
