#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/dialer/engine/story.h"

// Field study 3, row 8: agent or caller stuck in a state because of races.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kAgents = 4;
constexpr std::uint64_t kSeeds = 100;
constexpr int kEvents = 400;

bool is_up(const Engine& engine, CallId id) {
    const auto call = engine.state().calls.find(id);
    return call != engine.state().calls.end() && call->second.state != CallState::Ending;
}

/// Network, store, contacts and agents, each of whom does anything at any time: what has ended ends
/// again, a hang-up crosses an answer, and orders come in states that they do not fit.
class Floor {
public:
    explicit Floor(std::uint64_t seed) : random_{seed} {
        auto spec = ratio(3);
        spec.abandonment[0].cap = Probability{0.5};
        tell(EngineStarted{.epoch = Epoch{1}, .trunk_lines = 50, .trunk_calls_per_second = 100});
        tell(CampaignApplied{.spec = spec, .run_state = CampaignRunState::Running});
    }

    void something_happens() {
        const CallId call = any_call();
        switch (below(14)) {
            case 0:
                return tell(CallRinging{call});
            case 1:
            case 2:
            case 3:
                return tell(CallAnswered{call});
            case 4:
                return tell(CallFailed{call, {.sip_status = 486}});
            case 5:
                return tell(CallEnded{call});
            case 6:
                return tell(CallAnsweredAfterCancel{call});
            case 7:
                return tell(CallSilent{call});
            case 8:
                return tell(AgentPhoneLost{any_agent()});
            case 9:
                return tell(
                    AgentSignedIn{.agent = any_agent(), .campaign = CampaignId{1}, .ready = true});
            case 10:
            case 11:
                return tell(AgentOrdered{.agent = any_agent(), .order = any_order()});
            case 12:
                return offer();
            default:
                return pass(std::chrono::milliseconds{below(4000)});
        }
    }

    /// Everybody outside hangs up, and nobody does anything more.
    void falls_silent() {
        tell(CampaignOrdered{.campaign = CampaignId{1}, .order = CampaignOrder::Stop});
        std::vector<CallId> contacts;
        for (const auto& [id, call] : engine_.state().calls) {
            if (call.kind == CallKind::Contact && call.invited) contacts.push_back(id);
        }
        for (const CallId id : contacts) tell(CallEnded{id});
        pass(10min);
    }

    /// Who waits has a deadline, or somebody at the other end who is there.
    void expect_nobody_is_stuck() const {
        for (const auto& [id, call] : engine_.state().calls) {
            const bool waits_for_the_store = call.state == CallState::Storing;
            const bool is_talking =
                call.state == CallState::Bridged && is_up(engine_, leg_of(call.agent));
            const bool is_hearing = call.playback != 0;
            const bool is_held = call.state == CallState::OnHold;  // by an agent on a live call
            const bool is_leg = call.state == CallState::Up && leg_of(call.agent) == id;
            EXPECT_TRUE(call.deadline || waits_for_the_store || is_talking || is_hearing ||
                        is_held || is_leg)
                << "call in state " << name_of(call.state) << ", call " << value_of(id);
        }
        for (const auto& [id, agent] : engine_.state().agents) {
            if (agent.state == AgentState::OnCall) {
                EXPECT_TRUE(engine_.state().calls.contains(agent.contact_call))
                    << "agent " << value_of(id);
            } else if (agent.state == AgentState::Ready) {
                EXPECT_TRUE(is_up(engine_, agent.leg));
            } else if (agent.state == AgentState::WrapUp ||
                       agent.state == AgentState::CallingPhone) {
                EXPECT_TRUE(agent.deadline || engine_.state().calls.contains(agent.leg));
            }
        }
    }

    void expect_everything_has_ended() const {
        for (const auto& [id, call] : engine_.state().calls) {
            EXPECT_EQ(call.kind, CallKind::AgentLeg) << name_of(call.state);
        }
        for (const auto& [id, agent] : engine_.state().agents) {
            EXPECT_TRUE(agent.state == AgentState::Ready || agent.state == AgentState::Paused ||
                        agent.state == AgentState::SignedOut)
                << name_of(agent.state);
        }
        EXPECT_EQ(engine_.state().trunk_lines_used, 0);
        EXPECT_TRUE(engine_.state().live_numbers.empty());
        for (const auto& [attempt, outcomes] : outcomes_) EXPECT_EQ(outcomes, 1);
    }

    [[nodiscard]] std::size_t attempts() const { return outcomes_.size(); }
    [[nodiscard]] int bridges() const { return bridges_; }

private:
    [[nodiscard]] CallId leg_of(AgentId id) const {
        const auto agent = engine_.state().agents.find(id);
        return agent == engine_.state().agents.end() ? CallId{} : agent->second.leg;
    }

    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

    AgentId any_agent() { return AgentId{1 + below(kAgents)}; }

    AgentOrder any_order() {
        constexpr std::array kOrders{AgentOrder::Ready,  AgentOrder::Ready,   AgentOrder::Pause,
                                     AgentOrder::WrapUp, AgentOrder::SignOut, AgentOrder::Leave,
                                     AgentOrder::Kick,   AgentOrder::HangUp,  AgentOrder::Hold,
                                     AgentOrder::Resume};
        return kOrders.at(below(kOrders.size()));
    }

    /// One of the calls that there are or have been.
    CallId any_call() { return calls_.empty() ? CallId{} : calls_.at(below(calls_.size())); }

    void offer() {
        if (!is_asked_) return;
        is_asked_ = false;
        ContactsOffered offered{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
        for (int i = 0; i < 3; ++i) {
            ++contacts_;
            offered.offers.push_back({.contact = ContactId{contacts_},
                                      .number = NumberId{contacts_},
                                      .destination_allowed = true});
        }
        tell(offered);
    }

    void pass(Duration length) {
        const Instant end = now_.elapsed + length;
        for (auto next = engine_.next_deadline(); next && next->at <= end;
             next = engine_.next_deadline()) {
            move_to(std::max(now_.elapsed, next->at));
            tell(TimePassed{});
        }
        move_to(end);
    }

    void move_to(Instant at) {
        now_.utc += std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()) -
                    std::chrono::floor<std::chrono::milliseconds>(now_.elapsed.time_since_epoch());
        now_.elapsed = at;
    }

    void tell(const Event& event) {
        engine_.handle(event, now_);
        std::vector<AttemptId> stored;
        while (const auto action = engine_.poll_action()) note(*action, stored);
        for (const AttemptId attempt : stored) tell(AttemptStored{.attempt = attempt});
    }

    void note(const Action& action, std::vector<AttemptId>& stored) {
        if (const auto* attempt = std::get_if<StoreAttempt>(&action)) {
            stored.push_back(attempt->attempt);
            outcomes_[attempt->attempt] = 0;
        }
        if (const auto* outcome = std::get_if<StoreOutcome>(&action)) ++outcomes_[outcome->attempt];
        if (const auto* call = std::get_if<PlaceCall>(&action)) calls_.push_back(call->call);
        if (const auto* leg = std::get_if<RingAgent>(&action)) calls_.push_back(leg->call);
        if (std::holds_alternative<Bridge>(action)) ++bridges_;
        if (std::holds_alternative<AskForContacts>(action)) is_asked_ = true;
    }

    std::mt19937_64 random_;
    Engine engine_;
    Now now_{Instant{1h}, UtcTime{1'767'607'200s}};  // Monday 2026-01-05, 10:00 UTC
    std::vector<CallId> calls_;
    std::map<AttemptId, int> outcomes_;
    std::uint64_t contacts_ = 0;
    int bridges_ = 0;
    bool is_asked_ = false;
};

TEST(Pain08Stuck, NobodyIsLeftInAStateWhateverCrosses) {
    std::size_t attempts = 0;
    int bridges = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Floor floor{seed};
        for (int i = 0; i < kEvents; ++i) {
            floor.something_happens();
            floor.expect_nobody_is_stuck();
            if (testing::Test::HasFailure()) return;
        }
        floor.falls_silent();
        floor.expect_everything_has_ended();
        if (testing::Test::HasFailure()) return;
        attempts += floor.attempts();
        bridges += floor.bridges();
    }
    EXPECT_GT(attempts, 5 * kSeeds) << "the worlds are too quiet to show anything";
    EXPECT_GT(bridges, static_cast<int>(kSeeds));
}

}  // namespace
}  // namespace bellwether::engine::story
