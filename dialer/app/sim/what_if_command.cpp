#include "dialer/app/sim/what_if_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "dialer/app/files/json_text.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/files/toml_tree.h"

namespace bellwether::app {

namespace {

using simulator::Figures;

/// Of the tightest rule, as a fraction.
double cap_of(const campaigns::CampaignSpec& spec) {
    double cap = 1;
    for (const auto& rule : spec.abandonment) cap = std::min(cap, rule.cap.value());
    return cap;
}

Json figures_json(const Figures& figures, const campaigns::CampaignSpec* spec) {
    const auto wait = figures.mean_wait_s();
    return {{"mode", spec == nullptr ? Json(nullptr) : Json(name_of(spec->mode))},
            {"cap", spec == nullptr ? Json(nullptr) : Json(cap_of(*spec))},
            {"calls", figures.calls},
            {"live_answers", figures.live_answers},
            {"connected", figures.connected},
            {"abandoned", figures.abandoned},
            {"abandonment", figures.abandonment()},
            {"utilisation", figures.utilisation()},
            {"mean_wait_s", wait ? Json(*wait) : Json(nullptr)}};
}

Json report_json(const simulator::Recording& recording, const campaigns::CampaignSpec& spec,
                 const simulator::WhatIfReport& report, std::uint64_t seed) {
    const double hours = std::chrono::duration<double, std::ratio<3600>>(recording.length).count();
    return {
        {"campaign", spec.name},
        {"from", iso_time(recording.begin.utc)},
        {"hours", hours},
        {"seed", seed},
        {"recorded", figures_json(report.recorded, recording.spec ? &*recording.spec : nullptr)},
        {"what_if", figures_json(report.what_if, &spec)},
        {"contacts", report.contacts},
        {"drawn", report.drawn.calls},
        {"drawn_rings", report.drawn.rings},
        {"drawn_talks", report.drawn.talks}};
}

std::string cell(const Json& value, std::string_view key) {
    if (value.is_null()) return "-";
    if (value.is_string()) return value.get<std::string>();
    if (key == "mean_wait_s") return fmt::format("{:.1f} s", value.get<double>());
    if (value.is_number_float()) return fmt::format("{:.2f} %", value.get<double>() * 100);
    return value.dump();
}

std::string words_of(std::string key) {
    if (key == "mean_wait_s") return "mean wait for a call";
    std::ranges::replace(key, '_', ' ');
    return key;
}

std::string report_text(const Json& report) {
    const double hours = report["hours"].get<double>();
    const std::string length =
        hours < 1 ? fmt::format("{:.0f} min", hours * 60) : fmt::format("{:.1f} h", hours);
    std::string text = fmt::format("campaign {}, {} from {}\n\n{:<24}{:>14}{:>14}\n",
                                   text_member(report, "campaign"), length,
                                   text_member(report, "from"), "", "RECORDED", "WHAT-IF");
    for (const auto& [key, recorded] : report["recorded"].items()) {
        text += fmt::format("{:<24}{:>14}{:>14}\n", words_of(key), cell(recorded, key),
                            cell(report["what_if"][key], key));
    }
    text += fmt::format(
        "\nThe what-if dialed {} contacts. Not on record, and drawn from the recording's own "
        "distributions (seed {}):\n{} calls, the rest of {} rings that were cut short, {} talks.\n",
        report["contacts"].dump(), report["seed"].dump(), report["drawn"].dump(),
        report["drawn_rings"].dump(), report["drawn_talks"].dump());
    return text;
}

}  // namespace

Result<CampaignText> read_campaign_text(const std::string& file) {
    CampaignText campaign{std::filesystem::absolute(file), {}};
    auto text = read_file(campaign.file, kTomlBytesMax + 1);
    if (!text) return tl::unexpected(text.error());
    campaign.text = *std::move(text);
    return campaign;
}

Checked<CampaignFile> parse(const CampaignText& campaign, UtcTime near) {
    return parse_campaign({.text = campaign.text,
                           .name = campaign.file.filename().string(),
                           .folder = campaign.file.parent_path(),
                           .now = near});
}

ExitCode print_what_if(const simulator::Recording& recording, const campaigns::CampaignSpec& spec,
                       std::uint64_t seed, const Output& output) {
    const auto report = simulator::what_if(recording, spec, {.seed = seed});
    if (!report) return report_error(output, report.error());
    const Json json = report_json(recording, spec, *report, seed);
    output.out << (output.json ? json.dump() + "\n" : report_text(json)) << std::flush;
    return ExitCode::Done;
}

}  // namespace bellwether::app
