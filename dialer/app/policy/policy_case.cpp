#include "dialer/app/policy/policy_case.h"

#include <fmt/format.h>

#include <set>

#include "compliance/evidence/canonical_json.h"
#include "compliance/places/number_place.h"
#include "compliance/policy/inputs_hash.h"
#include "compliance/policy/text_forms.h"
#include "dialer/store/number_rules.h"

namespace bellwether::app {

namespace {

using compliance::evidence::Value;
using namespace compliance::policy;

constexpr int kDepthMax = 32;

std::vector<std::string> texts(std::span<const std::string_view> views) {
    return {views.begin(), views.end()};
}

std::vector<std::string> zones_of_number(std::string_view e164) {
    const auto number = PhoneNumber::parse(e164);
    return number ? texts(compliance::places::place_of(*number).zones) : std::vector<std::string>{};
}

Result<Value> wrong(const std::string& where, std::string_view text) {
    return fail(Errc::InvalidInput, fmt::format("{} {}", where.empty() ? "the case" : where, text));
}

/// JSON as the core reads it; `where` names the value in errors.
Result<Value> core_value(const Json& json, const std::string& where, int depth);

Result<Value> core_array(const Json& json, const std::string& where, int depth) {
    compliance::evidence::Array array;
    for (std::size_t i = 0; i < json.size(); ++i) {
        auto item = core_value(json[i], fmt::format("{}[{}]", where, i), depth + 1);
        if (!item) return item;
        array.push_back(std::move(*item));
    }
    return Value{std::move(array)};
}

Result<Value> core_object(const Json& json, const std::string& where, int depth) {
    compliance::evidence::Object object;
    for (const auto& [key, member] : json.items()) {
        const std::string name = where.empty() ? key : fmt::format("{}.{}", where, key);
        auto value = core_value(member, name, depth + 1);
        if (!value) return value;
        object.emplace(key, std::move(*value));
    }
    return Value{std::move(object)};
}

Result<Value> core_value(const Json& json, const std::string& where, int depth) {
    if (depth > kDepthMax) return wrong(where, "is nested too deeply");
    switch (json.type()) {
        case Json::value_t::null:
            return Value{};
        case Json::value_t::boolean:
            return Value{json.get<bool>()};
        case Json::value_t::string:
            return Value{json.get<std::string>()};
        case Json::value_t::array:
            return core_array(json, where, depth);
        case Json::value_t::object:
            return core_object(json, where, depth);
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned: {
            const bool is_small =
                json.is_number_unsigned()
                    ? json.get<std::uint64_t>() <= static_cast<std::uint64_t>(Value::kIntegerMax)
                    : json.get<std::int64_t>() >= -Value::kIntegerMax;
            if (!is_small) return wrong(where, "is out of range");
            return Value{json.get<std::int64_t>()};
        }
        default:
            return wrong(where, "must be a whole number");
    }
}

/// JSON with the first key that stands twice in one object: which of the two was meant?
struct ParsedText {
    Json body;
    std::string twice;         ///< the key; empty: none
    std::size_t twice_in = 0;  ///< the case, from 0
};

ParsedText parse_text(std::string_view text) {
    ParsedText parsed;
    std::vector<std::set<std::string>> keys;
    std::size_t cases_begun = 0;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
        if (event == Json::parse_event_t::object_start) {
            keys.emplace_back();
            cases_begun += depth <= 1 && keys.size() == 1 ? 1U : 0U;
        } else if (event == Json::parse_event_t::object_end && !keys.empty()) {
            keys.pop_back();
        } else if (event == Json::parse_event_t::key && !keys.empty()) {
            const auto key = value.get<std::string>();
            if (!keys.back().insert(key).second && parsed.twice.empty()) {
                parsed.twice = key;
                parsed.twice_in = cases_begun - 1;
            }
        }
        return true;
    };
    parsed.body = Json::parse(text, watch, false);
    return parsed;
}

struct Deciding {
    const PackShelf& packs;
    CaseSources sources;
    std::string_view tzdata;
};

Result<Json> decide_one(const Json& json, const Deciding& deciding) {
    const auto value = core_value(json, "", 0);
    if (!value) return tl::unexpected{value.error()};
    const auto read = read_case(*value, deciding.sources);
    if (!read) return tl::unexpected{read.error()};
    const auto policy = policy_of(*read, deciding.packs);
    if (!policy) return tl::unexpected{policy.error()};
    const std::string hash = inputs_hash(canonical_inputs(*policy, read->facts(), deciding.tzdata));
    return decision_json(decide(*policy, read->facts()), *policy, hash, deciding.tzdata);
}

Error in_case(std::size_t index, const Error& error) {
    return {error.code, fmt::format("case {}: {}", index, error.detail)};
}

Json reasons_json(const Decision& decision) {
    Json reasons = Json::array();
    for (const Reason& reason : decision.reasons) {
        reasons.push_back({{"rule", reason.rule->id},
                           {"effect", reason.effect == Effect::Deny ? "DENY" : "DEFER"},
                           {"citation", reason.rule->cite}});
    }
    return reasons;
}

}  // namespace

CaseSources host_sources(ZoneShelf& zones, const PackShelf& packs) {
    CaseSources sources;
    sources.zone = [&zones](std::string_view name, UtcTime now) { return zones.find(name, now); };
    sources.zones_of_number = zones_of_number;
    sources.zones_of_region = [](std::string_view region) {
        return texts(compliance::places::zones_of_region(region));
    };
    sources.kind_of_number = store::LibPhoneNumberRules::kind_of;
    sources.rule_zones = packs.rule_zones();
    return sources;
}

Result<PolicySet> policy_of(const ReadCase& read, const PackShelf& packs) {
    const DialCase& facts = read.facts();
    if (read.packs()) {
        std::vector<const Pack*> named;
        for (const std::string& id : *read.packs()) {
            const Pack* pack = find_pack(packs.packs(), id);
            if (pack == nullptr) return fail(Errc::InvalidInput, "packs names no pack: " + id);
            named.push_back(pack);
        }
        return PolicySet::of(named);
    }
    Whereabouts where;
    if (const auto number = PhoneNumber::parse(facts.number.e164)) {
        const auto place = compliance::places::place_of(*number);
        where.number_country = place.country;
        where.number_regions = place.regions;
    }
    where.address_region = facts.address.region;
    where.purpose =
        facts.campaign.transfers_to_sales ? Purpose::Telemarketing : facts.campaign.purpose;
    return choose(packs.packs(), where);
}

Json decision_json(const Decision& decision, const PolicySet& policy,
                   const std::string& inputs_hash, std::string_view tzdata) {
    Json obligations = Json::array();
    for (const Obligation& obligation : decision.obligations) {
        obligations.push_back({{"kind", name_of(obligation.kind)}, {"rule", obligation.rule->id}});
    }
    Json body{{"verdict", name_of(decision.verdict)},
              {"until",
               decision.until ? Json(compliance::policy::to_text(*decision.until)) : Json(nullptr)},
              {"scope", decision.scope ? Json(name_of(*decision.scope)) : Json(nullptr)},
              {"primary", decision.primary ? Json(decision.primary->id) : Json(nullptr)},
              {"reasons", reasons_json(decision)},
              {"obligations", std::move(obligations)},
              {"inputs_hash", inputs_hash},
              {"tzdata", tzdata}};
    if (policy.has_draft()) body["draft"] = true;
    if (!decision.warnings.empty()) {
        Json warnings = Json::array();
        for (const Rule* rule : decision.warnings) {
            warnings.push_back({{"rule", rule->id}, {"citation", rule->cite}});
        }
        body["warnings"] = std::move(warnings);
    }
    return body;
}

Result<Json> decide_cases(std::string_view text, const PackShelf& packs, std::string_view tzdata) {
    const ParsedText parsed = parse_text(text);
    const Json& body = parsed.body;
    if (body.is_discarded()) return fail(Errc::InvalidInput, "the input is not JSON");
    if (!body.is_object() && !body.is_array()) {
        return fail(Errc::InvalidInput, "the input must be a case or an array of cases");
    }
    if (!parsed.twice.empty()) {
        return tl::unexpected{
            in_case(parsed.twice_in, {Errc::InvalidInput, parsed.twice + " stands twice"})};
    }
    ZoneShelf zones;
    const Deciding deciding{packs, host_sources(zones, packs), tzdata};
    if (body.is_object()) {
        auto decided = decide_one(body, deciding);
        if (!decided) return tl::unexpected{in_case(0, decided.error())};
        return decided;
    }
    Json all = Json::array();
    for (std::size_t i = 0; i < body.size(); ++i) {
        auto decided = decide_one(body[i], deciding);
        if (!decided) return tl::unexpected{in_case(i, decided.error())};
        all.push_back(std::move(*decided));
    }
    return all;
}

}  // namespace bellwether::app
