#include "dialer/media/wav_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "wav_files.h"

namespace bellwether::media::test {
namespace {

constexpr std::uint16_t kPcm = 1;
constexpr std::uint16_t kAlaw = 6;
constexpr std::uint16_t kUlaw = 7;
constexpr std::uint16_t kAdpcm = 2;  // Microsoft's, which no telephone line speaks

struct Form {
    std::uint16_t tag = kPcm;
    std::uint16_t channels = 1;
    std::uint32_t rate = 8000;
    std::uint16_t bits = 16;
};

std::string wav_bytes(const Form& form, const std::string& sound) {
    std::string text = "RIFF";
    append(text, static_cast<std::uint32_t>(36 + sound.size()));
    text += "WAVEfmt ";
    append(text, std::uint32_t{16});
    append(text, form.tag);
    append(text, form.channels);
    append(text, form.rate);
    append(text, std::uint32_t{form.rate * form.channels * form.bits / 8U});
    append(text, static_cast<std::uint16_t>(form.channels * form.bits / 8));
    append(text, form.bits);
    text += "data";
    append(text, static_cast<std::uint32_t>(sound.size()));
    return text + sound;
}

std::string pcm_bytes(const std::vector<std::int16_t>& samples) {
    std::string text;
    for (const auto sample : samples) append(text, sample);
    return text;
}

auto decode(const std::string& text) { return media::read_wav(std::as_bytes(std::span{text})); }

std::string fault_of(const std::string& text) {
    const auto read_back = decode(text);
    if (read_back) return "none";
    EXPECT_EQ(read_back.error().code, Errc::InvalidInput);
    return read_back.error().detail;
}

TEST(WavReader, GivesSixteenBitsBackAsTheyAre) {
    const std::vector<std::int16_t> samples{0, 1, -1, 32'767, -32'768, 12'345};
    EXPECT_EQ(decode(wav_bytes({}, pcm_bytes(samples))).value(), samples);
}

TEST(WavReader, DecodesG711) {
    // Decoder outputs of ITU-T G.711, tables 1a and 2a: 0xFF and 0xD5 are the smallest positive
    // values, 0x80 and 0xAA the largest; 16 bits are the table's 14 and 13 shifted up.
    EXPECT_EQ(decode(wav_bytes({.tag = kUlaw, .bits = 8}, "\xFF\x80")).value(),
              (std::vector<std::int16_t>{0, 8031 * 4}));
    EXPECT_EQ(decode(wav_bytes({.tag = kAlaw, .bits = 8}, "\xD5\xAA")).value(),
              (std::vector<std::int16_t>{8, 4032 * 8}));
}

std::vector<std::int16_t> tone(int rate, double hz, double length_s) {
    std::vector<std::int16_t> samples;
    for (int i = 0; i < static_cast<int>(rate * length_s); ++i) {
        const double turn = 2 * std::numbers::pi * hz * i / rate;
        samples.push_back(static_cast<std::int16_t>(std::lround(10'000 * std::sin(turn))));
    }
    return samples;
}

TEST(WavReader, BringsOtherRatesToEightKilohertz) {
    constexpr std::size_t kLate = 32;  // 4 ms
    for (const int rate : {16'000, 44'100, 48'000}) {
        const auto sound = pcm_bytes(tone(rate, 440, 0.5));
        const auto pcm =
            decode(wav_bytes({.rate = static_cast<std::uint32_t>(rate)}, sound)).value();
        const auto wanted = tone(8000, 440, 0.5);
        ASSERT_EQ(pcm.size(), wanted.size() + kLate) << rate;
        for (std::size_t i = 200; i + 200 < wanted.size(); ++i) {
            ASSERT_NEAR(pcm[i + kLate], wanted[i], 120) << rate << " Hz, sample " << i;
        }
    }
}

TEST(WavReader, MakesNoSampleOfWhatComesLater) {
    auto sound = tone(16'000, 300, 1.0);
    const auto whole = decode(wav_bytes({.rate = 16'000}, pcm_bytes(sound))).value();
    sound.resize(sound.size() / 2);  // until 0.5 s
    const auto half = decode(wav_bytes({.rate = 16'000}, pcm_bytes(sound))).value();
    const std::vector<std::int16_t> expected{whole.begin(), whole.begin() + 4000};
    EXPECT_EQ((std::vector<std::int16_t>{half.begin(), half.begin() + 4000}), expected);
}

TEST(WavReader, RefusesWhatIsNoRecordingOfOneSide) {
    const std::string sound = pcm_bytes(tone(8000, 440, 0.1));
    EXPECT_THAT(fault_of(""), testing::HasSubstr("empty"));
    EXPECT_THAT(fault_of("ID3\x03 and so on"), testing::HasSubstr("not a WAV file"));
    EXPECT_THAT(fault_of(wav_bytes({}, "")), testing::HasSubstr("no sound"));
    EXPECT_THAT(fault_of(wav_bytes({.channels = 2}, sound)), testing::HasSubstr("2 channels"));
    EXPECT_THAT(fault_of(wav_bytes({.rate = 4000}, sound)), testing::HasSubstr("4000 samples"));
    EXPECT_THAT(fault_of(wav_bytes({.tag = kAdpcm, .bits = 4}, sound)), testing::Ne("none"));
}

TEST(WavReader, RefusesAFileThatWasCutOff) {
    const std::string whole = wav_bytes({}, pcm_bytes(tone(8000, 440, 0.1)));
    EXPECT_EQ(fault_of(whole), "none");
    for (const std::size_t length : {4U, 11U, 12U, 20U, 40U, 45U, 700U}) {
        const std::string fault = fault_of(whole.substr(0, length));
        EXPECT_THAT(
            fault, testing::AnyOf(testing::HasSubstr("truncated"), testing::HasSubstr("not a WAV")))
            << length;
    }
}

TEST(WavReader, TakesFilesThatWereWrittenToAPipe) {
    std::string text = wav_bytes({}, pcm_bytes({1, 2, 3}));
    text.replace(40, 4, "\xFF\xFF\xFF\xFF");  // the length of the sound, not known in time
    EXPECT_EQ(decode(text).value(), (std::vector<std::int16_t>{1, 2, 3}));
}

TEST(WavReader, NamesTheFile) {
    const TempFolder folder;
    const auto path = folder / "call.wav";
    EXPECT_EQ(read_wav_file(path).error().code, Errc::NotFound);
    EXPECT_EQ(read_wav_file(path.parent_path()).error().code, Errc::InvalidInput);
    std::ofstream{path, std::ios::binary} << wav_bytes({.channels = 2}, pcm_bytes({1, 2}));
    EXPECT_THAT(read_wav_file(path).error().detail, testing::HasSubstr("call.wav has 2 channels"));
    std::ofstream{path, std::ios::binary} << wav_bytes({}, pcm_bytes({7, 8}));
    EXPECT_EQ(read_wav_file(path).value(), (std::vector<std::int16_t>{7, 8}));
}

}  // namespace
}  // namespace bellwether::media::test
