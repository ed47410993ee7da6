#include "campaigns/quota/scripted.h"

#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

using form::EndCause;
using form::InterviewEnd;
using form::Outcome;
using form::Script;
using form::ScriptResult;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

Script::Keys always(std::string keys) { return {{std::move(keys)}, true}; }
Script::Keys in_turn(std::vector<std::string> keys) { return {std::move(keys), false}; }

using Keys = std::map<std::string, Script::Keys>;

/// Everything, by a man of 30 who owns.
Keys man_who_owns() {
    return {{"sex", always("1")},   {"age", always("30")}, {"tenure", always("1")},
            {"rooms", always("3")}, {"rent", always("9")}, {"weight", always("1")}};
}

class Field {
public:
    explicit Field(const std::string& quotas, std::string settings = {})
        : poll{quotas, std::move(settings)}, tally{make_tally(poll.plan)} {}

    ScriptResult run(std::uint64_t interview, Keys keys, std::string region = {},
                     std::optional<std::string> hang_up_at = {}) {
        const auto result = quota::run_script(poll.form, poll.plan, tally, InterviewId{interview},
                                              {.contact = {{"region", std::move(region)}},
                                               .keys = std::move(keys),
                                               .hang_up_at = std::move(hang_up_at)});
        EXPECT_TRUE(result.has_value());
        EXPECT_EQ(broken_cell(poll.plan, tally), std::nullopt);
        return result.value_or(ScriptResult{});
    }
    [[nodiscard]] std::vector<std::string> counts() const { return counts_of(poll.plan, tally); }
    [[nodiscard]] std::vector<std::string> marks(std::uint64_t interview) const {
        return brief_marks(marks_of(poll.plan, tally, InterviewId{interview}));
    }

    Poll poll;
    Tally tally;
};

const InterviewEnd kFull{Outcome::QuotaFull, "4.80", EndCause::Quota};
const InterviewEnd kComplete{Outcome::Complete, "1.1", EndCause::LastItem};

TEST(ScriptedQuota, EndsAtTheAnswerThatSettlesAFullCell) {
    Field field{"name,expression,target\nmen,${sex} = 'm',1\nwomen,${sex} = 'f',1\n"};
    EXPECT_EQ(field.run(1, man_who_owns()).end, kComplete);
    EXPECT_THAT(field.counts(), ElementsAre("men:1+0", "women:0+0"));
    const auto second = field.run(2, man_who_owns());
    EXPECT_EQ(second.end, kFull);
    EXPECT_THAT(second.path, ElementsAre("hello", "sex"));
    EXPECT_THAT(second.presented, ElementsAre("hello", "sex"));
    auto woman = man_who_owns();
    woman["sex"] = always("2");
    EXPECT_EQ(field.run(3, woman).end, kComplete);
}

TEST(ScriptedQuota, ScreensWhereTheSheetSaysSo) {
    Field field{"name,expression,target,on_full\nmen,${sex} = 'm',0,screen\n"};
    EXPECT_EQ(field.run(1, man_who_owns()).end,
              (InterviewEnd{Outcome::Screened, "4.70", EndCause::Quota}));
}

TEST(ScriptedQuota, DecidesContactColumnsBeforeTheFirstItem) {
    Field field{"name,expression,target\nnorth,${contact.region} = 'north',0\n"};
    const auto refused = field.run(1, man_who_owns(), "north");
    EXPECT_EQ(refused.end, kFull);
    EXPECT_THAT(refused.path, ElementsAre());
    EXPECT_EQ(field.run(2, man_who_owns(), "south").end, kComplete);
    EXPECT_THAT(field.marks(2), ElementsAre("north/=OUTSIDE"));
}

// Q5: also the last question rejects.
TEST(ScriptedQuota, DecidesAtTheLastQuestion) {
    Field field{"name,expression,target\none,${weight} = 1,0\n"};
    const auto result = field.run(1, man_who_owns());
    EXPECT_EQ(result.end, kFull);
    EXPECT_THAT(result.path, ElementsAre("hello", "sex", "age", "tenure", "rooms", "weight"));
}

// Q7: the rest is asked, and nothing counts in the full cell.
TEST(ScriptedQuota, LeavesAGroupOutAndAsksTheRest) {
    Field field{"name,expression,target,on_full\nowners,${tenure} = 'owner',0,skip:details\n"};
    const auto result = field.run(1, man_who_owns());
    EXPECT_EQ(result.end, kComplete);
    EXPECT_THAT(result.path, ElementsAre("hello", "sex", "age", "tenure", "weight"));
    EXPECT_THAT(field.counts(), ElementsAre("owners:0+0"));
    EXPECT_THAT(field.marks(1), ElementsAre("owners/owners=SKIPPED"));
}

// What is skipped may be all that other cells were waiting for: they are decided before the next
// item (research/surveys.md 3.3, 2).
TEST(ScriptedQuota, DecidesOnWhatASkipLeavesBehind) {
    Field field{
        "name,expression,target,on_full\n"
        "owners,${tenure} = 'owner',0,skip:details\nrooms,${rooms} = '',0,end\n"};
    const auto result = field.run(1, man_who_owns());
    EXPECT_EQ(result.end, kFull);
    EXPECT_THAT(result.presented, ElementsAre("hello", "sex", "age", "tenure"));
}

// research/surveys.md 3.5, the third vector.
TEST(ScriptedQuota, FollowsTheAnswersWhenThePersonGoesBack) {
    Field field{
        "name,group,expression,target,on_full\n"
        "owner,tenure,${tenure} = 'owner',5,\n"
        "tenant,tenure,${tenure} = 'tenant',0,skip:details\n"};
    auto keys = man_who_owns();
    keys["tenure"] = in_turn({"1", "2"});
    keys["rooms"] = in_turn({"*2"});
    const auto result = field.run(1, keys);
    EXPECT_EQ(result.end, kComplete);
    EXPECT_THAT(result.path, ElementsAre("hello", "sex", "age", "tenure", "weight"));
    EXPECT_THAT(field.counts(), ElementsAre("owner:0+0", "tenant:0+0"));
    EXPECT_THAT(field.marks(1), ElementsAre("tenure/tenant=SKIPPED"));
}

// One answer closes a group for one cell and ends the interview for another: what was answered in
// the group is cleared all the same (research/surveys.md 3.3, 5).
TEST(ScriptedQuota, ClearsWhatIsSkippedAlsoWhereAnotherCellEndsTheInterview) {
    Field field{
        "name,expression,target,on_full\n"
        "owners,${tenure} = 'owner',0,skip:details\nowning,${tenure} = 'owner',0,end\n"};
    auto keys = man_who_owns();
    keys["tenure"] = in_turn({"2", "1"});
    keys["rooms"] = in_turn({"3", "*2"});
    keys["rent"] = in_turn({"9", "*2"});
    keys["weight"] = in_turn({"*2"});
    const auto result = field.run(1, keys);
    EXPECT_EQ(result.end, kFull);
    EXPECT_THAT(result.path, ElementsAre("hello", "sex", "age", "tenure"));
    EXPECT_THAT(result.stored, Not(Contains(testing::Field(&form::StoredAnswer::key, "rooms"))));
}

// Q2: his own place does not stand in his way when he gives the same answer again.
TEST(ScriptedQuota, IsNotRejectedByThePlaceThatHeFilledHimself) {
    Field field{"name,expression,target\nmen,${sex} = 'm',1\n"};
    auto keys = man_who_owns();
    keys["sex"] = in_turn({"1", "1"});
    keys["age"] = in_turn({"*2", "30"});
    EXPECT_EQ(field.run(1, keys).end, kComplete);
    EXPECT_THAT(field.counts(), ElementsAre("men:1+0"));
}

TEST(ScriptedQuota, GivesThePlaceBackAtAHangUp) {
    Field field{"name,expression,target\nmen,${sex} = 'm',1\n"};
    EXPECT_EQ(field.run(1, man_who_owns(), {}, "age").end.outcome, Outcome::Partial);
    EXPECT_THAT(field.counts(), ElementsAre("men:0+0"));
    EXPECT_EQ(field.run(2, man_who_owns()).end, kComplete);
}

TEST(ScriptedQuota, CountsPartialsWhereTheSettingsSaySo) {
    Field field{"name,expression,target\nmen,${sex} = 'm',1\n",
                "form_id,tel::partial_at,tel::quota_count_partials\npoll,age,yes\n"};
    EXPECT_EQ(field.run(1, man_who_owns(), {}, "rooms").end.outcome, Outcome::Partial);
    EXPECT_THAT(field.counts(), ElementsAre("men:1+0"));
}

TEST(ScriptedQuota, PlaysTheMessageBeforeTheEnd) {
    Field field{"name,expression,target,message\nmen,${sex} = 'm',0,sorry\n"};
    const auto result = field.run(1, man_who_owns());
    EXPECT_EQ(result.end, kFull);
    EXPECT_THAT(result.path, Not(Contains("sorry")));
}

TEST(ScriptedQuota, NeedsAPlaceInEachGroup) {
    Field field{
        "name,group,expression,target\n"
        "men,sex,${sex} = 'm',5\n"
        "young,age,${age} < 40,0\n"};
    EXPECT_EQ(field.run(1, man_who_owns()).end, kFull);
    EXPECT_THAT(field.counts(), ElementsAre("men:0+0", "young:0+0"));
    auto old = man_who_owns();
    old["age"] = always("70");
    EXPECT_EQ(field.run(2, old).end, kComplete);
    EXPECT_THAT(field.counts(), ElementsAre("men:1+0", "young:0+0"));
    EXPECT_THAT(field.marks(2), ElementsAre("sex/men=COUNTED", "age/=OUTSIDE"));
}

TEST(ScriptedQuota, DecidesOnARowThatIsNotAskedOnceItIsPassed) {
    // The rent is asked of tenants alone; an owner is decided on when the next item lies behind it.
    Field field{"name,expression,target\nno_rent,${rent} = '',0\n"};
    const auto result = field.run(1, man_who_owns());
    EXPECT_EQ(result.end, kFull);
    EXPECT_THAT(result.path, ElementsAre("hello", "sex", "age", "tenure"));
}

// Who hangs up while his last answer is on its way to the disk is decided on all the same.
TEST(ScriptedQuota, DecidesOnWhoLeavesWithTheLastAnswer) {
    Field field{"name,expression,target\none,${weight} = 1,0\n"};
    Script script{.contact = {}, .keys = man_who_owns(), .hang_up_at = {}};
    script.cut_after = 5;
    const auto result =
        quota::run_script(field.poll.form, field.poll.plan, field.tally, InterviewId{1}, script);
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->end, kFull);
    EXPECT_THAT(field.counts(), ElementsAre("one:0+0"));
}

// What was taken at one attempt is taken again at the next; what was skipped stays so.
TEST(ScriptedQuota, GoesOnAtAFurtherAttempt) {
    Field field{
        "name,group,expression,target,on_full\n"
        "men,,${sex} = 'm',1,\nowners,,${tenure} = 'owner',0,skip:details\n"};
    Script script{.contact = {}, .keys = man_who_owns(), .hang_up_at = "weight"};
    const auto cut =
        quota::run_script(field.poll.form, field.poll.plan, field.tally, InterviewId{1}, script);
    ASSERT_TRUE(cut.has_value());
    EXPECT_THAT(field.counts(), ElementsAre("men:0+0", "owners:0+0"));
    script.hang_up_at.reset();
    const auto rest =
        quota::run_script(field.poll.form, field.poll.plan, field.tally, InterviewId{1}, script,
                          cut->stored, {{"owners", "owners", Standing::Skipped}});
    ASSERT_TRUE(rest.has_value());
    EXPECT_EQ(rest->end, kComplete);
    EXPECT_THAT(rest->path, ElementsAre("hello", "sex", "age", "tenure", "weight"));
    EXPECT_THAT(field.counts(), ElementsAre("men:1+0", "owners:0+0"));

    Field other{"name,expression,target\nmen,${sex} = 'm',0\n"};
    const auto full = quota::run_script(other.poll.form, other.poll.plan, other.tally,
                                        InterviewId{1}, script, cut->stored);
    ASSERT_TRUE(full.has_value());
    EXPECT_EQ(full->end, kFull);
    EXPECT_THAT(full->presented, ElementsAre());  // before the first question of the new attempt
}

}  // namespace
}  // namespace bellwether::campaigns::quota
