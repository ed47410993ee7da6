#include "dialer/media/playout_buffer.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/check.h"

namespace bellwether::media {
namespace {

// Marks a place without a sample. No G.711 octet decodes to it (mu-law ends at 32124, A-law at
// 32256).
constexpr std::int16_t kAbsent = std::numeric_limits<std::int16_t>::min();

constexpr auto kFrameLength = static_cast<std::int32_t>(kFrameSamples);

// Late packets in a row after which the peer's clock must have gone back: 10 packets, 200 ms.
constexpr int kLateRunMax = 10;
// Two late packets within 2 s are jitter rather than an accident.
constexpr int kLateMemory = 100;
// How long delay must have been idle before it is given back: 5 s, doubled when that was premature
// (the stretch came within the same time), up to 80 s.
constexpr int kWindowMin = 250;
constexpr int kWindowMax = 4000;
// Bound of a stretch, above any gap a ring can show: longer gaps jump the position anyway.
constexpr std::int32_t kStretchMax = 1 << 30;
// Peak below which a frame may be dropped unheard: about -40 dBm0.
constexpr int kQuietPeak = 330;

std::size_t place(std::uint32_t timestamp) { return timestamp & (PlayoutBuffer::kCapacity - 1); }

std::int32_t distance(std::uint32_t from, std::uint32_t to) {
    return static_cast<std::int32_t>(to - from);
}

bool is_quiet(std::span<const std::int16_t> frame) {
    return std::all_of(frame.begin(), frame.end(),
                       [](std::int16_t sample) { return std::abs(sample) < kQuietPeak; });
}

}  // namespace

PlayoutBuffer::PlayoutBuffer() : window_{kWindowMin} { restart(); }

void PlayoutBuffer::restart() {
    ring_.fill(kAbsent);
    started_ = false;
    play_at_ = end_at_ = 0;
    stretched_ = 0;
    late_run_ = 0;
    reads_since_late_ = kLateMemory;
    grow_ = false;
    surplus_ = 0;
    begin_window();
    reads_since_shrink_ = kWindowMax;
}

void PlayoutBuffer::clear_and_start_at(std::uint32_t timestamp) {
    restart();
    started_ = true;
    play_at_ = end_at_ = timestamp;
}

std::int32_t PlayoutBuffer::depth() const { return distance(play_at_, end_at_); }

bool PlayoutBuffer::write(std::uint32_t timestamp, std::span<const std::int16_t> samples) {
    BW_CHECK(!samples.empty() && samples.size() <= kCapacity / 2);
    const auto size = static_cast<std::int32_t>(samples.size());
    if (!started_) clear_and_start_at(timestamp);
    std::int32_t offset = distance(play_at_, timestamp);
    if (offset + size <= 0) {
        note_late_arrival();
        if (late_run_ <= kLateRunMax) return false;
        clear_and_start_at(timestamp);
        offset = 0;
    }
    if (offset > static_cast<std::int32_t>(kCapacity) - size) {  // the peer's clock jumped ahead
        clear_and_start_at(timestamp);
        offset = 0;
    }
    late_run_ = 0;
    const std::int32_t first = std::max<std::int32_t>(0, -offset);
    for (std::int32_t i = first; i < size; ++i) {
        const auto at = static_cast<std::uint32_t>(i);
        ring_[place(timestamp + at)] = samples[at];
    }
    const auto end = timestamp + static_cast<std::uint32_t>(size);
    if (distance(end_at_, end) > 0) end_at_ = end;
    return true;
}

void PlayoutBuffer::note_late_arrival() {
    ++late_run_;
    if (reads_since_late_ < kLateMemory && depth() < kMaxDepth / 2) grow_ = true;
    reads_since_late_ = 0;
}

bool PlayoutBuffer::read(std::span<std::int16_t, kFrameSamples> frame) {
    if (!started_) return false;
    reads_since_late_ = std::min(reads_since_late_ + 1, kLateMemory);
    reads_since_shrink_ = std::min(reads_since_shrink_ + 1, kWindowMax);
    if (grow_) {
        grow_ = false;
        return false;
    }
    if (depth() <= 0) {
        stretched_ = std::min(stretched_ + kFrameLength, kStretchMax);
        return false;
    }
    settle_stretch();
    if (depth() > kMaxDepth) skip(depth() - kMaxDepth);
    if (gap_to_next_sample() >= kFrameLength) {  // lost
        skip(kFrameLength);
        return false;
    }
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
        auto& sample = ring_[place(play_at_ + static_cast<std::uint32_t>(i))];
        frame[i] = sample == kAbsent ? std::int16_t{0} : sample;
        sample = kAbsent;
    }
    play_at_ += kFrameSamples;
    if (depth() < 0) end_at_ = play_at_;  // the last packet ended inside this frame
    give_back_delay(frame);
    return true;
}

// Data is there again after a stretch: what was lost meanwhile is already covered by it.
void PlayoutBuffer::settle_stretch() {
    if (stretched_ == 0) return;
    const std::int32_t covered = std::min(gap_to_next_sample(), stretched_);
    skip(covered);
    const bool frame_was_late = covered < stretched_;
    if (frame_was_late && reads_since_shrink_ < window_)
        window_ = std::min(window_ * 2, kWindowMax);
    stretched_ = 0;
}

std::int32_t PlayoutBuffer::gap_to_next_sample() const {
    std::int32_t gap = 0;
    while (gap < depth() && ring_[place(play_at_ + static_cast<std::uint32_t>(gap))] == kAbsent)
        ++gap;
    return gap;
}

void PlayoutBuffer::skip(std::int32_t samples) {
    for (std::int32_t i = 0; i < samples; ++i) {
        ring_[place(play_at_ + static_cast<std::uint32_t>(i))] = kAbsent;
    }
    play_at_ += static_cast<std::uint32_t>(samples);
}

void PlayoutBuffer::give_back_delay(std::span<const std::int16_t, kFrameSamples> frame) {
    min_depth_ = std::min(min_depth_, depth());
    bool overdue = false;
    if (++reads_in_window_ >= window_) {
        overdue = surplus_ > 0;  // the peer was never quiet: drop a frame that is not
        surplus_ = min_depth_ / kFrameLength;
        begin_window();
    }
    if (surplus_ == 0 || depth() < kFrameLength || !(overdue || is_quiet(frame))) return;
    skip(kFrameLength);
    --surplus_;
    reads_since_shrink_ = 0;
    begin_window();
}

void PlayoutBuffer::begin_window() {
    reads_in_window_ = 0;
    min_depth_ = std::numeric_limits<std::int32_t>::max();
}

}  // namespace bellwether::media
