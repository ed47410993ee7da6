#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(QuotaPlan, ReadsEveryColumn) {
    const Poll poll{
        "name,group,expression,target,start,pick,on_full,mode,priority,message,label\n"
        "men,sex,${sex} = 'm',10,2,least_full,end,hard,2,sorry,Men\n"
        "women,sex,${sex} = 'f',12,,,screen,soft,1,,\n"
        "owners,,${tenure} = 'owner',5,,,skip:details,,,,\n"
        "all,,true(),,,,count,,,,\n"};
    const Plan& plan = poll.plan;
    ASSERT_EQ(plan.cells.size(), 4U);
    EXPECT_EQ(plan.cells[0].label, "Men");
    EXPECT_EQ(plan.cells[0].target, 10);
    EXPECT_EQ(plan.cells[0].start, 2);
    EXPECT_EQ(plan.cells[0].room(), 8);
    EXPECT_EQ(plan.cells[0].priority, 2);
    EXPECT_EQ(poll.form.rows[plan.cells[0].message].name, "sorry");
    EXPECT_TRUE(plan.cells[1].soft);
    EXPECT_EQ(plan.cells[1].on_full, OnFull::Screen);
    EXPECT_EQ(plan.cells[2].on_full, OnFull::Skip);
    EXPECT_EQ(poll.form.rows[plan.cells[2].skipped].name, "details");
    EXPECT_EQ(plan.cells[3].on_full, OnFull::Count);
    ASSERT_EQ(plan.groups.size(), 3U);
    EXPECT_EQ(plan.groups[0].name, "sex");
    EXPECT_EQ(plan.groups[0].pick, Pick::LeastFull);
    EXPECT_THAT(plan.groups[0].cells, ElementsAre(0, 1));
    EXPECT_EQ(plan.groups[1].name, "owners");
    EXPECT_EQ(plan.groups[1].pick, Pick::All);
}

TEST(QuotaPlan, ReadsNoSheetAsNoCells) {
    EXPECT_TRUE(Poll{""}.plan.empty());
    EXPECT_TRUE(Poll{"name,expression,target\n"}.plan.empty());
}

TEST(QuotaPlan, KnowsTheRowsAndColumnsThatDecideAGroup) {
    const Poll poll{
        "name,group,expression,target\n"
        "a,g,${sex} = 'm' and ${contact.region} = 'north',1\n"
        "b,g,${age} > 30 and ${contact.zone} = '1',1\n"
        "c,,${contact.region} = 'south' and ${tel.language} = 'en',1\n"};
    std::vector<std::string> rows;
    for (const auto row : poll.plan.groups[0].rows) rows.push_back(poll.form.rows[row].name);
    EXPECT_THAT(rows, ElementsAre("sex", "age"));
    EXPECT_THAT(poll.plan.groups[1].rows, IsEmpty());
    EXPECT_THAT(poll.plan.contact_columns, ElementsAre("region", "zone"));
}

TEST(QuotaPlan, TakesCalculationsApart) {
    auto sheets = form::FormSheets{.survey =
                                       "type,name,label,calculation\n"
                                       "integer,a,A,\ninteger,b,B,\n"
                                       "calculate,sum,,${a} + ${b}\n"
                                       "calculate,twice,,${sum} * 2\n",
                                   .choices = {},
                                   .settings = {},
                                   .quotas = "name,expression,target\nmany,${twice} > 4,1\n"};
    const auto form = form::form_of(std::move(sheets));
    const auto plan = read_plan(form);
    ASSERT_TRUE(plan.has_value());
    EXPECT_THAT(plan->groups[0].rows, ElementsAre(0U, 1U));
}

TEST(QuotaPlan, NamesSheetRowAndColumnOfEachFault) {
    EXPECT_THAT(
        plan_problems("name,group,expression,target,start,pick,on_full,mode,priority,message\n"
                      "1x,,${sex} = 'm',2,,,,,,\n"
                      "a,,,2,,,,,,\n"
                      "a,,${sexx} = 'm',2,,,,,,\n"
                      "b,,${sex} = ,2,,,,,,\n"
                      "c,,true(),,,,,,,\n"
                      "d,,true(),1.5,-1,,,,,\n"
                      "e,,true(),1,,best,stop,firm,first,bye\n"
                      "f,,true(),1,,,skip:sex,,,sex\n"
                      "h,,once(1),1,,,,,,\n"),
        ElementsAre(HasSubstr("quotas:2:name: '1x' is no name"),
                    HasSubstr("quotas:3:expression: it is not said whom"),
                    HasSubstr("quotas:4:name: 'a' is there twice"),
                    HasSubstr("quotas:4:expression: at character 1: there is no row 'sexx'"),
                    HasSubstr("quotas:5:expression: at character"),
                    HasSubstr("quotas:6:target: the number of interviews wanted is missing"),
                    HasSubstr("quotas:7:target: '1.5' does not fit"),
                    HasSubstr("quotas:7:start: '-1' does not fit"),
                    HasSubstr("quotas:8:on_full: 'stop' is not known"),
                    HasSubstr("quotas:8:priority: 'first' is no number"),
                    HasSubstr("quotas:8:mode: 'firm' is not known"),
                    HasSubstr("quotas:8:message: survey.csv has no note 'bye'"),
                    HasSubstr("quotas:9:on_full: survey.csv has no group 'sex'"),
                    HasSubstr("quotas:9:message: survey.csv has no note 'sex'"),
                    HasSubstr("quotas:10:expression: at character 1: once() belongs to one row"),
                    HasSubstr("quotas:8:pick: 'best' is not known")));
    EXPECT_THAT(plan_problems("name,target\na,1\n"), Contains(HasSubstr("quotas:1:expression")));
    EXPECT_THAT(plan_problems("name,expression,target\na,true(),1,2\n"),
                Contains(HasSubstr("quotas:2:")));
}

TEST(QuotaPlan, SeesRepeatsThroughAggregatesAlone) {
    const auto sheets = [](const char* expression) {
        return form::FormSheets{
            .survey =
                "type,name,label,repeat_count\ninteger,n,N,\nbegin_repeat,trip,,${n}\n"
                "integer,km,Km,\nend_repeat,,,\n",
            .choices = {},
            .settings = {},
            .quotas = std::string{"name,expression,target\nfar,"} + expression + ",1\n"};
    };
    EXPECT_TRUE(read_plan(form::form_of(sheets("sum(${km}) > 100"))).has_value());
    EXPECT_TRUE(read_plan(form::form_of(sheets("count(${trip}) > 1"))).has_value());
    EXPECT_FALSE(read_plan(form::form_of(sheets("${km} > 100"))).has_value());
    EXPECT_FALSE(read_plan(form::form_of(sheets("position(..) > 1"))).has_value());
}

TEST(QuotaPlan, HasAnotherFingerprintWhenTheCellsMeanSomethingElse) {
    const std::string head = "name,group,expression,target,pick\n";
    const auto of = [&](const std::string& rows) { return Poll{head + rows}.plan.fingerprint; };
    const std::string first = of("a,g,${sex} = 'm',1,\n");
    EXPECT_EQ(first.size(), 16U);
    EXPECT_EQ(of("a,g,${sex} = 'm',200,\n"), first);
    EXPECT_NE(of("b,g,${sex} = 'm',1,\n"), first);
    EXPECT_NE(of("a,h,${sex} = 'm',1,\n"), first);
    EXPECT_NE(of("a,g,${sex} = 'f',1,\n"), first);
    EXPECT_NE(of("a,g,${sex} = 'm',1,first\n"), first);
}

}  // namespace
}  // namespace bellwether::campaigns::quota
