#include "dialer/app/commands/explain_words.h"

namespace bellwether::app {

namespace {

const char* words(pacing::LineLimit limit) {
    using pacing::LineLimit;
    switch (limit) {
        case LineLimit::None:
            return "it dials all that its mode asks for";
        case LineLimit::NoAgents:
            return "no agent is signed in who could take a call";
        case LineLimit::AgentsBusy:
            return "every agent has a call, or a line dialing for him";
        case LineLimit::CampaignLines:
            return "the campaign's own line limit is reached";
        case LineLimit::TrunkLines:
            return "every line of the trunk is in use";
        case LineLimit::CallRate:
            return "the limit of calls per second is reached";
        case LineLimit::AbandonmentCap:
            return "the abandonment cap leaves no room: one line per ready agent";
        case LineLimit::Forecast:
            return "one line more would find no free agent more often than the budget allows";
        case LineLimit::NotAsked:
            return "agents ask for each call, and none has asked";
        case LineLimit::QuotaNearlyFull:
            return "the calls under way are expected to fill the last places of the quotas";
    }
    return "";
}

const char* words(pacing::ModeReason reason) {
    using pacing::ModeReason;
    switch (reason) {
        case ModeReason::AsConfigured:
            return "";
        case ModeReason::WarmUp:
            return "one line per agent until enough is known of this campaign's answers";
        case ModeReason::FewAgents:
            return "one line per agent: fewer agents than a forecast can rest on";
        case ModeReason::SmallBudget:
            return "one line per agent: the window is too small for a budget of abandoned calls";
        case ModeReason::Guarded:
            return "one line per agent: the budget of abandoned calls is used up for now";
        case ModeReason::CarrierAnomaly:
            return "careful: calls fail or are answered as never before";
        case ModeReason::StaleState:
            return "held: nothing was heard of the calls under way for too long";
    }
    return "";
}

}  // namespace

std::string explain(engine::DialBlock block, const pacing::LineDecision& decision) {
    using engine::DialBlock;
    switch (block) {
        case DialBlock::None:
            return decision.reason == pacing::ModeReason::AsConfigured
                       ? words(decision.limit)
                       : std::string{words(decision.limit)} + "; " + words(decision.reason);
        case DialBlock::NotRunning:
            return "the campaign is not running (stopped, paused, draining or finished)";
        case DialBlock::NotBegun:
            return "its scheduled start is still to come";
        case DialBlock::TrunksDown:
            return "no trunk takes calls: see 'bellwether doctor'";
        case DialBlock::HoursClosed:
            return "it is outside the campaign's calling hours";
        case DialBlock::NoContacts:
            return "no contact is left, or none is due yet";
        case DialBlock::ShuttingDown:
            return "the service is shutting down";
        case DialBlock::QuotasFull:
            return "every cell that somebody could fill is full, or held by interviews that go on: "
                   "see 'bellwether survey quota'";
        case DialBlock::StoreFailed:
            return "the store can make nothing durable: see the log, then restart";
    }
    return "";
}

std::string explain(engine::CampaignRunState state, engine::DialBlock block,
                    const pacing::LineDecision& decision) {
    using engine::CampaignRunState;
    switch (state) {
        case CampaignRunState::Stopped:
            return "it is stopped: start it";
        case CampaignRunState::Paused:
            return "it is paused: start it to go on";
        case CampaignRunState::Draining:
            return "it is draining: it stops when its last call ends";
        case CampaignRunState::Finished:
            if (block == engine::DialBlock::QuotasFull)
                return "every cell of its quotas that somebody could fill is full; higher targets "
                       "and a start set it running again";
            return "every contact is done; an import into its list sets it running again";
        case CampaignRunState::Running:
            break;
    }
    return explain(block, decision);
}

std::string explain(pacing::ModeReason reason) { return words(reason); }

std::string explain(compliance::Rule rule) {
    using compliance::Rule;
    switch (rule) {
        case Rule::None:
            return "nothing stands against calling it";
        case Rule::CallingHours:
            return "it was outside the calling hours";
        case Rule::DoNotCall:
            return "the number is on do-not-call";
        case Rule::DestinationPrefix:
            return "no trunk may dial this prefix (trunk.allowed_prefixes)";
        case Rule::AttemptCap:
            return "it has had all its attempts";
        case Rule::NumberBusy:
            return "another attempt at the number was alive";
        case Rule::AgentSkill:
            return "no agent at work speaks the contact's language";
        case Rule::Policy:
            return "a rule of the policy packs stood against it";
        case Rule::QuotaFull:
            return "no open quota cell was left for it";
        case Rule::Refused:
            return "it has refused: only another interviewer may call it, once more, if at all";
    }
    return "";
}

std::string explain(store::ContactState state) {
    using store::ContactState;
    switch (state) {
        case ContactState::New:
            return "never tried: it waits for its turn";
        case ContactState::Claimed:
            return "about to be dialed";
        case ContactState::Live:
            return "a call to it is under way";
        case ContactState::Retry:
            return "it will be tried again when it is due";
        case ContactState::Done:
            return "done: it will not be called again";
        case ContactState::Denied:
            return "a rule forbids calling it";
    }
    return "";
}

}  // namespace bellwether::app
