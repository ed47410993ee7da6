#include "dialer/sip/sdp_answer.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "dialer/sip/sip_text.h"

namespace bellwether::sip {
namespace {

using Lines = std::vector<std::string_view>;

struct Section {
    Lines lines;  // the first is the m= line; none in the session part
};
struct Description {
    Lines session;
    std::vector<Section> media;
};

Description parse(std::string_view sdp) {
    Description description;
    while (!sdp.empty()) {
        const auto end = sdp.find('\n');
        const auto line = trimmed(sdp.substr(0, end));
        sdp = end == std::string_view::npos ? std::string_view{} : sdp.substr(end + 1);
        if (line.empty()) continue;
        if (line.starts_with("m=")) description.media.emplace_back();
        auto& lines =
            description.media.empty() ? description.session : description.media.back().lines;
        lines.push_back(line);
    }
    return description;
}

Lines words(std::string_view line) {
    Lines result;
    while (!line.empty()) {
        const auto blank = line.find(' ');
        if (blank != 0) result.push_back(line.substr(0, blank));
        line = blank == std::string_view::npos ? std::string_view{} : line.substr(blank + 1);
    }
    return result;
}

bool is_direction(std::string_view line) {
    return line == "a=sendrecv" || line == "a=sendonly" || line == "a=recvonly" ||
           line == "a=inactive";
}

std::string_view mirrored(std::string_view direction) {
    if (direction == "a=sendonly") return "a=recvonly";
    if (direction == "a=recvonly") return "a=sendonly";
    return direction;
}

std::string_view direction_of(const Description& offer, const Section& audio) {
    for (const Lines* lines : {&audio.lines, &offer.session}) {
        const auto found = std::find_if(lines->begin(), lines->end(), is_direction);
        if (found != lines->end()) return *found;
    }
    const auto muted = [](std::string_view line) { return line.starts_with("c=IN IP4 0.0.0.0"); };
    const bool old_hold = std::any_of(audio.lines.begin(), audio.lines.end(), muted) ||
                          std::any_of(offer.session.begin(), offer.session.end(), muted);
    return old_hold ? "a=sendonly" : "a=sendrecv";
}

bool sends(std::string_view direction) {
    return direction == "a=sendrecv" || direction == "a=sendonly";
}

bool receives(std::string_view direction) {
    return direction == "a=sendrecv" || direction == "a=recvonly";
}

// What both sides want, seen from ours.
std::string_view agreed(std::string_view ours, std::string_view theirs) {
    const std::string_view mirror = mirrored(theirs);
    const bool send = sends(ours) && sends(mirror);
    const bool receive = receives(ours) && receives(mirror);
    if (send) return receive ? "a=sendrecv" : "a=sendonly";
    return receive ? "a=recvonly" : "a=inactive";
}

// Whether an attribute line belongs to a payload type that the answer does not carry.
bool about_dropped_format(std::string_view line, const Lines& kept) {
    if (!line.starts_with("a=rtpmap:") && !line.starts_with("a=fmtp:")) return false;
    const auto type = words(line.substr(line.find(':') + 1));
    return type.empty() || std::find(kept.begin(), kept.end(), type.front()) == kept.end();
}

bool is_static_format(std::string_view format) {
    int type = 0;
    const auto result = std::from_chars(format.data(), format.data() + format.size(), type);
    return result.ec == std::errc{} && type < 96;  // RFC 3551 §3: dynamic types start at 96
}

bool usable_audio(const Section& section) {
    const auto m = words(section.lines.front());
    return m.size() > 3 && m[0] == "m=audio" && m[1] != "0" && m[2] == "RTP/AVP";
}

void put(std::string& sdp, std::string_view line) {
    sdp += line;
    sdp += "\r\n";
}

void put_session(std::string& sdp, const Lines& session, unsigned version) {
    for (const auto line : session) {
        const auto origin = words(line);
        if (is_direction(line)) continue;
        if (!line.starts_with("o=") || origin.size() != 6) {
            put(sdp, line);
            continue;
        }
        std::string fresh;
        for (std::size_t i = 0; i < origin.size(); ++i) {
            if (i > 0) fresh += ' ';
            fresh += i == 2 ? std::to_string(version) : std::string{origin[i]};
        }
        put(sdp, fresh);
    }
}

// @return false if no codec is shared.
bool put_audio(std::string& sdp, const Section& ours, const Section& theirs,
               std::string_view direction) {
    const auto mine = words(ours.lines.front());
    const auto offered = words(theirs.lines.front());
    Lines kept;
    std::copy_if(mine.begin() + 3, mine.end(), std::back_inserter(kept),
                 [&](std::string_view format) {
                     return std::find(offered.begin() + 3, offered.end(), format) != offered.end();
                 });
    if (std::none_of(kept.begin(), kept.end(), is_static_format)) return false;

    std::string m = std::string{mine[0]} + " " + std::string{mine[1]} + " " + std::string{mine[2]};
    for (const auto format : kept) m += " " + std::string{format};
    put(sdp, m);
    for (auto line = ours.lines.begin() + 1; line != ours.lines.end(); ++line) {
        if (!is_direction(*line) && !about_dropped_format(*line, kept)) put(sdp, *line);
    }
    put(sdp, direction);
    return true;
}

void put_refused(std::string& sdp, const Section& theirs) {
    auto m = words(theirs.lines.front());
    if (m.size() > 1) m[1] = "0";
    std::string line;
    for (const auto word : m) line += (line.empty() ? "" : " ") + std::string{word};
    put(sdp, line);
}

}  // namespace

std::optional<std::string> answer_reoffer(std::string_view local, std::string_view offer,
                                          unsigned version) {
    if (trimmed(offer).empty()) return std::string{local};

    const auto ours = parse(local);
    const auto theirs = parse(offer);
    const auto own_audio = std::find_if(ours.media.begin(), ours.media.end(), usable_audio);
    const auto audio = std::find_if(theirs.media.begin(), theirs.media.end(), usable_audio);
    if (own_audio == ours.media.end() || audio == theirs.media.end()) return std::nullopt;

    std::string sdp;
    put_session(sdp, ours.session, version);
    for (auto section = theirs.media.begin(); section != theirs.media.end(); ++section) {
        if (section != audio) {
            put_refused(sdp, *section);
        } else if (!put_audio(
                       sdp, *own_audio, *section,
                       agreed(direction_of(ours, *own_audio), direction_of(theirs, *section)))) {
            return std::nullopt;
        }
    }
    return sdp;
}

bool is_hold(std::string_view offer) {
    const auto theirs = parse(offer);
    const auto audio = std::find_if(theirs.media.begin(), theirs.media.end(), usable_audio);
    return audio != theirs.media.end() && !receives(direction_of(theirs, *audio));
}

std::string with_direction(std::string_view local, std::string_view direction, unsigned version) {
    const auto ours = parse(local);
    std::string sdp;
    put_session(sdp, ours.session, version);
    for (const Section& section : ours.media) {
        const std::string own = direction.empty() ? std::string{direction_of(ours, section)}
                                                  : "a=" + std::string{direction};
        for (const auto line : section.lines)
            if (!is_direction(line)) put(sdp, line);
        put(sdp, own);
    }
    return sdp;
}

}  // namespace bellwether::sip
