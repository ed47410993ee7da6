#include <utility>

#include "answer-detect/verdict.h"
#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// What the detector heard, and what follows from it.

namespace bellwether::engine {
namespace {

using answer_detect::Verdict;
using campaigns::OnMachine;
using campaigns::OnNoSpeech;
using campaigns::Outcome;
using namespace std::chrono_literals;

// A verdict takes one to three seconds, at worst the longest wait for a word and the longest
// listening to it (answer-detect/policy.cpp: 3.5 s + 4.8 s + 1.35 s). A detector that is silent for
// longer is not waited for: the person, if it is one, has stood the legal time already.
constexpr auto kDetectionLimit = 10s;
// An assistant asks, hears the announcement, and asks the person it works for.
constexpr auto kScreeningLimit = 20s;
// Greetings of voicemail are at most a minute long; then a machine that never beeps is given up.
constexpr auto kMessageLimit = 60s;

/// What the network said of the number, by its tones (research: answer-detect 2.5).
std::optional<Outcome> outcome_of_tone(const AnswerDetected& heard) {
    switch (heard.verdict) {
        case Verdict::Fax:
            return Outcome::Fax;
        case Verdict::Busy:
            return Outcome::Busy;
        case Verdict::Congestion:
            return Outcome::Congestion;
        case Verdict::Sit:
            if (heard.code == "IC" || heard.code == "VC") return Outcome::InvalidNumber;
            return heard.code == "E180" ? Outcome::Unavailable : Outcome::Congestion;
        default:
            return std::nullopt;
    }
}

/// The same attempts on every replay, and no pattern that somebody could aim at.
bool is_audited(AttemptId attempt, Probability share) {
    // MurmurHash3's finaliser (Appleby): every bit of the id reaches every bit of the result.
    std::uint64_t mixed = value_of(attempt);
    mixed = (mixed ^ (mixed >> 33U)) * 0xff51afd7ed558ccdU;
    mixed = (mixed ^ (mixed >> 33U)) * 0xc4ceb9fe1a85ec53U;
    mixed ^= mixed >> 33U;
    constexpr double kRange = 18446744073709551616.0;  // 2^64
    return static_cast<double>(mixed) < share.value() * kRange;
}

/// Nothing has been said yet that would be cut short: a call given to nobody or to the wrong one.
bool may_turn_out_a_machine(const Call& call) {
    switch (call.state) {
        case CallState::Detecting:
        case CallState::Waiting:
        case CallState::Bridged:
        case CallState::Announcing:
        case CallState::Interviewing:
        case CallState::Notice:
            return true;
        default:
            return false;
    }
}

}  // namespace

/// He has picked up: who is he?
void Engine::Core::begin_detection(Call& call) {
    call.state = CallState::Detecting;
    ++campaign_of(call).detecting;
    set_deadline(call, now_.elapsed + kDetectionLimit, WakeReason::Detection);
}

void Engine::Core::on(const AnswerDetected& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || call->kind != CallKind::Contact) return;
    const Review review = review_of(*call, event);
    if (review != Review::None) call->review = review;
    emit(StoreDetection{.attempt = call->attempt,
                        .campaign = call->campaign,
                        .verdict = event.verdict,
                        .code = event.code,
                        .p_machine = event.p_machine,
                        .review = review,
                        .evidence = event.evidence,
                        .at = now_.utc});
    if (call->state == CallState::Ending) return;
    if (const auto outcome = outcome_of_tone(event)) return network_heard(*call, *outcome);
    if (!call->answered) return;
    if (event.verdict == Verdict::Human) return person_heard(*call);
    if (event.verdict == Verdict::Machine) return machine_heard(*call);
    if (event.verdict == Verdict::Screener) return screener_heard(*call);
    if (event.verdict == Verdict::NoSpeech) return nothing_heard(*call);
    // Ringback and music say that somebody is still being looked for: the listening goes on.
}

/// A few machines are treated as people, so that the detector's error can be measured.
Review Engine::Core::review_of(const Call& call, const AnswerDetected& event) {
    if (event.verdict != Verdict::Machine || call.review != Review::None) return Review::None;
    if (!acts_on_machine(call)) return Review::None;
    const Campaign& campaign = campaign_of(call);
    if (!is_audited(call.attempt, campaign.spec.detection.audit_share)) return Review::None;
    return nobody_needs_agents(campaign) ? Review::Queued : Review::Bridged;
}

void Engine::Core::person_heard(Call& call) {
    if (call.state == CallState::Detecting) return person_answered(call);
    if (call.state != CallState::LeavingMessage) return;
    // It was taken for a machine, and somebody speaks.
    clear_deadline(call);
    silence(call);
    call.outcome.reset();
    call.counted = true;
    count_live_answer(campaign_of(call));
    contact_answered(call);
}

/// Before anybody is connected, or where people are connected on doubt.
bool Engine::Core::acts_on_machine(const Call& call) {
    const bool on_doubt = campaign_of(call).spec.detection.mode == answer_detect::Mode::Background;
    return call.state == CallState::Detecting || (on_doubt && may_turn_out_a_machine(call));
}

void Engine::Core::machine_heard(Call& call) {
    if (!acts_on_machine(call)) return;
    if (call.review == Review::Bridged) {
        if (call.state == CallState::Detecting) person_answered(call);
        if (call.state == CallState::Bridged) state.agents.at(call.agent).last_review = call.review;
        return;
    }
    leave_to_no_person(call);
    call.outcome = Outcome::Machine;
    if (campaign_of(call).spec.detection.on_machine == OnMachine::HangUp) {
        return hang_up(call, HangUpReason::Machine);
    }
    call.state = CallState::LeavingMessage;
    set_deadline(call, now_.elapsed + kMessageLimit, WakeReason::Detection);
}

/// Says once who is calling, and goes on listening; without an announcement an agent says it.
void Engine::Core::screener_heard(Call& call) {
    if (call.state != CallState::Detecting || call.screened) return;
    call.screened = true;
    const std::string& prompt = campaign_of(call).spec.detection.screener_prompt;
    if (prompt.empty()) return person_answered(call);
    set_deadline(call, now_.elapsed + kScreeningLimit, WakeReason::Detection);
    play(call, {prompt});
}

void Engine::Core::nothing_heard(Call& call) {
    if (call.state != CallState::Detecting) return;
    Campaign& campaign = campaign_of(call);
    if (campaign.spec.detection.on_no_speech == OnNoSpeech::Person) return person_answered(call);
    end_contact(call, HangUpReason::NoSpeech);
}

void Engine::Core::network_heard(Call& call, Outcome outcome) {
    if (call.answered && !may_turn_out_a_machine(call)) return;
    if (call.answered) leave_to_no_person(call);
    call.outcome = outcome;
    hang_up(call, HangUpReason::NetworkTone);
}

/// What answered is no person: it leaves the state it is in, and the agent it was given to is free.
void Engine::Core::leave_to_no_person(Call& call) {
    Campaign& campaign = campaign_of(call);
    touch(call.campaign);
    clear_deadline(call);
    if (call.state == CallState::Detecting) {
        ring_is_over(call, pacing::RingEnd::Machine);
        verdict_is_given(call, false);
        --campaign.detecting;
        return;
    }
    const AgentId agent = call.state == CallState::Bridged ? call.agent : AgentId{};
    (void)outcome_now(call);
    silence(call);
    if (agent != AgentId{}) machine_is_gone(state.agents.at(agent));
    if (std::exchange(call.counted, false)) uncount_live_answer(call);
}

void Engine::Core::silence(Call& call) {
    if (call.playback == 0) return;
    call.playback = 0;
    if (call.recording == RecordingStage::Announcing) call.recording = RecordingStage::None;
    emit(StopPlaying{call.id});
}

void Engine::Core::on(const MessageMayBegin& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || call->state != CallState::LeavingMessage || call->playback != 0) return;
    const std::string& prompt = campaign_of(*call).spec.detection.message_prompt;
    BW_CHECK(!prompt.empty());
    clear_deadline(*call);
    milestone(*call, Milestone::Spoken);
    play(*call, {prompt});
}

/// The verdict has not come in time, or the beep has not.
void Engine::Core::detection_is_overdue(Call& call) {
    if (call.state == CallState::Detecting) {
        silence(call);
        return person_answered(call);
    }
    hang_up(call, HangUpReason::Machine);
}

void Engine::Core::on(const AnswerLabelled& event) {
    const auto agent = state.agents.find(event.agent);
    const auto reply = [&](ReplyCode code, std::string why) {
        emit(Reply{event.request, code, std::move(why)});
    };
    if (agent == state.agents.end() || agent->second.last_attempt == AttemptId{}) {
        return reply(ReplyCode::Conflict, "the agent has had no call since signing in");
    }
    Campaign& campaign = state.campaigns.at(agent->second.campaign);
    const bool machine = event.truth == Verdict::Machine;
    if (agent->second.last_review == Review::Bridged) {
        learn(campaign, pacing::MachineAudited{.person = !machine});
        agent->second.last_review = Review::None;
    }
    emit(StoreDetectionTruth{agent->second.last_attempt, event.truth, event.agent, now_.utc});
    reply(ReplyCode::Done, {});
}

void Engine::Core::on(const GreetingEnded& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || !call->answered || call->greeting_ended_at) return;
    call->greeting_ended_at = now_.elapsed;
    // Who was connected on doubt waits from the answer on, and not a moment longer.
    if (!campaign_of(*call).spec.detection.awaits_verdict()) return;
    if (call->state == CallState::Waiting && !call->connected) {
        set_deadline(*call, connect_by(*call), WakeReason::ConnectWithin);
    }
}

}  // namespace bellwether::engine
