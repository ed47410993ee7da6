#include "dialer/app/sim/call_records.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using campaigns::Outcome;
using simulator::AgentMoment;
using simulator::CallRecord;
using End = CallRecord::End;
using namespace std::chrono_literals;

const compliance::ZoneOffsets kUtc{"UTC", {{UtcTime{}, 0s}}};

Checked<simulator::Recording> read(std::string_view csv, const CallMapping& mapping = {}) {
    return read_call_records({csv, "calls.csv"}, mapping, kUtc, 25s);
}

std::string problems_of(std::string_view csv, const CallMapping& mapping = {}) {
    const auto recording = read(csv, mapping);
    return recording ? "" : to_text(recording.error());
}

const char* const kFive =
    "called_at,ring_s,outcome,talk_s,wrap_s,agent\n"
    "2026-03-02 09:00:00,10,CONNECTED,60,15,ann\n"
    "2026-03-02 09:00:02,4,BUSY,,,\n"
    "2026-03-02T09:00:05Z,12.5,ABANDONED,,,\n"
    "2026-03-02 09:00:30,25,NO_ANSWER,,,\n"
    "2026-03-02 09:01:40,5,CONNECTED,30,15,ann\n";

TEST(CallRecords, BecomeARecording) {
    const auto recording = read(kFive);
    ASSERT_TRUE(recording) << to_text(recording.error());
    ASSERT_EQ(recording->contacts.size(), 5U);
    const auto call = [&](std::uint64_t id) { return recording->calls.at(ContactId{id}).at(0); };
    EXPECT_EQ(call(1).end, End::Person);
    EXPECT_EQ(call(1).rang, Duration{10s});
    EXPECT_EQ(call(1).talk, Duration{60s});
    EXPECT_EQ(call(2).end, End::Failed);
    EXPECT_EQ(call(2).failure.sip_status, 486);
    EXPECT_EQ(call(3).end, End::Person);
    EXPECT_EQ(call(3).at, Duration{5s});
    EXPECT_EQ(call(3).rang, Duration{12500ms});
    EXPECT_EQ(call(3).talk, std::nullopt);
    EXPECT_EQ(call(4).end, End::RangOut);
    EXPECT_FALSE(recording->detect_answers);
    EXPECT_TRUE(recording->running);
    EXPECT_FALSE(recording->list_ended);
}

TEST(CallRecords, HaveTheFiguresOfTheDay) {
    // By hand: ann is there from 0 to 100 + 5 + 30 + 15 = 150 s; talks 60 + 30, wraps up 15 + 15;
    // her first call is over at 10 + 60 + 15 = 85, the next bridged at 105.
    const auto recording = read(kFive);
    ASSERT_TRUE(recording);
    const simulator::Figures& figures = recording->figures;
    EXPECT_EQ(figures.calls, 5);
    EXPECT_EQ(figures.live_answers, 3);
    EXPECT_EQ(figures.abandoned, 1);
    EXPECT_EQ(figures.connected, 2);
    EXPECT_EQ(figures.talk, Duration{90s});
    EXPECT_EQ(figures.wrap, Duration{30s});
    EXPECT_EQ(figures.staffed, Duration{150s});
    EXPECT_DOUBLE_EQ(*figures.mean_wait_s(), 20);
    EXPECT_EQ(recording->length, Duration{150s});
    ASSERT_EQ(recording->agents.size(), 2U);
    EXPECT_EQ(recording->agents[0].what, AgentMoment::What::HereReady);
    EXPECT_EQ(recording->agents[1].what, AgentMoment::What::SignOut);
    EXPECT_EQ(recording->agents[1].at, Duration{150s});
    EXPECT_EQ(recording->wraps.at(AgentId{1}), (std::vector<Duration>{15s, 15s}));
}

TEST(CallRecords, AnAgentWithoutACallForHalfAnHourWasAway) {
    const auto recording = read(
        "called_at,outcome,talk_s,agent\n"
        "2026-03-02 09:00:00,CONNECTED,60,ann\n"
        "2026-03-02 10:00:00,CONNECTED,60,ann\n");
    ASSERT_TRUE(recording);
    ASSERT_EQ(recording->agents.size(), 4U);
    EXPECT_EQ(recording->figures.waits, 0);
    EXPECT_EQ(recording->figures.staffed, Duration{2 * 72s});  // twice 12 s of ring and 60 of talk
}

TEST(CallRecords, OfVicidialsCallExportNeedNoMapping) {
    const std::string file =
        "call_date\tphone_number_dialed\tstatus\tuser\tfull_name\tcampaign_id\tlength_in_sec\r\n"
        "2026-03-02 09:00:00\t2025550101\tSALE\tann\tAnn\tSPRING\t61\r\n"
        "2026-03-02 09:00:01\t2025550102\tNA\tVDAD\t\tSPRING\t0\r\n"
        "2026-03-02 09:00:02\t2025550103\tDROP\tVDAD\t\tSPRING\t4\r\n"
        "2026-03-02 09:00:03\t2025550104\tAA\tVDAD\t\tSPRING\t3\r\n"
        "2026-03-02 09:00:04\t2025550105\tA\tbob\tBob\tSPRING\t9\r\n";
    const auto recording = read(file, *preset_mapping("vicidial"));
    ASSERT_TRUE(recording) << to_text(recording.error());
    const auto call = [&](std::uint64_t id) { return recording->calls.at(ContactId{id}).at(0); };
    EXPECT_EQ(call(1).end, End::Person);
    EXPECT_EQ(call(1).talk, Duration{61s});
    EXPECT_EQ(call(2).end, End::RangOut);
    EXPECT_EQ(call(3).end, End::Person);
    EXPECT_EQ(call(3).talk, std::nullopt);
    EXPECT_EQ(call(4).end, End::Machine);
    EXPECT_EQ(call(5).end, End::Person);  // an agent was with it
    EXPECT_TRUE(recording->detect_answers);
    EXPECT_EQ(call(1).verdict_after, Duration{});
    EXPECT_EQ(recording->figures.abandoned, 1);
    EXPECT_EQ(recording->figures.live_answers, 3);
}

TEST(CallRecords, AreReadByAMappingFile) {
    const auto mapping = parse_mapping(
        "nobody = [\"robot\"]\n[columns]\ncalled_at = \"start\"\noutcome = \"result\"\n"
        "talk_s = \"seconds\"\nagent = \"who\"\n[outcomes]\n\"Sold!\" = \"CONNECTED\"\n"
        "gone = \"NO_ANSWER\"\n",
        "map.toml");
    ASSERT_TRUE(mapping) << to_text(mapping.error());
    const auto recording = read(
        "start;result;seconds;who\n"
        "2026-03-02 09:00:00;sold!;60;ann\n"
        "2026-03-02 09:00:01;GONE;0;Robot\n",
        *mapping);
    ASSERT_TRUE(recording) << to_text(recording.error());
    EXPECT_EQ(recording->figures.connected, 1);
    EXPECT_EQ(recording->calls.at(ContactId{2}).at(0).end, End::RangOut);
}

TEST(CallRecords, WrongMappingsAreNamedByLine) {
    const auto mapping =
        parse_mapping("[columns]\ncalled = \"start\"\n[outcomes]\nSOLD = \"HAPPY\"\n", "map.toml");
    ASSERT_FALSE(mapping);
    const std::string text = to_text(mapping.error());
    EXPECT_NE(text.find("map.toml:2"), std::string::npos) << text;
    EXPECT_NE(text.find("map.toml:4"), std::string::npos) << text;
    EXPECT_FALSE(preset_mapping("asterisk"));
}

TEST(CallRecords, WrongRowsAreNamedByLineAndColumnAllAtOnce) {
    const std::string text = problems_of(
        "called_at,ring_s,outcome,talk_s\n"
        "yesterday,1,BUSY,0\n"
        "2026-03-02 09:00:00,-1,BUSY,0\n"
        "2026-03-02 09:00:00,1,HAPPY,0\n"
        "2026-03-02 09:00:00,1,BUSY,1e9\n"
        "09:00:00,1,BUSY,0\n"
        "2026-03-02 09:00:00,1,BUSY\n");
    EXPECT_NE(text.find("calls.csv:2: column 1 (called_at): \"yesterday\""), std::string::npos)
        << text;
    EXPECT_NE(text.find("calls.csv:3: column 2 (ring_s): \"-1\""), std::string::npos);
    EXPECT_NE(text.find("calls.csv:4: column 3 (outcome): \"HAPPY\""), std::string::npos);
    EXPECT_NE(text.find("calls.csv:5: column 4 (talk_s): \"1e9\""), std::string::npos);
    EXPECT_NE(text.find("calls.csv:6: column 1 (called_at): \"09:00:00\""), std::string::npos);
    EXPECT_NE(text.find("calls.csv:7: "), std::string::npos);
}

TEST(CallRecords, MissingColumnsAndEmptyFilesAreErrors) {
    EXPECT_NE(problems_of("when,outcome\nx,BUSY\n").find("calls.csv:1: there is no column"),
              std::string::npos);
    EXPECT_NE(problems_of("").find("calls.csv: holds no calls"), std::string::npos);
    EXPECT_NE(problems_of("called_at,outcome\n").find("holds no calls"), std::string::npos);
}

TEST(CallRecords, TellTheirFirstDay) {
    const UtcTime otherwise{};
    EXPECT_EQ(first_day({kFive, "calls.csv"}, {}, otherwise),
              UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}});
    EXPECT_EQ(first_day({"", "calls.csv"}, {}, otherwise), otherwise);
    EXPECT_EQ(first_day({"a,b\n1,2\n", "calls.csv"}, {}, otherwise), otherwise);
}

}  // namespace
}  // namespace bellwether::app
