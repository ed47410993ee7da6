#include "simulator/carrier/exchange.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace bellwether::carrier {
namespace {

constexpr std::string_view kAttemptHeader = "X-Bellwether-Attempt";

bool same_header(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
        return std::tolower(x) == std::tolower(y);
    });
}

std::string_view attempt_of(const sip::Headers& headers) {
    const auto found = std::find_if(headers.begin(), headers.end(), [](const auto& header) {
        return same_header(header.first, kAttemptHeader);
    });
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

std::optional<DigestGate> gate_of(const CarrierOptions& options) {
    if (options.username.empty()) return {};
    return DigestGate{{options.username, options.password, options.realm}, options.seed};
}

}  // namespace

Exchange::Exchange(const CarrierOptions& options, Parts parts)
    : options_{options}, parts_{std::move(parts)}, gate_{gate_of(options)} {}

void Exchange::take(const sip::Event& event) {
    std::visit([this](const auto& what) { on(what); }, event);
}

void Exchange::take(const media::Event& event) {
    std::visit([this](const auto& what) { on(what); }, event);
}

CarrierCounts Exchange::counts() const {
    return {invites_, answered_, rejected_, cancelled_, digits_};
}

// Calls that come in.

void Exchange::on(const sip::IncomingCall& incoming) {
    const std::uint32_t ordinal = note_invite(incoming);
    if (!admit(incoming, ordinal)) return;

    const CallKey key{options_.seed, incoming.to_user, ordinal, incoming.from_user};
    Person person{draw_script(options_.distributions, key)};
    Line& line = lines_
                     .emplace(incoming.call, Line{.id = incoming.call,
                                                  .call_id = incoming.sip_call_id,
                                                  .offer = incoming.sdp,
                                                  .person = std::move(person)})
                     .first->second;
    if (lines_.size() > static_cast<std::size_t>(options_.max_calls)) {
        refuse(line, 503, "too many calls");
    } else if (line.offer.empty()) {
        refuse(line, 488, "no offer");
    } else {
        tell(line, Invited{});
    }
}

/// Logs a call's first INVITE, and returns which of its number's calls it is.
std::uint32_t Exchange::note_invite(const sip::IncomingCall& incoming) {
    const std::uint32_t known = challenges_.ordinal(incoming.sip_call_id);
    if (known != 0) return known;
    const std::uint32_t ordinal = ++calls_of_number_[incoming.to_user];
    ++invites_;
    parts_.log.write("INVITE", {{"call_id", incoming.sip_call_id},
                                {"number", incoming.to_user},
                                {"caller_id", incoming.from_user},
                                {"attempt", attempt_of(incoming.headers)},
                                {"ordinal", std::uint64_t{ordinal}}});
    return ordinal;
}

/// Whether the call may be put through; otherwise it has been challenged.
bool Exchange::admit(const sip::IncomingCall& incoming, std::uint32_t ordinal) {
    if (!gate_) return true;
    const auto judged = gate_->check(incoming.proxy_authorization, "INVITE");
    if (judged) return true;
    challenges_.remember(incoming.sip_call_id, ordinal);
    const bool tried = !incoming.proxy_authorization.empty();
    parts_.log.write("CHALLENGE", {{"call_id", incoming.sip_call_id},
                                   {"why", tried ? judged.error().detail : "no credentials"}});
    parts_.sip.reject(incoming.call, 407, {{"Proxy-Authenticate", gate_->challenge()}});
    return false;
}

void Exchange::on(const sip::IncomingCancelled& cancelled) {
    const auto found = lines_.find(cancelled.call);
    if (found == lines_.end()) return;
    Line& line = found->second;
    ++cancelled_;
    parts_.log.write("CANCEL", {{"call_id", line.call_id}});
    // Our answer was on its way to the stack when the CANCEL came in, and is not sent.
    if (line.answered) parts_.log.write("ANSWER_CROSSED_CANCEL", {{"call_id", line.call_id}});
    forget(line);
}

void Exchange::on(const sip::Ended& ended) {
    const auto found = lines_.find(ended.call);
    if (found == lines_.end()) return;
    Line& line = found->second;
    if (line.answered) {
        parts_.log.write("BYE", {{"call_id", line.call_id},
                                 {"by", std::string_view{ended.by_peer ? "peer" : "carrier"}},
                                 {"status", std::int64_t{ended.status}}});
    } else if (!line.refused) {
        // The endpoint is going down, or the stack gave the call up.
        ++rejected_;
        parts_.log.write("REJECT", {{"call_id", line.call_id},
                                    {"status", std::int64_t{ended.status}},
                                    {"why", std::string_view{"ended before an answer"}}});
    }
    forget(line);
}

void Exchange::forget(Line& line) {
    if (!line.sdp.empty()) {
        closing_.emplace(line.id, line.call_id);
        parts_.media.close(line.id);
    }
    lines_.erase(line.id);
}

// What people do.

void Exchange::tell(Line& line, const PersonEvent& event) {
    if (line.refused) return;
    for (const PersonCommand& command : line.person.handle(event)) {
        std::visit([&](const auto& what) { obey(line, what); }, command);
        if (line.refused) return;  // the line could not do it
    }
}

void Exchange::obey(Line& line, const Ring&) {
    parts_.log.write("RINGING", {{"call_id", line.call_id}, {"status", std::int64_t{180}}});
    parts_.sip.ring(line.id);
}

void Exchange::obey(Line& line, const SoundEarly& early) {
    if (!open_leg(line)) return;
    const Sound& sound = Sounds::pick(sounds_for(early.words), line.person.script().voice);
    if (early.words == Words::Announcement) {
        parts_.log.write("RINGING", {{"call_id", line.call_id},
                                     {"status", std::int64_t{183}},
                                     {"heard", std::string_view{"SIT"}},
                                     {"code", std::string_view{sound.code}}});
    } else {
        parts_.log.write("RINGING", {{"call_id", line.call_id}, {"status", std::int64_t{183}}});
    }
    parts_.sip.early_media(line.id, line.sdp);
    play(line, sound);
}

void Exchange::obey(Line& line, const Answer&) {
    if (!open_leg(line)) return;
    parts_.media.stop_playing(line.id);
    line.ear = std::make_shared<LineEar>();
    parts_.media.set_tap(line.id, line.ear);
    line.answered = true;
    ++answered_;
    parts_.log.write("ANSWER",
                     {{"call_id", line.call_id}, {"party", name_of(line.person.script().party)}});
    parts_.sip.answer(line.id, line.sdp);
}

void Exchange::obey(Line& line, const Refuse& command) { refuse(line, command.status, {}); }

void Exchange::obey(Line& line, const Say& say) {
    const Sound& sound = Sounds::pick(sounds_for(say.words), say.voice);
    if (line.person.script().party == Party::Screener && say.words == Words::Greeting) {
        parts_.log.write("PUT_THROUGH", {{"call_id", line.call_id}});
    }
    play(line, sound);
}

void Exchange::obey(Line& line, const PressKeys& press) {
    for (const char& key : press.keys) {
        ++digits_;
        parts_.log.write("DIGIT",
                         {{"call_id", line.call_id}, {"digit", std::string_view{&key, 1}}});
    }
    parts_.media.send_digits(line.id, press.keys);
}

void Exchange::obey(Line& line, const Leave&) { parts_.sip.hang_up(line.id); }

void Exchange::obey(Line& line, const SetAlarm& alarm) {
    const auto ticket = line.alarms.set(alarm.wake);
    parts_.loop.after(
        alarm.in, [this, id = line.id, which = alarm.wake, ticket] { wake(id, which, ticket); });
}

void Exchange::obey(Line& line, const ClearAlarm& alarm) { line.alarms.clear(alarm.wake); }

void Exchange::wake(CallId id, PersonWake wake, std::uint64_t ticket) {
    const auto found = lines_.find(id);
    if (found == lines_.end() || !found->second.alarms.take(wake, ticket)) return;
    tell(found->second, PersonWoken{wake});
}

/// True if the leg is open, now or before; otherwise the call has been refused.
bool Exchange::open_leg(Line& line) {
    if (!line.sdp.empty()) return true;
    const auto opened = parts_.media.open(line.id);
    if (!opened) {
        refuse(line, 503, opened.error().detail);
        return false;
    }
    auto answer = parts_.media.answer(line.id, line.offer);
    if (!answer) {
        parts_.media.close(line.id);
        refuse(line, 488, answer.error().detail);
        return false;
    }
    line.sdp = std::move(*answer);
    return true;
}

void Exchange::refuse(Line& line, int status, std::string_view why) {
    line.refused = true;
    ++rejected_;
    parts_.log.write("REJECT",
                     {{"call_id", line.call_id}, {"status", std::int64_t{status}}, {"why", why}});
    parts_.sip.reject(line.id, status);
}

const std::vector<Sound>& Exchange::sounds_for(Words words) const {
    const Sounds& sounds = parts_.sounds;
    switch (words) {
        case Words::Greeting:
            return sounds.greetings;
        case Words::Voicemail:
            return sounds.voicemails;
        case Words::Fax:
            return sounds.faxes;
        case Words::Screening:
            return sounds.screenings;
        case Words::Announcement:
            return sounds.announcements;
        case Words::Ringback:
            return sounds.ringbacks;
        case Words::Reply:
            break;
    }
    return sounds.replies;
}

void Exchange::play(Line& line, const Sound& sound) {
    parts_.media.play(line.id, ++line.playbacks, {sound.name});
}

// What is heard.

void Exchange::listen() {
    for (auto& [id, line] : lines_) hear(line);
    log_failed_ = !parts_.log.ok();
    parts_.loop.after(LineEar::kListenEvery, [this] { listen(); });
}

void Exchange::hear(Line& line) {
    if (line.ear == nullptr || line.ear->speaks() == line.far_speaks) return;
    line.far_speaks = !line.far_speaks;
    if (line.far_speaks) {
        tell(line, FarSpeaks{});
    } else {
        tell(line, FarQuiet{});
    }
}

void Exchange::on(const media::KeyPressed& pressed) {
    const auto found = lines_.find(pressed.leg);
    if (found == lines_.end()) return;
    parts_.log.write("DIGIT_HEARD", {{"call_id", found->second.call_id},
                                     {"digit", std::string_view{&pressed.key, 1}}});
}

void Exchange::on(const media::LegClosed& closed) {
    const auto found = closing_.find(closed.leg);
    if (found == closing_.end()) return;
    parts_.log.write("MEDIA", {{"call_id", found->second},
                               {"packets_sent", closed.stats.packets_sent},
                               {"packets_received", closed.stats.packets_received},
                               {"packets_lost", closed.stats.packets_lost},
                               {"packets_from_strangers", closed.stats.packets_from_strangers}});
    closing_.erase(found);
}

}  // namespace bellwether::carrier
