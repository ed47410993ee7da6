#include "dialer/media/source_latch.h"

namespace bellwether::media {

void SourceLatch::expect(Endpoint from_sdp) {
    if (from_sdp == expected_) return;
    expected_ = from_sdp;
    latched_.reset();
    candidate_count_ = 0;
}

SourceLatch::Verdict SourceLatch::on_packet(Endpoint from, const RtpHeader& header) {
    if (!latched_) return latch(from, header.ssrc);
    if (from == *latched_) {
        if (header.ssrc != ssrc_) return on_other_ssrc(header);
        candidate_count_ = 0;
        return Verdict::Accept;
    }
    // Reached once at most: afterwards the latched source is the expected one.
    if (from == expected_) return latch(from, header.ssrc);
    return Verdict::Stranger;
}

SourceLatch::Verdict SourceLatch::latch(Endpoint from, std::uint32_t ssrc) {
    latched_ = from;
    ssrc_ = ssrc;
    candidate_count_ = 0;
    return Verdict::NewStream;
}

SourceLatch::Verdict SourceLatch::on_other_ssrc(const RtpHeader& header) {
    const bool follows = candidate_count_ > 0 && header.ssrc == candidate_ssrc_ &&
                         header.sequence == candidate_next_;
    candidate_count_ = follows ? candidate_count_ + 1 : 1;
    candidate_ssrc_ = header.ssrc;
    candidate_next_ = static_cast<std::uint16_t>(header.sequence + 1);
    if (candidate_count_ < kRestartPackets) return Verdict::Stranger;
    ssrc_ = header.ssrc;
    candidate_count_ = 0;
    return Verdict::NewStream;
}

}  // namespace bellwether::media
