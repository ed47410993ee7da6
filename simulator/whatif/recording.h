#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "campaigns/campaign_spec.h"
#include "campaigns/outcome.h"
#include "compliance/abandonment_account.h"
#include "dialer/engine/events.h"
#include "pacing/pacer_state.h"
#include "simulator/whatif/figures.h"

// What the outside world did while one campaign ran: people, agents, the operator. Made of a
// journal (transcriber.h) or of another system's call records (dialer/app/sim/call_records.h). All
// times count from the recording's beginning.

namespace bellwether::simulator {

/// One call and what became of it, as far as the record knows.
struct CallRecord {
    enum class End {
        Person,
        Machine,
        Failed,   ///< the network said no
        RangOut,  ///< nobody answered within the ring limit
        Cut,      ///< we gave it up before: what would have come is not known
    };
    Duration at{};  ///< of the INVITE
    End end = End::RangOut;
    Duration rang{};                         ///< from the INVITE to the pickup or the end, >= 0
    campaigns::CallFailure failure;          ///< Failed
    std::optional<Duration> verdict_after;   ///< from the pickup; with a detector
    std::optional<Duration> greeting_after;  ///< from the pickup; with a detector, people only
    std::optional<Duration> talk;            ///< Person; none: nobody was connected to him
    std::optional<Duration> patience;  ///< Person; from the pickup: hung up unserved after so long
};

/// An agent comes, goes, pauses: what he was told to do, or did.
struct AgentMoment {
    enum class What {
        HereReady,   ///< his phone is up, and he takes calls; or: takes calls again
        HerePaused,  ///< his phone is up
        Pause,       ///< after the call at hand
        SignOut,     ///< after the call at hand
        Leave,       ///< after the call at hand and its wrap-up
        Kick,        ///< at once
    };
    Duration at{};
    AgentId agent{};
    What what = What::HereReady;
};

/// What the operator told the campaign.
struct OrderMoment {
    Duration at{};
    engine::CampaignOrder order = engine::CampaignOrder::Start;
};

struct Recording {
    Now begin{};
    Duration length{};  ///< > 0
    CampaignId campaign{1};
    ClientId client{1};
    ListId list{1};
    /// As the campaign was set at the end; none: the record does not say.
    std::optional<campaigns::CampaignSpec> spec;
    bool detect_answers = false;  ///< a detector told people from machines
    bool running = false;         ///< at the beginning
    /// At the beginning: what was on account, and what the pacer had learnt.
    std::vector<compliance::AbandonmentAccount> accounts;
    pacing::PacerState pacer;
    int trunk_lines = 1'000'000;
    double trunk_calls_per_second = 1e6;

    std::vector<campaigns::ContactOffer> contacts;       ///< in the order of the list, each once
    bool list_ended = false;                             ///< these were all there were
    std::map<ContactId, std::vector<CallRecord>> calls;  ///< to each, in order
    std::vector<AgentMoment> agents;                     ///< in order
    std::map<AgentId, std::vector<Duration>> wraps;      ///< wrap-ups of each, in order
    std::vector<OrderMoment> orders;                     ///< in order
    Figures figures;                                     ///< what it came to
};

}  // namespace bellwether::simulator
