#include "dialer/media/stream_statistics.h"

#include <algorithm>
#include <cstdlib>

#include "base/check.h"

namespace bellwether::media {
namespace {

constexpr int kMaxDropout = 3000;  // packets ahead that are still the same stream, RFC 3550 A.1
constexpr int kMaxMisorder = 100;  // packets behind that are still the same stream, RFC 3550 A.1
constexpr std::uint32_t kNoJump = 0x1'0000;
constexpr std::int64_t kUnitsPerMillisecond = 8;  // 8 kHz

}  // namespace

void StreamStatistics::restart(std::uint16_t first_sequence) {
    if (started_) lost_before_ = lost();
    started_ = true;
    // One cycle up, so that packets from before the first do not fall below zero.
    base_ = 0x1'0000 + std::uint64_t{first_sequence};
    highest_ = base_ - 1;
    seen_ = 0;
    received_ = 0;
    jump_next_ = kNoJump;
    expected_prior_ = 0;
    received_prior_ = 0;
    has_transit_ = false;
}

StreamStatistics::Verdict StreamStatistics::on_packet(std::uint16_t sequence) {
    BW_CHECK(started_);
    const auto newest = static_cast<std::uint16_t>(highest_ & 0xFFFF);
    const auto step = static_cast<std::int16_t>(static_cast<std::uint16_t>(sequence - newest));
    if (step > 0 && step < kMaxDropout) {
        highest_ += static_cast<std::uint64_t>(step);
        seen_ = step < 64 ? (seen_ << step) | 1 : 1;
        ++received_;
        jump_next_ = kNoJump;
        return Verdict::InOrder;
    }
    if (step <= 0 && step > -kMaxMisorder) {
        const std::uint64_t bit = step > -64 ? std::uint64_t{1} << -step : 0;
        if ((seen_ & bit) != 0) return Verdict::Duplicate;
        seen_ |= bit;
        base_ = std::min(base_, highest_ - static_cast<std::uint64_t>(-step));
        ++received_;
        return Verdict::OutOfOrder;
    }
    if (jump_next_ == sequence) {  // two in a row: the peer restarted without a new SSRC
        restart(sequence);
        on_packet(sequence);
        return Verdict::Restarted;
    }
    jump_next_ = static_cast<std::uint16_t>(sequence + 1);
    return Verdict::Jump;
}

void StreamStatistics::on_arrival(std::chrono::microseconds arrival, std::uint32_t rtp_timestamp) {
    const auto units = static_cast<std::uint32_t>(arrival.count() * kUnitsPerMillisecond / 1000);
    const std::uint32_t transit = units - rtp_timestamp;
    if (has_transit_) {
        const auto difference =
            std::abs(static_cast<double>(static_cast<std::int32_t>(transit - transit_)));
        jitter_ += (difference - jitter_) / 16.0;
    }
    transit_ = transit;
    has_transit_ = true;
}

std::int64_t StreamStatistics::expected() const {
    return started_ ? static_cast<std::int64_t>(highest_ - base_ + 1) : 0;
}

std::uint64_t StreamStatistics::lost() const {
    const std::int64_t lost = std::max<std::int64_t>(0, expected() - received_);
    return lost_before_ + static_cast<std::uint64_t>(lost);
}

std::chrono::microseconds StreamStatistics::jitter() const {
    return std::chrono::microseconds{
        static_cast<std::int64_t>(jitter_ * 1000.0 / kUnitsPerMillisecond)};
}

void StreamStatistics::fill_report(ReportBlock& block) {
    const std::int64_t expected_now = expected();
    const std::int64_t expected_interval = expected_now - expected_prior_;
    const std::int64_t lost_interval = expected_interval - (received_ - received_prior_);
    expected_prior_ = expected_now;
    received_prior_ = received_;
    const bool some_lost = expected_interval > 0 && lost_interval > 0;
    block.fraction_lost = some_lost ? static_cast<std::uint8_t>(std::min<std::int64_t>(
                                          255, lost_interval * 256 / expected_interval))
                                    : std::uint8_t{0};
    block.lost = static_cast<std::int32_t>(
        std::clamp<std::int64_t>(expected_now - received_, -0x80'0000, 0x7F'FFFF));
    block.highest_sequence = static_cast<std::uint32_t>((highest_ - 0x1'0000) & 0xFFFF'FFFF);
    block.jitter = static_cast<std::uint32_t>(jitter_);
}

}  // namespace bellwether::media
