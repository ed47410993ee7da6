#include "dialer/media/rtp_receiver.h"

#include <algorithm>
#include <cstdlib>

namespace bellwether::media {
namespace {

// The longest payload that is plausible: 160 ms, eight times the ptime we ask for.
constexpr std::size_t kAudioOctetsMax = 1280;
// A gateway that turns tones into events needs up to 100 ms to be sure of a tone, and some let its
// beginning through; the event of the same key within half a second is the same press, since nobody
// presses a key twice in less than two tones and two pauses of Q.24 (40 ms each) at such a length.
constexpr int kSamePressTicks = 25;
// Frames missing after which a peer that suppresses silence is silent rather than late: what the
// concealer can fill.
constexpr int kSilentAfterTicks = 3;
constexpr int kMissingMax = 1 << 20;  // hours; counts no further

}  // namespace

void RtpReceiver::configure(const Agreement& agreement) {
    payloads_.fill(Payload::Unknown);
    // What we offered holds whatever the answer's numbers are (RFC 3264 §5.1); the agreement's
    // numbers come on top and win.
    payloads_[static_payload_type(Codec::Pcmu)] = Payload::Pcmu;
    payloads_[static_payload_type(Codec::Pcma)] = Payload::Pcma;
    payloads_[kComfortNoisePayloadType] = Payload::ComfortNoise;
    payloads_[kOfferedEventPayloadType] = Payload::TelephoneEvent;
    if (agreement.event_payload_type) {
        payloads_[*agreement.event_payload_type] = Payload::TelephoneEvent;
    }
    if (agreement.noise_payload_type) {
        payloads_[*agreement.noise_payload_type] = Payload::ComfortNoise;
        suppresses_silence_ = true;
    }
    if (agreement.pcmu_payload_type) payloads_[*agreement.pcmu_payload_type] = Payload::Pcmu;
    if (agreement.pcma_payload_type) payloads_[*agreement.pcma_payload_type] = Payload::Pcma;
    they_send_ = agreement.they_send;
    // A held call's 0.0.0.0 is nobody's address: keep the source that was learned.
    if (agreement.rtp.address != 0) latch_.expect(agreement.rtp);
    const bool wants_tones = !agreement.event_payload_type;
    if (wants_tones && !tone_digits_) tone_digits_ = std::make_unique<ToneDigitReceiver>();
    if (!wants_tones) tone_digits_.reset();
}

RtpReceiver::Outcome RtpReceiver::on_datagram(Endpoint from, std::span<const std::uint8_t> datagram,
                                              std::chrono::microseconds arrival) {
    const auto packet = parse_rtp(datagram);
    const auto payload = packet ? payloads_[packet->header.payload_type] : Payload::Unknown;
    const auto event = packet && payload == Payload::TelephoneEvent
                           ? parse_telephone_event(packet->payload)
                           : std::nullopt;
    const bool is_audio = payload == Payload::Pcmu || payload == Payload::Pcma;
    if (payload == Payload::Unknown || (payload == Payload::TelephoneEvent && !event) ||
        (is_audio && packet->payload.size() > kAudioOctetsMax)) {
        ++counters_.malformed;
        return {};
    }
    if (!accept(from, *packet)) return {};
    Outcome outcome{.valid = true, .key = std::nullopt};
    if (is_audio) {
        take_audio(payload == Payload::Pcmu ? Codec::Pcmu : Codec::Pcma, *packet, arrival);
    } else if (event) {
        outcome.key = take_event(packet->header, *event);
    } else {
        comfort_noise_ = suppresses_silence_ = true;
        noise_.describe(packet->payload);
    }
    if (!is_audio) after_audio_ = false;
    return outcome;
}

// Whether the packet is of this call's stream, and new; counts it either way.
bool RtpReceiver::accept(Endpoint from, const RtpPacket& packet) {
    switch (latch_.on_packet(from, packet.header)) {
        case SourceLatch::Verdict::Stranger:
            ++counters_.strangers;
            return false;
        case SourceLatch::Verdict::NewStream:
            begin_stream(packet.header.sequence);
            break;
        case SourceLatch::Verdict::Accept:
            break;
    }
    switch (statistics_.on_packet(packet.header.sequence)) {
        case StreamStatistics::Verdict::Duplicate:
            ++counters_.duplicates;
            return false;
        case StreamStatistics::Verdict::Jump:
            ++counters_.malformed;
            return false;
        case StreamStatistics::Verdict::Restarted:
            begin_timeline();
            break;
        case StreamStatistics::Verdict::OutOfOrder:
            ++counters_.out_of_order;
            break;
        case StreamStatistics::Verdict::InOrder:
            break;
    }
    ++counters_.packets;
    counters_.octets += packet.payload.size();
    return true;
}

// A peer that sends events, agreed or not, is no longer listened to: some leave the tone in the
// audio as well. The first event may report a press whose tone was heard already.
std::optional<char> RtpReceiver::take_event(const RtpHeader& header, const TelephoneEvent& event) {
    const auto key = digits_.on_packet(header, event);
    const bool was_heard =
        !sends_events_ && key && *key == tone_key_ && ticks_since_tone_key_ <= kSamePressTicks;
    sends_events_ = true;
    if (!key || was_heard) return std::nullopt;
    ++counters_.digits;
    return key;
}

std::optional<char> RtpReceiver::listen_for_tone(const Frame& frame) {
    ticks_since_tone_key_ = std::min(ticks_since_tone_key_ + 1, kSamePressTicks + 1);
    if (!tone_digits_ || sends_events_) return std::nullopt;
    const auto key = tone_digits_->take(frame);
    if (!key) return std::nullopt;
    ++counters_.digits;
    tone_key_ = *key;
    ticks_since_tone_key_ = 0;
    return key;
}

void RtpReceiver::begin_stream(std::uint16_t sequence) {
    sends_events_ = false;
    tone_key_ = 0;
    statistics_.restart(sequence);
    begin_timeline();
}

void RtpReceiver::begin_timeline() {
    playout_.restart();
    digits_.restart();
    comfort_noise_ = false;
    after_audio_ = false;
    forgive_missing(concealed_run_);  // the stream before had ended
}

void RtpReceiver::take_audio(Codec codec, const RtpPacket& packet,
                             std::chrono::microseconds arrival) {
    statistics_.on_arrival(arrival, packet.header.timestamp);
    comfort_noise_ = false;
    note_pause(packet);
    if (packet.payload.empty()) return;  // kept open by an empty packet (RFC 6263 §4.1)
    std::array<std::int16_t, kAudioOctetsMax> decoded;
    const auto samples = std::span{decoded}.first(packet.payload.size());
    decode_g711(codec, packet.payload, samples);
    if (!playout_.write(packet.header.timestamp, samples)) ++counters_.late;
}

// The next packet in number whose time is later: the peer was silent by intent in between.
void RtpReceiver::note_pause(const RtpPacket& packet) {
    const auto& header = packet.header;
    const auto gap = static_cast<std::int32_t>(header.timestamp - next_timestamp_);
    constexpr auto kFrameLength = static_cast<std::int32_t>(kFrameSamples);
    if (after_audio_ && header.sequence == next_sequence_ && gap >= kFrameLength) {
        suppresses_silence_ = true;
        forgive_missing(gap / kFrameLength);
    }
    after_audio_ = true;
    next_sequence_ = static_cast<std::uint16_t>(header.sequence + 1);
    next_timestamp_ = header.timestamp + static_cast<std::uint32_t>(packet.payload.size());
}

// Takes back as losses what was none.
void RtpReceiver::forgive_missing(int frames) {
    const int forgiven = std::min(frames, concealed_run_);
    counters_.concealed -= static_cast<std::uint64_t>(forgiven);
    if (forgiven > 0 && forgiven == concealed_run_) --counters_.losses;
    concealed_run_ = 0;
}

std::optional<RtpReceiver::Heard> RtpReceiver::next_frame(Frame& frame) {
    if (!latch_.is_latched()) {
        frame = kSilentFrame;
        return std::nullopt;
    }
    digits_.tick();
    Heard heard;
    if (!playout_.read(frame)) {
        heard.state = fill_missing(frame);
        return heard;
    }
    ++counters_.played;
    missing_ = concealed_run_ = 0;
    heard.state = is_digital_silence(frame) ? FrameState::Silence : FrameState::Audio;
    heard.key = listen_for_tone(frame);
    concealer_.take(frame);
    return heard;
}

FrameState RtpReceiver::fill_missing(Frame& frame) {
    missing_ = std::min(missing_ + 1, kMissingMax);
    const bool is_pause = comfort_noise_ || (suppresses_silence_ && missing_ > kSilentAfterTicks);
    if (is_pause && they_send_ && !digits_.is_pressed()) {
        noise_.fill(frame);
        return FrameState::ComfortNoise;
    }
    if (digits_.is_pressed() || !they_send_) {
        frame = kSilentFrame;
        return FrameState::Silence;
    }
    if (concealed_run_ == 0) ++counters_.losses;
    concealed_run_ = std::min(concealed_run_ + 1, kMissingMax);
    ++counters_.concealed;
    concealer_.conceal(frame);
    return FrameState::Lost;
}

}  // namespace bellwether::media
