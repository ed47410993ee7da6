#include "simulator/world/journal_recorder.h"

#include <utility>

#include "base/check.h"
#include "dialer/engine/codec.h"

namespace bellwether::simulator {

void JournalRecorder::begin_segment(std::uint64_t first_seq, const engine::EngineState& state) {
    in_segment_ = 0;
    if (!options_.keep) return;
    engine::Encoded snapshot = engine::encode(state);
    segments_.push_back({.first_seq = first_seq,
                         .snapshot = std::move(snapshot.text),
                         .snapshot_personal = std::move(snapshot.personal),
                         .entries = {}});
}

void JournalRecorder::record(const Step& step, const engine::EngineState& state) {
    if (!options_.hash && !options_.keep) return;
    engine::Encoded event = engine::encode(step.event);
    Entry entry{.seq = step.seq,
                .now = step.now,
                .event = std::move(event.text),
                .event_personal = std::move(event.personal),
                .actions = {}};
    for (const engine::Action& action : step.actions) entry.actions.push_back(encode(action));

    hash_.add(std::to_string(entry.now.elapsed.time_since_epoch().count()));
    hash_.add(std::to_string(entry.now.utc.time_since_epoch().count()));
    hash_.add(entry.event);
    hash_.add(entry.event_personal);
    for (const engine::Encoded& action : entry.actions) {
        hash_.add(action.text);
        hash_.add(action.personal);
    }
    if (!options_.keep) return;
    BW_CHECK(!segments_.empty());
    segments_.back().entries.push_back(std::move(entry));
    ++in_segment_;
    if (options_.events_per_segment > 0 && in_segment_ >= options_.events_per_segment) {
        begin_segment(step.seq + 1, state);
    }
}

}  // namespace bellwether::simulator
