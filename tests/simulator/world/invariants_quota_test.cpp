#include <gtest/gtest.h>

#include <map>

#include "simulator/world/world.h"

// simulator/world/invariants_quota.cpp: a household poll with nested quotas on 200 lines. The
// invariants hold each event against the cells; the ends are counted here.

namespace bellwether::simulator {
namespace {

using campaigns::Outcome;
using namespace std::chrono_literals;

constexpr int kTarget = 6;
constexpr int kStart = 1;  // of an earlier wave
constexpr int kRegions = 4;

/// Region by the column of the list, sex by the first question; whoever is full of questions about
/// his tenure is not asked about it.
campaigns::QuestionnaireFiles household() {
    std::string quotas = "name,group,expression,target,start,on_full\n";
    for (int region = 0; region < kRegions; ++region) {
        for (const char* sex : {"m", "f"}) {
            const std::string r = "r" + std::to_string(region);
            quotas += r + sex + ",nested,${contact.region} = '" + r + "' and ${sex} = '" + sex +
                      "'," + std::to_string(kTarget) + "," + std::to_string(kStart) + ",end\n";
        }
    }
    quotas += "owners,tenure,${tenure} = 'o',5,0,skip:details\n";
    return {.sheets = {"type,name,media::audio,required\n"
                       "note,hello,hello.wav,\n"
                       "select_one sex,sex,sex.wav,yes\n"
                       "select_one tenure,tenure,tenure.wav,yes\n"
                       "begin_group,details,,\n"
                       "select_one sex,rooms,rooms.wav,\n"
                       "end_group,,,\n"
                       "note,bye,bye.wav,\n",
                       "list_name,name,tel::key,media::audio\nsex,m,1,m.wav\nsex,f,2,f.wav\n"
                       "tenure,o,1,o.wav\ntenure,t,2,t.wav\n",
                       "form_id,tel::commands\npoll,back=*2\n", quotas},
            .folder = "/poll"};
}

Scenario poll(std::uint64_t seed, double kills) {
    Scenario scenario;
    scenario.seed = seed;
    scenario.start = {Instant{1000h},
                      UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} + 8h};
    scenario.length = 6h;
    scenario.trunk_lines = 200;
    scenario.trunk_calls_per_second = 50;
    CampaignPlan plan;
    plan.spec.id = CampaignId{1};
    plan.spec.client = ClientId{1};
    plan.spec.list = ListId{1};
    plan.spec.name = "household poll";
    plan.spec.mode = pacing::DialMode::Unattended;
    plan.spec.lines_max = 200;
    plan.spec.calls_per_second = 20;
    plan.spec.caller_ids = {"+31201234567"};
    plan.spec.ring_limit = 20s;
    plan.spec.hours.zone = {.name = "Etc/UTC", .offsets = {{UtcTime{}, 0s}}};
    plan.spec.hours.windows = {{.days = 0x7f, .from = 0min, .to = 24h}};
    plan.spec.retry = {.attempts_max = 3,
                       .delays = {{Outcome::NoAnswer, 10min},
                                  {Outcome::Busy, 5min},
                                  {Outcome::InterviewPartial, 5min}},
                       .unknown_cooloff = 60s};
    plan.spec.questionnaire = household();
    plan.contacts = 3000;
    scenario.campaigns.push_back(std::move(plan));
    scenario.keys = {.valid = 0.9, .random = 0.02, .silent = 0.03, .opts_out = 0, .hangs_up = 0.05};
    scenario.faults.kills = kills;
    return scenario;
}

std::map<std::string, std::int64_t> cells(const RunReport& report) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& cell : report.counted.at(CampaignId{1}).cells)
        counts[cell.cell] = cell.completed;
    return counts;
}

void expect_filled(const RunReport& report) {
    ASSERT_FALSE(report.complaint.has_value())
        << report.complaint->promise << ": " << report.complaint->detail;
    const auto counts = cells(report);
    for (int region = 0; region < kRegions; ++region) {
        for (const char* sex : {"m", "f"}) {
            const std::string cell = "r" + std::to_string(region) + sex;
            EXPECT_EQ(counts.at(cell), kTarget - kStart) << cell;
        }
    }
    EXPECT_LE(counts.at("owners"), 5);
    EXPECT_EQ(report.counted.at(CampaignId{1}).counted, kRegions * 2 * (kTarget - kStart));
}

TEST(HouseholdPoll, FillsEachCellAndNoneBeyondItsTarget) {
    const RunReport report = run(poll(1, 0));
    expect_filled(report);
    const auto outcomes = report.outcomes;
    EXPECT_EQ(outcomes.at(Outcome::InterviewComplete), kRegions * 2 * (kTarget - kStart));
    EXPECT_GT(outcomes.at(Outcome::InterviewQuotaFull), 0);
    // The sample is far larger than what was wanted: the rest was never called.
    EXPECT_LT(report.calls, 2000);
}

TEST(HouseholdPoll, IsFilledTheSameWayWhateverTheCrashes) {
    std::int64_t restarts = 0;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const RunReport report = run(poll(seed, 60));
        expect_filled(report);
        restarts += report.restarts;
        if (HasFailure()) return;
    }
    EXPECT_GT(restarts, 40);
}

/// Interviews that a full cell ended, in five runs of the poll with these cells.
std::int64_t rejected_in_five(const std::string& quotas, int wanted) {
    std::int64_t rejected = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Scenario scenario = poll(seed, 0);
        if (!quotas.empty()) scenario.campaigns[0].spec.questionnaire->sheets.quotas = quotas;
        const RunReport report = run(scenario);
        EXPECT_FALSE(report.complaint.has_value());
        EXPECT_EQ(report.outcomes.at(Outcome::InterviewComplete), wanted);
        // Without a word from the calls before, it took as long: 1.1 to 2.3 minutes.
        EXPECT_LT(report.finished.at(CampaignId{1}) - scenario.start.elapsed, 3min);
        rejected += report.outcomes.at(Outcome::InterviewQuotaFull);
    }
    return rejected;
}

// 200 lines for 40 or 60 places. When lines were started without regard to the calls under way,
// the same runs turned away 647, 503 and 1,172 people.
TEST(HouseholdPoll, TurnsFewAwayForTheLastPlaces) {
    const std::string head = "name,group,expression,target,start,on_full\n";
    // Half of a region's people are turned away once its men or its women are enough.
    EXPECT_LT(rejected_in_five("", 40), 280);
    EXPECT_LT(rejected_in_five(head + "m,,${sex} = 'm',30,0,end\nf,,${sex} = 'f',30,0,end\n", 60),
              80);
    EXPECT_LT(rejected_in_five(head + "all,,true(),60,0,end\n", 60), 80);
}

TEST(HouseholdPoll, GivesTheSameTraceForTheSameSeed) {
    const RunOptions options{.check_invariants = false, .journal = {.hash = true}};
    EXPECT_EQ(run(poll(7, 10), options).trace_hash, run(poll(7, 10), options).trace_hash);
}

}  // namespace
}  // namespace bellwether::simulator
