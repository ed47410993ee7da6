#include "dialer/app/reports/explanations.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dialer/app/commands/explain_words.h"
#include "dialer/app/files/moment.h"

namespace bellwether::app {

namespace {

using engine::ExplainPacing;

constexpr std::uint64_t kFirstPiece = 256;  // entries; an explanation a second is a few dozen apart
constexpr std::uint64_t kPieceMax =
    16'384;  // about 10 MB of text at once, of the explanations only
constexpr std::uint64_t kEntriesForChanges = 50'000;  // about a second of reading

/// Reads one member, if it is there and of the type; an older journal may not have it.
class MemberReader {
public:
    explicit MemberReader(const Json& json) : json_{json} {}

    template <class T>
    void operator()(const char* name, T& value) {
        const auto found = json_.find(name);
        if (found == json_.end()) return;
        if constexpr (std::is_enum_v<T>) {
            if (!found->is_string()) return;
            const auto parsed = enum_from_name<T>(found->template get_ref<const std::string&>());
            if (parsed) value = *parsed;
        } else {
            if (found->is_number()) value = found->template get<T>();
        }
    }

private:
    const Json& json_;
};

template <class T>
void read_fields(const Json& json, const char* name, T& value) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_object()) return;
    MemberReader reader{*found};
    T::fields(value, reader);
}

/// The campaign's explanations of the entries first..last, in order.
Result<std::vector<Explanation>> explanations_in(const store::Store& store, CampaignId campaign,
                                                 std::uint64_t first, std::uint64_t last) {
    std::vector<Explanation> found;
    const auto read = store.for_each_journal_entry(first, last, [&](const auto& entry) {
        for (const auto& action : entry.actions) {
            const auto told = read_explanation(action, campaign);
            if (told) found.push_back({entry.now.utc, entry.seq, *told});
        }
    });
    if (!read) return tl::unexpected(read.error());
    return found;
}

/// Walks back from `last`; stops when `take` says so (false), at the journal's beginning, or after
/// `most` entries. `take` gets each piece's explanations in order, the newest piece first.
template <class Take>
Result<void> walk_back(const store::Store& store, CampaignId campaign, std::uint64_t last,
                       std::uint64_t most, Take take) {
    std::uint64_t piece = kFirstPiece;
    while (last > 0 && most > 0) {
        const std::uint64_t count = std::min({piece, last, most});
        const auto found = explanations_in(store, campaign, last - count + 1, last);
        if (!found) return tl::unexpected(found.error());
        if (!take(*found)) return {};
        last -= count;
        most -= count;
        piece = std::min(piece * 4, kPieceMax);
    }
    return {};
}

/// Between these a campaign goes to and fro with every call, as it should.
bool is_usual(pacing::LineLimit limit) {
    return limit == pacing::LineLimit::None || limit == pacing::LineLimit::Forecast ||
           limit == pacing::LineLimit::AgentsBusy;
}

bool same_reason(const ExplainPacing& a, const ExplainPacing& b) {
    if (a.block != b.block) return false;
    if (a.block != engine::DialBlock::None) return true;  // pacing's own reason is not in force
    const bool same_limit = a.decision.limit == b.decision.limit ||
                            (is_usual(a.decision.limit) && is_usual(b.decision.limit));
    return same_limit && a.decision.mode == b.decision.mode &&
           a.decision.reason == b.decision.reason;
}

/// Keeps of explanations that come newest first those at which the reason changed.
class Changes {
public:
    explicit Changes(std::size_t most) : most_{most} {}

    void take_older(const Explanation& older) {
        if (oldest_ && !same_reason(oldest_->told, older.told)) changes_.push_back(*oldest_);
        oldest_ = older;
    }
    [[nodiscard]] bool enough() const { return changes_.size() >= most_; }
    /// Oldest first. What the oldest one changed was not seen: it is a change if nothing was.
    std::vector<Explanation> finish() {
        if (oldest_ && !enough()) changes_.push_back(*oldest_);
        std::reverse(changes_.begin(), changes_.end());
        return std::move(changes_);
    }

private:
    std::size_t most_;
    std::vector<Explanation> changes_;
    std::optional<Explanation> oldest_;
};

}  // namespace

std::optional<ExplainPacing> read_explanation(const engine::Encoded& action, CampaignId campaign) {
    // Most actions are others: looking before parsing makes a day's journal a matter of seconds.
    if (action.text.find(ExplainPacing::kName) == std::string::npos) return std::nullopt;
    const auto json = Json::parse(action.text, nullptr, false);
    if (!json.is_object() || text_member(json, "is") != ExplainPacing::kName) return std::nullopt;
    if (text_member(json, "campaign") != std::to_string(value_of(campaign))) return std::nullopt;
    const auto block = enum_from_name<engine::DialBlock>(text_member(json, "block"));
    if (!block) return std::nullopt;
    ExplainPacing told{.campaign = campaign, .block = *block, .decision = {}, .forecast = {}};
    read_fields(json, "decision", told.decision);
    read_fields(json, "forecast", told.forecast);
    return told;
}

Result<std::optional<Explanation>> last_explanation(const store::Store& store, CampaignId campaign,
                                                    std::uint64_t seq) {
    std::optional<Explanation> last;
    const auto walked =
        walk_back(store, campaign, seq, seq, [&](const std::vector<Explanation>& found) {
            if (!found.empty()) last = found.back();
            return found.empty();
        });
    if (!walked) return tl::unexpected(walked.error());
    return last;
}

Result<std::vector<Explanation>> last_changes(const store::Store& store, CampaignId campaign,
                                              std::size_t most) {
    const auto span = store.journal_span();
    if (!span) return tl::unexpected(span.error());
    Changes changes{most};
    if (!*span) return changes.finish();
    const auto walked = walk_back(store, campaign, (*span)->last_seq, kEntriesForChanges,
                                  [&](const std::vector<Explanation>& found) {
                                      for (auto it = found.rbegin(); it != found.rend(); ++it) {
                                          if (!changes.enough()) changes.take_older(*it);
                                      }
                                      return !changes.enough();
                                  });
    if (!walked) return tl::unexpected(walked.error());
    return changes.finish();
}

Json explanation_json(const Explanation& explanation, const compliance::ZoneOffsets& zone) {
    const auto& [campaign, block, decision, forecast] = explanation.told;
    const bool asked = block == engine::DialBlock::None;
    const bool foreseen = asked && forecast != pacing::Forecast{};
    const auto if_asked = [&](Json value) { return asked ? std::move(value) : Json(nullptr); };
    Json json{{"at", zoned_time(explanation.at, zone)},
              {"mode", if_asked(name_of(decision.mode))},
              {"mode_reason", if_asked(name_of(decision.reason))},
              {"wanted", decision.wanted},
              {"allowed", asked ? decision.start : 0},
              {"limit", if_asked(name_of(decision.limit))}};
    pacing::Forecast shown = forecast;
    // A visitor, so that a figure added to the forecast is shown without another word here.
    const auto show = [&](const char* name, const auto& value) {
        if (json.contains(name)) return;
        if constexpr (!std::is_enum_v<std::remove_cvref_t<decltype(value)>>) {
            json[name] = foreseen ? Json(value) : Json(nullptr);
        }
    };
    pacing::Forecast::fields(shown, show);
    json["block"] = name_of(block);
    json["reason"] = explain(block, decision);
    return json;
}

}  // namespace bellwether::app
