#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <span>

#include "dialer/media/media_types.h"
#include "simulator/carrier/voice_gate.h"

namespace bellwether::carrier {

/// Hears what the far end of a leg says. Written on a media thread, read by the loop every
/// kListenEvery: no queue, lock or allocation per frame.
class LineEar : public media::FrameTap {
public:
    /// How often owners look; well below the gate's own 60 ms and half second.
    static constexpr std::chrono::milliseconds kListenEvery{40};

    void on_frame(const media::TapFrame& frame) noexcept override {
        static constexpr std::array<std::int16_t, media::kFrameSamples> kHush{};
        const bool audio = frame.state == media::FrameState::Audio;
        gate_.push(audio ? std::span<const std::int16_t>{frame.samples} : kHush);
        speaks_.store(gate_.speaks(), std::memory_order_relaxed);
        tones_.store(gate_.tones(), std::memory_order_relaxed);
    }

    [[nodiscard]] bool speaks() const { return speaks_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::uint32_t tones() const { return tones_.load(std::memory_order_relaxed); }

private:
    VoiceGate gate_;  // media thread only
    std::atomic<bool> speaks_{false};
    std::atomic<std::uint32_t> tones_{0};
};

}  // namespace bellwether::carrier
