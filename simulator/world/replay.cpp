#include "simulator/world/replay.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <variant>

#include "base/check.h"

namespace bellwether::simulator {
namespace {

using engine::Encoded;

bool same(const Encoded& recorded, const Encoded& now) {
    const bool comparable = !recorded.personal.empty();
    return recorded.text == now.text && (!comparable || recorded.personal == now.personal);
}

// As dialer/runtime/driver.h: less than this is slewed, and a clock that was set is an event.
constexpr std::chrono::milliseconds kSlewed{1000};

std::vector<Encoded> encoded(const std::vector<engine::Action>& actions) {
    std::vector<Encoded> texts;
    for (const engine::Action& action : actions) texts.push_back(encode(action));
    return texts;
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

tl::unexpected<Error> corrupt(std::string detail) { return fail(Errc::Corrupt, std::move(detail)); }

/// What is wrong with a segment, if anything: a difference too.
std::optional<FirstDifference> replay_segment(const Segment& segment, Replayer& replayer) {
    const auto begun =
        replayer.begin_segment(segment.first_seq, segment.snapshot, segment.snapshot_personal);
    if (!begun) return FirstDifference{.got = begun.error().detail};
    for (const Entry& entry : segment.entries) {
        const auto taken = replayer.take(entry);
        if (!taken) return FirstDifference{.seq = entry.seq, .got = taken.error().detail};
        if (!replayer.report().identical) break;
    }
    return std::nullopt;
}

}  // namespace

Result<void> Replayer::begin_segment(std::uint64_t first_seq, std::string_view snapshot,
                                     std::string_view snapshot_personal) {
    if (first_seq == 0 || first_seq < next_seq_) {
        return corrupt("first_seq is " + std::to_string(first_seq) + ": the journal goes back");
    }
    auto state = engine::decode_state(snapshot, snapshot_personal);
    if (!state) return corrupt("snapshot: " + state.error().detail);
    if (watch_.begins) watch_.begins(*state);
    engine_.emplace(*std::move(state));
    next_seq_ = first_seq;
    last_.reset();
    if (report_.identical) ++report_.segments;
    return {};
}

Result<void> Replayer::take(const Entry& entry) {
    if (!engine_) return fail(Errc::InvalidInput, "an event stands before the first segment");
    const auto event = engine::decode_event(entry.event, entry.event_personal);
    if (!event) return corrupt("event: " + event.error().detail);
    if (auto checked = check_order(entry, *event); !checked) return checked;
    if (report_.identical) compare(entry, *event);
    return {};
}

Result<void> Replayer::check_order(const Entry& entry, const engine::Event& event) {
    if (entry.seq != next_seq_) {
        return corrupt("seq is " + std::to_string(entry.seq) + " where " +
                       std::to_string(next_seq_) + " should stand: entries are missing or moved");
    }
    ++next_seq_;
    const auto last = std::exchange(last_, entry.now);
    if (!last) return {};
    if (entry.now.elapsed < last->elapsed) return corrupt("elapsed_us goes back");
    const bool was_set = std::holds_alternative<engine::ClockStepped>(event);
    if (!was_set && entry.now.utc < last->utc - kSlewed) {
        return corrupt("utc_ms goes back, and no CLOCK_STEPPED says why");
    }
    return {};
}

void Replayer::compare(const Entry& entry, const engine::Event& event) {
    engine_->handle(event, entry.now);
    actions_.clear();
    while (auto action = engine_->poll_action()) actions_.push_back(*std::move(action));
    ++report_.events;
    report_.actions += entry.actions.size();
    auto difference = simulator::compare(entry.actions, encoded(actions_));
    if (difference) {
        difference->segment = report_.segments - 1;
        difference->seq = entry.seq;
        report_.identical = false;
        report_.first_difference = std::move(difference);
    } else if (watch_.step) {
        watch_.step({entry.seq, entry.now, event, actions_});
    }
}

const engine::EngineState& Replayer::state() const {
    BW_CHECK(engine_.has_value());
    return engine_->state();
}

ReplayReport replay(std::span<const Segment> segments) {
    Replayer replayer;
    for (std::size_t i = 0; i < segments.size() && replayer.report().identical; ++i) {
        auto fault = replay_segment(segments[i], replayer);
        if (!fault) continue;
        ReplayReport report = replayer.report();
        report.segments = i + 1;
        fault->segment = i;
        report.identical = false;
        report.first_difference = std::move(fault);
        return report;
    }
    return replayer.report();
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
