#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dialer/media/g711.h"

namespace bellwether::media {

/// Pure functions over SDP (RFC 4566) for offer and answer of one audio stream (RFC 3264). They
/// open no socket and resolve no name. Lines they do not know are skipped, as RFC 4566 §5 wants.

enum class Direction { SendRecv, SendOnly, RecvOnly, Inactive };

struct RtpMap {
    std::uint8_t payload_type = 0;
    std::string encoding;  ///< lower case: "pcmu", "pcma", "telephone-event"...
    int clock_rate = 0;    ///< Hz
};

/// One m= line with the attributes below it.
struct MediaSection {
    std::string media;     ///< "audio", "video"...
    std::string protocol;  ///< "RTP/AVP"...
    std::string formats;   ///< as written, for refusing the line
    std::uint16_t port = 0;
    std::vector<std::uint8_t>
        payload_types;  ///< in the peer's order of preference; RTP protocols only
    std::vector<RtpMap> maps;
    std::optional<std::string> address;  ///< its own c= line
    std::optional<std::uint16_t> rtcp_port;
    Direction direction = Direction::SendRecv;
    int ptime_ms = 0;  ///< 0: not stated
};

struct SessionDescription {
    std::optional<std::string> address;  ///< c= of the session
    std::vector<MediaSection> media;     ///< at most kMaxMediaSections
};

inline constexpr std::size_t kMaxSdpSize = 65'536;  ///< a UDP datagram holds no more
inline constexpr std::size_t kMaxMediaSections = 16;

/// Reads an SDP body. Fails with InvalidInput naming the line number and what is wrong with it.
[[nodiscard]] Result<SessionDescription> parse_sdp(std::string_view text);

/// An IPv4 address and port, in host byte order.
struct Endpoint {
    std::uint32_t address = 0;
    std::uint16_t port = 0;

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// What both sides agreed on, seen from here.
struct Agreement {
    Endpoint rtp;  ///< where to send until the source of the peer's packets is known
    Endpoint rtcp;
    Codec codec = Codec::Pcmu;                       ///< what we send
    std::uint8_t payload_type = 0;                   ///< as which payload type
    std::optional<std::uint8_t> event_payload_type;  ///< telephone-event as the peer numbers it
    std::optional<std::uint8_t> noise_payload_type;  ///< comfort noise as the peer numbers it
    std::optional<std::uint8_t> pcmu_payload_type;   ///< what the peer may send
    std::optional<std::uint8_t> pcma_payload_type;
    bool we_send = true;  ///< false while the peer holds us
    bool they_send = true;
    std::size_t section = 0;  ///< index of the chosen m= line

    friend bool operator==(const Agreement&, const Agreement&) = default;
};

/// Chooses the first usable audio section and, in it, the first codec of the peer's list that we
/// have. Fails with InvalidInput: no audio, audio refused (port 0), no common codec, an address
/// that is not IPv4, or a protocol other than RTP/AVP.
[[nodiscard]] Result<Agreement> agree(const SessionDescription& remote);

/// Our end of the session, as it is written into SDP.
struct LocalEnd {
    std::string host;  ///< IPv4 literal
    std::uint16_t rtp_port = 0;
    std::uint64_t session_id = 0;
    std::uint64_t version = 0;   ///< to be raised with every change (RFC 3264 §8)
    bool comfort_noise = false;  ///< offered, and agreed to
};

inline constexpr std::uint8_t kOfferedEventPayloadType =
    101;  ///< by custom; dynamic range of RFC 3551 §3

/// Our offer: PCMU, PCMA, comfort noise if wanted, telephone-event 0-15, ptime 20, sendrecv.
[[nodiscard]] std::string format_offer(const LocalEnd& local);

/// Our answer: one codec, and telephone-event and comfort noise where the agreement has them, with
/// the peer's payload type numbers; the direction that fits the peer's; every other m= line refused
/// with port 0.
[[nodiscard]] std::string format_answer(const LocalEnd& local, const SessionDescription& remote,
                                        const Agreement& agreement);

/// "192.0.2.1" to host byte order; nullopt unless it is four decimal octets.
[[nodiscard]] std::optional<std::uint32_t> parse_ipv4(std::string_view text);

}  // namespace bellwether::media
