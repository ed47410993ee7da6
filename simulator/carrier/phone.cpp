#include "simulator/carrier/phone.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "base/rng.h"

namespace bellwether::carrier {
namespace {

// A registrar that is down or just starting is asked again every two seconds; one that has refused
// a phone it knew (a service restarting with its accounts still to load) every five, below the rate
// that locks an account.
constexpr std::chrono::seconds kAskAgain{2};
constexpr std::chrono::seconds kAskAgainRefused{5};

// An agent who drops the leg does so 1 to 4 s into a call: in the middle of most calls.
constexpr double kDropLow = 1;
constexpr double kDropHigh = 4;

bool refused(int status) {
    return status == 401 || status == 403 || status == 404 || status == 407;
}

Duration drawn(Rng& rng, const DrawnTime& of) {
    const auto seconds = [](Duration time) { return std::chrono::duration<double>(time).count(); };
    const double value = rng.lognormal(seconds(of.mean), seconds(of.sd));
    return std::chrono::round<Duration>(
        std::chrono::duration<double>(std::clamp(value, seconds(of.low), seconds(of.high))));
}

}  // namespace

Phone::Phone(PhoneRoom& room, AgentCredential credential, std::uint32_t index)
    : room_{room}, credential_{std::move(credential)}, index_{index} {}

bool Phone::owns(CallId leg) const { return value_of(leg) >> 32U == index_; }

void Phone::take(const sip::Event& event) {
    std::visit([this](const auto& what) { on(what); }, event);
}

// Registration.

void Phone::connect(sip::SipEndpoint& sip) {
    sip_ = &sip;
    first_try_ = Loop::Clock::now();
    register_now();
}

void Phone::register_now() {
    sip_->register_at({.user = credential_.user,
                       .password = credential_.password,
                       .registrar_host = room_.options.registrar_host,
                       .registrar_port = room_.options.registrar_port,
                       .contact_user = {},
                       .expires = room_.options.expires});
}

void Phone::on(const sip::RegistrationResult& result) {
    const auto status = std::int64_t{result.status};
    if (!result.ok) {
        room_.log.write("REGISTER_FAILED", {{"user", user()}, {"status", status}});
        register_again(result.status);
        return;
    }
    room_.log.write("REGISTERED", {{"user", user()}});
    if (std::exchange(was_registered_, true)) return;
    ++room_.totals.registered;
    room_.on_first_registration({});
}

void Phone::register_again(int status) {
    if (gave_up_ || status == 200) return;  // 200: we have unregistered
    const bool is_refusal = refused(status);
    const auto tried = Loop::Clock::now() - first_try_;
    if (!was_registered_ && (is_refusal || tried >= room_.options.register_timeout)) {
        gave_up_ = true;
        const char* why =
            is_refusal ? " was refused by the registrar with " : " found no registrar: ";
        room_.on_first_registration(Error{is_refusal ? Errc::Refused : Errc::Unavailable,
                                          "phone " + user() + why + std::to_string(status)});
        return;
    }
    room_.loop.after(is_refusal ? kAskAgainRefused : kAskAgain, [this] { register_now(); });
}

// The leg.

void Phone::on(const sip::IncomingCall& incoming) {
    room_.log.write(
        "CALL",
        {{"user", user()}, {"call_id", incoming.sip_call_id}, {"caller_id", incoming.from_user}});
    if (leg_) {
        sip_->reject(incoming.call, 486);
        return;
    }
    const CallId media{std::uint64_t{index_} << 32U | ++legs_};
    const auto opened = room_.media.open(media);
    const auto answer = opened ? room_.media.answer(media, incoming.sdp)
                               : Result<std::string>{tl::unexpected{opened.error()}};
    if (!answer) {
        if (opened) room_.media.close(media);
        room_.log.write(
            "REJECT",
            {{"user", user()}, {"call_id", incoming.sip_call_id}, {"why", answer.error().detail}});
        sip_->reject(incoming.call, 488);
        return;
    }
    leg_.emplace(Leg{.call = incoming.call, .media = media, .call_id = incoming.sip_call_id});
    room_.media.set_tap(media, leg_->ear);
    ++room_.totals.legs;
    room_.log.write("ANSWERED", {{"user", user()}, {"call_id", leg_->call_id}});
    sip_->answer(incoming.call, *answer);
}

void Phone::on(const sip::IncomingCancelled& cancelled) {
    if (!leg_ || leg_->call != cancelled.call) return;
    room_.log.write("CANCEL", {{"user", user()}, {"call_id", leg_->call_id}});
    close_leg();
}

void Phone::on(const sip::Ended& ended) {
    if (!leg_ || leg_->call != ended.call) return;
    room_.log.write("BYE", {{"user", user()},
                            {"call_id", leg_->call_id},
                            {"by", std::string_view{ended.by_peer ? "peer" : "phone"}},
                            {"status", std::int64_t{ended.status}},
                            {"calls_heard", leg_->talk.calls_heard()}});
    close_leg();
}

void Phone::close_leg() {
    room_.media.close(leg_->media);
    leg_.reset();
}

void Phone::take_closed_leg(const media::LegClosed& closed) {
    room_.log.write("MEDIA", {{"user", user()},
                              {"packets_sent", closed.stats.packets_sent},
                              {"packets_received", closed.stats.packets_received},
                              {"packets_lost", closed.stats.packets_lost}});
}

// What the agent hears and does.

void Phone::listen() {
    if (!leg_) return;
    const std::uint32_t tones = leg_->ear->tones();
    const bool speaks = leg_->ear->speaks();
    if (speaks != leg_->far_speaks) {
        leg_->far_speaks = speaks;
        tell(speaks ? AgentEvent{HearsSpeech{}} : AgentEvent{HearsQuiet{}});
    }
    if (leg_ && std::exchange(leg_->tones, tones) != tones) tell(HearsTone{});
}

void Phone::tell(const AgentEvent& event) {
    for (const AgentCommand& command : leg_->talk.handle(event, next_turn())) {
        std::visit([this](const auto& what) { obey(what); }, command);
    }
}

/// Drawn from the phone and the count of calls it has heard, on any leg.
AgentTurn Phone::next_turn() const {
    const std::string purpose = "phone/" + user() + "/" + std::to_string(turns_);
    Rng rng{room_.options.seed, purpose};
    AgentTurn turn{};
    turn.reply_delay = drawn(rng, room_.options.reply_delay);
    turn.clip = rng.below(UINT64_MAX);
    const auto drop = std::chrono::duration<double>(rng.uniform(kDropLow, kDropHigh));
    if (rng.happens(room_.options.drops)) turn.drops_after = std::chrono::round<Duration>(drop);
    return turn;
}

void Phone::obey(const CallHeard& heard) {
    ++turns_;
    ++room_.totals.heard;
    room_.log.write("AUDIO_HEARD", {{"user", user()},
                                    {"call_id", leg_->call_id},
                                    {"first", heard.first},
                                    {"call", leg_->talk.calls_heard()}});
}

void Phone::obey(const CallGone&) {
    room_.log.write("SILENCE", {{"user", user()}, {"call_id", leg_->call_id}});
}

void Phone::obey(const Speak& speak) {
    room_.media.play(leg_->media, ++leg_->playbacks,
                     {Sounds::pick(room_.sounds.replies, speak.clip).name});
}

void Phone::obey(const HangUpLeg&) {
    ++room_.totals.dropped;
    room_.log.write("DROP", {{"user", user()}, {"call_id", leg_->call_id}});
    sip_->hang_up(leg_->call);
}

void Phone::obey(const SetAgentAlarm& alarm) {
    const auto ticket = leg_->alarms.set(alarm.wake);
    room_.loop.after(alarm.in, [this, leg = leg_->media, which = alarm.wake, ticket] {
        wake(leg, which, ticket);
    });
}

void Phone::obey(const ClearAgentAlarm& alarm) { leg_->alarms.clear(alarm.wake); }

void Phone::wake(CallId media_leg, AgentWake wake, std::uint64_t ticket) {
    if (!leg_ || leg_->media != media_leg || !leg_->alarms.take(wake, ticket)) return;
    tell(AgentWoken{wake});
}

}  // namespace bellwether::carrier
