#include "dialer/app/reports/figures.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bellwether::app {
namespace {

using campaigns::Outcome;

store::CampaignFigures one_of_each() {
    store::CampaignFigures figures;
    for (std::size_t i = 0; i < kEnumNames<Outcome>.size(); ++i)
        figures.outcomes.push_back({static_cast<Outcome>(i), 1});
    return figures;
}

TEST(Figures, AttemptsAreTheSumOfTheirColumns) {
    const Json json = figures_json(one_of_each());
    const auto sum = json["answered"].get<int>() + json["machines"].get<int>() +
                     json["busy"].get<int>() + json["no_answer"].get<int>() +
                     json["failed"].get<int>();
    EXPECT_EQ(json["attempts"], sum);
}

TEST(Figures, EveryOutcomeFallsIntoOneColumn) {
    const AttemptColumns columns = attempt_columns(one_of_each());
    EXPECT_EQ(columns.attempts + columns.not_dialed,
              static_cast<std::int64_t>(kEnumNames<Outcome>.size()));
}

TEST(Figures, WhatWasNeverDialedIsNoAttempt) {
    store::CampaignFigures figures;
    figures.outcomes = {
        {Outcome::Withdrawn, 5}, {Outcome::DestinationDenied, 2}, {Outcome::Busy, 1}};
    EXPECT_EQ(attempt_columns(figures).attempts, 1);
    EXPECT_EQ(attempt_columns(figures).not_dialed, 7);
}

TEST(Figures, LeftIsEverybodyNotDone) {
    store::CampaignFigures figures;
    figures.total = 10;
    figures.fresh = 4;
    figures.claimed = 1;
    figures.live = 2;
    figures.retry = 1;
    figures.done = 1;
    figures.denied = 1;
    EXPECT_EQ(figures_json(figures)["left"], 8);
}

}  // namespace
}  // namespace bellwether::app
