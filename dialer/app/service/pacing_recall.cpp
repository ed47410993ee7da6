#include "dialer/app/service/pacing_recall.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <variant>

#include "dialer/engine/codec.h"

namespace bellwether::app {
namespace {

void warn(const Error& error) { spdlog::warn("pacing_not_recalled reason=\"{}\"", error.detail); }

bool is_campaign_applied(const std::string& event) {
    static const std::string begin =
        std::string{R"({"is":")"} + std::string{engine::CampaignApplied::kName} + '"';
    return event.starts_with(begin);
}

void recall_snapshot(const store::JournalSegment& segment, RecalledPacing& recalled) {
    const auto state = engine::decode_state(segment.snapshot.text, segment.snapshot.personal);
    if (!state) return warn(state.error());
    for (const auto& [id, campaign] : state->campaigns) {
        if (campaign.pacer) recalled.keep(id, *campaign.pacer, segment.at);
    }
}

/// A start that did not last: its first snapshot is empty, and what it recalled stands in events.
void recall_event(const store::JournalEntry& entry, RecalledPacing& recalled) {
    if (!is_campaign_applied(entry.event)) return;
    const auto event = engine::decode_event(entry.event, entry.event_personal);
    if (!event) return warn(event.error());
    const auto& applied = std::get<engine::CampaignApplied>(*event);
    if (applied.learnt) recalled.keep(applied.spec.id, *applied.learnt, entry.now);
}

}  // namespace

void RecalledPacing::keep(CampaignId campaign, pacing::PacerState learnt, Now at) {
    kept_.insert_or_assign(campaign, Kept{std::move(learnt), at});
}

std::optional<pacing::PacerState> RecalledPacing::take(CampaignId campaign, Now now) {
    const auto found = kept_.find(campaign);
    if (found == kept_.end()) return std::nullopt;
    const Kept kept = std::move(found->second);
    kept_.erase(found);
    // A clock that was set back meanwhile does not make memories younger than they were.
    const Duration between = std::max<Duration>(Duration{0}, now.utc - kept.at.utc);
    return moved(kept.learnt, now.elapsed - kept.at.elapsed - between);
}

RecalledPacing recall_pacing(const store::Store& store) {
    RecalledPacing recalled;
    const auto segment = store.last_journal_segment();
    if (!segment) {
        warn(segment.error());
        return recalled;
    }
    if (!*segment) return recalled;
    recall_snapshot(**segment, recalled);
    const auto read = store.for_each_journal_entry(
        (*segment)->first_seq, std::numeric_limits<std::int64_t>::max(),
        [&](const store::JournalEntry& entry) { recall_event(entry, recalled); });
    if (!read) warn(read.error());
    return recalled;
}

}  // namespace bellwether::app
