#include "answer-detect/tones/fax.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/answer-detect/tones/listening.h"

namespace bellwether::answer_detect {
namespace {

void expect_fax(const Heeded& heeded, const char* code, double by_s) {
    ASSERT_FALSE(heeded.tones.empty());
    EXPECT_EQ(heeded.tones[0].kind, Verdict::Fax);
    EXPECT_STREQ(heeded.tones[0].code.data(), code);
    EXPECT_LT(heeded.tone_s[0], by_s);
}

// ITU-T V.8: 2100 Hz, its amplitude modulated by a fifth at 15 Hz, its phase turned each 450 ms.
std::vector<std::int16_t> ansam(double seconds) {
    std::vector<std::int16_t> made(static_cast<std::size_t>(seconds * 50) * kFrameSamples);
    for (std::size_t i = 0; i < made.size(); ++i) {
        const double t = static_cast<double>(i) / kSampleRate;
        const double sign = static_cast<int>(t / 0.45) % 2 == 0 ? 1 : -1;
        const double modulation = 1 + 0.2 * std::sin(2 * std::numbers::pi * 15 * t);
        made[i] = static_cast<std::int16_t>(sign * modulation * 3000 *
                                            std::sin(2 * std::numbers::pi * 2100 * t));
    }
    return made;
}

// ITU-T T.30: HDLC flags (01111110) at 300 bit/s, 0 at 1850 Hz and 1 at 1650 Hz.
std::vector<std::int16_t> preamble(double seconds) {
    std::vector<std::int16_t> made(static_cast<std::size_t>(seconds * 50) * kFrameSamples);
    double turn = 0;
    for (std::size_t i = 0; i < made.size(); ++i) {
        const auto bit = static_cast<int>(static_cast<double>(i) / kSampleRate * 300) % 8;
        turn += (bit == 0 || bit == 7 ? 1850.0 : 1650.0) / kSampleRate;
        made[i] = static_cast<std::int16_t>(3000 * std::sin(2 * std::numbers::pi * turn));
    }
    return made;
}

std::optional<Tone> first_tone(const std::vector<std::int16_t>& pcm) {
    ToneEngine engine;
    std::optional<Tone> first;
    for (std::size_t n = 0; n * kFrameSamples < pcm.size(); ++n) {
        engine.push(frame_of(pcm, n), FrameState::Audio, [&](const ToneStep& step) {
            if (!first) first = step.tone;
        });
    }
    return first;
}

TEST(FaxMatcher, TellsAnAnswerTone) {
    expect_fax(listen_to(Sound().silence(0.5).tone({2100}, 3).silence(1)), "CED", 1.5);
    expect_fax(listen_to(Sound().silence(0.5).tone({2100}, 3, -35).silence(1).noise(-57)), "CED",
               1.5);
}

TEST(FaxMatcher, TellsAnAnswerToneThatPulses) {
    const auto tone = first_tone(ansam(2));
    ASSERT_TRUE(tone);
    EXPECT_EQ(tone->kind, Verdict::Fax);
    EXPECT_STREQ(tone->code.data(), "ANS");
}

TEST(FaxMatcher, TellsACallingTone) {
    Sound sound;
    sound.silence(0.5);
    for (int i = 0; i < 2; ++i) sound.tone({1100}, 0.5).silence(3);
    expect_fax(listen_to(sound.noise(-60)), "CNG", 3);
}

TEST(FaxMatcher, TellsThePreambleOfAModem) {
    const auto tone = first_tone(preamble(1));
    ASSERT_TRUE(tone);
    EXPECT_EQ(tone->kind, Verdict::Fax);
    EXPECT_STREQ(tone->code.data(), "V21");
}

TEST(FaxMatcher, StaysSilentOnABeepOfItsFrequency) {
    EXPECT_TRUE(listen_to(Sound().silence(0.5).tone({2100}, 0.5).silence(2)).tones.empty());
    EXPECT_TRUE(listen_to(Sound().silence(0.5).tone({1100}, 0.25).silence(3)).tones.empty());
}

TEST(FaxMatcher, StaysSilentWhenSomebodySpeaksAfterASingleBurst) {
    EXPECT_TRUE(listen_to(Sound().silence(0.5).tone({1100}, 0.5).silence(0.4).vowel(2).silence(1))
                    .tones.empty());
}

TEST(FaxMatcher, StaysSilentOnASteadyToneAmongTheModems) {
    EXPECT_FALSE(first_tone(Sound().tone({1720}, 2).pcm()));
}

}  // namespace
}  // namespace bellwether::answer_detect
