// The product's side of scripts/reference/raking.py: a sample per line on stdin, its weights per
// line on stdout; an empty list where they are withheld.

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/check.h"
#include "campaigns/weighting/base_weight.h"
#include "campaigns/weighting/raking.h"

int main() {
    using namespace bellwether::campaigns::weighting;
    using Json = nlohmann::json;
    for (std::string line; std::getline(std::cin, line);) {
        const Json sample = Json::parse(line);
        std::vector<RakedCase> cases;
        for (std::size_t i = 0; i < sample["households"].size(); ++i) {
            const Json& household = sample["households"][i];
            const auto base = base_weight({.design = household["design"].get<double>(),
                                           .adults = household["adults"].get<double>(),
                                           .lines = household["lines"].get<double>()});
            cases.push_back({base.value(), sample["rows"][i].get<std::vector<std::string>>()});
        }
        std::vector<Margin> margins;
        for (const auto& targets : sample["margins"]) {
            margins.push_back({"v" + std::to_string(margins.size()), {}});
            for (const auto& [category, share] : targets.items())
                margins.back().targets.push_back({category, share.get<double>()});
        }
        RakingRules rules;
        if (!sample["cap"].is_null()) rules.cap = sample["cap"].get<double>();
        if (!sample["floor"].is_null()) rules.floor = sample["floor"].get<double>();
        const auto raked = rake(cases, margins, rules);
        BW_CHECK(raked.has_value());
        std::cout << Json{{"weights", raked->weights}} << "\n";
    }
}
