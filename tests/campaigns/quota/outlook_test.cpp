#include "campaigns/quota/outlook.h"

#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

constexpr const char* kCells =
    "name,group,expression,target,on_full,mode\n"
    "men,,${sex} = 'm',10,,\nwomen,,${sex} = 'f',10,,soft\neverybody,,true(),,count,\n";
const std::vector<CellIndex> kAll{0, 1, 2};

/// A field of calls, and what is expected of it.
struct Field {
    Poll poll{kCells};
    Tally tally = make_tally(poll.plan);
    std::vector<CellChance> chances = std::vector<CellChance>(3);
    std::vector<CallUnderWay> calls;

    void ring(int count) {
        for (int i = 0; i < count; ++i) calls.push_back({kAll, false, nullptr});
    }
    [[nodiscard]] std::int64_t expected(CellIndex cell = 0) const {
        return Outlook{poll.plan, tally, chances, calls}.tally().cells[cell].in_flight;
    }
};

// Expected values by hand: calls under way times (wanted + 1) / (calls that have ended + 1).
TEST(QuotaOutlook, PresumesThatEachCallTakesAPlaceUntilItKnowsBetter) {
    Field field;
    field.ring(3);
    EXPECT_EQ(field.expected(), 3);
    field.chances[0] = {.calls = 3 + 9, .interviews = 2, .wanted = 1};  // (1 + 1) / (9 + 1)
    EXPECT_EQ(field.expected(), 0);
    field.ring(7);
    field.chances[0].calls = 10 + 9;
    EXPECT_EQ(field.expected(), 2);
}

TEST(QuotaOutlook, ExpectsMoreOfThoseWhoHaveAnswered) {
    Field field;
    field.calls.push_back({kAll, true, nullptr});
    field.calls.push_back({kAll, true, nullptr});
    field.chances[0] = {.calls = 2 + 99, .interviews = 3, .wanted = 1};  // 2 x (1 + 1) / (3 + 1)
    EXPECT_EQ(field.expected(), 1);
    field.calls[0].answered = false;  // 0.5 + 0.02
    EXPECT_EQ(field.expected(), 0);
}

TEST(QuotaOutlook, CountsOnNobodyWhoHasBeenDecidedOn) {
    Field field;
    Respondent outside{.groups = std::vector<GroupStanding>(3)};
    field.calls.push_back({kAll, true, &outside});
    EXPECT_EQ(field.expected(), 1);
    outside.groups[0].matching.emplace();  // matches no cell of his group
    EXPECT_EQ(field.expected(), 0);
    Respondent placed{.groups = std::vector<GroupStanding>(3)};
    placed.groups[0].matching = {0};
    placed.groups[0].places = {0};
    field.tally.cells[0].in_flight = 1;
    field.calls.push_back({kAll, true, &placed});
    EXPECT_EQ(field.expected(), 1);  // he has his place: once
}

TEST(QuotaOutlook, LeavesSoftCellsAndCountersAlone) {
    Field field;
    field.ring(20);
    EXPECT_EQ(field.expected(1), 0);
    EXPECT_EQ(field.expected(2), 0);
    field.tally.cells[1].completed = 9;
    EXPECT_FALSE(nearly_full(field.poll.plan, field.tally, 9));
    EXPECT_TRUE(nearly_full(field.poll.plan, field.tally, 10));
    field.tally.cells[0] = {.completed = 4, .in_flight = 4};
    EXPECT_TRUE(nearly_full(field.poll.plan, field.tally, 2));
    EXPECT_FALSE(nearly_full(field.poll.plan, field.tally, 1));
    field.tally.cells[0].in_flight = 6;  // full, not nearly
    EXPECT_FALSE(nearly_full(field.poll.plan, field.tally, 100));
}

TEST(QuotaOutlook, AddsTheLinesThatAreAboutToBeStarted) {
    Field field;
    field.chances[0] = {.calls = 2, .interviews = 1, .wanted = 0};
    Outlook outlook{field.poll.plan, field.tally, field.chances, {}};
    for (const std::int64_t expected : {0, 0, 1, 1}) {  // a third each
        outlook.add_line(kAll);
        EXPECT_EQ(outlook.tally().cells[0].in_flight, expected);
    }
}

TEST(QuotaOutlook, LearnsWhatInterviewsWantedWhetherTheyGotItOrNot) {
    Field field;
    Respondent taken{.groups = std::vector<GroupStanding>(3)};
    taken.groups[0].matching = {0};
    taken.groups[0].places = {0};
    Respondent refused{.groups = std::vector<GroupStanding>(3), .refused_by = 0};
    refused.groups[0].matching = {0};
    const Respondent undecided{.groups = std::vector<GroupStanding>(3)};
    for (const Respondent& respondent : {taken, refused, undecided}) {
        learn_call(field.chances, kAll);
        learn_interview(field.poll.plan, field.chances, kAll, respondent);
    }
    EXPECT_EQ(field.chances[0], (CellChance{.calls = 3, .interviews = 3, .wanted = 2}));
    EXPECT_EQ(field.chances[1], (CellChance{.calls = 3, .interviews = 3, .wanted = 0}));
}

TEST(QuotaOutlook, ForgetsByHalves) {
    Field field;
    field.ring(5);
    field.chances[0] = {.calls = 5 + kCallsRemembered, .interviews = 400, .wanted = 200};
    fade(field.chances, field.calls);
    EXPECT_EQ(field.chances[0].calls, 5 + kCallsRemembered);
    ++field.chances[0].calls;
    fade(field.chances, field.calls);
    EXPECT_EQ(field.chances[0],
              (CellChance{.calls = 5 + kCallsRemembered / 2, .interviews = 200, .wanted = 100}));
}

}  // namespace
}  // namespace bellwether::campaigns::quota
