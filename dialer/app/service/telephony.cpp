#include "dialer/app/service/telephony.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <algorithm>
#include <cctype>

#include <utility>
#include <variant>

#include "dialer/app/amd/amd_words.h"
#include "dialer/app/files/recording_names.h"
#include "dialer/media/voice_quality.h"

namespace bellwether::app {
namespace {

media::Role role_of(engine::ListenRole role) {
    switch (role) {
        case engine::ListenRole::Whisper:
            return media::Role::Whisper;
        case engine::ListenRole::Barge:
            return media::Role::Party;
        case engine::ListenRole::Monitor:
        case engine::ListenRole::Leave:
            break;
    }
    return media::Role::Monitor;
}

media::RecordingFormat format_of(campaigns::RecordingFormat format) {
    return format == campaigns::RecordingFormat::Flac ? media::RecordingFormat::Flac
                                                      : media::RecordingFormat::Wav;
}

/// None: the leg had no audio of the far side, or is closed.
std::optional<engine::CallQuality> quality_of(const media::LegStats& counted, std::string trunk) {
    const media::LegStats stats = media::with_quality(counted);
    const auto expected = stats.packets_received + stats.packets_lost;
    if (expected == 0) return std::nullopt;
    return engine::CallQuality{
        .trunk = std::move(trunk),
        .mos_heard = stats.mos_received,
        .mos_sent = stats.mos_sent,
        .lost = static_cast<double>(stats.packets_lost) / static_cast<double>(expected),
        .jitter = stats.jitter};
}

constexpr std::uint64_t kUnheardPlayback = 0;  // a tone whose end nobody waits for

campaigns::FailureKind kind_of(sip::FailureKind kind) {
    switch (kind) {
        case sip::FailureKind::SipStatus:
            return campaigns::FailureKind::SipStatus;
        case sip::FailureKind::Redirected:
            return campaigns::FailureKind::Redirected;
        case sip::FailureKind::AuthRefused:
            return campaigns::FailureKind::AuthRefused;
        case sip::FailureKind::Unreachable:
            return campaigns::FailureKind::Unreachable;
        case sip::FailureKind::DestinationDenied:
            return campaigns::FailureKind::DestinationDenied;
        case sip::FailureKind::NotRegistered:
            return campaigns::FailureKind::NotRegistered;
        case sip::FailureKind::NoTrunk:
            return campaigns::FailureKind::Unreachable;
        case sip::FailureKind::LocalError:
            return campaigns::FailureKind::LocalFailure;
    }
    return campaigns::FailureKind::LocalFailure;
}

sip::EndpointConfig endpoint_config(const Config& config) {
    return {.bind_host = config.sip.bind,
            .port = config.sip.port,
            .realm = config.sip.realm,
            .trunks = config.trunks,
            .accept_numbers = config.compliance.owned_numbers,
            .incoming_calls_max = config.sip.incoming_calls,
            .phone_hosts = config.sip.phone_hosts,
            .transfers = config.sip.transfers};
}

media::MediaConfig media_config(const MediaSettings& settings) {
    return {.bind_host = settings.bind,
            .advertise_host = settings.advertise,
            .port_min = settings.port_min,
            .port_max = settings.port_max,
            .threads = settings.threads,
            .silence_timeout = settings.silence_timeout,
            .comfort_noise = settings.comfort_noise};
}

}  // namespace

Telephony::Telephony(const Config& config, Hooks hooks, answer_detect::GreetingModel model)
    : recordings_{config.recordings}, hooks_{std::move(hooks)}, model_{std::move(model)} {}

Result<std::unique_ptr<Telephony>> Telephony::start(const Config& config, Hooks hooks) {
    auto model = load_weights(config.detection.weights);
    if (!model) return tl::unexpected{model.error()};
    std::unique_ptr<Telephony> telephony{
        new Telephony{config, std::move(hooks), *std::move(model)}};
    Telephony* self = telephony.get();

    auto media =
        media::MediaEngine::start(media_config(config.media), [self](const media::Event& event) {
            self->hooks_.on_core([self, event] { self->hear(event); });
        });
    if (!media) return tl::unexpected{media.error()};
    telephony->media_ = std::move(*media);

    auto sip = sip::SipEndpoint::start(endpoint_config(config), [self](sip::Event event) {
        self->hooks_.on_core([self, event = std::move(event)] { self->hear(event); });
    });
    if (!sip) return tl::unexpected{sip.error()};
    telephony->sip_ = std::move(*sip);
    for (const sip::TrunkConfig& trunk : config.trunks)
        telephony->trunks_[trunk.name] = {trunk.lines, trunk.calls_per_second};
    return telephony;
}

void Telephony::stop() {
    if (sip_) sip_->stop();
    if (media_) media_->stop();
}

void Telephony::perform(const engine::Action& action) {
    std::visit([this](const auto& a) { act(a); }, action);
}

// --- what the engine orders ---

void Telephony::act(const engine::PlaceCall& action) {
    const auto number = hooks_.number(action.number);
    if (!number) {
        spdlog::error("number_unknown call={} reason=\"{}\"", value_of(action.call),
                      number.error().detail);
        return fail_later(action.call, campaigns::FailureKind::LocalFailure);
    }
    if (!open_leg(action.call)) return;
    if (action.listen != answer_detect::Mode::Off) listen(action);
    spdlog::debug("invite call={} number={}", value_of(action.call), number->masked());
    sip_->invite(sip::TrunkInvite{.call = action.call,
                                  .number = *number,
                                  .caller_id = action.caller_id,
                                  .sdp = media_->offer(action.call),
                                  .headers = invite_headers(action)});
}

/// The label that a rule asks for stands in Subject (RFC 3261 §20.36), for the operator to show.
sip::Headers Telephony::invite_headers(const engine::PlaceCall& action) const {
    sip::Headers headers{{"X-Bellwether-Attempt", std::to_string(value_of(action.attempt))}};
    const bool is_labelled =
        std::ranges::find(action.decision.obligations, compliance::policy::ObligationKind::Label) !=
        action.decision.obligations.end();
    if (is_labelled) headers.emplace_back("Subject", hooks_.call_label(action.campaign));
    return headers;
}

/// From the first sound on: what the network plays before the answer counts, too.
void Telephony::listen(const engine::PlaceCall& action) {
    auto ear = std::make_shared<CallEar>(
        action.call, &model_, answer_detect::policy_of(action.listen), [this](engine::Event event) {
            hooks_.on_core([this, event = std::move(event)] { hooks_.tell(event); });
        });
    media_->set_tap(action.call, ear);
    listened_[action.call] = {std::move(ear), std::chrono::steady_clock::now()};
}

void Telephony::answer_is_heard(CallId call) {
    const auto found = listened_.find(call);
    if (found == listened_.end()) return;
    const Listened& leg = found->second;
    const auto rang = std::chrono::steady_clock::now() - leg.invited;
    leg.ear->answered(
        {.ring_s = std::chrono::duration<double>(rang).count(), .early_media = leg.early_media});
}

void Telephony::forget(CallId call) {
    media_->close(call);
    listened_.erase(call);
    listeners_.erase(call);
    agents_legs_.erase(call);
}

void Telephony::act(const engine::RingAgent& action) {
    const auto user = hooks_.sip_user(action.agent);
    if (!user) return fail_later(action.call, campaigns::FailureKind::NotRegistered);
    agents_legs_[action.call] = action.agent;
    ring_phone(action.call, *user);
}

void Telephony::act(const engine::RingSupervisor& action) { ring_phone(action.call, action.phone); }

/// A registered phone by its user, any SIP address that the configuration allows, or a number out
/// by a trunk.
void Telephony::ring_phone(CallId call, const std::string& address) {
    sip::TargetInvite invite{.call = call,
                             .target = sip::RegisteredUser{address},
                             .caller_id = "bellwether",
                             .sdp = {},
                             .headers = {}};
    if (address.starts_with("sip:") || address.starts_with("sips:")) {
        invite.target = sip::SipAddress{address};
    } else if (address.starts_with('+')) {
        const auto number = PhoneNumber::parse(address);
        if (!number) return fail_later(call, campaigns::FailureKind::LocalFailure);
        invite.target = sip::TrunkNumber{*number};
    }
    if (!open_leg(call)) return;
    invite.sdp = media_->offer(call);
    sip_->invite(std::move(invite));
}

/// The one who is to take a call over: at a desk, or out by a trunk under the caller id of the call
/// itself.
void Telephony::act(const engine::RingTarget& action) {
    using Kind = campaigns::TransferTarget::Kind;
    if (action.target.kind == Kind::Phone) return ring_phone(action.call, action.target.address);
    const auto number = PhoneNumber::parse(action.target.address);
    if (!number) return fail_later(action.call, campaigns::FailureKind::LocalFailure);
    if (!open_leg(action.call)) return;
    sip_->invite(sip::TrunkInvite{.call = action.call,
                                  .number = *number,
                                  .caller_id = action.caller_id,
                                  .sdp = media_->offer(action.call),
                                  .headers = {}});
}

/// Audio first: who is told 200 must not speak into nothing.
void Telephony::act(const engine::AnswerCall& action) {
    const auto arrived = arrived_.find(action.call);
    if (arrived == arrived_.end()) return;  // cancelled meanwhile: the engine hears of it
    const std::string offer = std::move(arrived->second);
    arrived_.erase(arrived);
    if (!open_leg(action.call)) return sip_->reject(action.call, 503);
    const auto answer = media_->answer(action.call, offer);
    if (!answer) {
        spdlog::warn("offer_unusable call={} reason=\"{}\"", value_of(action.call),
                     answer.error().detail);
        forget(action.call);
        sip_->reject(action.call, 488);
        return fail_later(action.call, campaigns::FailureKind::NoCommonCodec);
    }
    sip_->answer(action.call, *answer);
    hooks_.on_core([this, call = action.call] { hooks_.tell(engine::CallAnswered{call}); });
}

void Telephony::act(const engine::HoldCall& action) {
    media_->unbridge(action.call);
    const auto music =
        action.prompt.empty() ? std::vector<std::string>{} : std::vector{action.prompt};
    const auto held = media_->hold(action.call, music);
    if (!held) {
        spdlog::warn("hold_refused call={} reason=\"{}\"", value_of(action.call),
                     held.error().detail);
    }
}

/// A bridge of three, named by the call that all of it is about.
void Telephony::act(const engine::JoinCalls& action) {
    const auto room = static_cast<media::BridgeId>(value_of(action.contact_call));
    media_->resume(action.contact_call);
    media_->join(action.contact_call, room, media::Role::Party);
    media_->join(action.agent_call, room, media::Role::Agent);
    media_->join(action.third_call, room, media::Role::Party);
    follow(action.agent_call);
}

void Telephony::act(const engine::Listen& action) {
    listeners_[action.listener] = {action.agent_call, role_of(action.role)};
    follow(action.agent_call);
}

/// Whoever listens to an agent goes with him from call to call.
void Telephony::follow(CallId agent_leg) {
    for (const auto& [listener, heard] : listeners_) {
        if (heard.agent_leg != agent_leg) continue;
        const auto joined = media_->join_with(listener, agent_leg, heard.role);
        if (!joined) spdlog::debug("nothing_to_hear call={}", value_of(listener));
    }
}

void Telephony::act(const engine::EndHold& action) { media_->resume(action.call); }

/// Named by the interview and the question: what the store keeps is the name.
void Telephony::act(const engine::RecordAnswer& action) {
    std::string question = action.question;
    for (char& c : question) {
        const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        if (!is_plain) c = '-';
    }
    const auto folder = recordings_ / "answers";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const auto name =
        fmt::format("{}-{}-{}-{}{}", value_of(action.interview), question, hooks_.epoch,
                    ++answers_recorded_, recording_extension(action.format));
    const auto started = media_->record_answer(
        action.call, {.file = folder / name,
                      .format = format_of(action.format),
                      .rules = {.max = action.max, .silence_end = action.silence},
                      .beep = action.beep});
    if (started) return;
    spdlog::error("answer_not_recorded call={} reason=\"{}\"", value_of(action.call),
                  started.error().detail);
    hooks_.on_core([this, call = action.call] {
        hooks_.tell(engine::AnswerRecorded{call, {}, {}});
    });
}

void Telephony::act(const engine::StopAnswer& action) { media_->stop_answer(action.call); }

void Telephony::act(const engine::PauseRecording& action) {
    action.paused ? media_->pause_recording(action.call) : media_->resume_recording(action.call);
}

void Telephony::act(const engine::HangUp& action) {
    arrived_.erase(action.call);
    sip_->hang_up(action.call,
                  {.reason = fmt::format("SIP;cause=200;text=\"{}\"", name_of(action.reason))});
}

void Telephony::act(const engine::Bridge& action) {
    media_->resume(action.contact_call);
    media_->bridge(action.contact_call, action.agent_call);
    follow(action.agent_call);
    media_->play(action.agent_call, kUnheardPlayback, {std::string{media::kAgentTone}});
}

void Telephony::act(const engine::Unbridge& action) {
    media_->unbridge(action.contact_call);
    media_->unbridge(action.agent_call);
    for (const auto& [listener, heard] : listeners_) {
        if (heard.agent_leg == action.agent_call) media_->leave(listener);
    }
}

void Telephony::act(const engine::Play& action) {
    media_->play(action.call, action.playback, action.prompts);
}

void Telephony::act(const engine::StopPlaying& action) { media_->stop_playing(action.call); }

void Telephony::act(const engine::Record& action) {
    const auto name = action.attempt == AttemptId{}
                          ? fmt::format("in-{}-{}", hooks_.epoch, value_of(action.call))
                          : recording_stem(action.attempt);
    const auto file = recordings_ / (name + std::string{recording_extension(action.format)});
    const auto started =
        media_->start_recording(action.call, {.file = file, .format = format_of(action.format)});
    if (!started) {
        spdlog::error("recording_failed call={} reason=\"{}\"", value_of(action.call),
                      started.error().detail);
    }
}

bool Telephony::open_leg(CallId call) {
    const auto opened = media_->open(call);
    if (opened) return true;
    spdlog::error("leg_refused call={} reason=\"{}\"", value_of(call), opened.error().detail);
    fail_later(call, campaigns::FailureKind::LocalFailure);
    return false;
}

/// The engine is in the middle of an event: what failed at once reaches it as the next one.
void Telephony::fail_later(CallId call, campaigns::FailureKind kind) {
    hooks_.on_core([this, call, kind] { hooks_.tell(engine::CallFailed{call, {.kind = kind}}); });
}

// --- what the network says ---

void Telephony::hear(const sip::Event& event) {
    std::visit([this](const auto& e) { on(e); }, event);
}

void Telephony::on(const sip::Ringing& event) { hooks_.tell(engine::CallRinging{event.call}); }

void Telephony::on(const sip::EarlyMedia& event) {
    const auto listened = listened_.find(event.call);
    if (listened != listened_.end()) listened->second.early_media = true;
    const auto connected = media_->connect(event.call, event.sdp);
    if (!connected) {
        spdlog::debug("early_media_unusable call={} reason=\"{}\"", value_of(event.call),
                      connected.error().detail);
    }
    hooks_.tell(engine::CallEarlyMedia{event.call});
}

void Telephony::on(const sip::Answered& event) {
    const auto connected = media_->connect(event.call, event.sdp);
    if (connected) {
        answer_is_heard(event.call);
        return hooks_.tell(engine::CallAnswered{event.call, event.trunk});
    }

    spdlog::warn("answer_unusable call={} reason=\"{}\"", value_of(event.call),
                 connected.error().detail);
    sip_->hang_up(event.call, {.reason = "SIP;cause=488;text=\"no common codec\""});
    forget(event.call);
    hooks_.tell(engine::CallFailed{
        event.call, {.kind = campaigns::FailureKind::NoCommonCodec}, event.trunk});
}

void Telephony::on(const sip::Failed& event) {
    forget(event.call);
    spdlog::debug("call_failed call={} kind={} status={} phrase=\"{}\"", value_of(event.call),
                  name_of(event.kind), event.status, event.phrase);
    hooks_.tell(engine::CallFailed{event.call,
                                   {.kind = kind_of(event.kind),
                                    .sip_status = event.status,
                                    .retry_after = event.retry_after,
                                    .q850_cause = event.reason.q850_cause},
                                   event.trunk});
}

void Telephony::on(const sip::Ended& event) {
    const auto quality = quality_of(media_->stats(event.call), event.trunk);
    forget(event.call);
    hooks_.tell(engine::CallEnded{event.call,
                                  event.by_peer ? engine::EndedBy::Peer : engine::EndedBy::Us,
                                  event.reason.q850_cause, quality});
}

/// The peer holds us, takes us back, or wants its audio elsewhere: it has our answer already.
void Telephony::on(const sip::PeerHeld& event) {
    const auto connected = media_->connect(event.call, event.sdp);
    spdlog::info("peer_offer call={} held={} usable={}", value_of(event.call), event.held,
                 connected.has_value());
}

void Telephony::on(const sip::AnsweredAfterCancel& event) {
    forget(event.call);
    hooks_.tell(engine::CallAnsweredAfterCancel{event.call, event.trunk});
}

/// The engine decides whether it is taken; nothing that the caller sends can place a call.
void Telephony::on(const sip::IncomingCall& event) {
    arrived_[event.call] = event.sdp;
    if (!event.phone.empty()) return phone_calls_in(event.call, event.phone);
    const std::string& from = event.asserted_user.empty() ? event.from_user : event.asserted_user;
    const auto arrived =
        hooks_.caller(event.call, event.anonymous ? std::string{} : from, event.to_user);
    spdlog::debug("call_arrived call={} campaign={}", value_of(event.call),
                  value_of(arrived.campaign));
    hooks_.tell(arrived);
}

/// An agent signs in by calling us; he is paused until he says otherwise.
void Telephony::phone_calls_in(CallId call, const std::string& user) {
    const auto signed_in = hooks_.phone_calls(call, user);
    if (signed_in) {
        agents_legs_[call] = signed_in->agent;
        return hooks_.tell(*signed_in);
    }
    spdlog::warn("phone_call_refused user={}", user);
    arrived_.erase(call);
    sip_->reject(call, 403);
}

/// An agent's phone has a transfer key: the target must be one of his campaign's, as everywhere.
void Telephony::on(const sip::TransferAsked& event) {
    const auto leg = agents_legs_.find(event.call);
    if (leg == agents_legs_.end()) return sip_->refuse_transfer(event.call);
    sip_->accept_transfer(event.call);
    hooks_.tell(engine::TransferOrdered{.agent = leg->second, .target = event.target_user});
}

void Telephony::on(const sip::IncomingCancelled& event) {
    arrived_.erase(event.call);
    forget(event.call);
    hooks_.tell(engine::CallEnded{event.call, engine::EndedBy::Peer});
}

void Telephony::on(const sip::PhoneRegistered& event) {
    spdlog::info("phone_registered user={} expires_s={}", event.user, event.expires.count());
}

void Telephony::on(const sip::PhoneLost& event) {
    spdlog::warn("phone_lost user={} reason={}", event.user, name_of(event.reason));
    if (const auto agent = hooks_.agent(event.user)) hooks_.tell(engine::AgentPhoneLost{*agent});
}

void Telephony::on(const sip::TrunkState& event) {
    if (event.up) {
        spdlog::info("trunk_up trunk={} lines={}", event.name, event.lines);
    } else {
        spdlog::warn("trunk_down trunk={} condition={} reason=\"{}\"", event.name,
                     name_of(event.condition), event.reason);
    }
    trunks_[event.name] = {event.lines, event.calls_per_second};
    engine::TrunksChanged together;
    for (const auto& [name, room] : trunks_) {
        together.lines += room.lines;
        together.calls_per_second += room.calls_per_second;
    }
    hooks_.tell(together);
}

void Telephony::on(const sip::RegisterRefused& event) {
    spdlog::warn("register_refused user={} source={} reason={}", event.user, event.source_ip,
                 name_of(event.reason));
}

void Telephony::hear(const media::Event& event) {
    if (const auto* key = std::get_if<media::KeyPressed>(&event)) {
        hooks_.tell(engine::KeyPressed{key->leg, key->key});
    } else if (const auto* played = std::get_if<media::PlaybackEnded>(&event)) {
        if (played->playback == kUnheardPlayback) return;
        hooks_.tell(engine::PlaybackEnded{played->leg, played->playback, played->completed});
    } else if (const auto* silent = std::get_if<media::MediaTimeout>(&event)) {
        spdlog::warn("media_timeout call={}", value_of(silent->leg));
        hooks_.tell(engine::CallSilent{silent->leg});
    } else if (const auto* said = std::get_if<media::AnswerRecorded>(&event)) {
        const std::chrono::duration<double> spoken{said->error.empty() ? said->spoken_seconds : 0};
        hooks_.tell(
            engine::AnswerRecorded{said->leg, std::filesystem::path{said->file}.filename().string(),
                                   std::chrono::duration_cast<std::chrono::milliseconds>(spoken)});
    } else if (const auto* closed = std::get_if<media::LegClosed>(&event)) {
        const media::LegStats& stats = closed->stats;
        spdlog::info(
            "leg_closed call={} sent={} received={} lost={} late={} strangers={} malformed={} "
            "jitter_us={}",
            value_of(closed->leg), stats.packets_sent, stats.packets_received, stats.packets_lost,
            stats.packets_late, stats.packets_from_strangers, stats.packets_malformed,
            stats.jitter.count());
    }
}

}  // namespace bellwether::app
