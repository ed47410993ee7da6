#include "dialer/app/reports/journal_text.h"

#include <gtest/gtest.h>

#include "dialer/engine/codec.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;

const Now kNow{Instant{1234us}, UtcTime{1'772'452'800'250ms}};

TEST(JournalText, AnEntrySurvivesByteForByte) {
    const auto event = engine::encode(engine::Event{engine::KeyPressed{CallId{7}, '#'}});
    const auto action = engine::encode(engine::Action{engine::StoreAnswers{
        CallId{7}, InterviewId{3}, {{.key = "q\"1", .value = "ja ä"}}, kNow.utc}});
    const store::JournalEntry entry{42, kNow, event.text, event.personal, {action, action}};
    const std::string line = journal_line(entry, true);
    ASSERT_EQ(line.back(), '\n');
    const auto read = read_journal_line(line.substr(0, line.size() - 1));
    ASSERT_TRUE(read) << read.error().detail;
    const auto& again = std::get<simulator::Entry>(*read);
    EXPECT_EQ(again.seq, 42U);
    EXPECT_EQ(again.now, kNow);
    EXPECT_EQ(again.event, event.text);
    EXPECT_EQ(again.event_personal, event.personal);
    ASSERT_EQ(again.actions.size(), 2U);
    EXPECT_EQ(again.actions[1], action);
}

TEST(JournalText, PersonalPartsStayBehindUnlessAskedFor) {
    const auto action = engine::encode(engine::Action{engine::StoreAnswers{
        CallId{7}, InterviewId{3}, {{.key = "q", .value = "secret"}}, kNow.utc}});
    const store::JournalEntry entry{1, kNow, "{}", "[\"k\"]", {action}};
    EXPECT_EQ(journal_line(entry, false).find("secret"), std::string::npos);
    EXPECT_NE(journal_line(entry, true).find("secret"), std::string::npos);
}

TEST(JournalText, ASegmentKeepsItsSnapshot) {
    engine::EngineState state;
    state.trunk_calls_per_second = 0.1;  // a number that has no exact binary form
    const auto snapshot = engine::encode(state);
    const std::string line = journal_line(store::JournalSegment{5, Epoch{2}, kNow, snapshot}, true);
    const auto read = read_journal_line(line.substr(0, line.size() - 1));
    ASSERT_TRUE(read);
    EXPECT_EQ(std::get<simulator::Segment>(*read).first_seq, 5U);
    EXPECT_EQ(std::get<simulator::Segment>(*read).snapshot, snapshot.text);
}

TEST(JournalText, RefusesWhatIsNoJournal) {
    for (const char* line :
         {"", "{}", "[]", "{\"kind\":\"OTHER\"}", "{\"kind\":\"ENTRY\"", "phone,name"}) {
        EXPECT_FALSE(read_journal_line(line)) << line;
    }
}

}  // namespace
}  // namespace bellwether::app
