#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "dialer/media/comfort_noise.h"
#include "dialer/media/digit_receiver.h"
#include "dialer/media/frame.h"
#include "dialer/media/loss_concealer.h"
#include "dialer/media/playout_buffer.h"
#include "dialer/media/sdp.h"
#include "dialer/media/source_latch.h"
#include "dialer/media/stream_statistics.h"
#include "dialer/media/tone_digit_receiver.h"

namespace bellwether::media {

/// The receiving half of a leg: datagrams in, one decoded 20 ms frame per tick out, keys on the
/// way. Opens no socket and reads no clock. Not thread-safe. Allocates in configure() only.
class RtpReceiver {
public:
    struct Counters {
        std::uint64_t packets = 0;
        std::uint64_t octets = 0;
        std::uint64_t late = 0;
        std::uint64_t out_of_order = 0;
        std::uint64_t duplicates = 0;
        std::uint64_t strangers = 0;
        std::uint64_t malformed = 0;
        std::uint64_t digits = 0;
        std::uint64_t concealed = 0;  ///< frames
        std::uint64_t losses = 0;     ///< runs of these
        std::uint64_t played = 0;     ///< frames that were there
    };

    /// What one datagram brought.
    struct Outcome {
        bool valid = false;       ///< it belongs to the call
        std::optional<char> key;  ///< a key was pressed
    };

    /// What was agreed with the peer; again with every change.
    void configure(const Agreement& agreement);

    /// @param arrival  kernel receive time, microseconds on any steady axis
    Outcome on_datagram(Endpoint from, std::span<const std::uint8_t> datagram,
                        std::chrono::microseconds arrival);

    struct Heard {
        FrameState state = FrameState::Lost;
        std::optional<char> key;  ///< by tone, where telephone-event was not negotiated
    };

    /// The next frame of the peer's audio into `frame`; concealment or silence where there is none.
    /// Nullopt, and a silent frame, before the first valid packet. To be called once per tick.
    std::optional<Heard> next_frame(Frame& frame);

    [[nodiscard]] Endpoint destination() const { return latch_.destination(); }
    [[nodiscard]] bool has_source() const { return latch_.is_latched(); }
    [[nodiscard]] std::uint32_t ssrc() const { return latch_.ssrc(); }
    /// Whether the peer may stop sending while nobody speaks there: comfort noise was agreed or
    /// came, or its time line ran on without packets.
    [[nodiscard]] bool suppresses_silence() const { return suppresses_silence_; }
    [[nodiscard]] std::chrono::microseconds playout_delay() const {
        return std::chrono::microseconds{std::int64_t{playout_.depth()} * 1'000'000 / kSampleRate};
    }
    [[nodiscard]] const Counters& counters() const { return counters_; }
    [[nodiscard]] const StreamStatistics& statistics() const { return statistics_; }
    StreamStatistics& statistics() { return statistics_; }

private:
    enum class Payload : std::uint8_t { Unknown, Pcmu, Pcma, TelephoneEvent, ComfortNoise };

    [[nodiscard]] bool accept(Endpoint from, const RtpPacket& packet);
    void begin_stream(std::uint16_t sequence);
    void begin_timeline();
    [[nodiscard]] std::optional<char> take_event(const RtpHeader& header,
                                                 const TelephoneEvent& event);
    [[nodiscard]] std::optional<char> listen_for_tone(const Frame& frame);
    void take_audio(Codec codec, const RtpPacket& packet, std::chrono::microseconds arrival);
    FrameState fill_missing(Frame& frame);
    void note_pause(const RtpPacket& packet);
    void forgive_missing(int frames);

    std::array<Payload, 128> payloads_{};
    bool they_send_ = true;
    SourceLatch latch_;
    StreamStatistics statistics_;
    PlayoutBuffer playout_;
    DigitReceiver digits_;
    LossConcealer concealer_;
    std::unique_ptr<ToneDigitReceiver> tone_digits_;  // only without telephone-event
    bool sends_events_ = false;     // the stream brought one, agreed or not: tones are its echo
    char tone_key_ = 0;             // the last key heard as a tone; 0: none
    int ticks_since_tone_key_ = 0;  // counts up to the point where it no longer matters
    bool comfort_noise_ = false;    // was the last thing said
    ComfortNoise noise_;
    bool suppresses_silence_ = false;
    bool after_audio_ = false;  // the last packet was audio: next_* tell what would follow it
    std::uint16_t next_sequence_ = 0;
    std::uint32_t next_timestamp_ = 0;
    int missing_ = 0;        // frames since the last that was there
    int concealed_run_ = 0;  // of these counted as concealed
    Counters counters_;
};

}  // namespace bellwether::media
