#include "campaigns/quota/feasibility.h"

#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

constexpr const char* kHead = "name,group,expression,target,on_full,mode\n";

/// Who can be called while the cells stand so.
class Sample {
public:
    explicit Sample(const std::string& rows) : poll_{kHead + rows}, tally{make_tally(poll_.plan)} {}

    /// "OPEN", "NOW men" or "OVER men".
    [[nodiscard]] std::string reach(const std::string& region = {}) {
        const Reach reach = feasibility_.reach({{"region", region}}, tally);
        return text_of(reach);
    }
    [[nodiscard]] std::string anybody() { return text_of(feasibility_.reach_of_anybody(tally)); }
    void complete(CellIndex cell, std::int64_t count) { tally.cells[cell].completed = count; }
    void fly(CellIndex cell, std::int64_t count) { tally.cells[cell].in_flight = count; }

private:
    [[nodiscard]] std::string text_of(const Reach& reach) const {
        if (reach.kind == Reach::Kind::Open) return "OPEN";
        std::string text = reach.kind == Reach::Kind::FullNow ? "NOW" : "OVER";
        if (reach.cell) text += " " + poll_.plan.cells[*reach.cell].name;
        return text;
    }

    Poll poll_;
    Feasibility feasibility_{poll_.form, poll_.plan};

public:
    Tally tally;
};

TEST(QuotaFeasibility, ClosesTheContactsOfAFullCell) {
    Sample sample{
        "north,region,${contact.region} = 'n',2,,\nsouth,region,${contact.region} = 's',2,,\n"};
    EXPECT_EQ(sample.reach("n"), "OPEN");
    EXPECT_EQ(sample.reach("west"), "OVER");  // belongs to no cell: fills none
    sample.fly(0, 2);
    EXPECT_EQ(sample.reach("n"), "NOW north");
    EXPECT_EQ(sample.reach("s"), "OPEN");
    EXPECT_EQ(sample.anybody(), "OPEN");
    sample.fly(0, 0);
    sample.complete(0, 2);
    EXPECT_EQ(sample.reach("n"), "OVER north");
    sample.complete(1, 1);
    sample.fly(1, 1);
    EXPECT_EQ(sample.reach("s"), "NOW south");
    EXPECT_EQ(sample.anybody().substr(0, 3), "NOW");
    sample.fly(1, 0);
    EXPECT_EQ(sample.reach("s"), "OPEN");
}

// Q6: not before, and then at once.
TEST(QuotaFeasibility, GoesOnWhileSomeAnswerWouldFillAnOpenCell) {
    Sample sample{"men,,${sex} = 'm',1,,\nwomen,,${sex} = 'f',1,,\n"};
    sample.complete(0, 1);
    EXPECT_EQ(sample.reach(), "OPEN");
    EXPECT_EQ(sample.anybody(), "OPEN");
    sample.complete(1, 1);
    EXPECT_EQ(sample.reach(), "OVER men");
    EXPECT_EQ(sample.anybody(), "OVER men");
}

TEST(QuotaFeasibility, TriesNestedCellsByTheContactsColumns) {
    Sample sample{
        "nm,g,${contact.region} = 'n' and ${sex} = 'm',1,,\n"
        "nf,g,${contact.region} = 'n' and ${sex} = 'f',1,,\n"
        "s,g,${contact.region} = 's',1,,\n"};
    sample.complete(0, 1);
    EXPECT_EQ(sample.reach("n"), "OPEN");
    sample.complete(1, 1);
    EXPECT_EQ(sample.reach("n"), "OVER nm");
    EXPECT_EQ(sample.reach("s"), "OPEN");
}

TEST(QuotaFeasibility, SeesThatOneGroupRulesOutWhatAnotherNeeds) {
    // Only young women are left, and nobody young may be asked any more.
    Sample sample{
        "young,age,${age} < 30,1,,\nold,age,${age} >= 30,1,,\n"
        "yw,cross,${age} < 30 and ${sex} = 'f',5,,\n"};
    sample.complete(0, 1);
    EXPECT_EQ(sample.reach(), "OPEN");  // old
    sample.complete(1, 1);
    EXPECT_EQ(sample.reach(), "OVER young");
}

TEST(QuotaFeasibility, DoesNotWaitForAnswersThatEveryoneMustGive) {
    // Both regions of the answers are full; whoever it is will be turned away.
    Sample sample{"men,sex,${sex} = 'm',9,,\nm1,own,${sex} = 'm',0,,\nf1,own,${sex} = 'f',0,,\n"};
    EXPECT_EQ(sample.reach(), "OVER m1");
}

TEST(QuotaFeasibility, GoesOnForAPartThatIsOnlySkipped) {
    Sample sample{"men,sex,${sex} = 'm',5,,\nowners,own,${tenure} = 'owner',0,skip:details,\n"};
    EXPECT_EQ(sample.reach(), "OPEN");
    sample.complete(0, 5);
    EXPECT_EQ(sample.reach(), "OVER men");
}

TEST(QuotaFeasibility, LetsACounterTakeWhoMeetsNoFullCell) {
    Sample sample{"men,sex,${sex} = 'm',0,,\nothers,sex,${sex} != 'm',,count,\n"};
    EXPECT_EQ(sample.reach(), "OPEN");
    Sample total{"men,sex,${sex} = 'm',0,,\nwomen,sex,${sex} = 'f',0,,\nall,,true(),,count,\n"};
    EXPECT_EQ(total.reach().substr(0, 4), "OVER");
}

TEST(QuotaFeasibility, TakesASoftCellAsOpenWhileItsPlacesAreInFlight) {
    Sample sample{"men,,${sex} = 'm',1,,soft\n"};
    sample.fly(0, 3);
    EXPECT_EQ(sample.reach(), "OPEN");
    sample.complete(0, 1);
    EXPECT_EQ(sample.reach(), "OVER men");
}

TEST(QuotaFeasibility, TakesWhatItCannotTryAsPossible) {
    Sample sample{"any,,missing(${sex}) = 'dk',1,,\n"};
    EXPECT_EQ(sample.reach(), "OPEN");
    sample.fly(0, 1);
    EXPECT_EQ(sample.reach(), "NOW any");
    sample.complete(0, 1);
    EXPECT_EQ(sample.reach(), "OVER any");
}

TEST(QuotaFeasibility, LetsEverybodyThroughWithoutCells) {
    Sample sample{""};
    EXPECT_EQ(sample.reach(), "OPEN");
    EXPECT_EQ(sample.anybody(), "OPEN");
}

}  // namespace
}  // namespace bellwether::campaigns::quota
