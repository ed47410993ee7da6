#include "simulator/world/replay.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "simulator/world/journal_text.h"
#include "simulator/world/scenario.h"
#include "simulator/world/world.h"

namespace bellwether::simulator {
namespace {

/// A run with everything that can go wrong, cut into segments of 100 events.
std::vector<Segment> journal_of(std::uint64_t seed) {
    RunReport report = run(random_scenario(seed),
                           {.journal = {.hash = true, .keep = true, .events_per_segment = 100}});
    EXPECT_FALSE(report.complaint.has_value());
    return std::move(report.journal);
}

TEST(Replay, OfManyRunsGivesTheSameActionsFromEverySegment) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const auto journal = journal_of(seed);
        const ReplayReport report = replay(journal);
        EXPECT_TRUE(report.identical);
        if (report.first_difference) {
            ADD_FAILURE() << "event " << report.first_difference->seq << "\nexpected "
                          << report.first_difference->expected << "\ngot      "
                          << report.first_difference->got;
        }
        EXPECT_EQ(report.segments, journal.size());
    }
}

TEST(Replay, OfOneSegmentNeedsNoOther) {
    const auto journal = journal_of(4);
    ASSERT_GT(journal.size(), 3U);
    const std::vector<Segment> last{journal.back()};
    const ReplayReport report = replay(last);
    EXPECT_TRUE(report.identical);
    EXPECT_EQ(report.events, journal.back().entries.size());
}

TEST(Replay, NamesTheFirstActionThatDiffers) {
    auto journal = journal_of(4);
    Entry* tampered = nullptr;
    for (Entry& entry : journal.at(1).entries) {
        if (tampered == nullptr && !entry.actions.empty()) tampered = &entry;
    }
    ASSERT_NE(tampered, nullptr);
    const std::string original = tampered->actions.front().text;
    tampered->actions.front().text = R"({"is":"PLACE_CALL"})";

    const ReplayReport report = replay(journal);
    EXPECT_FALSE(report.identical);
    ASSERT_TRUE(report.first_difference.has_value());
    EXPECT_EQ(report.first_difference->segment, 1U);
    EXPECT_EQ(report.first_difference->seq, tampered->seq);
    EXPECT_EQ(report.first_difference->expected, R"({"is":"PLACE_CALL"})");
    EXPECT_EQ(report.first_difference->got, original);
}

TEST(Replay, NoticesAnActionThatWasTakenAway) {
    auto journal = journal_of(4);
    journal.front().entries.front().actions.emplace_back(
        engine::Encoded{R"({"is":"SHUTDOWN_READY"})", {}});
    const ReplayReport report = replay(journal);
    ASSERT_TRUE(report.first_difference.has_value());
    EXPECT_EQ(report.first_difference->got, "");
}

TEST(Replay, CallsTextThatCannotBeReadADifference) {
    auto journal = journal_of(4);
    journal.front().snapshot = "{}";
    const ReplayReport report = replay(journal);
    EXPECT_FALSE(report.identical);
    EXPECT_EQ(report.first_difference->seq, 0U);
}

TEST(Replay, SaysItsResultAsJson) {
    const ReplayReport same{.segments = 1, .events = 2, .actions = 3};
    EXPECT_EQ(to_json(same),
              R"({"segments":1,"events":2,"actions":3,"identical":true,"first_difference":null})");
    const ReplayReport other{.segments = 1,
                             .events = 2,
                             .actions = 3,
                             .identical = false,
                             .first_difference = FirstDifference{0, 7, "a", "b"}};
    EXPECT_EQ(to_json(other),
              R"({"segments":1,"events":2,"actions":3,"identical":false,"first_difference":)"
              R"({"segment":0,"seq":7,"expected":"a","got":"b"}})");
}

TEST(JournalText, IsReadBackByteForByte) {
    const auto journal = journal_of(5);
    const std::string text = to_text(journal);
    const auto read = read_journal(text);
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(to_text(*read), text);
    EXPECT_TRUE(replay(*read).identical);
}

struct BadJournal {
    const char* name;
    const char* text;
    const char* error;
};
void PrintTo(const BadJournal& row, std::ostream* out) { *out << row.name; }

class JournalTextTable : public testing::TestWithParam<BadJournal> {};

TEST_P(JournalTextTable, NamesLineAndKey) {
    const auto read = read_journal(GetParam().text);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().detail, GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Foreign, JournalTextTable,
    testing::Values(
        BadJournal{"Empty", "", "the journal holds no segment"},
        BadJournal{"Csv", "a,b,c\n", "line 1: is not a JSON object"},
        BadJournal{"List", "\n[1]\n", "line 2: is not a JSON object"},
        BadJournal{"OtherObject", "{\"hello\":1}\n",
                   "line 1: has neither 'segment' nor 'seq': not a journal of Bellwether"},
        BadJournal{"EventFirst", "{\"seq\":1}\n", "line 1: an event before the first segment"},
        BadJournal{"NoNumber", "{\"segment\":\"one\"}\n", "line 1: 'segment' is not a number"}),
    [](const auto& row) { return row.param.name; });

TEST(JournalText, RefusesTimesAndNumbersThatGoBack) {
    auto journal = journal_of(5);
    auto& entries = journal.front().entries;
    ASSERT_GT(entries.size(), 10U);
    auto swapped = journal;
    std::swap(swapped.front().entries[4].seq, swapped.front().entries[5].seq);
    auto read = read_journal(to_text(swapped));
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().detail, "line 7: 'seq' goes back");

    entries[5].now.elapsed = entries[4].now.elapsed - Duration{1};
    read = read_journal(to_text(journal));
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().detail, "line 7: 'elapsed_us' goes back");
}

}  // namespace
}  // namespace bellwether::simulator
