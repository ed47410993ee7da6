#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "base/check.h"
#include "campaigns/export/make_dataset.h"
#include "campaigns/form/read_form.h"

// The example of tests/campaigns/export/example, as the product reads it.

namespace bellwether::campaigns::exports {

inline std::string slurp(const std::string& file) {
    std::ifstream in{file, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

inline form::Form example_form(const std::string& folder) {
    auto form = form::read_form({slurp(folder + "/survey.csv"), slurp(folder + "/choices.csv"),
                                 slurp(folder + "/settings.csv")});
    if (!form) fprintf(stderr, "%s\n", describe(form.error().front()).c_str());
    BW_CHECK(form.has_value());
    return *std::move(form);
}

inline std::vector<CollectedInterview> example_interviews(const nlohmann::json& all) {
    std::vector<CollectedInterview> interviews;
    for (const auto& one : all) {
        CollectedInterview interview{.case_id = one["case_id"],
                                     .interview_id = one["interview_id"],
                                     .outcome = one["outcome"],
                                     .aapor = one["aapor"],
                                     .mode = one["mode"],
                                     .started = one["started"],
                                     .ended = one["ended"],
                                     .attempts = one["attempts"],
                                     .base_weight = one["weight_base"].get<double>()};
        interview.facts.now = interview.started;
        interview.facts.language = one["language"];
        for (const auto& answer : one["answers"]) {
            const auto how = enum_from_name<form::Settled>(answer[2].get<std::string>());
            BW_CHECK(how.has_value());
            interview.answers.push_back({answer[0], answer[1], *how});
        }
        interviews.push_back(std::move(interview));
    }
    return interviews;
}

/// The example with its weights.
inline Dataset example_data(const std::string& folder) {
    const auto all = nlohmann::json::parse(slurp(folder + "/interviews.json"));
    auto data = make_dataset(example_form(folder), example_interviews(all));
    BW_CHECK(data.has_value());
    std::vector<double> weights;
    for (const auto& one : all) weights.push_back(one["weight"]);
    set_weights(*data, weights, "Base weight raked to sex and region.");
    return *std::move(data);
}

inline Dataset example_data() { return example_data(BELLWETHER_EXAMPLE); }

}  // namespace bellwether::campaigns::exports
