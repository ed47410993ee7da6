#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace bellwether::media::test {

/// A folder that goes with the test.
class TempFolder {
public:
    TempFolder() {
        std::string pattern = testing::TempDir() + "media-XXXXXX";
        EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
        path_ = pattern;
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

// RIFF WAVE with 16-bit PCM, written and read here by hand, so that libsndfile is tested against
// others.

struct Wav {
    int rate = 0;
    int channels = 0;
    std::vector<std::int16_t> samples;  // interleaved
};

template <class T>
void append(std::string& to, T value) {
    char octets[sizeof value];
    std::memcpy(octets, &value, sizeof value);  // x86 is little-endian, as the format
    to.append(octets, sizeof value);
}

inline void write_wav(const std::filesystem::path& path, const Wav& wav) {
    const auto data_size = static_cast<std::uint32_t>(wav.samples.size() * 2);
    std::string text = "RIFF";
    append(text, std::uint32_t{36} + data_size);
    text += "WAVEfmt ";
    append(text, std::uint32_t{16});
    append(text, std::uint16_t{1});
    append(text, static_cast<std::uint16_t>(wav.channels));
    append(text, static_cast<std::uint32_t>(wav.rate));
    append(text, static_cast<std::uint32_t>(wav.rate * wav.channels * 2));
    append(text, static_cast<std::uint16_t>(wav.channels * 2));
    append(text, std::uint16_t{16});
    text += "data";
    append(text, data_size);
    for (const auto sample : wav.samples) append(text, sample);
    std::ofstream{path, std::ios::binary} << text;
}

inline Wav read_wav(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    Wav wav;
    if (text.size() < 44 || text.compare(0, 4, "RIFF") != 0) return wav;
    std::uint16_t channels = 0;
    std::uint32_t rate = 0;
    std::memcpy(&channels, text.data() + 22, 2);
    std::memcpy(&rate, text.data() + 24, 4);
    wav.channels = channels;
    wav.rate = static_cast<int>(rate);
    auto data = text.find("data");
    if (data == std::string::npos) return wav;
    data += 8;
    wav.samples.resize((text.size() - data) / 2);
    std::memcpy(wav.samples.data(), text.data() + data, wav.samples.size() * 2);
    return wav;
}

}  // namespace bellwether::media::test
