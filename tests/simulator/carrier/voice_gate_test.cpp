#include "simulator/carrier/voice_gate.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>

namespace bellwether::carrier {
namespace {

constexpr double kFullScaleDbm0 = 3.17;  // ITU-T G.711

/// A sine of a level in dBm0, 20 ms at a time, with running phase.
class Sine {
public:
    Sine(double hertz, double dbm0)
        : step_{2 * std::acos(-1.0) * hertz / 8000},
          amplitude_{32767 * std::pow(10.0, (dbm0 - kFullScaleDbm0) / 20)} {}

    std::array<std::int16_t, 160> frame() {
        std::array<std::int16_t, 160> samples{};
        for (auto& sample : samples) {
            sample = static_cast<std::int16_t>(std::lround(amplitude_ * std::sin(phase_)));
            phase_ += step_;
        }
        return samples;
    }

private:
    double step_;
    double amplitude_;
    double phase_ = 0.3;
};

void push(VoiceGate& gate, Sine& sound, int frames) {
    for (int i = 0; i < frames; ++i) gate.push(sound.frame());
}

TEST(VoiceGate, OpensAfterSixtyMillisecondsAndClosesAfterHalfASecond) {
    VoiceGate gate;
    Sine voice{1000, -25};
    Sine hush{1000, -60};
    push(gate, voice, 2);
    EXPECT_FALSE(gate.speaks());
    push(gate, voice, 1);
    EXPECT_TRUE(gate.speaks());
    push(gate, hush, 24);
    EXPECT_TRUE(gate.speaks());
    push(gate, hush, 1);
    EXPECT_FALSE(gate.speaks());
}

TEST(VoiceGate, APauseBetweenSentencesDoesNotCloseIt) {
    VoiceGate gate;
    Sine voice{300, -20};
    Sine hush{300, -70};
    for (int sentence = 0; sentence < 5; ++sentence) {
        push(gate, voice, 10);
        push(gate, hush, 20);
        EXPECT_TRUE(gate.speaks());
    }
}

TEST(VoiceGate, ThresholdStandsAtFortyBelow) {
    VoiceGate above;
    Sine audible{1000, -39};
    push(above, audible, 50);
    EXPECT_TRUE(above.speaks());
    VoiceGate below;
    Sine inaudible{1000, -41};
    push(below, inaudible, 50);
    EXPECT_FALSE(below.speaks());
}

TEST(VoiceGate, CountsEachAnnouncingToneOnce) {
    VoiceGate gate;
    Sine hush{1000, -70};
    for (std::uint32_t call = 1; call <= 3; ++call) {
        Sine tone{440, -20};
        push(gate, tone, 10);
        push(gate, hush, 30);
        EXPECT_EQ(gate.tones(), call);
    }
}

TEST(VoiceGate, OtherTonesAndShortOnesAreNotTheAnnouncement) {
    VoiceGate gate;
    Sine hush{1000, -70};
    for (const double hertz : {350.0, 400.0, 480.0, 620.0, 880.0, 1000.0}) {
        Sine tone{hertz, -20};
        push(gate, tone, 10);
        push(gate, hush, 1);
    }
    Sine brief{440, -20};
    push(gate, brief, 5);
    push(gate, hush, 30);
    EXPECT_EQ(gate.tones(), 0u);
}

}  // namespace
}  // namespace bellwether::carrier
