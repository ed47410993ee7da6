#include "dialer/app/reports/abandonment_windows.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/check.h"
#include "compliance/places/number_place.h"
#include "dialer/app/files/sha256.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/detection_figures.h"
#include "simulator/plot/scale.h"
#include "simulator/plot/svg.h"

namespace bellwether::app {
namespace {

using compliance::AbandonmentRegime;
using compliance::AccountWindow;
using compliance::Rational;
using compliance::WindowKind;

// Until somebody has reviewed a verdict: what pacing assumes, too (docs/answer-detect.md).
const Rational kErrorAssumed{1, 100};

AbandonmentRegime regime_of(const campaigns::CampaignSpec& spec) {
    const auto number = PhoneNumber::parse(spec.caller_ids.front());
    const auto country =
        number ? compliance::places::place_of(*number).country : std::string_view{};
    if (country == "GB") return AbandonmentRegime::Uk;
    if (country == "CA") return AbandonmentRegime::Ca;
    return AbandonmentRegime::Us;
}

/// research/compliance.md §5, column "window".
AccountWindow window_of(AbandonmentRegime regime) {
    switch (regime) {
        case AbandonmentRegime::Us:
            return {WindowKind::ThirtyDays, 0};
        case AbandonmentRegime::Uk:
            return {WindowKind::Day, 0};
        case AbandonmentRegime::Ca:
            return {WindowKind::Month, 0};
    }
    return {};
}

struct DetectorError {
    Rational share;
    bool is_assumed = false;
};

DetectorError error_of(const std::vector<DetectionFigures>& figures) {
    std::int64_t reviewed = 0;
    std::int64_t people = 0;
    for (const auto& one : figures) {
        reviewed += static_cast<std::int64_t>(one.mistaken.of);
        people += static_cast<std::int64_t>(one.mistaken.count);
    }
    if (reviewed == 0) return {kErrorAssumed, true};
    return {Rational{people, reviewed}, false};
}

compliance::AnsweredCalls answered_of(const AbandonmentWindow& window) {
    return {.connected = window.counts.connected,
            .message_played = window.counts.message_played,
            .silent = window.counts.silent,
            .hung_up_early = window.counts.hung_up_early,
            .machine_verdicts = window.counts.machine_verdicts,
            .amd_error = window.amd_error,
            .machines_put_through = window.counts.machines_put_through};
}

compliance::evidence::Object counts_object(const AbandonmentWindow& window) {
    compliance::evidence::Object counts;
    counts.emplace("connected", window.counts.connected);
    counts.emplace("message_played", window.counts.message_played);
    counts.emplace("silent", window.counts.silent);
    counts.emplace("hung_up_early", window.counts.hung_up_early);
    counts.emplace("machine_verdicts", window.counts.machine_verdicts);
    counts.emplace("machines_put_through", window.counts.machines_put_through);
    counts.emplace("amd_error", compliance::fraction_text(window.amd_error));
    return counts;
}

std::string calls_hash(const std::vector<AttemptId>& attempts) {
    Sha256 hash;
    for (const AttemptId attempt : attempts) hash.add(std::to_string(value_of(attempt)) + "\n");
    return hash.hex();
}

compliance::evidence::Record record_of(const store::CampaignRecord& campaign,
                                       const AbandonmentWindow& window, int version, UtcTime now) {
    return to_record(compliance::evidence::AbandonmentFacts{
        .at = now,
        .client = campaign.client,
        .campaign = campaign.id,
        .regime = std::string{name_of(window.regime)},
        .window = iso_time(window.from),
        .from = window.from,
        .to = window.to,
        .version = version,
        .numerator = compliance::fraction_text(window.figures.numerator),
        .denominator = compliance::fraction_text(window.figures.denominator),
        .cap = compliance::fraction_text(window.figures.cap),
        .verdict = window.figures.is_breach ? "BREACH" : "PASS",
        .counts = counts_object(window),
        .calls_hash = calls_hash(window.counts.attempts),
        .cause = version == 1 ? "" : "figures changed since the version before"});
}

double value(const Rational& rational) { return compliance::six_places(rational); }

}  // namespace

Result<std::vector<AbandonmentWindow>> abandonment_windows(const store::Store& store,
                                                           const store::CampaignRecord& record,
                                                           const CampaignFile& file, UtcTime now) {
    std::vector<AbandonmentWindow> windows;
    if (!record.started || file.spec.mode == pacing::DialMode::Unattended) return windows;
    const auto detections = store.detections(record.id);
    if (!detections) return tl::unexpected(detections.error());
    const DetectorError error = error_of(detection_figures(*detections));
    const AbandonmentRegime regime = regime_of(file.spec);
    const bool has_detector = file.spec.detection.awaits_verdict();

    for (UtcTime at = *record.started; at <= now; at = windows.back().to) {
        const auto kind = window_of(regime);
        AbandonmentWindow window{
            .regime = regime,
            .from = compliance::window_start_of(kind, file.spec.hours.zone, at, *record.started),
            .to = compliance::window_end_of(kind, file.spec.hours.zone, at, *record.started),
            .amd_error = error.share,
            .is_error_assumed = error.is_assumed,
            .has_detector = has_detector};
        auto counts = store::abandonment_counts(store, record.id, window.from, window.to);
        if (!counts) return tl::unexpected(counts.error());
        window.counts = std::move(*counts);
        window.figures = compliance::abandonment_figures(regime, has_detector, answered_of(window));
        windows.push_back(std::move(window));
    }
    return windows;
}

AbandonmentWindow joined(const std::vector<AbandonmentWindow>& windows) {
    BW_CHECK(!windows.empty());
    AbandonmentWindow all{
        .regime = windows.front().regime, .from = windows.front().from, .to = windows.front().to};
    Rational mistaken = 0;
    for (const auto& window : windows) {
        BW_CHECK(window.regime == all.regime);
        all.counts.connected += window.counts.connected;
        all.counts.message_played += window.counts.message_played;
        all.counts.silent += window.counts.silent;
        all.counts.hung_up_early += window.counts.hung_up_early;
        all.counts.machine_verdicts += window.counts.machine_verdicts;
        all.counts.machines_put_through += window.counts.machines_put_through;
        all.is_error_assumed |= window.is_error_assumed;
        all.has_detector |= window.has_detector;
        if (window.has_detector) mistaken += window.amd_error * window.counts.machine_verdicts;
    }
    if (all.counts.machine_verdicts > 0)
        all.amd_error = Rational{mistaken / all.counts.machine_verdicts};
    all.figures = compliance::abandonment_figures(all.regime, all.has_detector, answered_of(all));
    return all;
}

std::vector<ClientWindow> client_windows(const std::vector<ClientWindow>& campaigns) {
    using Key = std::tuple<std::string, AbandonmentRegime, UtcTime, UtcTime>;
    std::map<Key, std::vector<AbandonmentWindow>> groups;
    for (const auto& [client, window] : campaigns)
        groups[{client, window.regime, window.from, window.to}].push_back(window);
    std::vector<ClientWindow> clients;
    for (const auto& [key, windows] : groups) {
        if (windows.size() > 1) clients.push_back({std::get<0>(key), joined(windows)});
    }
    return clients;
}

Json window_json(const AbandonmentWindow& window) {
    const auto& counts = window.counts;
    return {{"regime", name_of(window.regime)},
            {"from", iso_time(window.from)},
            {"to", iso_time(window.to)},
            {"connected", counts.connected},
            {"message_played", counts.message_played},
            {"silent", counts.silent},
            {"hung_up_early", counts.hung_up_early},
            {"machine_verdicts", counts.machine_verdicts},
            {"machines_put_through", counts.machines_put_through},
            {"amd_error", value(window.amd_error)},
            {"amd_error_assumed", window.is_error_assumed},
            {"numerator", compliance::fraction_text(window.figures.numerator)},
            {"denominator", compliance::fraction_text(window.figures.denominator)},
            {"rate", value(window.figures.rate())},
            {"cap", value(window.figures.cap)},
            {"headroom", window.figures.headroom()},
            {"verdict", window.figures.is_breach ? "BREACH" : "PASS"},
            {"silent_violation", window.figures.silent_violation}};
}

std::string plot_windows(const std::string& title, const std::vector<AbandonmentWindow>& windows) {
    using simulator::Point;
    constexpr double width = 760;
    constexpr double height = 300;
    constexpr double left = 60;
    constexpr double right = 20;
    constexpr double top = 46;
    constexpr double bottom = 46;
    double highest = windows.empty() ? 0.03 : value(windows.front().figures.cap);
    for (const auto& window : windows) highest = std::max(highest, value(window.figures.rate()));
    const auto ticks = simulator::nice_ticks(highest * 1.15, 5);
    const simulator::Scale y{0, ticks.back(), height - bottom, top};

    simulator::Svg svg{width, height, title};
    svg.rectangle({0, 0}, width, height, {.fill = "#ffffff"});
    svg.text({left, 24}, title, {.size = 15, .bold = true});
    for (const double tick : ticks) {
        svg.line({left, y.place(tick)}, {width - right, y.place(tick)}, {.stroke = "#e3e3e3"});
        svg.text({left - 8, y.place(tick) + 4}, fmt::format("{:.1f} %", tick * 100),
                 {.anchor = simulator::TextStyle::Anchor::End, .size = 11});
    }
    const double room =
        (width - left - right) / static_cast<double>(std::max<std::size_t>(1, windows.size()));
    const std::size_t label_each = windows.size() / 8 + 1;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        const auto& window = windows[i];
        const double x = left + room * static_cast<double>(i);
        const double rate = y.place(value(window.figures.rate()));
        svg.rectangle({x + room * 0.2, rate}, room * 0.6, height - bottom - rate,
                      {.fill = window.figures.is_breach ? "#c0392b" : "#2e7d5b"});
        if (i % label_each != 0) continue;
        svg.text({x + room * 0.5, height - bottom + 18}, iso_time(window.from).substr(0, 10),
                 {.anchor = simulator::TextStyle::Anchor::Middle, .size = 11});
        svg.text({x + room * 0.5, rate - 6},
                 fmt::format("{:.2f} %", value(window.figures.rate()) * 100),
                 {.anchor = simulator::TextStyle::Anchor::Middle, .size = 11});
    }
    if (!windows.empty()) {
        const double cap = y.place(value(windows.front().figures.cap));
        svg.line({left, cap}, {width - right, cap},
                 {.stroke = "#333333", .width = 1.5, .dashes = "6 4"});
        svg.text({width - right, cap - 5},
                 fmt::format("cap {:.1f} %", value(windows.front().figures.cap) * 100),
                 {.anchor = simulator::TextStyle::Anchor::End, .size = 11, .bold = true});
    }
    return std::move(svg).finish();
}

Result<int> issue_windows(store::Store& store, const store::CampaignRecord& record,
                          const std::vector<AbandonmentWindow>& windows, UtcTime now) {
    int issued = 0;
    for (const auto& window : windows) {
        if (window.to > now) continue;
        const auto last = store::issued_window(store, record.id, window.from);
        if (!last) return tl::unexpected(last.error());
        const store::IssuedWindow next{
            .version = *last ? (*last)->version + 1 : 1,
            .numerator = compliance::fraction_text(window.figures.numerator),
            .denominator = compliance::fraction_text(window.figures.denominator)};
        if (*last && (*last)->numerator == next.numerator &&
            (*last)->denominator == next.denominator)
            continue;
        const auto logged = store.append_evidence(record_of(record, window, next.version, now));
        if (!logged) return tl::unexpected(logged.error());
        const auto noted = store::note_issued(store, record.id, window.from, next, now);
        if (!noted) return tl::unexpected(noted.error());
        ++issued;
    }
    return issued;
}

void issue_closed_windows(Backend& backend, CampaignId only) {
    const auto campaigns = backend.store().campaigns();
    if (!campaigns)
        return spdlog::error("windows_not_issued reason=\"{}\"", campaigns.error().detail);
    for (const auto& record : *campaigns) {
        if (only != CampaignId{} && record.id != only) continue;
        const auto file = file_of(backend, record);
        if (!file) continue;
        const auto windows = abandonment_windows(backend.store(), record, *file, backend.utc_now());
        const auto issued =
            windows ? issue_windows(backend.store(), record, *windows, backend.utc_now())
                    : Result<int>{tl::unexpected(windows.error())};
        if (!issued) {
            spdlog::error("windows_not_issued campaign=\"{}\" reason=\"{}\"", record.name,
                          issued.error().detail);
        } else if (*issued > 0) {
            spdlog::info("windows_issued campaign=\"{}\" count={}", record.name, *issued);
        }
    }
}

}  // namespace bellwether::app
