#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace bellwether::media::test {

/// Runs sox (scripts/setup installs it) with these arguments, as a shell reads them: sounds and
/// judgements that are not ours. False when it fails.
inline bool sox(const std::string& arguments) {
    return std::system(("sox -V1 " + arguments).c_str()) == 0;  // NOLINT(cert-env33-c): a test
}

/// What a command prints, errors too.
inline std::string printed_by(const std::string& command) {
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");  // NOLINT(cert-env33-c): a test
    if (pipe == nullptr) return {};
    std::string text;
    std::array<char, 4096> block{};
    while (const auto got = std::fread(block.data(), 1, block.size(), pipe)) {
        text.append(block.data(), got);
    }
    ::pclose(pipe);
    return text;
}

/// A line of sox's stat effect on one channel of a WAV between two times; -1 when there is none.
inline double stat_by_sox(const std::string& file, int channel, double from_s, double to_s,
                          const std::string& line) {
    const auto text =
        printed_by("sox -V1 -t wav '" + file + "' -n remix " + std::to_string(channel) + " trim " +
                   std::to_string(from_s) + " =" + std::to_string(to_s) + " stat");
    const auto at = text.find(line);
    return at == std::string::npos ? -1.0 : std::strtod(text.c_str() + at + line.size(), nullptr);
}

/// How much sound a WAV holds, seconds.
inline double seconds_by_sox(const std::string& file) {
    return stat_by_sox(file, 1, 0.0, 1e6, "Length (seconds):");
}

/// RMS amplitude of a channel, full scale 1.
inline double rms_by_sox(const std::string& file, int channel, double from_s, double to_s) {
    return stat_by_sox(file, channel, from_s, to_s, "RMS     amplitude:");
}

/// Sox's estimate of a channel's frequency, Hz: within some 5 %.
inline double frequency_by_sox(const std::string& file, int channel, double from_s, double to_s) {
    return stat_by_sox(file, channel, from_s, to_s, "Rough   frequency:");
}

}  // namespace bellwether::media::test
