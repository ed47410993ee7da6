#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The table of one plan, asked as research/surveys.md 3.5 writes it: all cells match everybody,
/// and a request names the cells that it matches.
class Table {
public:
    explicit Table(const std::string& rows)
        : poll_{"name,group,expression,target,start,pick,on_full,mode,priority\n" + rows},
          tally{make_tally(poll_.plan)} {}

    bool reserve(std::uint64_t interview, std::vector<std::vector<CellIndex>> matching = {{0}},
                 std::uint64_t version = 1) {
        Request request{InterviewId{interview}, version, {}};
        for (auto& cells : matching) request.matching.emplace_back(std::move(cells));
        const bool granted = quota::reserve(plan(), tally, request).granted;
        EXPECT_FALSE(broken_cell(plan(), tally).has_value());
        return granted;
    }
    void complete(std::uint64_t interview) { quota::complete(tally, InterviewId{interview}); }
    void release(std::uint64_t interview) { quota::release(tally, InterviewId{interview}); }
    /// A new process knows what was completed, and no call is left.
    void kill() {
        Recount counted{.cells = {}, .counted = tally.counted};
        for (CellIndex i = 0; i < plan().cells.size(); ++i)
            counted.cells.push_back({plan().cells[i].name, tally.cells[i].completed});
        tally = make_tally(plan(), counted);
    }
    [[nodiscard]] const Plan& plan() const { return poll_.plan; }
    [[nodiscard]] std::vector<std::string> counts() const { return counts_of(plan(), tally); }
    [[nodiscard]] std::vector<std::string> marks(std::uint64_t interview) const {
        return brief_marks(marks_of(plan(), tally, InterviewId{interview}));
    }

private:
    Poll poll_;

public:
    Tally tally;
};

// research/surveys.md 3.5, the first vector.
TEST(QuotaTally, GivesThePlacesOfAHardCellOnce) {
    Table table{"A,,true(),2,,,,,\n"};
    EXPECT_TRUE(table.reserve(1));
    EXPECT_TRUE(table.reserve(2));
    EXPECT_FALSE(table.reserve(3));
    EXPECT_THAT(table.marks(3), ElementsAre("A/A=REJECTED"));
    table.complete(1);
    EXPECT_TRUE(table.reserve(1));
    EXPECT_THAT(table.counts(), ElementsAre("A:1+1"));
    table.release(2);
    EXPECT_TRUE(table.reserve(4));
    table.kill();
    EXPECT_THAT(table.counts(), ElementsAre("A:1+0"));
    EXPECT_TRUE(table.reserve(5));
    table.complete(5);
    EXPECT_THAT(table.counts(), ElementsAre("A:2+0"));
    EXPECT_FALSE(table.reserve(6));
}

// The same with soft.
TEST(QuotaTally, LetsASoftCellOvershootByWhatIsInFlight) {
    Table table{"A,,true(),2,,,,soft,\n"};
    EXPECT_TRUE(table.reserve(1));
    EXPECT_TRUE(table.reserve(2));
    EXPECT_TRUE(table.reserve(3));
    for (const std::uint64_t interview : {1U, 2U, 3U}) table.complete(interview);
    EXPECT_THAT(table.counts(), ElementsAre("A:3+0"));
    EXPECT_FALSE(table.reserve(4));
}

// research/surveys.md 3.5, the second vector.
TEST(QuotaTally, TakesTheLeastFullCell) {
    Table table{
        "a,g,true(),10,9,least_full,,,\n"
        "b,g,true(),10,10,,,,\n"
        "c,g,true(),20,17,,,,\n"};
    const std::vector<std::vector<CellIndex>> all{{0, 1, 2}};
    EXPECT_TRUE(table.reserve(1, all));
    EXPECT_THAT(table.marks(1), ElementsAre("g/c=HELD"));
    EXPECT_TRUE(table.reserve(2, all));  // 0.9 and 0.9: the first of the sheet
    EXPECT_THAT(table.marks(2), ElementsAre("g/a=HELD"));
    EXPECT_TRUE(table.reserve(3, all));
    EXPECT_TRUE(table.reserve(4, all));
    EXPECT_THAT(table.counts(), ElementsAre("a:0+1", "b:0+0", "c:0+3"));
    EXPECT_FALSE(table.reserve(5, all));
    EXPECT_THAT(table.marks(5), ElementsAre("g/a=REJECTED"));
}

TEST(QuotaTally, PicksByPriorityOrByTheSheet) {
    Table by_priority{"a,g,true(),1,,priority,,,2\nb,g,true(),1,,,,,1\n"};
    EXPECT_TRUE(by_priority.reserve(1, {{0, 1}}));
    EXPECT_THAT(by_priority.marks(1), ElementsAre("g/b=HELD"));
    EXPECT_TRUE(by_priority.reserve(2, {{0, 1}}));
    EXPECT_THAT(by_priority.marks(2), ElementsAre("g/a=HELD"));
    Table by_sheet{"a,g,true(),1,,first,,,2\nb,g,true(),1,,,,,1\n"};
    EXPECT_TRUE(by_sheet.reserve(1, {{0, 1}}));
    EXPECT_THAT(by_sheet.marks(1), ElementsAre("g/a=HELD"));
}

TEST(QuotaTally, TakesAllCellsOfAllOrNone) {
    Table table{"a,g,true(),2,,,,,\nb,g,true(),1,,,,,\nc,h,true(),1,,,,,\n"};
    EXPECT_TRUE(table.reserve(1, {{0, 1}, {}}));
    EXPECT_FALSE(table.reserve(2, {{0, 1}, {2}}));  // b is full
    EXPECT_THAT(table.counts(), ElementsAre("a:0+1", "b:0+1", "c:0+0"));
    EXPECT_TRUE(table.reserve(3, {{0}, {2}}));
    EXPECT_FALSE(table.reserve(4, {{}, {2}}));
    EXPECT_THAT(table.marks(3), ElementsAre("g/a=HELD", "h/c=HELD"));
    EXPECT_THAT(table.marks(1), ElementsAre("g/a=HELD", "g/b=HELD", "h/=OUTSIDE"));
}

TEST(QuotaTally, NeverStandsInItsOwnWay) {
    Table table{"a,g,true(),1,,,,,\nb,g,true(),1,,,,,\n"};
    EXPECT_TRUE(table.reserve(1, {{0}}));
    EXPECT_TRUE(table.reserve(1, {{0, 1}}, 2));
    EXPECT_TRUE(table.reserve(1, {{1}}, 3));
    EXPECT_THAT(table.counts(), ElementsAre("a:0+0", "b:0+1"));
    EXPECT_TRUE(table.reserve(2, {{0}}));
}

TEST(QuotaTally, AnswersARepeatedVersionAsItDid) {
    Table table{"a,,true(),1,,,,,\n"};
    EXPECT_TRUE(table.reserve(1, {{0}}, 1));
    EXPECT_TRUE(table.reserve(1, {{}}, 1));  // the same request, whatever it says now
    EXPECT_THAT(table.counts(), ElementsAre("a:0+1"));
    EXPECT_FALSE(table.reserve(2));
    table.release(1);
    EXPECT_FALSE(table.reserve(2, {{0}}, 2));  // Q3: what was refused stays refused
}

TEST(QuotaTally, ClosesAGroupForTheRestOfTheInterview) {
    Table table{"a,g,true(),0,,,skip:details,,\nb,g,true(),5,,,,,\n"};
    EXPECT_TRUE(table.reserve(1, {{0}}));
    EXPECT_THAT(table.marks(1), ElementsAre("g/a=SKIPPED"));
    EXPECT_TRUE(table.reserve(1, {{1}}, 2));
    EXPECT_THAT(table.counts(), ElementsAre("a:0+0", "b:0+0"));
    table.complete(1);
    EXPECT_THAT(table.counts(), ElementsAre("a:0+0", "b:0+0"));
}

TEST(QuotaTally, CountsBesidesWhereACounterMatches) {
    Table table{"a,g,true(),1,,,,,\nall,g,true(),,,,count,,\n"};
    EXPECT_TRUE(table.reserve(1, {{0, 1}}));
    EXPECT_TRUE(table.reserve(2, {{1}}));
    EXPECT_FALSE(table.reserve(3, {{0, 1}}));
    EXPECT_THAT(table.counts(), ElementsAre("a:0+1", "all:0+2"));
}

TEST(QuotaTally, IsFullFromTheStartWhereTheEarlierWaveFilledIt) {
    Table table{"a,,true(),5,5,,,,\nb,,true(),0,,,,,\n"};
    EXPECT_FALSE(table.reserve(1, {{0}, {}}));
    EXPECT_FALSE(table.reserve(2, {{}, {1}}));
    EXPECT_TRUE(table.reserve(3, {{}, {}}));
}

TEST(QuotaTally, KeepsThePlaceOfWhoMayGoOn) {
    Table table{"a,,true(),1,,,,,\n"};
    const auto second = [](int s) { return Instant{std::chrono::seconds{s}}; };
    EXPECT_TRUE(table.reserve(1));
    hold(table.tally, InterviewId{1}, second(60));
    EXPECT_EQ(expire(table.tally, second(59)), second(60));
    EXPECT_FALSE(table.reserve(2));
    resume(table.plan(), table.tally, InterviewId{1}, {});
    EXPECT_EQ(expire(table.tally, second(99)), std::nullopt);
    EXPECT_THAT(table.counts(), ElementsAre("a:0+1"));
    hold(table.tally, InterviewId{1}, second(120));
    EXPECT_EQ(expire(table.tally, second(120)), std::nullopt);
    EXPECT_THAT(table.counts(), ElementsAre("a:0+0"));
    EXPECT_TRUE(table.reserve(3));
}

TEST(QuotaTally, CountsAPartialThatGoesOnOnce) {
    Table table{"a,,true(),1,,,,,\n"};
    EXPECT_TRUE(table.reserve(1));
    table.complete(1);
    const auto marks = marks_of(table.plan(), table.tally, InterviewId{1});
    table.release(1);
    EXPECT_THAT(table.counts(), ElementsAre("a:1+0"));
    resume(table.plan(), table.tally, InterviewId{1}, marks);
    EXPECT_THAT(table.counts(), ElementsAre("a:0+1"));
    EXPECT_TRUE(table.reserve(1, {{0}}, 1));
    table.complete(1);
    EXPECT_THAT(table.counts(), ElementsAre("a:1+0"));
    EXPECT_EQ(table.tally.counted, 1);
}

TEST(QuotaTally, RemembersWhatWasSkippedAtAFurtherAttempt) {
    Table table{"a,,true(),0,,,skip:details,,\n"};
    resume(table.plan(), table.tally, InterviewId{1},
           std::vector{Mark{"a", "a", Standing::Skipped}});
    EXPECT_THAT(table.marks(1), ElementsAre("a/a=SKIPPED"));
    EXPECT_TRUE(table.reserve(1, {{}}));
    EXPECT_THAT(table.marks(1), ElementsAre("a/a=SKIPPED"));
}

TEST(QuotaTally, BearsATargetThatWasLowered) {
    const Poll poll{"name,expression,target\na,true(),2\n"};
    Tally tally = make_tally(poll.plan, {.cells = {{"a", 5}, {"gone", 3}}, .counted = 5});
    EXPECT_EQ(broken_cell(poll.plan, tally), std::nullopt);
    EXPECT_FALSE(
        reserve(poll.plan, tally, {InterviewId{1}, 1, {Matching{std::vector<CellIndex>{0}}}})
            .granted);
    tally.cells[0].in_flight = 1;
    EXPECT_EQ(broken_cell(poll.plan, tally), 0U);
}

TEST(QuotaTally, ForgetsWhoIsGone) {
    Table table{"a,,true(),1,,,,,\n"};
    table.release(9);
    table.complete(9);
    hold(table.tally, InterviewId{9}, {});
    EXPECT_TRUE(table.reserve(1));
    table.release(1);
    EXPECT_THAT(table.tally.respondents, IsEmpty());
}

}  // namespace
}  // namespace bellwether::campaigns::quota
