#include "simulator/carrier/sounds.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <system_error>

namespace bellwether::carrier {
namespace {

constexpr std::uint32_t kRate = 8000;
constexpr std::uint32_t kBurstSamples = kRate;  // one second
constexpr double kTwoPi = 6.283185307179586;
constexpr const char* kBurstName = "voice:burst";

void put(std::string& to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

/// Header of a mono 16-bit PCM file (RIFF, Microsoft and IBM 1991).
std::string wav_header(std::uint32_t samples) {
    constexpr std::uint32_t kHeaderRest = 36;
    std::string header = "RIFF";
    put(header, kHeaderRest + 2 * samples, 4);
    header += "WAVEfmt ";
    put(header, 16, 4);  // length of this chunk
    put(header, 1, 2);   // PCM
    put(header, 1, 2);   // channels
    put(header, kRate, 4);
    put(header, 2 * kRate, 4);  // bytes per second
    put(header, 2, 2);          // bytes per sample
    put(header, 16, 2);         // bits per sample
    header += "data";
    put(header, 2 * samples, 4);
    return header;
}

/// A 150 Hz buzz with its overtones to 1.2 kHz, four syllables a second: loud enough for every
/// voice gate, and no supervisory tone.
std::string burst() {
    constexpr double kPitch = 150;
    constexpr int kOvertones = 8;
    constexpr double kPeak = 3000;  // about -22 dBm0 when summed
    std::string text = wav_header(kBurstSamples);
    for (std::uint32_t i = 0; i < kBurstSamples; ++i) {
        const double t = double{1} * i / kRate;
        double sum = 0;
        for (int k = 1; k <= kOvertones; ++k) sum += std::sin(kTwoPi * kPitch * k * t + k * k) / k;
        const double syllable = 0.6 - 0.4 * std::cos(kTwoPi * 4 * t);
        put(text, static_cast<std::uint32_t>(std::lround(kPeak * syllable * sum)) & 0xFFFFU, 2);
    }
    return text;
}

Result<Sounds> load_burst(media::MediaEngine& media) {
    std::error_code error;
    const auto folder = std::filesystem::temp_directory_path(error);
    if (error) return fail(Errc::Unavailable, "no folder for temporary files: " + error.message());
    std::string file = (folder / "bellwether-burst-XXXXXX").string();
    const int fd = ::mkstemp(file.data());
    if (fd < 0) return fail(Errc::Unavailable, "cannot write into " + folder.string());
    ::close(fd);
    std::ofstream{file, std::ios::binary} << burst();
    const auto loaded = media.load_prompt(kBurstName, file);
    std::filesystem::remove(file, error);
    if (!loaded) return tl::unexpected{loaded.error()};
    return Sounds{{kBurstName}, {kBurstName}};
}

Result<std::vector<std::filesystem::path>> wav_files(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() == ".wav") files.push_back(entry.path());
    }
    if (error) return fail(Errc::Unavailable, folder.string() + ": " + error.message());
    if (files.empty()) return fail(Errc::NotFound, "no *.wav file in " + folder.string());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

Result<Sounds> load_sounds(media::MediaEngine& media, const std::filesystem::path& folder) {
    if (folder.empty()) return load_burst(media);
    const auto files = wav_files(folder);
    if (!files) return tl::unexpected{files.error()};
    Sounds sounds;
    for (const auto& file : *files) {
        const std::string name = "voice:" + file.filename().string();
        const auto loaded = media.load_prompt(name, file);
        if (!loaded) return tl::unexpected{loaded.error()};
        const bool greets = file.filename().string().starts_with("hello");
        (greets ? sounds.greetings : sounds.replies).push_back(name);
    }
    if (sounds.greetings.empty()) sounds.greetings = sounds.replies;
    if (sounds.replies.empty()) sounds.replies = sounds.greetings;
    return sounds;
}

}  // namespace bellwether::carrier
