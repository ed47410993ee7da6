#include "simulator/world/replay.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "dialer/engine/engine.h"

namespace bellwether::simulator {
namespace {

using engine::Encoded;
using engine::Engine;

bool same(const Encoded& recorded, const Encoded& now) {
    const bool comparable = !recorded.personal.empty();
    return recorded.text == now.text && (!comparable || recorded.personal == now.personal);
}

std::vector<Encoded> drain(Engine& engine) {
    std::vector<Encoded> actions;
    while (const auto action = engine.poll_action()) actions.push_back(encode(*action));
    return actions;
}

/// The first place where the two lists part, if they do.
std::optional<FirstDifference> compare(const std::vector<Encoded>& recorded,
                                       const std::vector<Encoded>& now) {
    const std::size_t most = std::max(recorded.size(), now.size());
    for (std::size_t i = 0; i < most; ++i) {
        if (i < recorded.size() && i < now.size() && same(recorded[i], now[i])) continue;
        return FirstDifference{.expected = i < recorded.size() ? recorded[i].text : std::string{},
                               .got = i < now.size() ? now[i].text : std::string{}};
    }
    return std::nullopt;
}

std::optional<FirstDifference> replay_entry(Engine& engine, const Entry& entry,
                                            ReplayReport& report) {
    const auto event = engine::decode_event(entry.event, entry.event_personal);
    if (!event) return FirstDifference{.seq = entry.seq, .got = event.error().detail};
    engine.handle(*event, entry.now);
    const std::vector<Encoded> actions = drain(engine);
    ++report.events;
    report.actions += entry.actions.size();
    auto difference = compare(entry.actions, actions);
    if (difference) difference->seq = entry.seq;
    return difference;
}

std::optional<FirstDifference> replay_segment(const Segment& segment, ReplayReport& report) {
    auto state = engine::decode_state(segment.snapshot, segment.snapshot_personal);
    if (!state) return FirstDifference{.got = state.error().detail};
    Engine engine{*std::move(state)};
    Instant last = Instant::min();
    for (const Entry& entry : segment.entries) {
        if (entry.now.elapsed < last) {
            return FirstDifference{.seq = entry.seq, .got = "the journal's time goes back"};
        }
        last = entry.now.elapsed;
        auto difference = replay_entry(engine, entry, report);
        if (difference) return difference;
    }
    return std::nullopt;
}

}  // namespace

ReplayReport replay(std::span<const Segment> segments) {
    ReplayReport report;
    for (std::size_t i = 0; i < segments.size() && report.identical; ++i) {
        ++report.segments;
        auto difference = replay_segment(segments[i], report);
        if (!difference) continue;
        difference->segment = i;
        report.identical = false;
        report.first_difference = std::move(difference);
    }
    return report;
}

std::string to_json(const ReplayReport& report) {
    nlohmann::ordered_json json = {{"segments", report.segments},
                                   {"events", report.events},
                                   {"actions", report.actions},
                                   {"identical", report.identical},
                                   {"first_difference", nullptr}};
    if (const auto& difference = report.first_difference) {
        json["first_difference"] = {{"segment", difference->segment},
                                    {"seq", difference->seq},
                                    {"expected", difference->expected},
                                    {"got", difference->got}};
    }
    return json.dump();
}

}  // namespace bellwether::simulator
