#include "dialer/store/number_rule_text.h"

#include <nlohmann/json.hpp>

#include "dialer/store/sqlite.h"

namespace bellwether::store {

std::string to_text(const campaigns::NumberRule& rule) {
    nlohmann::ordered_json json{{"order", rule.order},
                                {"next_after", nlohmann::ordered_json::array()},
                                {"attempts_max", rule.attempts_max},
                                {"per_day_max", rule.per_day_max},
                                {"contact_attempts_max", rule.contact_attempts_max}};
    for (const auto outcome : rule.next_after) json["next_after"].push_back(name_of(outcome));
    return json.dump();
}

campaigns::NumberRule number_rule_of(std::string_view text) {
    campaigns::NumberRule rule;
    try {
        const auto json = nlohmann::json::parse(text);
        rule.order = json.value("order", rule.order);
        rule.attempts_max = json.value("attempts_max", rule.attempts_max);
        rule.per_day_max = json.value("per_day_max", rule.per_day_max);
        rule.contact_attempts_max = json.value("contact_attempts_max", rule.contact_attempts_max);
        if (!json.contains("next_after")) return rule;
        rule.next_after.clear();
        for (const auto& word : json["next_after"]) {
            const auto outcome = enum_from_name<campaigns::Outcome>(word.get<std::string>());
            if (outcome) rule.next_after.push_back(*outcome);
        }
    } catch (const nlohmann::json::exception&) {
        throw SqliteError{SQLITE_CORRUPT, "campaigns.number_rule cannot be read"};
    }
    return rule;
}

}  // namespace bellwether::store
