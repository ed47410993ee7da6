#include "dialer/media/rtp_sender.h"

#include "dialer/media/comfort_noise.h"

namespace bellwether::media {
namespace {

// Silence that is still sent as audio: what stands between words is not worth a gap.
constexpr int kHangoverTicks = 10;
// How often noise is described again, for a peer that lost it: 500 ms, as G.711 appendix II does at
// the longest.
constexpr int kNoiseTicks = 25;
// The noise we ask for, -dBov: faint, and yet no dead line.
constexpr std::uint8_t kNoiseLevel = 70;

}  // namespace

RtpSender::RtpSender(const StreamStart& start)
    : ssrc_{start.ssrc}, sequence_{start.sequence}, timestamp_{start.timestamp} {}

void RtpSender::configure(const Agreement& agreement) {
    codec_ = agreement.codec;
    payload_type_ = agreement.payload_type;
    event_payload_type_ = agreement.event_payload_type;
    noise_payload_type_ = agreement.noise_payload_type;
}

void RtpSender::press(std::string_view keys) {
    if (event_payload_type_) digits_.press(keys);
}

std::span<const std::uint8_t> RtpSender::next(const Frame& audio) {
    const auto payload = std::span{packet_}.subspan<kRtpHeaderSize>();
    if (const auto digit = digits_.tick(timestamp_)) {
        write_telephone_event(digit->event, payload.first<kTelephoneEventSize>());
        marker_ = true;
        return finish_packet(
            {.payload_type = event_payload_type_.value_or(kOfferedEventPayloadType),
             .marker = digit->marker,
             .sequence = sequence_,
             .timestamp = digit->timestamp,
             .ssrc = ssrc_},
            kTelephoneEventSize);
    }
    silent_ticks_ = noise_payload_type_ && is_digital_silence(audio) ? silent_ticks_ + 1 : 0;
    if (silent_ticks_ > kHangoverTicks) return next_noise();
    encode_g711(codec_, audio, payload);
    const bool marker = marker_;
    marker_ = false;
    return finish_packet({.payload_type = payload_type_,
                          .marker = marker,
                          .sequence = sequence_,
                          .timestamp = timestamp_,
                          .ssrc = ssrc_},
                         kFrameSamples);
}

std::span<const std::uint8_t> RtpSender::next_noise() {
    const bool is_due = (silent_ticks_ - kHangoverTicks - 1) % kNoiseTicks == 0;
    if (!is_due) {
        pause(1);
        return {};
    }
    marker_ = true;  // of the audio that follows
    packet_[kRtpHeaderSize] = kNoiseLevel;
    return finish_packet({.payload_type = noise_payload_type_.value_or(kComfortNoisePayloadType),
                          .marker = false,
                          .sequence = sequence_,
                          .timestamp = timestamp_,
                          .ssrc = ssrc_},
                         1);
}

std::span<const std::uint8_t> RtpSender::finish_packet(const RtpHeader& header,
                                                       std::size_t payload_size) {
    write_rtp_header(header, std::span{packet_}.first<kRtpHeaderSize>());
    ++sequence_;
    timestamp_ += kFrameSamples;
    ++packets_;
    octets_ += payload_size;
    return std::span{packet_}.first(kRtpHeaderSize + payload_size);
}

void RtpSender::pause(std::uint64_t ticks) {
    if (ticks == 0) return;
    timestamp_ += static_cast<std::uint32_t>(ticks * kFrameSamples);
    marker_ = true;
}

}  // namespace bellwether::media
