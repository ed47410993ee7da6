#include "campaigns/form/line_rules.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(LineRules, AreReadFromTheirColumns) {
    const Form form = form_asking(
        "type,name,label,tel::timeout_s,tel::interdigit_s,tel::retries,tel::terminator,tel::digits,"
        "tel::barge,tel::confirm,tel::date_format,tel::on_exhausted,tel::decimals\n"
        "decimal,a,A,2.5,3,1,none,2-4,after:1.5,yes,yyyymmdd,agent,2\n");
    const LineRules& rules = form.rows[0].line;
    EXPECT_EQ(rules.timeout, 2500ms);
    EXPECT_EQ(rules.interdigit, 3s);
    EXPECT_EQ(rules.retries, 1);
    EXPECT_EQ(rules.terminator, '\0');
    EXPECT_EQ(rules.digits_min, 2U);
    EXPECT_EQ(rules.digits_max, 4U);
    EXPECT_EQ(rules.barge, Barge::After);
    EXPECT_EQ(rules.barge_after, 1500ms);
    EXPECT_TRUE(rules.confirm);
    EXPECT_EQ(rules.date_format, "yyyymmdd");
    EXPECT_EQ(rules.on_exhausted, OnExhausted::Agent);
    EXPECT_EQ(rules.decimals, 2U);
}

TEST(LineRules, BeginWithTheSettings) {
    const Form form =
        form_of({.survey = "type,name,label,tel::retries\ninteger,a,A,\ninteger,b,B,0\n",
                 .choices = {},
                 .settings = "tel::retries,tel::invalid_audio\n4,x.wav|y.wav\n"});
    EXPECT_EQ(form.rows[0].line.retries, 4);
    EXPECT_EQ(form.rows[1].line.retries, 0);
    ASSERT_EQ(form.rows[0].line.invalid_audio.size(), 2U);
    EXPECT_EQ(form.rows[0].line.invalid_audio[1][0], "y.wav");
}

TEST(LineRules, SayWhatDoesNotFit) {
    EXPECT_THAT(
        problems_of({.survey = "type,name,label,tel::retries,tel::keys,tel::terminator,tel::barge\n"
                               "integer,a,A,-1,yes=,none,maybe\n",
                     .choices = {},
                     .settings = {}}),
        testing::UnorderedElementsAre(HasSubstr("survey:2:tel::retries: '-1' does not fit"),
                                      HasSubstr("survey:2:tel::keys: 'yes=' does not fit"),
                                      HasSubstr("survey:2:tel::barge: 'maybe' does not fit"),
                                      HasSubstr("survey:2:tel::terminator: without a terminator")));
}

TEST(LineRules, KnowKeysAndFolders) {
    EXPECT_TRUE(is_key_string("0"));
    EXPECT_TRUE(is_key_string("*9"));
    EXPECT_FALSE(is_key_string("123"));
    EXPECT_FALSE(is_key_string("a"));
    EXPECT_TRUE(stays_in_folder("a/b.wav"));
    EXPECT_FALSE(stays_in_folder("../b.wav"));
    EXPECT_FALSE(stays_in_folder("/b.wav"));
    EXPECT_EQ(yes_or_no("TRUE()"), true);
    EXPECT_EQ(yes_or_no("perhaps"), std::nullopt);
}

}  // namespace
}  // namespace bellwether::campaigns::form
