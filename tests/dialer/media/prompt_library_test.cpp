#include "dialer/media/prompt_library.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "dialer/media/media_engine.h"
#include "dialer/media/resampler.h"
#include "sox.h"
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

/// A file another program wrote; %s stands for its place, %w for a WAV of the same sound.
struct Written {
    const char* name;
    const char* command;
};

void PrintTo(const Written& row, std::ostream* out) { *out << row.name; }

class PromptOfAnotherProgram : public testing::TestWithParam<Written> {};

std::string filled_in(std::string command, const std::string& mark, const std::string& with) {
    for (auto at = command.find(mark); at != std::string::npos; at = command.find(mark)) {
        command.replace(at, mark.size(), with);
    }
    return command;
}

TEST_P(PromptOfAnotherProgram, SoundsAsItWasWritten) {
    const TempFolder folder;
    const auto wav = (folder / "tone.wav").string();
    const auto file = folder / "prompt";
    ASSERT_TRUE(sox("-n -r 48000 -c 2 -b 24 " + wav + " synth 1.5 sine 900 gain -6"));
    const auto command = filled_in(filled_in(GetParam().command, "%w", wav), "%s", file.string());
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
    const auto prompt = read_prompt(file);
    ASSERT_TRUE(prompt) << prompt.error().detail;
    EXPECT_NEAR(static_cast<double>(prompt->samples.size()), 12'000.0, 80.0) << "1.5 s";
    const auto middle = std::span{prompt->samples}.subspan(2000, 8000);
    // sox's gain -6 is a peak of 32768 * 10^(-6/20).
    EXPECT_NEAR(decibels(amplitude_of(900.0, middle) / 16'423.0), 0.0, 1.0)
        << "Opus at 12 kbit/s takes most";
    EXPECT_LT(amplitude_of(1800.0, middle), 100.0);
}

INSTANTIATE_TEST_SUITE_P(
    All, PromptOfAnotherProgram,
    testing::Values(Written{"Flac", "sox %w -t flac %s"},
                    Written{"FlacAt96kHz", "sox %w -r 96000 -t flac %s"},
                    Written{"OggOpus", "opusenc --quiet %w %s"},
                    Written{"OggOpusNarrow", "opusenc --quiet --bitrate 12 --downmix-mono %w %s"},
                    Written{"OggVorbis", "sox %w -t ogg %s"},
                    Written{"MuLaw", "sox %w -r 8000 -c 1 -e u-law -t wav %s"},
                    Written{"FourChannels", "sox %w -c 4 -t wav %s"},
                    Written{"FloatAt11025Hz", "sox %w -r 11025 -e float -b 32 -t wav %s"}),
    [](const auto& row) { return row.param.name; });

TEST(PromptLibrary, PiecesResampleAsTheWhole) {
    std::vector<float> sound(9001);
    for (std::size_t i = 0; i < sound.size(); ++i) {
        sound[i] = static_cast<float>(std::sin(static_cast<double>(i * i) * 1e-5));
    }
    for (const int rate : {8000, 4000, 11'025, 44'100, 48'000, 192'000}) {
        std::vector<float> pieces;
        Resampler resampler{rate};
        std::size_t length = 1;
        for (std::size_t at = 0; at < sound.size(); at += length, length = length * 3 % 997) {
            const auto piece = std::span{sound}.subspan(at);
            resampler.push(piece.first(std::min(length, piece.size())), pieces);
        }
        resampler.finish(pieces);
        EXPECT_EQ(pieces, resample_to_8k(sound, rate)) << rate;
        EXPECT_EQ(pieces.size(), (sound.size() * 8000 + static_cast<std::size_t>(rate) / 2) /
                                     static_cast<std::size_t>(rate));
    }
}

TEST(PromptLibrary, HoldsNoMoreThanItMay) {
    const std::size_t tone = PromptLibrary{}.bytes();
    PromptLibrary library{tone + 2 * 16'000};
    EXPECT_TRUE(library.put("one", Prompt{std::vector<std::int16_t>(8000)}));
    EXPECT_TRUE(library.put("two", Prompt{std::vector<std::int16_t>(8000)}));
    const auto refused = library.put("three", Prompt{{1}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::Exhausted);
    EXPECT_NE(refused.error().detail.find("'three'"), std::string::npos);
    EXPECT_EQ(library.find("three"), nullptr);
    EXPECT_TRUE(library.put("two", Prompt{std::vector<std::int16_t>(8000)})) << "in its own place";
    library.drop("one");
    library.drop("never there");
    EXPECT_EQ(library.find("one"), nullptr);
    EXPECT_TRUE(library.put("three", Prompt{{1}}));
    EXPECT_EQ(library.bytes(), tone + 16'000 + 2);
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
        EXPECT_NE(prompt.error().detail.find("give a WAV, FLAC or Ogg Opus file"),
                  std::string::npos);
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
    const auto tone = *PromptLibrary{}.find(kAgentTone);
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
    EXPECT_TRUE(library.put("hello", Prompt{{1, 2, 3}}));
    const auto in_use = library.find("hello");
    EXPECT_TRUE(library.put("hello", Prompt{{9}}));
    EXPECT_EQ(in_use->samples.size(), 3U);
    EXPECT_EQ(library.find("hello")->samples.size(), 1U);
}

}  // namespace
}  // namespace bellwether::media::test
