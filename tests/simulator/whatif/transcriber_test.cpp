#include "simulator/whatif/transcriber.h"

#include <gtest/gtest.h>

#include <cmath>

#include "simulator/day/day.h"
#include "simulator/whatif/what_if.h"
#include "simulator/world/scenario.h"
#include "simulator/world/world.h"

namespace bellwether::simulator {
namespace {

using pacing::DialMode;

DayScenario busy_day() {
    DayScenario scenario;
    scenario.name = "spring";
    scenario.hours = 2;
    scenario.agents.count = 10;
    scenario.agents.breaks_per_hour = 1;
    return scenario;
}

struct RecordedDay {
    DayTally tally;
    Recording recording;
    campaigns::CampaignSpec spec;
};

/// A day of the simulator, written down as if it had been live.
RecordedDay record(const DayScenario& scenario, Controller controller) {
    Transcriber transcriber;
    transcriber.begin_segment(engine::EngineState{});
    DayOptions options;
    options.controller = controller;
    options.watch = [&](const Step& step) { transcriber.note(step); };
    DayWorld world{scenario, options, 0};
    const DayTally tally = world.run_day(3);
    auto recording = transcriber.finish("spring");
    EXPECT_TRUE(recording) << recording.error().detail;
    return {tally, *std::move(recording), campaign_of(scenario, controller)};
}

TEST(Transcriber, CountsWhatTheDayCounted) {
    const RecordedDay day = record(busy_day(), Controller::Predictive);
    const Figures& figures = day.recording.figures;
    EXPECT_EQ(figures.calls, day.tally.calls);
    EXPECT_EQ(figures.live_answers, day.tally.live_answers);
    EXPECT_EQ(figures.abandoned, day.tally.abandoned);
    // The day counts until its hours end, the record until the last agent has gone home.
    EXPECT_NEAR(figures.utilisation(), day.tally.utilisation(), 0.05);
    EXPECT_EQ(day.recording.contacts.size() >= day.recording.calls.size(), true);
    EXPECT_TRUE(day.recording.detect_answers);
}

TEST(Transcriber, TheSameSettingsComeToTheSame) {
    const RecordedDay day = record(busy_day(), Controller::Progressive);
    const auto report = what_if(day.recording, day.spec, {});
    ASSERT_TRUE(report) << report.error().detail;
    const Figures& recorded = report->recorded;
    const Figures& again = report->what_if;
    const auto close = [](std::int64_t a, std::int64_t b, double most) {
        return std::abs(static_cast<double>(a - b)) <= most * static_cast<double>(b);
    };
    EXPECT_TRUE(close(again.calls, recorded.calls, 0.02)) << again.calls << " " << recorded.calls;
    EXPECT_TRUE(close(again.live_answers, recorded.live_answers, 0.03));
    EXPECT_NEAR(again.utilisation(), recorded.utilisation(), 0.01);
    EXPECT_EQ(again.abandoned, 0);
    EXPECT_TRUE(close(report->drawn.calls, 0, 0) || report->drawn.calls < again.calls / 50);
}

TEST(Transcriber, PredictiveWouldHaveKeptTheAgentsBusier) {
    const RecordedDay day = record(busy_day(), Controller::Progressive);
    campaigns::CampaignSpec spec = day.spec;
    spec.mode = DialMode::Predictive;
    const auto report = what_if(day.recording, spec, {});
    ASSERT_TRUE(report);
    EXPECT_GT(report->what_if.utilisation(), report->recorded.utilisation() + 0.05);
    EXPECT_LE(report->what_if.abandonment(), 0.03);
    EXPECT_GT(report->drawn.calls, 0);
}

TEST(Transcriber, NamesTheCampaignsThereAre) {
    Transcriber empty;
    const auto none = empty.finish("spring");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Errc::NotFound);
}

TEST(Transcriber, SurvivesEveryRandomWorld) {
    int tried = 0;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Scenario scenario = random_scenario(seed);
        const RunReport run = simulator::run(
            scenario, {.journal = {.hash = true, .keep = true, .events_per_segment = 500}});
        for (const CampaignPlan& plan : scenario.campaigns) {
            Transcriber transcriber;
            Replayer replayer{
                {.begins = [&](const auto& state) { transcriber.begin_segment(state); },
                 .step = [&](const Step& step) { transcriber.note(step); }}};
            for (const Segment& segment : run.journal) {
                ASSERT_TRUE(replayer.begin_segment(segment.first_seq, segment.snapshot,
                                                   segment.snapshot_personal));
                for (const Entry& entry : segment.entries) ASSERT_TRUE(replayer.take(entry));
            }
            const auto recording = transcriber.finish(plan.spec.name);
            if (!recording || recording->spec->mode == DialMode::Unattended) continue;
            campaigns::CampaignSpec spec = *recording->spec;
            spec.mode = seed % 2 == 0 ? DialMode::Predictive : DialMode::Progressive;
            const auto report = what_if(*recording, spec, {.seed = seed});
            ASSERT_TRUE(report) << report.error().detail;
            for (const Figures& figures : {report->recorded, report->what_if}) {
                EXPECT_LE(figures.live_answers, figures.calls);
                EXPECT_LE(figures.utilisation(), 1.0);
            }
            ++tried;
        }
    }
    EXPECT_GT(tried, 5);
}

}  // namespace
}  // namespace bellwether::simulator
