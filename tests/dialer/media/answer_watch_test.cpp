#include "dialer/media/answer_watch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "dialer/media/prompt_library.h"
#include "sox.h"
#include "wav_files.h"

namespace bellwether::media::test {
namespace {

using std::chrono::milliseconds;

struct Ended {
    AnswerEnd reason;
    double at_s;
    double spoken_s;
};

Ended watch(const std::vector<std::int16_t>& sound, const AnswerRules& rules) {
    AnswerWatch watch{rules};
    for (std::size_t at = 0;; at += kFrameSamples) {
        Frame frame{};
        const bool is_there = at + kFrameSamples <= sound.size();
        if (is_there) {
            std::copy_n(sound.begin() + static_cast<std::ptrdiff_t>(at), kFrameSamples,
                        frame.begin());
        }
        const auto end = watch.take(frame, is_there ? FrameState::Audio : FrameState::Silence);
        if (end) {
            return {*end, std::chrono::duration<double>{watch.elapsed()}.count(),
                    std::chrono::duration<double>{watch.spoken()}.count()};
        }
    }
}

/// Speech of espeak-ng of some three seconds with a pause of a second before its last words, over
/// noise of sox.
std::vector<std::int16_t> speech_in_noise(const std::string& noise_volume) {
    const TempFolder folder;
    const auto said = (folder / "said.wav").string();
    const auto line = (folder / "line.wav").string();
    const auto both = folder / "both.wav";
    EXPECT_EQ(std::system(("espeak-ng -v en -w " + said +
                           " '<speak>I would like to have more trees in the park. <break "
                           "time=\"1000ms\"/> And a pond.</speak>' -m")
                              .c_str()),
              0);
    EXPECT_TRUE(sox("-n -r 8000 -b 16 -c 1 " + line + " synth 15 pinknoise vol " + noise_volume));
    EXPECT_TRUE(sox("-m -v 1 '|sox " + said + " -p rate 8000 gain -n -10 pad 1' -v 1 " + line +
                    " -b 16 " + both.string()));
    const auto sound = read_prompt(both);
    EXPECT_TRUE(sound);
    return sound ? sound->samples : std::vector<std::int16_t>{};
}

class AnswerInNoise : public testing::TestWithParam<const char*> {};

TEST_P(AnswerInNoise, EndsAfterTheLastWordAndNotInThePauseBefore) {
    const auto sound = speech_in_noise(GetParam());
    const auto ended = watch(sound, {.silence_end = milliseconds{2000}, .min = milliseconds{3000}});
    EXPECT_EQ(ended.reason, AnswerEnd::Silence);
    // espeak speaks from 1.0 to some 6.0 s here; the end is two seconds later.
    EXPECT_GT(ended.at_s, 5.5);
    EXPECT_LT(ended.at_s, 9.5);
    EXPECT_GT(ended.spoken_s, 1.5);
    EXPECT_LT(ended.spoken_s, 5.0);
}

INSTANTIATE_TEST_SUITE_P(Volumes, AnswerInNoise, testing::Values("0.0001", "0.01", "0.05"));

TEST(AnswerWatch, WhoSaysNothingIsWaitedForAndThenNot) {
    const auto ended = watch({}, {.silence_end = milliseconds{3000}, .min = milliseconds{5000}});
    EXPECT_EQ(ended.reason, AnswerEnd::Silence);
    EXPECT_DOUBLE_EQ(ended.at_s, 5.0);
    EXPECT_EQ(ended.spoken_s, 0.0);
}

TEST(AnswerWatch, TheLongestAnswerIsCutAtItsLength) {
    std::vector<std::int16_t> talk;
    for (int word = 0; word < 100; ++word) {  // half a second of tone, a tenth of silence
        const auto tone = make_tone(300, milliseconds{500}, -15).samples;
        talk.insert(talk.end(), tone.begin(), tone.end());
        talk.insert(talk.end(), 800, std::int16_t{0});
    }
    const auto ended = watch(talk, {.max = milliseconds{20'000}});
    EXPECT_EQ(ended.reason, AnswerEnd::MaxLength);
    EXPECT_DOUBLE_EQ(ended.at_s, 20.0);
    EXPECT_GT(ended.spoken_s, 15.0);
}

TEST(AnswerWatch, LossIsNoSilence) {
    AnswerWatch watch{{.silence_end = milliseconds{1000}, .min = milliseconds{0}}};
    for (int n = 0; n < 500; ++n) ASSERT_FALSE(watch.take(kSilentFrame, FrameState::Lost));
    for (int n = 0; n < 49; ++n) ASSERT_FALSE(watch.take(kSilentFrame, FrameState::ComfortNoise));
    EXPECT_EQ(watch.take(kSilentFrame, FrameState::ComfortNoise), AnswerEnd::Silence);
}

}  // namespace
}  // namespace bellwether::media::test
