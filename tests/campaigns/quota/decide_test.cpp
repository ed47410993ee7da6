#include "campaigns/quota/decide.h"

#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

using form::Answers;
using form::find_row;
using form::Settled;
using testing::ElementsAre;
using testing::Optional;

/// "men,old|-|": the matching cells of each group; "-": not decided.
std::string matches(const Poll& poll, const Answers& answers) {
    std::string text;
    for (const Matching& group : matching_cells(poll.form, poll.plan, answers)) {
        if (!group) text += "-";
        for (const CellIndex cell : group.value_or(std::vector<CellIndex>{}))
            text += poll.plan.cells[cell].name + ",";
        text += "|";
    }
    return text;
}

void answer(const Poll& poll, Answers& answers, const char* row, std::string value) {
    form::put_mark(answers, {.item = {find_row(poll.form, row), {}},
                             .how = value.empty() ? Settled::DontKnow : Settled::Answered,
                             .value = std::move(value)});
}

TEST(QuotaDecide, WaitsUntilEveryRowBehindAGroupIsSettled) {
    const Poll poll{
        "name,group,expression,target\n"
        "old_men,g,${sex} = 'm' and ${age} > 60,1\n"
        "north,,${contact.region} = 'n',1\n"};
    Answers answers;
    answers.facts.contact = {{"region", "n"}};
    EXPECT_EQ(matches(poll, answers), "-|north,|");
    answer(poll, answers, "hello", "");
    answer(poll, answers, "sex", "m");
    EXPECT_EQ(matches(poll, answers), "-|north,|");
    answer(poll, answers, "age", "61");
    EXPECT_EQ(matches(poll, answers), "old_men,|north,|");
    answer(poll, answers, "age", "");  // does not know: settled without a value
    EXPECT_EQ(matches(poll, answers), "|north,|");
}

TEST(QuotaDecide, TakesARowThatIsNotAskedAsSettledOnceItIsPassed) {
    const Poll poll{"name,expression,target\ncheap,${rent} = '' or ${rent} < 500,1\n"};
    Answers answers;
    answer(poll, answers, "hello", "");
    answer(poll, answers, "sex", "m");
    answer(poll, answers, "age", "40");
    EXPECT_EQ(matches(poll, answers), "-|");
    answer(poll, answers, "tenure", "owner");
    EXPECT_EQ(matches(poll, answers), "cheap,|");
    answer(poll, answers, "tenure", "tenant");
    EXPECT_EQ(matches(poll, answers), "-|");
}

TEST(QuotaDecide, LooksAtTheWholeOfARepeat) {
    auto sheets =
        form::FormSheets{.survey =
                             "type,name,label,repeat_count\ninteger,n,N,\nbegin_repeat,trip,,${n}\n"
                             "integer,km,Km,\nend_repeat,,,\ninteger,last,Last,\n",
                         .choices = {},
                         .settings = {},
                         .quotas = "name,expression,target\nfar,sum(${km}) > 10,1\n"};
    const auto form = form::form_of(std::move(sheets));
    const auto plan = read_plan(form);
    ASSERT_TRUE(plan.has_value());
    Answers answers;
    const auto decided = [&] { return matching_cells(form, *plan, answers).front().has_value(); };
    EXPECT_FALSE(decided());
    form::put_mark(answers, {{0, {}}, Settled::Answered, "2"});
    EXPECT_FALSE(decided());
    form::put_mark(answers, {{2, {1}}, Settled::Answered, "8"});
    EXPECT_FALSE(decided());
    form::put_mark(answers, {{2, {2}}, Settled::Answered, "8"});
    EXPECT_THAT(matching_cells(form, *plan, answers).front(), Optional(std::vector<CellIndex>{0}));
}

// Q5 of research/surveys.md 3.1: at the answer that settles it, though more is asked behind it.
TEST(QuotaDecide, TakesARowOfARepeatAsSettledWhenItIsInEachInstance) {
    const auto form = form::form_of(
        {.survey = "type,name,label,relevant,repeat_count\nbegin_repeat,trip,,,2\n"
                   "integer,km,Km,,\ninteger,toll,Toll,${km} > 5,\ninteger,why,Why,,\n"
                   "end_repeat,,,,\n",
         .choices = {},
         .settings = {},
         .quotas = "name,expression,target\nfar,sum(${km}) > 10,1\npaid,sum(${toll}) > 0,1\n"});
    const auto plan = read_plan(form);
    ASSERT_TRUE(plan.has_value());
    Answers answers;
    const auto decided = [&] {
        std::string text;
        for (const Matching& group : matching_cells(form, *plan, answers))
            text += group ? '+' : '-';
        return text;
    };
    const auto give = [&](form::RowIndex row, std::uint16_t instance, std::string value) {
        form::put_mark(answers, {{row, {instance}}, Settled::Answered, std::move(value)});
        return decided();
    };
    EXPECT_EQ(give(1, 1, "8"), "--");
    EXPECT_EQ(give(2, 1, "1"), "--");
    EXPECT_EQ(give(3, 1, "1"), "--") << "the second instance is still to come";
    EXPECT_EQ(give(1, 2, "3"), "++") << "3 km cost no toll, and that question is passed";
    EXPECT_EQ(give(1, 2, "8"), "+-");
    EXPECT_EQ(give(2, 2, "1"), "++");
}

TEST(QuotaDecide, DoesNotTakeAnInstanceOfAnotherRepeatForOneThatIsPassed) {
    const auto form = form::form_of(
        {.survey = "type,name,label,relevant,repeat_count\nbegin_repeat,a,,,3\ninteger,p,P,,\n"
                   "end_repeat,,,,\ninteger,n,N,,\nbegin_repeat,b,,,1\ninteger,q,Q,${n} = 1,\n"
                   "end_repeat,,,,\n",
         .choices = {},
         .settings = {},
         .quotas = "name,expression,target\nno_q,count-non-empty(${q}) = 0,1\n"});
    const auto plan = read_plan(form);
    ASSERT_TRUE(plan.has_value());
    Answers answers;
    for (std::uint16_t i = 1; i <= 2; ++i)
        form::put_mark(answers, {{1, {i}}, Settled::Answered, "7"});
    EXPECT_FALSE(matching_cells(form, *plan, answers).front().has_value());
}

TEST(QuotaDecide, SaysWhatFollowsForTheInterview) {
    const Poll poll{
        "name,group,expression,target,on_full,message\n"
        "men,,${sex} = 'm',0,end,sorry\n"
        "owners,,${contact.owner} = 'yes',0,skip:details,\n"};
    Tally tally = make_tally(poll.plan);
    Answers answers;
    answers.facts.contact = {{"owner", "yes"}};
    const auto early = decide(poll.form, poll.plan, tally, InterviewId{1}, answers);
    EXPECT_FALSE(early.end.has_value());
    EXPECT_THAT(early.closed, ElementsAre(find_row(poll.form, "details")));
    answer(poll, answers, "hello", "");
    answer(poll, answers, "sex", "m");
    const auto late = decide(poll.form, poll.plan, tally, InterviewId{1}, answers);
    EXPECT_THAT(late.end, Optional(form::Outcome::QuotaFull));
    EXPECT_EQ(late.message, find_row(poll.form, "sorry"));
}

TEST(QuotaDecide, KnowsWhatCountsAndWhatMayGoOn) {
    using form::EndCause;
    using form::Outcome;
    const Poll plain{""};
    const Poll partials{"", "form_id,tel::quota_count_partials\np,yes\n"};
    EXPECT_TRUE(counts(plain.form, Outcome::Complete));
    EXPECT_FALSE(counts(plain.form, Outcome::Partial));
    EXPECT_TRUE(counts(partials.form, Outcome::Partial));
    EXPECT_FALSE(counts(partials.form, Outcome::QuotaFull));
    EXPECT_TRUE(may_go_on({Outcome::Partial, "1.2", EndCause::HungUp}));
    EXPECT_TRUE(may_go_on({Outcome::Refused, "2.12", EndCause::HungUp}));
    EXPECT_FALSE(may_go_on({Outcome::Refused, "2.112", EndCause::OptOut}));
    EXPECT_FALSE(may_go_on({Outcome::QuotaFull, "4.80", EndCause::Quota}));
}

}  // namespace
}  // namespace bellwether::campaigns::quota
