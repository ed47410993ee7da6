// Reading SDP: text to SessionDescription. What the words mean together is decided in
// sdp_agree.cpp.

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "dialer/media/sdp.h"

namespace bellwether::media {
namespace {

constexpr std::size_t kMaxPayloadTypes = 64;  // per m= line; real offers have below 20

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

// A decimal number of the whole text, within [0, max].
std::optional<std::uint32_t> number(std::string_view text, std::uint32_t max) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > max)
        return std::nullopt;
    return value;
}

// Takes the next word off the front of `rest`; empty when there is none.
std::string_view next_word(std::string_view& rest) {
    const auto start = std::min(rest.find_first_not_of(" \t"), rest.size());
    rest.remove_prefix(start);
    const auto word = rest.substr(0, std::min(rest.find_first_of(" \t"), rest.size()));
    rest.remove_prefix(word.size());
    return word;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// The address of "IN IP4 192.0.2.1/127"; other networks come back as written, and are refused
// later.
std::optional<std::string> connection_address(std::string_view value) {
    if (next_word(value) != "IN") return std::nullopt;
    const auto type = next_word(value);
    if (type != "IP4" && type != "IP6") return std::nullopt;
    const auto address = next_word(value);
    const auto host = address.substr(0, address.find('/'));
    if (host.empty()) return std::nullopt;
    return std::string{host};
}

std::optional<MediaSection> media_section(std::string_view value, Direction direction) {
    MediaSection section;
    section.media = next_word(value);
    const auto port_text = next_word(value);
    section.protocol = next_word(value);
    section.formats = trimmed(value);
    section.direction = direction;
    const auto port = number(port_text.substr(0, port_text.find('/')), 65'535);
    if (section.media.empty() || section.protocol.empty() || !port) return std::nullopt;
    section.port = static_cast<std::uint16_t>(*port);
    if (!section.protocol.starts_with("RTP/")) return section;
    for (auto word = next_word(value); !word.empty(); word = next_word(value)) {
        const auto type = number(word, 127);
        if (!type || section.payload_types.size() == kMaxPayloadTypes) return std::nullopt;
        section.payload_types.push_back(static_cast<std::uint8_t>(*type));
    }
    if (section.payload_types.empty()) return std::nullopt;
    return section;
}

// "0 PCMU/8000/1"
std::optional<RtpMap> rtp_map(std::string_view value) {
    const auto type = number(next_word(value), 127);
    const auto encoding = trimmed(value);
    const auto slash = encoding.find('/');
    if (!type || slash == 0 || slash == std::string_view::npos) return std::nullopt;
    auto rate_text = encoding.substr(slash + 1);
    rate_text = rate_text.substr(0, rate_text.find('/'));
    const auto rate = number(rate_text, 1'000'000);
    if (!rate) return std::nullopt;
    return RtpMap{static_cast<std::uint8_t>(*type), lower_case(encoding.substr(0, slash)),
                  static_cast<int>(*rate)};
}

std::optional<Direction> direction_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Direction>, 4> kDirections{
        {{"sendrecv", Direction::SendRecv},
         {"sendonly", Direction::SendOnly},
         {"recvonly", Direction::RecvOnly},
         {"inactive", Direction::Inactive}}};
    for (const auto& [written, direction] : kDirections) {
        if (name == written) return direction;
    }
    return std::nullopt;
}

// Reads line by line; the first fault ends it.
class Parser {
public:
    Result<SessionDescription> parse(std::string_view text) {
        if (text.size() > kMaxSdpSize) return fail(Errc::InvalidInput, "the SDP is over 64 KB");
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            auto line = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
            ++line_number_;
            if (line.empty()) continue;
            const char* fault = take_line(line);
            if (fault != nullptr) return fault_at_line(fault);
        }
        if (line_number_ == 0) return fail(Errc::InvalidInput, "the SDP is empty");
        if (!seen_version_) return fail(Errc::InvalidInput, "the SDP has no v= line");
        return std::move(session_);
    }

private:
    tl::unexpected<Error> fault_at_line(const char* fault) const {
        return fail(Errc::InvalidInput,
                    "SDP line " + std::to_string(line_number_) + ": " + std::string{fault});
    }

    // What is wrong with the line, or nullptr.
    const char* take_line(std::string_view line) {
        if (line.size() < 2 || line[1] != '=') return "not of the form x=value";
        const char type = line[0];
        const auto value = line.substr(2);
        if (!seen_version_) {
            if (type != 'v' || trimmed(value) != "0") return "the first line must be v=0";
            seen_version_ = true;
            return nullptr;
        }
        switch (type) {
            case 'c':
                return take_connection(value);
            case 'm':
                return take_media(value);
            case 'a':
                return take_attribute(value);
            default:
                return nullptr;
        }
    }

    const char* take_connection(std::string_view value) {
        auto address = connection_address(value);
        if (!address) return "c= must be IN IP4 and an address";
        // Only the first c= of a section counts, as the others are for layered multicast.
        auto& place = session_.media.empty() ? session_.address : session_.media.back().address;
        if (!place) place = std::move(address);
        return nullptr;
    }

    const char* take_media(std::string_view value) {
        if (session_.media.size() == kMaxMediaSections) return "too many m= lines";
        auto section = media_section(value, session_direction_);
        if (!section) return "m= must be media, port, protocol and payload types 0 to 127";
        session_.media.push_back(std::move(*section));
        return nullptr;
    }

    const char* take_attribute(std::string_view value) {
        const auto colon = value.find(':');
        const auto name = trimmed(value.substr(0, colon));
        if (const auto direction = direction_of(name)) {
            (session_.media.empty() ? session_direction_ : session_.media.back().direction) =
                *direction;
            return nullptr;
        }
        if (session_.media.empty() || colon == std::string_view::npos) return nullptr;
        return take_media_attribute(name, value.substr(colon + 1));
    }

    const char* take_media_attribute(std::string_view name, std::string_view value) {
        auto& section = session_.media.back();
        if (name == "rtpmap") {
            auto map = rtp_map(value);
            if (!map) return "a=rtpmap must be a payload type and encoding/rate";
            if (section.maps.size() < kMaxPayloadTypes) section.maps.push_back(std::move(*map));
        } else if (name == "ptime") {
            // Some peers write fractions ("20.0"); a preference is no reason to refuse the call.
            const auto ptime = number(trimmed(value), 1000);
            if (ptime) section.ptime_ms = static_cast<int>(*ptime);
        } else if (name == "rtcp") {
            const auto port = number(next_word(value), 65'535);
            if (port && *port != 0) section.rtcp_port = static_cast<std::uint16_t>(*port);
        }
        return nullptr;
    }

    SessionDescription session_;
    Direction session_direction_ = Direction::SendRecv;
    bool seen_version_ = false;
    int line_number_ = 0;
};

}  // namespace

Result<SessionDescription> parse_sdp(std::string_view text) { return Parser{}.parse(text); }

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
    std::uint32_t address = 0;
    for (int octet = 0; octet < 4; ++octet) {
        const auto end = octet < 3 ? text.find('.') : text.size();
        if (end == std::string_view::npos || end == 0 || end > 3) return std::nullopt;
        const auto value = number(text.substr(0, end), 255);
        if (!value) return std::nullopt;
        address = (address << 8) | *value;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return address;
}

}  // namespace bellwether::media
