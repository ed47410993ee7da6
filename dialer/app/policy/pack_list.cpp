#include "dialer/app/policy/pack_list.h"

#include <map>
#include <utility>

#include "compliance/policy/pack_form.h"
#include "compliance/policy/text_forms.h"

namespace bellwether::app {

namespace {

using namespace compliance::policy;

Json date_json(const std::optional<Date>& date) {
    return date ? Json(to_text(*date)) : Json(nullptr);
}

Json rule_json(const Rule& rule) {
    return {{"id", rule.id},
            {"kind", name_of(rule.kind())},
            {"effect", name_of(effect_of(rule.kind()))},
            {"class", name_of(rule.strength)},
            {"citation", rule.cite},
            {"source", rule.source},
            {"seen", to_text(rule.seen)},
            {"effective_from", date_json(rule.in_force.from)},
            {"effective_to", date_json(rule.in_force.to)}};
}

using RuleKey = std::pair<std::string, std::optional<Date>>;

std::map<RuleKey, const Rule*> by_key(const Pack& pack) {
    std::map<RuleKey, const Rule*> rules;
    for (const Rule& rule : pack.rules) rules.emplace(RuleKey{rule.id, rule.in_force.from}, &rule);
    return rules;
}

Json value_json(const compliance::evidence::Value& value) {
    return Json::parse(compliance::evidence::encode(value));
}

/// The members of two forms of one rule that differ, each with what it was and what it is.
Json changes(const Rule& before, const Rule& after) {
    const Json old_form = value_json(form_of(before));
    const Json new_form = value_json(form_of(after));
    Json found = Json::object();
    for (const auto& [key, value] : old_form.items()) {
        const Json now = new_form.contains(key) ? new_form[key] : Json(nullptr);
        if (now != value) found[key] = {{"was", value}, {"is", now}};
    }
    for (const auto& [key, value] : new_form.items()) {
        if (!old_form.contains(key)) found[key] = {{"was", nullptr}, {"is", value}};
    }
    return found;
}

}  // namespace

Json pack_json(const Pack& pack, bool with_rules) {
    Json body{{"id", pack.id},
              {"version", pack.version},
              {"status", name_of(pack.status)},
              {"hash", pack_hash(pack)},
              {"reviewed_by", pack.reviewed_by.empty() ? Json(nullptr) : Json(pack.reviewed_by)},
              {"review_until", date_json(pack.review_until)},
              {"regions", pack.applies.regions}};
    if (!with_rules) {
        body["rules"] = pack.rules.size();
        return body;
    }
    Json rules = Json::array();
    for (const Rule& rule : pack.rules) rules.push_back(rule_json(rule));
    body["rules"] = std::move(rules);
    return body;
}

Json packs_difference(const Pack& before, const Pack& after) {
    const auto old_rules = by_key(before);
    const auto new_rules = by_key(after);
    Json added = Json::array();
    Json removed = Json::array();
    Json changed = Json::array();
    for (const auto& [key, rule] : new_rules) {
        const auto old_rule = old_rules.find(key);
        if (old_rule == old_rules.end()) {
            added.push_back(rule_json(*rule));
        } else if (Json difference = changes(*old_rule->second, *rule); !difference.empty()) {
            changed.push_back({{"id", rule->id},
                               {"effective_from", date_json(rule->in_force.from)},
                               {"changes", std::move(difference)}});
        }
    }
    for (const auto& [key, rule] : old_rules) {
        if (!new_rules.contains(key)) removed.push_back(rule_json(*rule));
    }
    return {{"from", {{"id", before.id}, {"version", before.version}, {"hash", pack_hash(before)}}},
            {"to", {{"id", after.id}, {"version", after.version}, {"hash", pack_hash(after)}}},
            {"added", std::move(added)},
            {"removed", std::move(removed)},
            {"changed", std::move(changed)}};
}

}  // namespace bellwether::app
