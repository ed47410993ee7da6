#include "campaigns/form/lint.h"

#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> findings(FormSheets sheets, const AudioSeconds& audio = {}) {
    return brief(lint(form_of(std::move(sheets)), audio).findings);
}

FormSheets with(std::string survey) {
    return {.survey = std::move(survey),
            .choices = "list_name,name,label,tel::key\nl,y,Yes,1\nl,n,No,12\nl,m,May be,*\n",
            .settings = ""};
}

TEST(Lint, FindsWhatIsNeverAskedAndWhatNeverHolds) {
    const auto found =
        findings(with("type,name,label,relevant\nselect_one l,q,Q,\ninteger,a,A,1 = 2\n"
                      "integer,b,B,${q} = 'yes'\ninteger,c,C,${q}\ninteger,d,D,${a} > 5\n"));
    EXPECT_THAT(found, Contains(HasSubstr("survey:3:relevant: the condition is always false")));
    EXPECT_THAT(
        found, Contains(HasSubstr("survey:4:relevant: at character 8: 'yes' is no choice of 'q'")));
    EXPECT_THAT(found, Contains(HasSubstr("survey:5:relevant: at character 1: ${q} by itself")));
    EXPECT_THAT(found, Contains(HasSubstr("survey:6:: none of 201 simulated interviews")));
}

TEST(Lint, LeavesRowsThatAColumnOfTheListDecides) {
    const auto found = findings(
        with("type,name,label,relevant,calculation\ncalculate,owed,,,int(${contact.amount})\n"
             "note,a,A,${contact.amount} > 5,\nnote,b,B,${owed} > 5,\n"
             "begin_group,g,,${contact.due} != '',\nnote,c,C,,\nend_group,,,,\n"
             "integer,d,D,,\nnote,e,E,${d} = 5 and ${d} = 6,\n"));
    EXPECT_THAT(found, testing::ElementsAre(HasSubstr("survey:9:: none of 201")));
}

TEST(Lint, FindsTroubleWithKeys) {
    const auto found = findings(
        with("type,name,label,tel::keys\nselect_one l,q,Q,\nselect_multiple l,r,R,y=1 n=2\n"));
    EXPECT_THAT(found, Contains(HasSubstr("survey:2:tel::keys: key 1 begins key 12")));
    EXPECT_THAT(found, Contains(HasSubstr("survey:2:tel::keys: a choice has the key *")));
    EXPECT_THAT(found,
                Contains(HasSubstr("survey:3:type: nothing can be pressed by who wants none")));
}

TEST(Lint, FindsWhatPeopleCannotAnswer) {
    const auto found = findings(with(
        "type,name,label::English (en),label::Magyar (hu),constraint,required,tel::dk,tel::refuse,"
        "relevant,tel::disposition\n"
        "decimal,a,HOW COLD WAS IT TODAY,Hideg?,. < 0,,,,,\n"
        "integer,b,B,,,yes,no,no,${a} > 1,partial\n"));
    EXPECT_THAT(found, Contains(HasSubstr("survey:2:constraint: only numbers below 0")));
    EXPECT_THAT(found, Contains(HasSubstr("survey:2:label: a text in capitals")));
    EXPECT_THAT(found, Contains(HasSubstr("survey:3:required: nobody can go on")));
    EXPECT_THAT(
        found,
        Contains(HasSubstr("survey:3:tel::disposition: the row that makes an interview partial")));
    // Row 3 has no text in 'hu': missing_texts() says so, and nothing else does.
    EXPECT_THAT(found, Not(Contains(HasSubstr("recording in 'hu'"))));
}

TEST(Lint, LooksForRecordingsAndTakesTheirLength) {
    const Form form = form_asking("type,name,label,audio\nnote,hi,Hi,hi.wav\ninteger,a,A,a.wav\n");
    const LintReport report = lint(form, {{"hi.wav", 10.0}});
    EXPECT_THAT(brief(report.findings),
                Contains(HasSubstr("survey:3:label: the recording a.wav is not there")));
    EXPECT_NEAR(report.seconds_median, 10 + 3 + 1 / 14.0, 1e-9);
    EXPECT_EQ(report.items_median, 2U);
}

TEST(Lint, FindsNothingGraveInTheWorkedExample) {
    const LintReport report = lint(form_of(worked_example()), {});
    EXPECT_TRUE(report.findings.empty()) << describe(report.findings.front());
    EXPECT_GT(report.items_longest, report.items_median);
}

}  // namespace
}  // namespace bellwether::campaigns::form
