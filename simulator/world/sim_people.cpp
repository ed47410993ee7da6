#include "simulator/world/sim_people.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/check.h"

namespace bellwether::simulator {
namespace {

using campaigns::CallFailure;
using campaigns::FailureKind;
using namespace std::chrono_literals;

constexpr int kRequestTerminated = 487;     // RFC 3261 21.4.25
constexpr Duration kTransactionLost = 32s;  // RFC 3261 timer B: 64 * T1
constexpr Duration kMediaTimeout = 20s;     // the media adapter's, as configured by default
constexpr std::string_view kAllKeys = "0123456789*#";

}  // namespace

SimPeople::SimPeople(Wire& wire, const Scenario& scenario)
    : wire_{wire},
      scenario_{scenario},
      fate_{scenario.seed, "fate"},
      ring_{scenario.seed, "ring"},
      talk_{scenario.seed, "talk"},
      keys_{scenario.seed, "keys"},
      wires_{scenario.seed, "wires"} {}

Duration SimPeople::seconds(Rng& rng, double low, double high) {
    return Duration{static_cast<std::int64_t>(rng.uniform(low, high) * 1e6)};
}

SimPeople::Line* SimPeople::find(CallId call) {
    const auto found = lines_.find(call);
    return found == lines_.end() ? nullptr : &found->second;
}

SimPeople::Line* SimPeople::find(CallId call, LineState state) {
    Line* line = find(call);
    return line != nullptr && line->state == state ? line : nullptr;
}

// --- from INVITE to answer ---

void SimPeople::place(const engine::PlaceCall& action) {
    Line line;
    for (const CampaignPlan& plan : scenario_.campaigns) {
        if (plan.spec.id == action.campaign) line.spec = &plan.spec;
    }
    BW_CHECK(line.spec != nullptr);
    lines_.emplace(action.call, std::move(line));
    draw_fate(action.call);
}

void SimPeople::draw_fate(CallId call) {
    const PeopleMix& mix = scenario_.people;
    const Duration trying = seconds(ring_, 0.1, 1.5);
    const std::array weights{mix.answers,  mix.rings_out,  mix.busy,        mix.not_found,
                             mix.rejected, mix.congestion, mix.unreachable, mix.mute};
    switch (draw(fate_, weights)) {
        case 0: {
            const double ring = ring_.lognormal(mix.ring_mean_s, mix.ring_sd_s);
            wire_.after(trying, [this, call] { rings(call); });
            return answers_after(call, trying + Duration{static_cast<std::int64_t>(ring * 1e6)});
        }
        case 1:
            wire_.after(trying, [this, call] { rings(call); });
            if (fate_.happens(Probability{0.2})) fails_after(call, 25s, {.sip_status = 480});
            return;
        case 2:
            return fails_after(call, trying, {.sip_status = 486});
        case 3:
            return fails_after(call, trying, {.sip_status = 404});
        case 4:
            return fails_after(call, trying, {.sip_status = 603});
        case 5: {
            CallFailure failure{.sip_status = 503};
            if (fate_.happens(Probability{0.5})) failure.retry_after = 60s;
            return fails_after(call, trying, failure);
        }
        case 6:
            return fails_after(call, kTransactionLost, {.kind = FailureKind::Unreachable});
        default:
            return;  // mute
    }
}

void SimPeople::rings(CallId call) {
    if (find(call, LineState::Calling) == nullptr) return;
    if (wires_.happens(Probability{0.2})) {
        wire_.tell(engine::CallEarlyMedia{call});
        if (wires_.happens(Probability{0.2})) plays_before_answer(call);
    } else {
        wire_.tell(engine::CallRinging{call});
    }
    if (wires_.happens(scenario_.faults.repeated)) wire_.tell(engine::CallRinging{call});
}

/// The detector, if there is one, hears something in what the network plays.
void SimPeople::plays_before_answer(CallId call) {
    const Line* line = find(call, LineState::Calling);
    if (line->spec->detection.mode == answer_detect::Mode::Off) return;
    wire_.after(seconds(talk_, 0.5, 2), [this, call] {
        if (find(call, LineState::Calling) == nullptr) return;
        wire_.tell(engine::AnswerDetected{.call = call, .verdict = drawn_verdict()});
    });
}

void SimPeople::answers_after(CallId call, Duration ring) {
    wire_.after(ring, [this, call] {
        Line* line = find(call, LineState::Calling);
        if (line == nullptr) return;
        line->state = LineState::Up;
        const Duration patience{
            static_cast<std::int64_t>(talk_.exponential(scenario_.people.patience_mean_s) * 1e6)};
        hangs_up_after(call, *line, patience);
        if (line->spec->detection.mode != answer_detect::Mode::Off) is_detected(call);
        wire_.tell(engine::CallAnswered{call});
        if (wires_.happens(scenario_.faults.repeated)) wire_.tell(engine::CallAnswered{call});
    });
}

/// The detector hears the end of the greeting and gives its verdict, in either order, or neither;
/// now and then it changes its mind, and after a machine's greeting comes the beep.
void SimPeople::is_detected(CallId call) {
    if (!wires_.happens(Probability{0.05})) {
        wire_.after(seconds(talk_, 0.6, 1.4),
                    [this, call] { hears(call, engine::GreetingEnded{call}); });
    }
    if (wires_.happens(Probability{0.05})) return;  // the detector is late: nobody waits for it
    const Verdict verdict = drawn_verdict();
    const Duration at = seconds(talk_, 0.5, 2.5);
    wire_.after(at, [this, call, verdict] {
        hears(call, engine::AnswerDetected{.call = call, .verdict = verdict});
    });
    if (verdict == Verdict::Human || verdict == Verdict::Sit) return;
    if (wires_.happens(Probability{0.2})) {
        const Verdict other = drawn_verdict();
        wire_.after(at + seconds(talk_, 0.1, 8), [this, call, other] {
            hears(call, engine::AnswerDetected{.call = call, .verdict = other});
        });
    }
    if (wires_.happens(Probability{0.7})) {
        wire_.after(at + seconds(talk_, 0.5, 12),
                    [this, call] { hears(call, engine::MessageMayBegin{call}); });
    }
}

SimPeople::Verdict SimPeople::drawn_verdict() {
    static constexpr std::array kVerdicts{
        Verdict::Human,   Verdict::Human,    Verdict::Human,    Verdict::Human,
        Verdict::Human,   Verdict::Human,    Verdict::Machine,  Verdict::Machine,
        Verdict::Machine, Verdict::Screener, Verdict::NoSpeech, Verdict::Sit,
        Verdict::Fax,     Verdict::Busy,     Verdict::Ringback, Verdict::Music};
    return kVerdicts[fate_.below(kVerdicts.size())];
}

void SimPeople::hears(CallId call, const engine::Event& event) {
    if (find(call, LineState::Up) != nullptr) wire_.tell(event);
}

void SimPeople::fails_after(CallId call, Duration delay, CallFailure failure) {
    wire_.after(delay, [this, call, failure] {
        if (find(call, LineState::Calling) == nullptr) return;
        lines_.erase(call);
        wire_.tell(engine::CallFailed{call, failure});
    });
}

// --- the end ---

bool SimPeople::hang_up(CallId call) {
    Line* line = find(call);
    if (line == nullptr) return false;
    const Duration round_trip = seconds(wires_, 0.005, 0.2);
    if (line->state == LineState::Calling) {
        if (wires_.happens(scenario_.faults.lost_cancel)) return true;
        const bool crosses = wires_.happens(scenario_.faults.crossing_answer);
        wire_.after(round_trip, [this, call, crosses] {
            // Still calling: it was not answered in the meantime, see answers_after.
            if (find(call, LineState::Calling) == nullptr) return;
            lines_.erase(call);
            if (crosses) return wire_.tell(engine::CallAnsweredAfterCancel{call});
            wire_.tell(engine::CallFailed{call, {.sip_status = kRequestTerminated}});
        });
        return true;
    }
    lines_.erase(call);
    if (wires_.happens(scenario_.faults.lost_bye)) return true;
    wire_.after(round_trip, [this, call] {
        wire_.tell(engine::CallEnded{call, engine::EndedBy::Us});
        if (wires_.happens(scenario_.faults.repeated)) {
            wire_.tell(engine::CallEnded{call, engine::EndedBy::Peer});
        }
    });
    return true;
}

void SimPeople::hangs_up_after(CallId call, Line& line, Duration delay) {
    line.hangs_up = wire_.now() + delay;
    wire_.after(delay, [this, call] {
        const Line* due = find(call, LineState::Up);
        if (due != nullptr && due->hangs_up == wire_.now()) person_hangs_up(call);
    });
}

void SimPeople::person_hangs_up(CallId call) {
    if (wires_.happens(scenario_.faults.lost_bye)) {
        lines_.at(call).state = LineState::Silent;
        return wire_.after(kMediaTimeout, [this, call] {
            if (find(call, LineState::Silent) != nullptr) wire_.tell(engine::CallSilent{call});
        });
    }
    lines_.erase(call);
    wire_.tell(engine::CallEnded{call, engine::EndedBy::Peer});
    if (wires_.happens(scenario_.faults.repeated)) wire_.tell(engine::KeyPressed{call, '1'});
}

// --- what the person hears ---

void SimPeople::bridge(CallId call) {
    Line* line = find(call, LineState::Up);
    if (line == nullptr) return;
    const PeopleMix& mix = scenario_.people;
    const double talk = talk_.lognormal(mix.talk_mean_s, mix.talk_sd_s);
    hangs_up_after(call, *line, Duration{static_cast<std::int64_t>(talk * 1e6)});
}

void SimPeople::unbridge(CallId call) {
    Line* line = find(call, LineState::Up);
    if (line == nullptr) return;
    const double patience = talk_.exponential(scenario_.people.patience_mean_s);
    hangs_up_after(call, *line, Duration{static_cast<std::int64_t>(patience * 1e6)});
}

void SimPeople::play(const engine::Play& action) {
    Line* line = find(action.call);
    if (line == nullptr) return;
    // He who listens to a questionnaire is not waiting for anybody: his patience starts anew.
    if (line->state == LineState::Up && line->spec->questionnaire) unbridge(action.call);
    Duration length{};
    for (std::size_t i = 0; i < action.prompts.size(); ++i) length += seconds(keys_, 1.5, 4.0);
    line->playback = action.playback;
    const CallId call = action.call;
    const std::uint64_t playback = action.playback;
    wire_.after(length, [this, call, playback] { playback_ends(call, playback); });
    if (line->state == LineState::Up) plan_keys(call, *line, action, length);
}

void SimPeople::playback_ends(CallId call, std::uint64_t playback) {
    Line* line = find(call);
    if (line == nullptr || line->playback != playback) return;
    line->playback = 0;
    wire_.tell(engine::PlaybackEnded{call, playback, true});
}

void SimPeople::stop_playing(CallId call) {
    Line* line = find(call);
    if (line == nullptr || line->playback == 0) return;
    const std::uint64_t playback = std::exchange(line->playback, 0);
    wire_.after(20ms, [this, call, playback] {
        wire_.tell(engine::PlaybackEnded{call, playback, false});
    });
}

void SimPeople::plan_keys(CallId call, Line& line, const engine::Play& action, Duration length) {
    const KeyMix& mix = scenario_.keys;
    line.keys.clear();
    const std::array weights{mix.valid, mix.random, mix.silent, mix.opts_out, mix.hangs_up};
    switch (draw(keys_, weights)) {
        case 0:
            line.keys = valid_keys(line, action);
            break;
        case 1:
            for (int i = 0; i < 3; ++i) line.keys += kAllKeys[keys_.below(kAllKeys.size())];
            break;
        case 3:
            if (line.spec->opt_out_key) line.keys = *line.spec->opt_out_key;
            break;
        case 4:
            return hangs_up_after(call, line, seconds(keys_, 0.0, 5.0));
        default:
            break;
    }
    if (line.keys.empty()) return;
    const bool interrupts = keys_.happens(Probability{0.3});
    const Duration begins = interrupts ? Duration{length / 2} : length + seconds(keys_, 0.1, 4.0);
    wire_.after(begins, [this, call] { press_next(call); });
}

/// Keys that suit most questions; where they do not, they are one more thing that people do.
std::string SimPeople::valid_keys(const Line& line, const engine::Play& action) {
    if (!line.spec->questionnaire || action.prompts.empty()) return {};
    if (keys_.happens(Probability{0.6})) return std::to_string(1 + keys_.below(3));
    std::string keys = std::to_string(keys_.below(3000));
    if (keys_.happens(Probability{0.7})) keys += '#';
    return keys;
}

void SimPeople::record(const engine::RecordAnswer& action) {
    if (find(action.call, LineState::Up) == nullptr) return;
    if (wires_.happens(Probability{0.05})) return;  // its end is never reported
    const CallId call = action.call;
    const auto spoken = std::chrono::milliseconds{keys_.below(4000)};
    wire_.after(seconds(keys_, 0.5, 8), [this, call, spoken] {
        if (find(call, LineState::Up) == nullptr) return;
        wire_.tell(engine::AnswerRecorded{call, "answer.wav", spoken});
    });
}

void SimPeople::press_next(CallId call) {
    Line* line = find(call, LineState::Up);
    if (line == nullptr || line->keys.empty()) return;
    const char key = line->keys.front();
    line->keys.erase(0, 1);
    wire_.after(seconds(keys_, 0.2, 0.9), [this, call] { press_next(call); });
    wire_.tell(engine::KeyPressed{call, key});
}

}  // namespace bellwether::simulator
