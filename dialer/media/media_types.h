#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.h"

namespace bellwether::media {

/// Names one conference of legs, chosen by the caller of MediaEngine::join. 0 and values with the
/// top bit set are reserved (MediaEngine::bridge names its own).
enum class BridgeId : std::uint64_t {};

/// What a leg is in a conference. Who barges in is a Party.
enum class Role {
    Party,    ///< hears everybody but whisperers, is heard by all
    Agent,    ///< as Party, and hears whisperers
    Monitor,  ///< hears everybody but whisperers, is heard by nobody
    Whisper,  ///< as Monitor, and is heard by agents
};

inline constexpr int kSampleRate = 8000;                ///< Hz, everywhere inside
inline constexpr std::chrono::milliseconds kFrame{20};  ///< one tick, one packet
inline constexpr std::size_t kFrameSamples = 160;       ///< kFrame at kSampleRate

struct MediaConfig {
    std::string bind_host = "127.0.0.1";  ///< IPv4 literal the sockets are bound to
    std::string advertise_host;           ///< IPv4 literal written into SDP; empty: bind_host
    std::uint16_t port_min = 16000;  ///< first port of the range; RTP on even ports, RTCP one above
    std::uint16_t port_max = 32000;  ///< last port of the range, inclusive
    int threads = 1;                 ///< media threads, 1 .. 64
    /// A connected leg that may send to us and from which no valid RTP came for so long is reported
    /// by MediaTimeout, once per silence. A peer that suppresses silence (comfort noise agreed or
    /// received, or pauses in its time line) may be silent at will: it is reported only after its
    /// RTCP has stopped too, for so long and at least 25 s. On hold nobody owes a packet.
    std::chrono::milliseconds silence_timeout{20'000};
    /// Whether comfort noise (RFC 3389) is offered, and sent instead of silence to peers that have
    /// it. Off: their silence then is audio too, which answer detection judges better. Received it
    /// is understood either way.
    bool comfort_noise = false;
};

/// Counters of one leg since open(). A stream that restarts (new SSRC) keeps adding.
struct LegStats {
    std::uint64_t packets_sent = 0;      ///< RTP, telephone events included
    std::uint64_t octets_sent = 0;       ///< RTP payload
    std::uint64_t packets_received = 0;  ///< valid, from the latched source, duplicates excluded
    std::uint64_t octets_received = 0;   ///< RTP payload of these
    std::uint64_t packets_lost = 0;      ///< expected less received (RFC 3550 A.3), never negative
    std::uint64_t packets_late = 0;      ///< valid, but after their time to be played
    std::uint64_t packets_out_of_order =
        0;  ///< sequence number below one seen before, duplicates excluded
    std::uint64_t packets_duplicate = 0;
    std::uint64_t packets_from_strangers =
        0;                                ///< other address or SSRC than the latched one; dropped
    std::uint64_t packets_malformed = 0;  ///< not RTP, or a payload type that was not negotiated
    std::uint64_t send_errors = 0;        ///< packets the kernel refused to send
    std::uint64_t digits_received = 0;    ///< equals the KeyPressed events of the leg
    std::uint64_t frames_concealed = 0;   ///< 20 ms frames for which no audio was there in time
    std::uint64_t recording_frames_lost =
        0;                                ///< the recorder fell behind; silence stands in the file
    std::chrono::microseconds jitter{0};  ///< interarrival jitter (RFC 3550 A.8), latest value
    std::optional<std::chrono::microseconds> rtt;  ///< from the peer's LSR and DLSR, latest value
    std::uint64_t frames_played = 0;  ///< 20 ms frames of the peer's audio that were there in time
    std::uint64_t losses = 0;         ///< runs of concealed frames
    std::chrono::microseconds playout_delay{0};  ///< waiting against jitter, latest value
    std::uint64_t peer_expected = 0;  ///< packets of ours the peer has counted on (its RTCP)
    std::uint64_t peer_lost = 0;      ///< of these lost, by the same reports
    /// Mean opinion scores, 1 .. 4.5, of what is heard here and of what the peer hears
    /// (voice_quality.h); of the whole leg so far. Nullopt: nothing heard, or no RTCP from the
    /// peer.
    std::optional<double> mos_received;
    std::optional<double> mos_sent;
};

// What the media threads report, and of files the record thread. Each leg's events arrive in order;
// those of its files come when the files are complete, up to a second after their end, LegClosed
// included.
struct KeyPressed {
    CallId leg;
    char key;  ///< 0-9 * # A-D; at the beginning of the key press, once per press
};
struct PlaybackEnded {
    CallId leg;
    std::uint64_t playback;  ///< as given to play()
    bool completed;          ///< false: replaced, stopped, closed, or a prompt that is not loaded
};
struct FirstPacket {
    CallId leg;  ///< the first valid RTP packet of the leg, once
};
struct MediaTimeout {
    CallId leg;
};
struct LegClosed {
    CallId leg;  ///< the last event of a leg, but for those of files that are closed after it
    LegStats stats;
};

enum class RecordingFormat {
    Wav,   ///< 16-bit PCM: 1.9 MB a minute of stereo
    Flac,  ///< lossless, about half of it
};

/// Of a recording's time line, seconds from its beginning.
struct PausedSpan {
    double from_s = 0.0;
    double to_s = 0.0;

    friend bool operator==(const PausedSpan&, const PausedSpan&) = default;
};

/// A call's recording is complete on the disk under its own name.
struct RecordingClosed {
    CallId leg{};
    std::string file;                ///< as given
    double seconds = 0.0;            ///< of the file, pauses and lost frames included
    double paused_seconds = 0.0;     ///< silence in the file, by pause_recording()
    std::vector<PausedSpan> pauses;  ///< in order
    std::uint64_t frames_lost = 0;   ///< 20 ms frames of silence because the disk was slow
    std::string sha256;              ///< of the file, lower-case hexadecimal
    std::string error;  ///< why the file is not complete; empty: it is. The rest is in FILE.part
};

/// When a spoken answer ends.
struct AnswerRules {
    std::chrono::milliseconds max{60'000};         ///< the longest answer
    std::chrono::milliseconds silence_end{3'000};  ///< silence after which it is over
    /// Silence does not end it before: the time somebody needs to begin.
    std::chrono::milliseconds min{5'000};
};

enum class AnswerEnd { Silence, MaxLength, Key, HungUp, Stopped };

/// A spoken answer is complete on the disk under its own name.
struct AnswerRecorded {
    CallId leg{};
    std::string file;             ///< as given
    double seconds = 0.0;         ///< of the file, the silence at its end included
    double spoken_seconds = 0.0;  ///< of speech in it; 0: nobody said a word
    AnswerEnd reason = AnswerEnd::Stopped;
    char key = 0;        ///< that ended it (AnswerEnd::Key); reported by KeyPressed as well
    std::string sha256;  ///< of the file, lower-case hexadecimal
    std::string error;   ///< why the file is not complete; empty: it is
};
using Event = std::variant<KeyPressed, PlaybackEnded, FirstPacket, MediaTimeout, LegClosed,
                           RecordingClosed, AnswerRecorded>;

/// What a frame of a tap stands for.
enum class FrameState {
    Audio,         ///< decoded speech or noise
    Lost,          ///< no packet in time; the samples are concealment, not to be fed to a detector
    ComfortNoise,  ///< the peer said it is silent (payload type 13)
    Silence,       ///< digital silence (no sample above G.711's smallest step), or a key is being
                   ///< pressed
};

struct TapFrame {
    CallId leg;
    std::span<const std::int16_t, kFrameSamples> samples;  ///< valid during the call only
    FrameState state;
    std::uint64_t sequence;  ///< 20 ms frames since the tap was set, from 0, without gaps
};

/// Receives what the far end of a leg says, 20 ms at a time, from the first valid packet on.
class FrameTap {
public:
    virtual ~FrameTap() = default;
    /// Called on a media thread; must not block, allocate or call MediaEngine.
    virtual void on_frame(const TapFrame& frame) noexcept = 0;
};

}  // namespace bellwether::media
