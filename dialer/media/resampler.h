#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bellwether::media {

/// Converts a sound that comes in pieces to 8 kHz, holding 64 output samples' worth of it; the
/// result is that of resample_to_8k whatever the pieces.
class Resampler {
public:
    /// @param rate  of the input, Hz, checked: 1 .. 1'000'000
    explicit Resampler(int rate);
    ~Resampler();

    /// Takes the next samples and appends to `output` what can be told by now.
    void push(std::span<const float> input, std::vector<float>& output);
    /// Nothing follows: appends the rest.
    void finish(std::vector<float>& output);

private:
    class Filter;
    void emit(std::int64_t until, std::vector<float>& output);

    std::int64_t rate_;
    std::unique_ptr<Filter> filter_;  // none where nothing is to be done
    std::vector<float> held_;         // of the input, from sample first_ on
    std::int64_t first_ = 0;
    std::int64_t taken_ = 0;    // input samples
    std::int64_t emitted_ = 0;  // output samples
};

/// Converts a whole sound to 8 kHz by a windowed-sinc polyphase filter: flat to 3.3 kHz within 0.1
/// dB, images and aliases 80 dB down above 4 kHz. Linear phase, no delay. For loading, not for the
/// frame path.
/// @param rate  of the input, Hz, checked: 1 .. 1'000'000
/// @return samples in the input's scale; round(size * 8000 / rate) of them
[[nodiscard]] std::vector<float> resample_to_8k(std::span<const float> input, int rate);

}  // namespace bellwether::media
