#pragma once

#include <array>
#include <chrono>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "compliance/policy/decide.h"
#include "compliance/policy/text_forms.h"

// Cases and packs of the tests, made by hand.

namespace bellwether::compliance::policy {

inline UtcTime instant(std::string_view text) {
    const auto parsed = parse_instant(text);
    BW_CHECK(parsed.has_value());
    return *parsed;
}

inline Date date(std::string_view text) {
    const auto parsed = parse_date(text);
    BW_CHECK(parsed.has_value());
    return *parsed;
}

inline ZoneOffsets made_zone(const char* name,
                             std::initializer_list<std::pair<std::string_view, int>> hours_from) {
    ZoneOffsets zone{.name = name, .offsets = {}};
    for (const auto& [from, hours] : hours_from) {
        zone.offsets.push_back({instant(from), std::chrono::hours{hours}});
    }
    return zone;
}

// The clocks of 2026 (IANA: America, second Sunday of March and first of November at 02:00; Europe,
// last Sundays of March and October at 01:00 UTC).
inline const ZoneOffsets kNewYork = made_zone(
    "America/New_York",
    {{"2025-11-02T06:00:00Z", -5}, {"2026-03-08T07:00:00Z", -4}, {"2026-11-01T06:00:00Z", -5}});
inline const ZoneOffsets kChicago = made_zone(
    "America/Chicago",
    {{"2025-11-02T07:00:00Z", -6}, {"2026-03-08T08:00:00Z", -5}, {"2026-11-01T07:00:00Z", -6}});
inline const ZoneOffsets kLosAngeles = made_zone(
    "America/Los_Angeles",
    {{"2025-11-02T09:00:00Z", -8}, {"2026-03-08T10:00:00Z", -7}, {"2026-11-01T09:00:00Z", -8}});
inline const ZoneOffsets kLondon = made_zone(
    "Europe/London",
    {{"2025-10-26T01:00:00Z", 0}, {"2026-03-29T01:00:00Z", 1}, {"2026-10-25T01:00:00Z", 0}});
inline const ZoneOffsets kWithoutData{.name = "Nowhere/At_All", .offsets = {}};

inline constexpr std::array<Zone, 1> kInNewYork{&kNewYork};
inline constexpr std::array<Zone, 1> kInLosAngeles{&kLosAngeles};
inline constexpr std::array<Zone, 2> kInBoth{&kNewYork, &kLosAngeles};

/// Monday 2026-11-23, 12:00 in New York; a sale to a landline, everything in order.
inline DialCase plain_case() {
    DialCase plain;
    plain.now = instant("2026-11-23T17:00:00Z");
    plain.campaign.has_safe_harbour_message = true;
    plain.campaign.owns_caller_id = true;
    plain.campaign.subject = "t1";
    plain.number = {"+12125550123", NumberKind::Ordinary, LineType::Landline, kInNewYork};
    plain.national_dnc = {.is_known = true, .retrieved = When::on(date("2026-11-20"))};
    plain.end_guard = std::chrono::seconds{0};
    return plain;
}

inline std::vector<HoursWindow> daily(int from_hour, int to_hour) {
    return {{127, std::chrono::hours{from_hour}, std::chrono::hours{to_hour}}};
}

inline Rule made_rule(std::string id, Parameters parameters) {
    Rule rule;
    rule.id = std::move(id);
    rule.cite = "a law";
    rule.source = "a book";
    rule.seen = date("2026-11-22");
    rule.parameters = std::move(parameters);
    return rule;
}

inline Pack made_pack(std::string id, std::vector<Rule> rules) {
    Pack pack;
    pack.id = std::move(id);
    pack.version = "1";
    pack.rules = std::move(rules);
    return pack;
}

inline PolicySet set_of(std::initializer_list<const Pack*> packs) {
    return PolicySet::of(std::vector<const Pack*>(packs));
}

/// The ids of a decision's reasons, in its order.
inline std::vector<std::string> reason_ids(const Decision& decision) {
    std::vector<std::string> ids;
    for (const Reason& reason : decision.reasons) ids.push_back(reason.rule->id);
    return ids;
}

}  // namespace bellwether::compliance::policy
