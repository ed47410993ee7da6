#include "simulator/carrier/built_in_sounds.h"

#include <gtest/gtest.h>

#include <string>

#include "answer-detect/evaluation/listen.h"

namespace bellwether::carrier {
namespace {

using answer_detect::Mode;
using answer_detect::Verdict;
using answer_detect::evaluation::Heard;

/// Judged by the detector that will hear them in a practice call.
Heard heard(const std::vector<std::int16_t>& sound) {
    return answer_detect::evaluation::listen(sound, nullptr, answer_detect::policy_of(Mode::Tones));
}

TEST(BuiltInSounds, TheFaxIsOne) { EXPECT_EQ(heard(built_in_fax()).verdict, Verdict::Fax); }

TEST(BuiltInSounds, TheAnnouncementBeginsWithItsTones) {
    const Heard announcement = heard(built_in_announcement());
    EXPECT_EQ(announcement.verdict, Verdict::Sit);
    ASSERT_TRUE(announcement.tone);
    EXPECT_EQ(std::string{announcement.tone->code.data()}, "VC");
}

TEST(BuiltInSounds, TheVoicemailBeeps) {
    const Heard voicemail = heard(built_in_voicemail());
    ASSERT_EQ(voicemail.beeps.size(), 1u);
    EXPECT_NEAR(voicemail.beeps[0].start_s, 6.5, 0.06);
    EXPECT_NEAR(voicemail.beeps[0].end_s, 6.9, 0.06);
    EXPECT_NEAR(voicemail.beeps[0].hz[0], 1000, 10);
}

TEST(BuiltInSounds, TheVoiceIsNoTone) {
    const Heard voice = heard(built_in_voice(4));
    EXPECT_FALSE(voice.tone);
    EXPECT_TRUE(voice.beeps.empty());
}

}  // namespace
}  // namespace bellwether::carrier
