#include "simulator/whatif/what_if.h"

#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

using End = CallRecord::End;
using What = AgentMoment::What;
using pacing::DialMode;
using namespace std::chrono_literals;

campaigns::CampaignSpec always_open(DialMode mode) {
    campaigns::CampaignSpec spec;
    spec.name = "spring";
    spec.mode = mode;
    spec.lines_max = 100;
    spec.calls_per_second = 100;
    spec.caller_ids = {"+12025550100"};
    spec.wrap_up = 0s;
    spec.safe_harbour_prompt = "sorry";
    spec.hours.zone = {"UTC", {{UtcTime{}, 0s}}};
    spec.hours.windows = {{0x7f, 0min, 1440min}};
    spec.retry.attempts_max = 1;
    return spec;
}

/// One agent from the beginning, a list of three, 200 s.
Recording three_calls() {
    Recording recording;
    recording.begin = {Instant{1000s},
                       UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}} + 12h};
    recording.length = 200s;
    recording.running = true;
    recording.list_ended = true;
    for (std::uint64_t i = 1; i <= 3; ++i) {
        recording.contacts.push_back(
            {.contact = ContactId{i}, .number = NumberId{i}, .destination_allowed = true});
    }
    recording.calls[ContactId{1}] = {{.end = End::Person, .rang = 5s, .talk = 60s}};
    recording.calls[ContactId{2}] = {
        {.end = End::Failed, .rang = 3s, .failure = {.sip_status = 486}}};
    recording.calls[ContactId{3}] = {{.end = End::Person, .rang = 4s, .talk = 30s}};
    recording.agents = {{0s, AgentId{7}, What::HereReady}};
    recording.wraps[AgentId{7}] = {10s, 10s};
    return recording;
}

TEST(WhatIf, RunsTheRecordedPeopleThroughTheEngine) {
    // By hand: INVITE at 0, bridged 5, over 65, ready 75; INVITE, busy at 78; INVITE, bridged 82,
    // over 112, ready 122; nobody left.
    const auto report = what_if(three_calls(), always_open(DialMode::Progressive), {});
    ASSERT_TRUE(report) << report.error().detail;
    const Figures& figures = report->what_if;
    EXPECT_EQ(figures.calls, 3);
    EXPECT_EQ(figures.live_answers, 2);
    EXPECT_EQ(figures.connected, 2);
    EXPECT_EQ(figures.abandoned, 0);
    EXPECT_EQ(figures.talk, Duration{90s});
    EXPECT_EQ(figures.wrap, Duration{20s});
    EXPECT_EQ(figures.staffed, Duration{200s});
    EXPECT_DOUBLE_EQ(*figures.mean_wait_s(), (5.0 + 7.0) / 2);
    EXPECT_EQ(report->contacts, 3);
    EXPECT_EQ(report->drawn.calls, 0);
    EXPECT_EQ(report->drawn.rings, 0);
    EXPECT_EQ(report->drawn.talks, 0);
}

TEST(WhatIf, DrawsForContactsThatTheRecordingNeverReached) {
    Recording recording = three_calls();
    recording.list_ended = false;
    recording.length = 3600s;
    const auto spec = always_open(DialMode::Progressive);
    const auto report = what_if(recording, spec, {.seed = 5});
    ASSERT_TRUE(report);
    EXPECT_GT(report->what_if.calls, 20);
    EXPECT_EQ(report->drawn.calls, report->what_if.calls - 3);
    EXPECT_EQ(report->contacts, report->what_if.calls);
    const auto again = what_if(recording, spec, {.seed = 5});
    EXPECT_EQ(again->what_if.calls, report->what_if.calls);
    EXPECT_EQ(again->what_if.talk, report->what_if.talk);
    const auto other = what_if(recording, spec, {.seed = 6});
    EXPECT_NE(other->what_if.talk, report->what_if.talk);
}

TEST(WhatIf, DrawsTheTalkOfSomebodyWhomNobodyServed) {
    Recording recording = three_calls();
    recording.calls[ContactId{3}].front().talk.reset();
    const auto report = what_if(recording, always_open(DialMode::Progressive), {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->drawn.talks, 1);
    EXPECT_EQ(report->what_if.talk, Duration{120s});  // the only talk there is, twice
}

TEST(WhatIf, GoesOnWithRingsThatWereCutShort) {
    Recording recording = three_calls();
    recording.calls[ContactId{2}].front() = {.end = End::Cut, .rang = 4s + 500ms};
    const auto report = what_if(recording, always_open(DialMode::Progressive), {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->drawn.rings, 1);
    EXPECT_EQ(report->what_if.live_answers, 3);  // only the ring of 5 s lasted longer
}

TEST(WhatIf, PeopleHangUpWhenTheyDid) {
    Recording recording = three_calls();
    recording.calls[ContactId{2}].front() = {.end = End::Person, .rang = 1s, .patience = 500ms};
    // The ratio dials both at once: the second finds the agent on the first's call.
    auto spec = always_open(DialMode::Ratio);
    spec.ratio = 2;
    spec.pacing_guard = false;
    const auto report = what_if(recording, spec, {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->what_if.live_answers, 3);
}

TEST(WhatIf, AgentsComeAndGoWhenTheyDid) {
    Recording recording = three_calls();
    recording.agents = {{10s, AgentId{7}, What::HereReady},
                        {20s, AgentId{7}, What::Pause},
                        {90s, AgentId{7}, What::HereReady},
                        {150s, AgentId{7}, What::SignOut}};
    const auto report = what_if(recording, always_open(DialMode::Progressive), {});
    ASSERT_TRUE(report);
    // INVITE 10, bridged 15, over 75: paused until 90; INVITE, busy at 93; INVITE, bridged 97, over
    // 127, ready 137; gone at 150.
    EXPECT_EQ(report->what_if.talk, Duration{90s});
    EXPECT_EQ(report->what_if.staffed, Duration{65s + 60s});
}

TEST(WhatIf, ADetectorsVerdictsAreKept) {
    Recording recording = three_calls();
    recording.detect_answers = true;
    recording.calls[ContactId{1}].front().verdict_after = 2s;
    recording.calls[ContactId{1}].front().greeting_after = 1s;
    recording.calls[ContactId{2}].front() = {.end = End::Machine, .rang = 3s, .verdict_after = 2s};
    recording.calls[ContactId{3}].front().verdict_after = 1s;
    const auto report = what_if(recording, always_open(DialMode::Progressive), {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->what_if.live_answers, 2);
    EXPECT_EQ(report->what_if.connected, 2);
    EXPECT_EQ(report->what_if.talk, Duration{90s});
}

TEST(WhatIf, OrdersAreThoseOfTheOperator) {
    Recording recording = three_calls();
    recording.running = false;
    recording.orders = {{50s, engine::CampaignOrder::Start}, {60s, engine::CampaignOrder::Pause}};
    const auto report = what_if(recording, always_open(DialMode::Progressive), {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->what_if.calls, 1);
}

TEST(WhatIf, IsForCampaignsWithAgents) {
    for (const DialMode mode : {DialMode::Unattended, DialMode::Manual, DialMode::Preview}) {
        const auto report = what_if(three_calls(), always_open(mode), {});
        ASSERT_FALSE(report);
        EXPECT_EQ(report.error().code, Errc::InvalidInput);
    }
    Recording recording = three_calls();
    recording.spec = always_open(DialMode::Unattended);
    EXPECT_FALSE(what_if(recording, always_open(DialMode::Progressive), {}));
}

}  // namespace
}  // namespace bellwether::simulator
