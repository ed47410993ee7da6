#include "campaigns/form/table.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<KnownColumn> kKnown{{"type", false, {"command"}}, {"label", true}, {"relevant"}};

TEST(Table, SortsColumnsOutByNameAliasAndLanguage) {
    Findings findings;
    const Table table{"survey.csv",
                      "\xEF\xBB\xBF"
                      "Command,label::English (EN),label\r\n a ,b,\n,,\n1,2,3\n",
                      kKnown, OtherColumns::Warn, findings};
    EXPECT_TRUE(findings.problems.empty());
    ASSERT_EQ(table.rows().size(), 2U);
    EXPECT_EQ(table.rows()[1].number, 4U);
    EXPECT_EQ(table.cell(table.rows()[0], "type"), "a");
    EXPECT_EQ(table.columns()[1].language, "en");
    EXPECT_EQ(table.cell(table.rows()[1], "label"), "3");
}

TEST(Table, WarnsOfColumnsItDoesNotKnow) {
    Findings findings;
    const Table table{"survey.csv", "type,relevent,x::y,\n", kKnown, OtherColumns::Warn, findings};
    EXPECT_TRUE(findings.problems.empty());
    EXPECT_THAT(brief(findings.notices),
                ElementsAre(HasSubstr("survey:1:relevent: the column is not known"),
                            HasSubstr("passed over"), HasSubstr("passed over")));
    EXPECT_THAT(findings.notices[0].mend, HasSubstr("'relevant'"));
}

TEST(Table, NamesSheetRowAndColumnOfWhatIsBroken) {
    Findings findings;
    const Table table{"survey.csv", "type,label,label\na,\xFF,c\nd\n\"e", kKnown,
                      OtherColumns::Warn, findings};
    EXPECT_THAT(brief(findings.problems),
                ElementsAre(HasSubstr("survey:1:label: the column is there twice"),
                            HasSubstr("survey:2:label: byte 1 of the cell is not UTF-8"),
                            HasSubstr("survey:3:: line 3"), HasSubstr("survey:4:: line 4")));
}

TEST(Table, ReadsLanguageCodes) {
    EXPECT_EQ(language_code("English (en)"), "en");
    EXPECT_EQ(language_code("nl-BE"), "nl-be");
    EXPECT_EQ(language_code("Deutsch"), "deutsch");
}

}  // namespace
}  // namespace bellwether::campaigns::form
