// Offer and answer: what two sides agree on, and how our side writes it.

#include <algorithm>

#include "base/check.h"
#include "dialer/media/comfort_noise.h"
#include "dialer/media/sdp.h"

namespace bellwether::media {
namespace {

const RtpMap* map_of(const MediaSection& section, std::uint8_t payload_type) {
    const auto at = std::find_if(section.maps.begin(), section.maps.end(), [&](const RtpMap& map) {
        return map.payload_type == payload_type;
    });
    return at == section.maps.end() ? nullptr : &*at;
}

// The codec a payload type stands for in this section; a map overrides the static number.
std::optional<Codec> codec_of(const MediaSection& section, std::uint8_t payload_type) {
    const RtpMap* map = map_of(section, payload_type);
    if (map == nullptr) {
        if (payload_type == static_payload_type(Codec::Pcmu)) return Codec::Pcmu;
        if (payload_type == static_payload_type(Codec::Pcma)) return Codec::Pcma;
        return std::nullopt;
    }
    if (map->clock_rate != 8000) return std::nullopt;
    if (map->encoding == "pcmu") return Codec::Pcmu;
    if (map->encoding == "pcma") return Codec::Pcma;
    return std::nullopt;
}

bool is_telephone_event(const MediaSection& section, std::uint8_t payload_type) {
    const RtpMap* map = map_of(section, payload_type);
    return map != nullptr && map->encoding == "telephone-event" && map->clock_rate == 8000;
}

// The static number needs no map.
bool is_comfort_noise(const MediaSection& section, std::uint8_t payload_type) {
    const RtpMap* map = map_of(section, payload_type);
    if (map == nullptr) return payload_type == kComfortNoisePayloadType;
    return map->encoding == "cn" && map->clock_rate == 8000;
}

// Fills in what the section's payload types mean; false if no codec is ours.
bool choose_payloads(const MediaSection& section, Agreement& agreement) {
    bool found = false;
    for (const std::uint8_t type : section.payload_types) {
        if (is_telephone_event(section, type)) {
            if (!agreement.event_payload_type) agreement.event_payload_type = type;
            continue;
        }
        if (is_comfort_noise(section, type)) {
            if (!agreement.noise_payload_type) agreement.noise_payload_type = type;
            continue;
        }
        const auto codec = codec_of(section, type);
        if (!codec) continue;
        auto& place =
            *codec == Codec::Pcmu ? agreement.pcmu_payload_type : agreement.pcma_payload_type;
        if (!place) place = type;
        if (found) continue;
        agreement.codec = *codec;
        agreement.payload_type = type;
        found = true;
    }
    return found;
}

bool is_usable_audio(const MediaSection& section) {
    return section.media == "audio" && section.protocol == "RTP/AVP" && section.port != 0;
}

// Why no section is usable.
tl::unexpected<Error> no_audio(const SessionDescription& remote) {
    for (const auto& section : remote.media) {
        if (section.media != "audio") continue;
        if (section.protocol != "RTP/AVP") {
            return fail(Errc::InvalidInput, "the peer wants protocol " +
                                                section.protocol.substr(0, 32) +
                                                "; only RTP/AVP is spoken here");
        }
        if (section.port == 0)
            return fail(Errc::InvalidInput, "the peer refused the audio (port 0)");
    }
    return fail(Errc::InvalidInput, "the peer's SDP has no audio");
}

const char* written(Direction direction) {
    switch (direction) {
        case Direction::SendRecv:
            return "sendrecv";
        case Direction::SendOnly:
            return "sendonly";
        case Direction::RecvOnly:
            return "recvonly";
        case Direction::Inactive:
            return "inactive";
    }
    BW_CHECK(false);
}

Direction our_direction(const Agreement& agreement) {
    if (agreement.we_send && agreement.they_send) return Direction::SendRecv;
    if (agreement.we_send) return Direction::SendOnly;
    return agreement.they_send ? Direction::RecvOnly : Direction::Inactive;
}

std::string session_lines(const LocalEnd& local) {
    return "v=0\r\no=- " + std::to_string(local.session_id) + " " + std::to_string(local.version) +
           " IN IP4 " + local.host + "\r\ns=-\r\nc=IN IP4 " + local.host + "\r\nt=0 0\r\n";
}

std::string map_line(std::uint8_t type, const char* encoding) {
    return "a=rtpmap:" + std::to_string(type) + " " + encoding + "/8000\r\n";
}

std::string event_lines(std::uint8_t type) {
    return map_line(type, "telephone-event") + "a=fmtp:" + std::to_string(type) + " 0-15\r\n";
}

std::string chosen_section(const LocalEnd& local, const Agreement& agreement) {
    const auto type = std::to_string(agreement.payload_type);
    std::string formats = type;
    std::string maps =
        map_line(agreement.payload_type, agreement.codec == Codec::Pcmu ? "PCMU" : "PCMA");
    if (agreement.noise_payload_type) {
        formats += " " + std::to_string(*agreement.noise_payload_type);
        maps += map_line(*agreement.noise_payload_type, "CN");
    }
    if (agreement.event_payload_type) {
        formats += " " + std::to_string(*agreement.event_payload_type);
        maps += event_lines(*agreement.event_payload_type);
    }
    return "m=audio " + std::to_string(local.rtp_port) + " RTP/AVP " + formats + "\r\n" + maps +
           "a=ptime:20\r\na=" + written(our_direction(agreement)) + "\r\n";
}

}  // namespace

Result<Agreement> agree(const SessionDescription& remote) {
    const auto at = std::find_if(remote.media.begin(), remote.media.end(), is_usable_audio);
    if (at == remote.media.end()) return no_audio(remote);
    const MediaSection& section = *at;
    const auto& host = section.address ? section.address : remote.address;
    if (!host) return fail(Errc::InvalidInput, "the peer's SDP has no c= line for the audio");
    const auto address = parse_ipv4(*host);
    if (!address)
        return fail(Errc::InvalidInput, "the peer's media address is not an IPv4 literal");
    Agreement agreement;
    agreement.section = static_cast<std::size_t>(at - remote.media.begin());
    if (!choose_payloads(section, agreement)) {
        return fail(Errc::InvalidInput, "no common codec: the peer has neither PCMU nor PCMA");
    }
    agreement.rtp = {*address, section.port};
    const auto next_port =
        static_cast<std::uint16_t>(section.port == 65'535 ? 0 : section.port + 1);
    agreement.rtcp = {*address, section.rtcp_port.value_or(next_port)};
    const bool peer_receives =
        section.direction == Direction::SendRecv || section.direction == Direction::RecvOnly;
    // 0.0.0.0 is the old way to hold (RFC 3264 §8.4): nowhere to send to, packets may still come.
    agreement.we_send = peer_receives && *address != 0;
    agreement.they_send =
        section.direction == Direction::SendRecv || section.direction == Direction::SendOnly;
    return agreement;
}

std::string format_offer(const LocalEnd& local) {
    const auto event = std::to_string(kOfferedEventPayloadType);
    const std::string noise =
        local.comfort_noise ? std::to_string(kComfortNoisePayloadType) + " " : "";
    return session_lines(local) + "m=audio " + std::to_string(local.rtp_port) + " RTP/AVP 0 8 " +
           noise + event + "\r\n" + map_line(0, "PCMU") + map_line(8, "PCMA") +
           (local.comfort_noise ? map_line(kComfortNoisePayloadType, "CN") : "") +
           event_lines(kOfferedEventPayloadType) + "a=ptime:20\r\na=sendrecv\r\n";
}

std::string format_answer(const LocalEnd& local, const SessionDescription& remote,
                          const Agreement& agreement) {
    BW_CHECK(agreement.section < remote.media.size());
    std::string answer = session_lines(local);
    for (std::size_t i = 0; i < remote.media.size(); ++i) {
        const auto& section = remote.media[i];
        answer += i == agreement.section ? chosen_section(local, agreement)
                                         : "m=" + section.media + " 0 " + section.protocol + " " +
                                               section.formats + "\r\n";
    }
    return answer;
}

}  // namespace bellwether::media
