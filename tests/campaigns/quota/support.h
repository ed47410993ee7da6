#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "campaigns/quota/plan.h"
#include "campaigns/quota/tally.h"
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::quota {

// A household poll: a note, two choices, an age, a scale, and a group that may be left out.
inline constexpr const char* kSurvey =
    "type,name,label,relevant,required,tel::disposition\n"
    "note,hello,Good day.,,,\n"
    "select_one sex,sex,Who are you?,,yes,\n"
    "integer,age,How old are you?,,yes,\n"
    "select_one tenure,tenure,Do you own?,,,\n"
    "begin_group,details,,,,\n"
    "integer,rent,What is the rent?,${tenure} = 'tenant',,\n"
    "integer,rooms,How many rooms?,,,\n"
    "end_group,,,,,\n"
    "integer,weight,How many telephones?,,,\n"
    "note,sorry,We have heard enough people like you.,false(),,\n";
inline constexpr const char* kChoices =
    "list_name,name,label,tel::key\n"
    "sex,m,Man,1\nsex,f,Woman,2\n"
    "tenure,owner,Owner,1\ntenure,tenant,Tenant,2\n";

inline form::FormSheets poll(std::string quotas) {
    return {.survey = kSurvey, .choices = kChoices, .settings = {}, .quotas = std::move(quotas)};
}

/// A form and its plan.
struct Poll {
    form::Form form;
    Plan plan;

    explicit Poll(const std::string& quotas, std::string settings = {}) {
        auto sheets = poll(quotas);
        sheets.settings = std::move(settings);
        form = form::form_of(std::move(sheets));
        auto read = read_plan(form);
        if (read) {
            plan = *std::move(read);
        } else {
            for (const auto& problem : read.error()) ADD_FAILURE() << describe(problem);
        }
    }
};

inline std::vector<std::string> plan_problems(const std::string& quotas) {
    const auto read = read_plan(form::form_of(poll(quotas)));
    return read ? std::vector<std::string>{} : form::brief(read.error());
}

/// "cell:completed+in_flight" of each.
inline std::vector<std::string> counts_of(const Plan& plan, const Tally& tally) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < plan.cells.size(); ++i) {
        texts.push_back(plan.cells[i].name + ":" + std::to_string(tally.cells[i].completed) + "+" +
                        std::to_string(tally.cells[i].in_flight));
    }
    return texts;
}

/// "group/cell=STANDING" of each.
inline std::vector<std::string> brief_marks(const std::vector<Mark>& marks) {
    std::vector<std::string> texts;
    for (const Mark& mark : marks)
        texts.push_back(mark.group + "/" + mark.cell + "=" + std::string{name_of(mark.standing)});
    return texts;
}

}  // namespace bellwether::campaigns::quota
