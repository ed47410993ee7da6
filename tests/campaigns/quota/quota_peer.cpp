// The product's side of scripts/reference/quota.py: a field of cells and what happens in it per
// line on stdin; per line on stdout what was answered, and how the cells stand after each
// happening.

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "campaigns/form/read_form.h"
#include "campaigns/quota/tally.h"

namespace {

using namespace bellwether;
using namespace bellwether::campaigns;
using Json = nlohmann::json;

/// The cells with a form to stand on; which of them match is said by each request.
quota::Plan plan_of(const std::string& quotas) {
    const auto form = form::read_form({.survey = "type,name,label\nbegin_group,part,\n"
                                                 "integer,age,How old?\nend_group,,\n",
                                       .choices = {},
                                       .settings = {},
                                       .quotas = quotas});
    if (!form) throw std::runtime_error(describe(form.error().front()));
    const auto plan = quota::read_plan(*form);
    if (!plan) throw std::runtime_error(describe(plan.error().front()));
    return *plan;
}

quota::Request request_of(const quota::Plan& plan, const Json& json) {
    quota::Request request{.interview = InterviewId{json["interview"].get<std::uint64_t>()},
                           .version = json["version"].get<std::uint64_t>(),
                           .matching = {}};
    request.matching.resize(plan.groups.size());
    for (std::size_t i = 0; i < plan.groups.size(); ++i) {
        if (!json["matching"][i].is_null())
            request.matching[i] = json["matching"][i].get<std::vector<quota::CellIndex>>();
    }
    return request;
}

Json happen(const quota::Plan& plan, quota::Tally& tally, const Json& json) {
    const InterviewId interview{json["interview"].get<std::uint64_t>()};
    const std::string what = json["what"].get<std::string>();
    Json answer = nullptr;
    if (what == "reserve") {
        const auto grant = quota::reserve(plan, tally, request_of(plan, json));
        answer = grant.granted ? Json(true) : Json(plan.cells[*grant.refused_by].name);
    } else if (what == "complete") {
        quota::complete(tally, interview);
    } else if (what == "release") {
        quota::release(tally, interview);
    } else if (what == "hold") {
        quota::hold(tally, interview, Instant{std::chrono::seconds{json["until"].get<int>()}});
    } else if (what == "expire") {
        (void)quota::expire(tally, Instant{std::chrono::seconds{json["until"].get<int>()}});
    }
    Json cells = Json::array();
    for (const auto& cell : tally.cells) cells.push_back({cell.completed, cell.in_flight});
    Json places = Json::array();
    for (const auto& mark : quota::marks_of(plan, tally, interview))
        places.push_back(mark.group + "/" + mark.cell + "=" + std::string{name_of(mark.standing)});
    return {{"answer", answer},
            {"cells", cells},
            {"marks", places},
            {"holds", !quota::broken_cell(plan, tally).has_value()}};
}

}  // namespace

int main() {
    std::string line;
    while (std::getline(std::cin, line)) {
        const Json field = Json::parse(line);
        const quota::Plan plan = plan_of(field["quotas"].get<std::string>());
        quota::Tally tally = quota::make_tally(plan);
        Json told = Json::array();
        for (const Json& json : field["happenings"]) told.push_back(happen(plan, tally, json));
        std::cout << told.dump() << '\n';
    }
}
