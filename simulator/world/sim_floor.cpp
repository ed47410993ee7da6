#include "simulator/world/sim_floor.h"

#include <array>
#include <string_view>
#include <utility>

namespace bellwether::simulator {
namespace {

using engine::AgentOrder;
using namespace std::chrono_literals;

constexpr std::uint64_t kFirstCallIn = std::uint64_t{1} << 62;  // as dialer/sip numbers them
constexpr int kRequestTerminated = 487;                         // RFC 3261 21.4.25
constexpr int kBusyHere = 486;
constexpr std::string_view kKeys = "0123456789*#";

}  // namespace

SimFloor::SimFloor(Wire& wire, const Scenario& scenario)
    : wire_{wire}, scenario_{scenario}, habits_{scenario.seed, "floor"} {}

Duration SimFloor::seconds(double low, double high) {
    return Duration{static_cast<std::int64_t>(habits_.uniform(low, high) * 1e6)};
}

void SimFloor::expect_callers(Duration length) {
    const double whole = std::chrono::duration<double>(length).count();
    for (int i = 0; i < scenario_.floor.callers; ++i)
        wire_.after(seconds(0, whole), [this] { calls_in(); });
}

/// Contacts of the list, strangers, and people who hide their number.
void SimFloor::calls_in() {
    if (closing_time_) return;
    const CampaignPlan& plan = scenario_.campaigns[habits_.below(scenario_.campaigns.size())];
    const auto& shown = plan.spec.caller_ids;
    const CallId call{kFirstCallIn + ++calls_in_};
    engine::CallArrived arrived{.call = call, .called = shown[habits_.below(shown.size())]};
    if (habits_.happens(Probability{0.7})) {
        arrived.number = NumberId{1 + habits_.below(200)};
        arrived.campaign = plan.spec.id;
    }
    if (habits_.happens(Probability{0.05})) arrived.called = "+31000000000";
    legs_[call] = {};
    wire_.tell(arrived);
    wire_.after(seconds(1, 90), [this, call] { ends(call); });
}

void SimFloor::answer(CallId call) {
    wire_.after(20ms, [this, call] {
        const auto leg = legs_.find(call);
        if (leg == legs_.end()) return;
        leg->second.up = true;
        wire_.tell(engine::CallAnswered{call});
    });
}

void SimFloor::play(const engine::Play& action) {
    const auto leg = legs_.find(action.call);
    if (leg == legs_.end()) return;
    leg->second.playback = action.playback;
    const CallId call = action.call;
    wire_.after(seconds(1, 6), [this, call, playback = action.playback] {
        const auto found = legs_.find(call);
        if (found == legs_.end() || found->second.playback != playback) return;
        found->second.playback = 0;
        wire_.tell(engine::PlaybackEnded{call, playback, true});
    });
    if (habits_.happens(Probability{0.7}))
        wire_.after(seconds(0.2, 10), [this, call] { presses_a_key(call); });
}

void SimFloor::presses_a_key(CallId call) {
    if (!legs_.contains(call)) return;
    wire_.tell(engine::KeyPressed{call, kKeys[habits_.below(kKeys.size())]});
}

void SimFloor::stop_playing(CallId call) {
    const auto leg = legs_.find(call);
    if (leg == legs_.end() || leg->second.playback == 0) return;
    const std::uint64_t playback = std::exchange(leg->second.playback, 0);
    wire_.after(20ms, [this, call, playback] {
        wire_.tell(engine::PlaybackEnded{call, playback, false});
    });
}

void SimFloor::ring(CallId call) {
    legs_[call] = {};
    if (habits_.happens(Probability{0.2})) return;  // an empty room
    wire_.after(seconds(0.1, 15), [this, call] {
        const auto leg = legs_.find(call);
        if (leg == legs_.end()) return;
        if (habits_.happens(Probability{0.2})) {
            legs_.erase(leg);
            return wire_.tell(engine::CallFailed{call, {.sip_status = kBusyHere}});
        }
        leg->second.up = true;
        wire_.tell(engine::CallAnswered{call});
        wire_.after(seconds(0.5, 60), [this, call] { ends(call); });
    });
}

void SimFloor::ends(CallId call) {
    if (legs_.erase(call) == 0) return;
    wire_.tell(engine::CallEnded{call, engine::EndedBy::Peer});
}

bool SimFloor::hang_up(CallId call) {
    const auto leg = legs_.find(call);
    if (leg == legs_.end()) return false;
    const bool was_up = leg->second.up;
    legs_.erase(leg);
    if (habits_.happens(scenario_.faults.lost_bye)) return true;
    wire_.after(50ms, [this, call, was_up] {
        if (was_up) return wire_.tell(engine::CallEnded{call, engine::EndedBy::Us});
        wire_.tell(engine::CallFailed{call, {.sip_status = kRequestTerminated}});
    });
    return true;
}

// --- agents ---

void SimFloor::state_changed(const engine::StoreAgentState& action) {
    if (!habits_.happens(scenario_.floor.acts)) return;
    const AgentId agent = action.agent;
    if (action.state == engine::AgentState::WrapUp)
        return wire_.after(seconds(0.5, 10), [this, agent] { writes_up(agent); });
    if (action.state != engine::AgentState::OnCall) return;
    for (std::uint64_t i = habits_.below(4); i > 0; --i)
        wire_.after(seconds(0.5, 40), [this, agent] { acts(agent); });
}

void SimFloor::acts(AgentId agent) {
    static constexpr std::array kOrders{
        AgentOrder::HangUp,          AgentOrder::Hold,      AgentOrder::Hold,
        AgentOrder::Resume,          AgentOrder::Resume,    AgentOrder::PauseRecording,
        AgentOrder::ResumeRecording, AgentOrder::HandOver,  AgentOrder::HandOver,
        AgentOrder::TakeBack,        AgentOrder::Conference};
    switch (habits_.below(4)) {
        case 0:
            return wire_.tell(engine::TransferOrdered{
                .agent = agent, .target = "desk", .warm = habits_.happens(Probability{0.5})});
        case 1: {
            const auto role = static_cast<engine::ListenRole>(habits_.below(4));
            return wire_.tell(
                engine::SupervisorCame{.agent = agent, .phone = "boss", .role = role});
        }
        case 2:
            return writes_up(agent);
        default:
            wire_.tell(engine::AgentOrdered{.agent = agent,
                                            .order = kOrders[habits_.below(kOrders.size())]});
    }
}

void SimFloor::writes_up(AgentId agent) {
    const std::string_view codes = "123456789";
    engine::AgentDisposed said{.agent = agent,
                               .code = std::string{codes[habits_.below(codes.size())]}};
    if (habits_.happens(Probability{0.5}))
        said.due = wire_.utc() + std::chrono::seconds{habits_.below(1800)};
    said.mine = habits_.happens(Probability{0.5});
    said.loose = habits_.happens(Probability{0.3});
    wire_.tell(said);
}

}  // namespace bellwether::simulator
