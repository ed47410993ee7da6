#include "dialer/app/survey/quota_counts.h"

#include <gtest/gtest.h>

#include "campaigns/form/read_form.h"

namespace bellwether::app {
namespace {

namespace quota = campaigns::quota;

quota::Plan plan() {
    const auto form = campaigns::form::read_form(
        {.survey = "type,name,label\ninteger,a,A\n",
         .choices = {},
         .settings = {},
         .quotas = "name,expression,target\nlow,${a} < 5,9\nhigh,${a} >= 5,9\n"});
    return quota::read_plan(form.value()).value();
}

TEST(QuotaCounts, AreThoseOfTheReport) {
    const auto tally = parse_quota_counts(
        R"({"campaign": "x", "cells": [{"cell": "high", "completed": 3, "in_flight": 2, "full": false}]})",
        "c.json", plan());
    ASSERT_TRUE(tally.has_value());
    EXPECT_EQ(tally->cells[0], quota::CellCount{});
    EXPECT_EQ(tally->cells[1], (quota::CellCount{.completed = 3, .in_flight = 2, .recounted = 3}));
}

TEST(QuotaCounts, NameEveryProblem) {
    const auto said = [](const char* text) {
        const auto tally = parse_quota_counts(text, "c.json", plan());
        std::string all;
        if (!tally)
            for (const Problem& problem : tally.error()) all += problem.text + "\n";
        return all;
    };
    EXPECT_EQ(said("[]"), "is not what `survey quota --campaign NAME --json` prints\n");
    EXPECT_EQ(said("{\"cells\": ["), "is not what `survey quota --campaign NAME --json` prints\n");
    EXPECT_EQ(said(R"({"cells": [{"cell": "low", "completed": -1}, {}, {"cell": "lo"}]})"),
              "/cells/0: completed and in_flight are whole numbers, 0 or more\n"
              "/cells/1/cell: is missing, or no string\n"
              "/cells/2/cell: names no cell of the questionnaire's quotas\n");
}

}  // namespace
}  // namespace bellwether::app
