#include "simulator/whatif/transcriber.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/check.h"

namespace bellwether::simulator {
namespace {

using campaigns::Outcome;
using engine::AgentOrder;
using engine::AgentReason;
using engine::AgentState;
using engine::CampaignRunState;
using engine::HangUpReason;
using End = CallRecord::End;
using What = AgentMoment::What;

constexpr CallId call_of(AttemptId attempt) {
    return CallId{value_of(attempt)};  // they bear the same number
}

/// Ringback, music and assistants leave it open who is there.
bool says_who_answered(answer_detect::Verdict verdict) {
    using answer_detect::Verdict;
    return verdict != Verdict::Unsure && verdict != Verdict::Ringback &&
           verdict != Verdict::Music && verdict != Verdict::Screener;
}

bool is_person(answer_detect::Verdict verdict) {
    return verdict == answer_detect::Verdict::Human || verdict == answer_detect::Verdict::NoSpeech;
}

bool is_here(AgentState state) {
    return state != AgentState::SignedOut && state != AgentState::CallingPhone;
}

}  // namespace

// --- one campaign ---

CampaignTranscript::CampaignTranscript(CampaignId campaign, Now begin,
                                       const engine::EngineState& state)
    : staff_{Instant::max()} {
    recording_.begin = begin;
    recording_.campaign = campaign;
    const auto found = state.campaigns.find(campaign);
    if (found == state.campaigns.end()) return;
    const engine::Campaign& known = found->second;
    name_ = known.spec.name;
    recording_.spec = known.spec;
    recording_.running = known.run_state == CampaignRunState::Running;
    recording_.accounts = known.accounts;
    recording_.pacer = known.pacer.value_or(pacing::PacerState{});
    for (const auto& offer : known.offers) offered(offer);
    for (const auto& [id, agent] : state.agents) {
        if (agent.campaign != campaign || !is_here(agent.state)) continue;
        const bool paused = agent.state == AgentState::Paused;
        moment(id, paused ? What::HerePaused : What::HereReady, Duration::zero());
        workers_[id] = {agent.state, Duration::zero()};
        staff_.agent_is(id, agent.state, Instant{});
    }
}

CampaignTranscript::Open* CampaignTranscript::find(CallId call) {
    const auto found = open_.find(call);
    return found == open_.end() ? nullptr : &found->second;
}

void CampaignTranscript::moment(AgentId agent, What what, Duration at) {
    recording_.agents.push_back({at, agent, what});
}

void CampaignTranscript::note(const Step& step, Duration at) {
    const auto remember = [&](const auto& thing) { on(thing, at); };
    std::visit(remember, step.event);
    for (const engine::Action& action : step.actions) std::visit(remember, action);
}

// --- what came from outside ---

void CampaignTranscript::on(const engine::CampaignApplied& event, Duration at) {
    if (event.spec.id != recording_.campaign) return;
    const bool is_new = !recording_.spec;
    name_ = event.spec.name;
    recording_.spec = event.spec;
    if (!is_new) return;
    recording_.accounts = event.accounts;
    if (event.run_state == CampaignRunState::Running) {
        recording_.orders.push_back({at, engine::CampaignOrder::Start});
    }
}

void CampaignTranscript::on(const engine::CampaignOrdered& event, Duration at) {
    if (event.campaign == recording_.campaign) recording_.orders.push_back({at, event.order});
}

void CampaignTranscript::on(const engine::ContactsOffered& event, Duration) {
    if (event.campaign != recording_.campaign) return;
    for (const auto& offer : event.offers) offered(offer);
    recording_.list_ended = event.offers.empty();
}

void CampaignTranscript::on(const engine::CallAnswered& event, Duration at) {
    picked_up(event.call, at);
}

void CampaignTranscript::on(const engine::CallAnsweredAfterCancel& event, Duration at) {
    if (Open* call = find(event.call)) call->picked_up = at;
}

void CampaignTranscript::on(const engine::AnswerDetected& event, Duration at) {
    Open* call = find(event.call);
    if (call == nullptr || !call->picked_up || call->record.verdict_after) return;
    if (!recording_.spec || !recording_.spec->detection.awaits_verdict()) return;
    if (!says_who_answered(event.verdict)) return;
    call->record.verdict_after = at - *call->picked_up;
    call->machine = !is_person(event.verdict);
    if (!call->machine) ++recording_.figures.live_answers;
}

void CampaignTranscript::on(const engine::GreetingEnded& event, Duration at) {
    Open* call = find(event.call);
    if (call != nullptr && call->picked_up) call->record.greeting_after = at - *call->picked_up;
}

void CampaignTranscript::on(const engine::CallFailed& event, Duration at) {
    Open* call = find(event.call);
    if (call == nullptr) return;
    call->failed = true;
    call->record.failure = event.failure;
    call->ended = at;
}

void CampaignTranscript::on(const engine::CallEnded& event, Duration at) {
    if (Open* call = find(event.call)) call->ended = at;
}

void CampaignTranscript::picked_up(CallId id, Duration at) {
    Open* call = find(id);
    if (call == nullptr) return;
    call->picked_up = at;
    if (!recording_.spec || !recording_.spec->detection.awaits_verdict())
        ++recording_.figures.live_answers;
}

void CampaignTranscript::offered(const campaigns::ContactOffer& offer) {
    if (known_.insert(offer.contact).second) recording_.contacts.push_back(offer);
}

void CampaignTranscript::on(const engine::AgentOrdered& event, Duration at) {
    const auto found = workers_.find(event.agent);
    if (found == workers_.end() || found->second.state == AgentState::SignedOut) return;
    Worker& worker = found->second;
    switch (event.order) {
        case AgentOrder::Ready:
            // In wrap-up it ends the wrap-up, whose length is on record.
            if (worker.state != AgentState::WrapUp) moment(event.agent, What::HereReady, at);
            return;
        case AgentOrder::Pause:
            return moment(event.agent, What::Pause, at);
        case AgentOrder::SignOut:
        case AgentOrder::Leave:
        case AgentOrder::Kick:
            worker.told_to_go = true;
            moment(event.agent,
                   event.order == AgentOrder::SignOut ? What::SignOut
                   : event.order == AgentOrder::Leave ? What::Leave
                                                      : What::Kick,
                   at);
            return;
        case AgentOrder::WrapUp:
        case AgentOrder::DialNext:
        case AgentOrder::Skip:
        // What he does with a call is a part of its talk, which is on record.
        case AgentOrder::HangUp:
        case AgentOrder::Hold:
        case AgentOrder::Resume:
        case AgentOrder::PauseRecording:
        case AgentOrder::ResumeRecording:
        case AgentOrder::HandOver:
        case AgentOrder::TakeBack:
        case AgentOrder::Conference:
            return;
    }
}

// --- what the engine did about it ---

void CampaignTranscript::on(const engine::PlaceCall& action, Duration at) {
    if (action.campaign != recording_.campaign) return;
    ++recording_.figures.calls;
    Open& call = open_[action.call];
    call.contact = action.contact;
    call.record.at = at;
}

void CampaignTranscript::on(const engine::HangUp& action, Duration at) {
    Open* call = find(action.call);
    if (call == nullptr || call->given_up != HangUpReason::None) return;
    call->given_up = action.reason;
    call->given_up_at = at;
}

void CampaignTranscript::on(const engine::Bridge& action, Duration at) {
    Open* call = find(action.contact_call);
    if (call == nullptr || call->bridged) return;
    call->bridged = at;
    ++recording_.figures.connected;
}

void CampaignTranscript::on(const engine::StoreOutcome& action, Duration at) {
    if (action.campaign == recording_.campaign) close(call_of(action.attempt), action.outcome, at);
}

void CampaignTranscript::on(const engine::StoreAgentState& action, Duration at) {
    if (action.campaign != recording_.campaign) return;
    staff_.agent_is(action.agent, action.state, Instant{at});
    Worker& worker = workers_[action.agent];
    const bool was_calling = worker.state == AgentState::CallingPhone;
    if (worker.state == AgentState::WrapUp && is_here(action.state)) {
        recording_.wraps[action.agent].push_back(at - worker.since);
    }
    if (was_calling && action.state == AgentState::Ready) {
        moment(action.agent, What::HereReady, at);
    } else if (was_calling && action.state == AgentState::Paused) {
        moment(action.agent, What::HerePaused, at);
    } else if (action.state == AgentState::Paused && action.reason != AgentReason::Asked) {
        moment(action.agent, What::Pause, at);
    } else if (action.state == AgentState::SignedOut && is_here(worker.state) &&
               !worker.told_to_go) {
        moment(action.agent, What::SignOut, at);
    }
    worker.state = action.state;
    worker.since = at;
    if (action.state == AgentState::SignedOut) worker.told_to_go = false;
}

/// The call is over: what is to be remembered of it.
void CampaignTranscript::close(CallId id, Outcome outcome, Duration at) {
    const auto found = open_.find(id);
    if (found == open_.end()) return;  // never invited, or before the journal's beginning
    Open& call = found->second;
    CallRecord& record = call.record;
    if (outcome == Outcome::Abandoned) ++recording_.figures.abandoned;
    if (call.picked_up) {
        record.end = call.machine ? End::Machine : End::Person;
        record.rang = *call.picked_up - record.at;
        const Duration ended = call.ended.value_or(at);
        if (call.bridged) record.talk = ended - *call.bridged;
        if (outcome == Outcome::HungUp && !call.bridged) record.patience = ended - *call.picked_up;
    } else if (call.given_up != HangUpReason::None) {
        record.end = call.given_up == HangUpReason::RingLimit ? End::RangOut : End::Cut;
        record.rang = call.given_up_at - record.at;
    } else {
        record.end = call.failed ? End::Failed : End::Cut;
        record.rang = call.ended.value_or(at) - record.at;
    }
    recording_.calls[call.contact].push_back(record);
    open_.erase(found);
}

void CampaignTranscript::process_ended(Duration at) {
    while (!open_.empty()) close(open_.begin()->first, Outcome::Unknown, at);
    for (auto& [agent, worker] : workers_) {
        if (!is_here(worker.state)) continue;
        moment(agent, What::Kick, at);
        worker = {};
        staff_.agent_is(agent, AgentState::SignedOut, Instant{at});
    }
}

Recording CampaignTranscript::finish(Duration length) {
    while (!open_.empty()) close(open_.begin()->first, Outcome::Unknown, length);
    staff_.close(Instant{length}, recording_.figures);
    recording_.length = length;
    if (recording_.spec) {
        recording_.client = recording_.spec->client;
        recording_.list = recording_.spec->list;
        recording_.detect_answers = recording_.spec->detection.awaits_verdict();
    }
    return std::move(recording_);
}

// --- the journal ---

void Transcriber::begin_segment(const engine::EngineState& state) {
    if (!first_state_) first_state_ = state;
}

/// A new process has a new clock; between two the wall clock says how much time has passed.
Duration Transcriber::time_of(const Step& step) {
    const bool is_start = std::holds_alternative<engine::EngineStarted>(step.event);
    if (!begin_) {
        begin_ = step.now;
        offset_ = -step.now.elapsed.time_since_epoch();
    } else if (is_start) {
        for (auto& [id, campaign] : campaigns_) campaign.process_ended(last_at_);
        const Duration pause = std::max<Duration>(Duration::zero(), step.now.utc - last_->utc);
        offset_ = last_at_ + pause - step.now.elapsed.time_since_epoch();
    }
    last_ = step.now;
    last_at_ = offset_ + step.now.elapsed.time_since_epoch();
    return last_at_;
}

void Transcriber::learn_campaigns(const Step& step) {
    const auto learn = [&](CampaignId id) {
        campaigns_.try_emplace(id, id, *begin_, *first_state_);
    };
    if (campaigns_.empty()) {
        for (const auto& [id, campaign] : first_state_->campaigns) learn(id);
    }
    if (const auto* applied = std::get_if<engine::CampaignApplied>(&step.event)) {
        learn(applied->spec.id);
    }
    if (const auto* started = std::get_if<engine::EngineStarted>(&step.event)) {
        trunk_lines_ = started->trunk_lines;
        trunk_calls_per_second_ = started->trunk_calls_per_second;
    }
}

void Transcriber::note(const Step& step) {
    BW_CHECK(first_state_.has_value());
    const Duration at = time_of(step);
    learn_campaigns(step);
    for (auto& [id, campaign] : campaigns_) campaign.note(step, at);
}

Result<Recording> Transcriber::finish(std::string_view name) {
    CampaignTranscript* chosen = nullptr;
    std::string names;
    int with_calls = 0;
    for (auto& [id, campaign] : campaigns_) {
        if (campaign.name() == name) chosen = &campaign;
        if (campaign.calls() == 0) continue;
        ++with_calls;
        names += (names.empty() ? "" : ", ") + campaign.name();
    }
    if (chosen == nullptr && with_calls == 1) {
        for (auto& [id, campaign] : campaigns_) {
            if (campaign.calls() > 0) chosen = &campaign;
        }
    }
    if (chosen == nullptr || chosen->calls() == 0) {
        return fail(Errc::NotFound, "the journal has no calls of a campaign \"" +
                                        std::string{name} + "\"" +
                                        (names.empty() ? "" : ": it has calls of " + names));
    }
    Recording recording = chosen->finish(last_at_);
    if (recording.length <= Duration::zero()) {
        return fail(Errc::InvalidInput, "the journal holds a single moment: nothing can be tried");
    }
    recording.trunk_lines = trunk_lines_ > 0 ? trunk_lines_ : first_state_->trunk_lines;
    recording.trunk_calls_per_second =
        trunk_lines_ > 0 ? trunk_calls_per_second_ : first_state_->trunk_calls_per_second;
    return recording;
}

}  // namespace bellwether::simulator
