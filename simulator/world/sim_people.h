#pragma once

#include <map>
#include <string>

#include "base/rng.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "simulator/world/scenario.h"
#include "simulator/world/wire.h"

namespace bellwether::simulator {

/// The trunk and the people behind it: rings, answers, refuses, talks, presses keys, hangs up. Each
/// call's fate is drawn when it is placed; what a person does depends on what he hears.
class SimPeople {
public:
    SimPeople(Wire& wire, const Scenario& scenario);

    void place(const engine::PlaceCall& action);
    /// @return false if the leg is not one of a contact.
    bool hang_up(CallId call);
    void bridge(CallId call);
    void unbridge(CallId call);
    void play(const engine::Play& action);
    void record(const engine::RecordAnswer& action);
    void stop_playing(CallId call);
    void crash() { lines_.clear(); }

private:
    enum class LineState { Calling, Up, Silent };

    struct Line {
        LineState state = LineState::Calling;
        const campaigns::CampaignSpec* spec = nullptr;
        Instant hangs_up{};  ///< only the latest plan counts
        std::uint64_t playback = 0;
        std::string keys;  ///< still to be pressed
    };

    [[nodiscard]] Line* find(CallId call);
    [[nodiscard]] Line* find(CallId call, LineState state);
    void rings(CallId call);
    void answers_after(CallId call, Duration ring);
    using Verdict = answer_detect::Verdict;
    void plays_before_answer(CallId call);
    void is_detected(CallId call);
    [[nodiscard]] Verdict drawn_verdict();
    void hears(CallId call, const engine::Event& event);
    void fails_after(CallId call, Duration delay, campaigns::CallFailure failure);
    void draw_fate(CallId call);
    void hangs_up_after(CallId call, Line& line, Duration delay);
    void person_hangs_up(CallId call);
    void playback_ends(CallId call, std::uint64_t playback);
    void plan_keys(CallId call, Line& line, const engine::Play& action, Duration length);
    [[nodiscard]] std::string valid_keys(const Line& line, const engine::Play& action);
    void press_next(CallId call);
    [[nodiscard]] Duration seconds(Rng& rng, double low, double high);

    Wire& wire_;
    const Scenario& scenario_;

    Rng fate_;
    Rng ring_;
    Rng talk_;
    Rng keys_;
    Rng wires_;
    std::map<CallId, Line> lines_;
};

}  // namespace bellwether::simulator
