#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dialer/media/media_types.h"

namespace bellwether::media {

/// Turns packets that come at uneven times into one 20 ms frame per tick, with as little delay as
/// the peer's jitter allows.
///
/// Samples lie in a ring by RTP timestamp, so that order, packet length (10, 20, 40 ms) and gaps
/// need no special cases. It starts without delay. When the next frame is not there in time the
/// time line is stretched by a frame: if the frame then comes, the delay has grown by 20 ms; if its
/// successor comes, the frame was lost and the stretch has taken its place. Delay that was not
/// needed for a while is given back frame by frame where it is quiet; the while doubles each time
/// this proves premature.
///
/// No allocation after construction; write and read cost one pass over their samples.
class PlayoutBuffer {
public:
    static constexpr std::size_t kCapacity = 4096;  ///< samples, 512 ms; a power of two
    /// Delay beyond which old samples are dropped: 100 ms, a fifth of what G.114 allows one way
    /// (400 ms at most, 150 ms preferred), the rest being the network's.
    static constexpr std::int32_t kMaxDepth = 800;

    PlayoutBuffer();

    /// Forgets all; the next write sets the position.
    void restart();

    /// Stores decoded samples of one packet (1 .. kCapacity/2 samples).
    /// @return false if all of it came too late to be played.
    bool write(std::uint32_t timestamp, std::span<const std::int16_t> samples);

    /// Takes the next frame. False if it is not there: `frame` is then untouched and needs
    /// concealment. Missing parts of a frame that is there in part are 0.
    bool read(std::span<std::int16_t, kFrameSamples> frame);

    /// Samples waiting, gaps included.
    [[nodiscard]] std::int32_t depth() const;

private:
    void clear_and_start_at(std::uint32_t timestamp);
    void skip(std::int32_t samples);
    [[nodiscard]] std::int32_t gap_to_next_sample() const;
    void note_late_arrival();
    void settle_stretch();
    void begin_window();
    void give_back_delay(std::span<const std::int16_t, kFrameSamples> frame);

    std::array<std::int16_t, kCapacity> ring_;
    bool started_ = false;
    std::uint32_t play_at_ = 0;  // timestamp of the next sample to play
    std::uint32_t end_at_ = 0;   // timestamp after the newest sample stored
    std::int32_t stretched_ =
        0;              // samples by which the time line was stretched since the last frame
    int late_run_ = 0;  // late writes since the last timely one
    int reads_since_late_ = 0;
    bool grow_ = false;  // spend one tick on concealment, to gain a frame of delay
    int window_ = 0;     // reads over which min_depth_ is observed
    int reads_in_window_ = 0;
    std::int32_t min_depth_ = 0;
    int surplus_ = 0;  // frames of delay to give back, one at each quiet frame
    int reads_since_shrink_ = 0;
};

}  // namespace bellwether::media
