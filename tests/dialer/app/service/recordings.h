#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <string>
#include <vector>

namespace bellwether::app {

using Samples = std::vector<std::int16_t>;

/// 16-bit PCM as a WAV file's bytes.
inline std::string wav_of(const Samples& samples, std::uint32_t rate = 8000,
                          std::uint16_t channels = 1) {
    std::string text;
    const auto put = [&](auto value) {
        char bytes[sizeof value];
        std::memcpy(bytes, &value, sizeof value);  // x86 is little-endian, as the format
        text.append(bytes, sizeof value);
    };
    const auto size = static_cast<std::uint32_t>(samples.size() * 2);
    text += "RIFF";
    put(std::uint32_t{36} + size);
    text += "WAVEfmt ";
    put(std::uint32_t{16});
    put(std::uint16_t{1});
    put(channels);
    put(rate);
    put(rate * channels * 2);
    put(static_cast<std::uint16_t>(channels * 2));
    put(std::uint16_t{16});
    text += "data";
    put(size);
    for (const auto sample : samples) put(sample);
    return text;
}

/// What a called fax answers with (ITU-T T.30): 0.2 s of nothing, 2100 Hz for 3 s, 0.2 s of
/// nothing.
inline Samples fax(std::uint32_t rate = 8000) {
    Samples samples(rate / 5, 0);
    for (std::uint32_t i = 0; i < 3 * rate; ++i) {
        const double turn = 2 * std::numbers::pi * 2100 * i / rate;
        samples.push_back(static_cast<std::int16_t>(std::lround(6000 * std::sin(turn))));
    }
    samples.insert(samples.end(), rate / 5, 0);
    return samples;
}

}  // namespace bellwether::app
