#include "dialer/app/service/pacing_recall.h"

#include <gtest/gtest.h>

#include "dialer/engine/codec.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;
using store::test::at;
using store::test::must;
using store::test::TestStore;

constexpr CampaignId kCampaign{1};

/// Something that only this start has learnt, heard of at `heard`.
pacing::PacerState learnt(double log_chance, Instant heard) {
    pacing::PacerState state;
    state.budget.log_chance = log_chance;
    state.safeguards.last_news = heard;
    return state;
}

engine::Encoded snapshot_with(const pacing::PacerState& state) {
    engine::EngineState engine;
    engine.campaigns[kCampaign].spec.id = kCampaign;
    engine.campaigns[kCampaign].pacer = state;
    return engine::encode(engine);
}

store::JournalEntry applied_at(std::uint64_t seq, Now now, const pacing::PacerState& state) {
    engine::CampaignApplied event{.learnt = state};
    event.spec.id = kCampaign;
    auto [text, personal] = engine::encode(engine::Event{event});
    return {seq, now, std::move(text), std::move(personal), {}};
}

TEST(PacingRecall, TakesTheLastSegmentAndMovesItToTheNewTimeAxis) {
    TestStore test;
    ASSERT_TRUE(
        test.store->begin_segment(1, {Instant{1s}, at(0)}, snapshot_with(learnt(-1, Instant{1s}))));
    ASSERT_TRUE(test.store->submit({applied_at(1, {Instant{2s}, at(1)}, {}), {}}));
    ASSERT_TRUE(test.store->begin_segment(2, {Instant{100s}, at(100)},
                                          snapshot_with(learnt(-2, Instant{90s}))));
    must(test.store->flush());

    // Started anew 60 s after the last word: 10 s of age then, 70 s now, 5 s into the new axis.
    RecalledPacing recalled = recall_pacing(*test.store);
    const auto state = recalled.take(kCampaign, {Instant{5s}, at(160)});
    ASSERT_TRUE(state);
    EXPECT_EQ(state->budget.log_chance, -2);
    EXPECT_EQ(state->safeguards.last_news, Instant{5s - 70s});
    EXPECT_FALSE(recalled.take(kCampaign, {Instant{5s}, at(160)})) << "it is taken";
    EXPECT_FALSE(recalled.take(CampaignId{7}, {Instant{5s}, at(160)}));
}

TEST(PacingRecall, AStartThatWasKilledEarlyHandsOnWhatItHadRecalled) {
    TestStore test;
    ASSERT_TRUE(
        test.store->begin_segment(1, {Instant{0s}, at(0)}, engine::encode(engine::EngineState{})));
    ASSERT_TRUE(
        test.store->submit({applied_at(1, {Instant{2s}, at(2)}, learnt(-3, Instant{1s})), {}}));
    must(test.store->flush());
    const auto state = recall_pacing(*test.store).take(kCampaign, {Instant{0s}, at(12)});
    ASSERT_TRUE(state);
    EXPECT_EQ(state->budget.log_chance, -3);
    EXPECT_EQ(state->safeguards.last_news, Instant{-11s});
}

TEST(PacingRecall, AClockThatWasSetBackMakesNothingYounger) {
    RecalledPacing recalled;
    recalled.keep(kCampaign, learnt(-1, Instant{90s}), {Instant{100s}, at(100)});
    const auto state = recalled.take(kCampaign, {Instant{0s}, at(50)});
    ASSERT_TRUE(state);
    EXPECT_EQ(state->safeguards.last_news, Instant{-10s});
}

TEST(PacingRecall, WhatCannotBeReadIsNotRecalled) {
    TestStore empty;
    EXPECT_FALSE(recall_pacing(*empty.store).take(kCampaign, {Instant{0s}, at(0)}));
    TestStore foreign;
    ASSERT_TRUE(foreign.store->begin_segment(1, {Instant{0s}, at(0)},
                                             {R"({"is":"ENGINE_STATE","of":"last year"})", ""}));
    must(foreign.store->flush());
    EXPECT_FALSE(recall_pacing(*foreign.store).take(kCampaign, {Instant{0s}, at(0)}));
}

}  // namespace
}  // namespace bellwether::app
