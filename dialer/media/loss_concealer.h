#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "dialer/media/frame.h"

namespace bellwether::media {

/// Fills lost frames by repeating the last pitch period, at full level for 10 ms and fading to
/// silence at 60 ms; blends into the speech that comes after. Adds no delay, allocates nothing; a
/// frame costs a copy, the first lost one a search of 13 thousand multiplications. Source: ITU-T
/// G.711 appendix I (09/99), in a shorter form: one period is repeated, not up to three. Own code,
/// since spandsp 0.0.6 copies overlapping memory in plc_fillin (found by AddressSanitizer).
class LossConcealer {
public:
    /// A frame that arrived; its first 5 ms are changed after a loss, to blend.
    void take(Frame& frame);
    /// A frame that did not.
    void conceal(Frame& frame);

private:
    static constexpr std::size_t kPitchMin = 40;   // 200 Hz (appendix I §I.2.2)
    static constexpr std::size_t kPitchMax = 120;  // 66 Hz
    static constexpr std::size_t kHistory =
        320;  // above two periods, and a period and the search's span

    void find_pitch();
    [[nodiscard]] float next_sample();

    std::array<std::int16_t, kHistory> history_{};  // newest last
    std::array<float, kPitchMax> period_{};
    std::size_t pitch_ = kPitchMin;
    std::size_t at_ = 0;       // in period_
    std::size_t missing_ = 0;  // samples concealed since the last frame
};

}  // namespace bellwether::media
