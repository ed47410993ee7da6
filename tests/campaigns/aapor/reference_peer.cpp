// The product's side of scripts/reference/aapor.py: a question per line on stdin, its answer per
// line on stdout.

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/check.h"
#include "campaigns/aapor/outcome_report.h"

namespace {

using namespace bellwether;
using namespace bellwether::campaigns::aapor;
using Json = nlohmann::json;

template <class E>
E enum_of(const Json& json) {
    const auto value = enum_from_name<E>(json.get<std::string>());
    BW_CHECK(value.has_value());
    return *value;
}

Json answer_case(const CodeTable& table, const Json& question) {
    Case one{.attempts = {}, .numbers = question["numbers"].get<std::size_t>()};
    for (const auto& attempt : question["attempts"]) {
        one.attempts.push_back(
            {.said = {attempt["code"].get<std::string>(), attempt["human"].get<bool>(),
                      attempt["left"].get<bool>()},
             .at = UtcTime{std::chrono::seconds{attempt["at"].get<std::int64_t>()}},
             .number = attempt["number"].get<std::size_t>(),
             .household_greets = attempt["household"].get<bool>()});
    }
    const auto final = final_code(table, one,
                                  {.sample = enum_of<SampleKind>(question["sample"]),
                                   .list_is_eligible = question["list_is_eligible"].get<bool>(),
                                   .confirm_nonworking = question["confirm"].get<int>()});
    return {{"code", final.code},
            {"attempt", final.attempt ? Json(*final.attempt) : Json(nullptr)}};
}

Json json_of(const std::optional<double>& rate) { return rate ? Json(*rate) : Json(nullptr); }

Json json_of(const RatesLine& line) {
    Json json{{"e", json_of(line.eligibility.e)}};
    const auto add = [&](const char* name, const auto& rates) {
        for (std::size_t i = 0; i < rates.size(); ++i)
            json[name + std::to_string(i + 1)] = json_of(rates[i]);
    };
    add("RR", line.rates.response);
    add("COOP", line.rates.cooperation);
    add("REF", line.rates.refusal);
    add("CON", line.rates.contact);
    return json;
}

Json answer_report(const CodeTable& table, const Json& question) {
    std::vector<CaseResult> cases;
    for (const auto& one : question["cases"])
        cases.push_back({one[0].get<std::string>(), one[1].get<double>()});
    const auto report = report_outcomes(
        table, cases,
        {enum_of<EMethod>(question["method"]), question["value"].get<double>(), "a survey"});
    return {{"plain", json_of(report.plain)},
            {"closed_by_design", json_of(report.closed_by_design)},
            {"weighted", json_of(report.weighted)}};
}

}  // namespace

int main() {
    const auto table = read_code_table("codes.csv", shipped_code_table());
    BW_CHECK(table.has_value());
    for (std::string line; std::getline(std::cin, line);) {
        const Json question = Json::parse(line);
        const bool is_case = question["kind"] == "case";
        std::cout << (is_case ? answer_case(*table, question) : answer_report(*table, question))
                  << "\n";
    }
}
