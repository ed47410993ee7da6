#include "dialer/media/prompt_library.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <span>
#include <vector>

#include "dialer/media/media_engine.h"
#include "dialer/media/resampler.h"
#include "support.h"
#include "wav_files.h"

namespace bellwether::media::test {
namespace {

constexpr double kAmplitude = 10'000.0;

// The middle of a resampled tone, away from the filter's edges.
std::vector<std::int16_t> loaded_tone(int rate, double frequency, int channels = 1) {
    const TempFolder folder;
    const auto path = folder / "tone.wav";
    Wav wav{.rate = rate, .channels = channels, .samples = {}};
    for (const auto sample : sine(frequency, kAmplitude, static_cast<std::size_t>(rate), rate)) {
        wav.samples.insert(wav.samples.end(), static_cast<std::size_t>(channels), sample);
    }
    write_wav(path, wav);
    const auto prompt = read_prompt(path);
    EXPECT_TRUE(prompt) << (prompt ? "" : prompt.error().detail);
    if (!prompt) return {};
    EXPECT_EQ(prompt->samples.size(), 8000U) << rate;
    return {prompt->samples.begin() + 800, prompt->samples.begin() + 7200};
}

double decibels(double ratio) { return 20.0 * std::log10(ratio); }

TEST(PromptLibrary, EightKilohertzMonoIsTakenAsItIs) {
    const TempFolder folder;
    const auto path = folder / "a.wav";
    const std::vector<std::int16_t> samples{0, 1, -1, 32'767, -32'768, 12'345};
    write_wav(path, {.rate = 8000, .channels = 1, .samples = samples});
    EXPECT_EQ(read_prompt(path)->samples, samples);
}

TEST(PromptLibrary, ResamplingKeepsSpeechFlatWithinATenthOfADecibel) {
    for (const int rate : {11'025, 16'000, 22'050, 44'100, 48'000, 96'000}) {
        for (const double frequency : {300.0, 1000.0, 3300.0}) {
            const auto wave = loaded_tone(rate, frequency);
            ASSERT_EQ(wave.size(), 6400U);
            EXPECT_NEAR(decibels(amplitude_of(frequency, wave) / kAmplitude), 0.0, 0.1)
                << rate << " Hz, tone of " << frequency;
        }
    }
}

TEST(PromptLibrary, ResamplingRemovesWhatEightKilohertzCannotHold) {
    for (const int rate : {16'000, 44'100}) {
        const auto wave = loaded_tone(rate, 5000.0);  // would fold to 3000 Hz
        const auto [low, high] = std::minmax_element(wave.begin(), wave.end());
        EXPECT_LE(std::max(std::abs(*low), std::abs(*high)), 2) << "80 dB below 10000 is 1";
    }
}

TEST(PromptLibrary, UpsamplingMakesNoImages) {
    const auto wave = loaded_tone(4000, 1000.0);
    EXPECT_NEAR(decibels(amplitude_of(1000.0, wave) / kAmplitude), 0.0, 0.1);
    EXPECT_LT(amplitude_of(3000.0, wave), 2.0);
}

TEST(PromptLibrary, ChannelsAreAveraged) {
    const TempFolder folder;
    const auto path = folder / "stereo.wav";
    write_wav(path,
              {.rate = 8000, .channels = 2, .samples = {1000, 3000, -500, 500, 32'767, 32'767}});
    EXPECT_EQ(read_prompt(path)->samples, (std::vector<std::int16_t>{2000, 0, 32'767}));
}

TEST(PromptLibrary, ErrorsNameTheFileAndWhatToDo) {
    const TempFolder folder;
    const auto missing = read_prompt(folder / "missing.wav");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, Errc::NotFound);
    EXPECT_NE(missing.error().detail.find("missing.wav"), std::string::npos);

    const auto text = folder / "text.wav";
    std::ofstream{text} << "this is no sound at all, only some text that somebody renamed";
    const auto empty = folder / "empty.wav";
    write_wav(empty, {.rate = 8000, .channels = 1, .samples = {}});
    const auto slow = folder / "slow.wav";
    write_wav(slow, {.rate = 2000, .channels = 1, .samples = {1, 2, 3}});
    const auto nothing = folder / "nothing.wav";
    std::ofstream{nothing} << "";
    for (const auto& path : {text, empty, slow, nothing}) {
        const auto prompt = read_prompt(path);
        ASSERT_FALSE(prompt) << path;
        EXPECT_EQ(prompt.error().code, Errc::InvalidInput);
        EXPECT_NE(prompt.error().detail.find(path.filename().string()), std::string::npos);
        EXPECT_NE(prompt.error().detail.find("give a WAV file"), std::string::npos);
    }
}

TEST(PromptLibrary, ATruncatedFileGivesWhatIsThere) {
    const TempFolder folder;
    const auto path = folder / "cut.wav";
    write_wav(path, {.rate = 8000, .channels = 1, .samples = std::vector<std::int16_t>(800, 5)});
    std::filesystem::resize_file(path, 44 + 2 * 400);
    const auto prompt = read_prompt(path);
    ASSERT_TRUE(prompt);
    EXPECT_EQ(prompt->samples.size(), 400U);
}

TEST(PromptLibrary, TheAgentToneIsAsDescribed) {
    const auto tone = make_agent_tone();
    ASSERT_EQ(tone.samples.size(), 1600U);  // 200 ms
    const auto middle = std::span{tone.samples}.subspan(100, 1400);
    // -20 dBm0: 0 dBm0 peaks 3.14 dB below full scale 32768 (G.711), so 32768 * 10^(-23.14/20).
    EXPECT_NEAR(amplitude_of(440.0, middle), 2282.7, 25.0);
    EXPECT_EQ(tone.samples.front(), 0);
    EXPECT_EQ(tone.samples.back(), 0);
}

TEST(PromptLibrary, ReplacingKeepsThePromptInUse) {
    PromptLibrary library;
    EXPECT_NE(library.find(kAgentTone), nullptr);
    EXPECT_EQ(library.find("hello"), nullptr);
    library.put("hello", Prompt{{1, 2, 3}});
    const auto in_use = library.find("hello");
    library.put("hello", Prompt{{9}});
    EXPECT_EQ(in_use->samples.size(), 3U);
    EXPECT_EQ(library.find("hello")->samples.size(), 1U);
}

}  // namespace
}  // namespace bellwether::media::test
