#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/canonical_json.h"
#include "compliance/policy/case_reader.h"
#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {

/// Zones of policy_support.h by name; numbers are ordinary and in New York.
inline CaseSources made_sources() {
    CaseSources sources;
    sources.zone = [](std::string_view name, UtcTime) -> Zone {
        for (const Zone zone : {&kNewYork, &kChicago, &kLosAngeles, &kLondon}) {
            if (zone->name == name) return zone;
        }
        return nullptr;
    };
    sources.zones_of_number = [](std::string_view) {
        return std::vector<std::string>{"America/New_York"};
    };
    sources.zones_of_region = [](std::string_view region) {
        return region == "US-CA" ? std::vector<std::string>{"America/Los_Angeles"}
                                 : std::vector<std::string>{};
    };
    sources.kind_of_number = [](std::string_view) { return NumberKind::Ordinary; };
    return sources;
}

inline evidence::Value json(std::string_view text) {
    const auto value = evidence::parse(text);
    BW_CHECK(value.has_value());
    return *value;
}

/// The example of the command's contract, with everything in it.
inline constexpr std::string_view kFullCase = R"({
  "now": "2026-11-23T13:00:00Z", "packs": ["us-federal"],
  "campaign": { "purpose": "survey", "mode": "manual", "seller": "s1", "sector": "press",
    "subject": "t1", "transfers_to_sales": true, "safe_harbour_message": true,
    "caller_id_owned": true, "message": { "identity": true, "number": true, "opt_out_key": true },
    "operator_contract": true, "call_label": "Bank", "started": "2026-11-01T00:00:00Z",
    "house_windows": [ { "purpose": "survey", "weekly": { "mon": "09:00-12:00,13:00-21:00" } } ],
    "window_totals": { "live": 10000, "abandoned": 302 } },
  "number": { "e164": "+12125550123", "line_type": "landline", "zones": ["America/New_York"] },
  "contact": { "kind": "business", "address": { "region": "US-FL", "zones": ["America/Chicago"],
    "confirmed": true } },
  "lists": { "internal_dnc": "2025-07-10", "national_dnc": { "listed": true, "retrieved": "2026-11-20" },
    "tps": { "listed_since": "2026-10-01", "retrieved": "2026-11-20" }, "mass_call_refusal": true },
  "consent": [ { "channels": ["live", "prerecorded"], "given": "2026-01-05", "form": "oral",
    "artefact": true, "revoked": "2026-11-01T10:00:00Z" } ],
  "relationship": { "last_purchase": "2025-05-31", "last_inquiry": null, "customer": true,
    "donor_since": null, "objected": "2026-01-01", "notified_ok": "2026-02-01",
    "notified_ok_withdrawn": null },
  "history": [ { "at": "2026-11-20T10:00:00Z", "outcome": "ABANDONED", "subject": "t1", "kind": "live" } ],
  "holidays": ["2026-12-25"], "end_guard_s": 30 })";

inline constexpr std::string_view kSmallCase =
    R"({"now":"2026-11-23T13:00:00Z","campaign":{"purpose":"survey"},"number":{"e164":"+12125550123"}})";

}  // namespace bellwether::compliance::policy
