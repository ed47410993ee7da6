#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dialer/engine/state.h"
#include "simulator/whatif/recording.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// Writes down what the outside world did to one campaign of a journal while it is replayed.
class CampaignTranscript {
public:
    /// @param begin  of the journal. @param state  of the engine then, if it knows the campaign.
    CampaignTranscript(CampaignId campaign, Now begin, const engine::EngineState& state);

    /// @param at  since the journal's beginning.
    void note(const Step& step, Duration at);
    /// The process died: everything that was up is gone.
    void process_ended(Duration at);
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::int64_t calls() const { return recording_.figures.calls; }
    [[nodiscard]] Recording finish(Duration length);

private:
    /// A call that is under way.
    struct Open {
        ContactId contact{};
        CallRecord record;
        std::optional<Duration> picked_up;
        std::optional<Duration> bridged;
        std::optional<Duration> ended;
        bool failed = false;
        bool machine = false;
        engine::HangUpReason given_up = engine::HangUpReason::None;
        Duration given_up_at{};
    };
    struct Worker {
        engine::AgentState state = engine::AgentState::SignedOut;
        Duration since{};
        bool told_to_go = false;
    };

    /// Whatever is not named below leaves nothing to remember.
    template <class Thing>
    void on(const Thing&, Duration) {}
    void on(const engine::CampaignApplied& event, Duration at);
    void on(const engine::CampaignOrdered& event, Duration at);
    void on(const engine::ContactsOffered& event, Duration at);
    void on(const engine::AgentOrdered& event, Duration at);
    void on(const engine::CallAnswered& event, Duration at);
    void on(const engine::CallAnsweredAfterCancel& event, Duration at);
    void on(const engine::AnswerDetected& event, Duration at);
    void on(const engine::GreetingEnded& event, Duration at);
    void on(const engine::CallFailed& event, Duration at);
    void on(const engine::CallEnded& event, Duration at);
    void on(const engine::PlaceCall& action, Duration at);
    void on(const engine::HangUp& action, Duration at);
    void on(const engine::Bridge& action, Duration at);
    void on(const engine::StoreOutcome& action, Duration at);
    void on(const engine::StoreAgentState& action, Duration at);
    void offered(const campaigns::ContactOffer& offer);
    void picked_up(CallId call, Duration at);
    void close(CallId call, campaigns::Outcome outcome, Duration at);
    void moment(AgentId agent, AgentMoment::What what, Duration at);
    [[nodiscard]] Open* find(CallId call);

    std::string name_;
    Recording recording_;
    StaffClerk staff_;
    std::map<CallId, Open> open_;
    std::map<AgentId, Worker> workers_;
    std::set<ContactId> known_;
};

/// Writes down every campaign of a journal. Give note() to a Replayer as its watch, and
/// begin_segment() each segment's state before the segment's first event.
class Transcriber {
public:
    void begin_segment(const engine::EngineState& state);
    void note(const Step& step);

    [[nodiscard]] std::optional<Now> began() const { return begin_; }  ///< none: no event yet

    /// The recording of the campaign of this name; of the only one that placed calls if none has
    /// the name. Errors: NotFound: neither, naming those there are.
    [[nodiscard]] Result<Recording> finish(std::string_view name);

private:
    [[nodiscard]] Duration time_of(const Step& step);
    void learn_campaigns(const Step& step);

    std::optional<engine::EngineState> first_state_;
    std::optional<Now> begin_;
    Duration offset_{};  ///< from the engine's clock to the journal's time
    std::optional<Now> last_;
    Duration last_at_{};
    int trunk_lines_ = 0;
    double trunk_calls_per_second_ = 0;
    std::map<CampaignId, CampaignTranscript> campaigns_;
};

}  // namespace bellwether::simulator
