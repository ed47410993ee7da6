#include "campaigns/form/read_form.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReadForm, ReadsTheDemonstrationsQuestionnaire) {
    const Form form = form_of(
        {.survey = "type,name,label,media::audio,constraint,tel::timeout_s,tel::retries\n"
                   "note,hello,Hello.,hello.wav,,,\n"
                   "select_one yn,used,Used?,used.wav,,4,1\n"
                   "integer,trips,Trips?,trips.wav,. >= 0 and . <= 400,4,1\n"
                   "note,thanks,Thanks.,thanks.wav,,,\n",
         .choices = "list_name,name,label,tel::key\nyn,yes,Yes,1\nyn,no,No,2\n",
         .settings = "form_title,form_id,tel::opt_out_key,tel::invalid_audio,tel::opt_out_audio\n"
                     "The ferry,ferry,*,invalid.wav,opted_out.wav\n"});
    EXPECT_EQ(form.rows.size(), 4U);
    EXPECT_EQ(form.name, "ferry");
    EXPECT_TRUE(form.notices.empty());
    EXPECT_EQ(form.rows[2].audio[0], "trips.wav");
}

TEST(ReadForm, GivesEveryProblemInTheOrderOfTheSheets) {
    EXPECT_THAT(problems_of({.survey = "type,name,label\nintegr,a,A\ninteger,b,\n",
                             .choices = "list_name,name,label\n,x,X\n",
                             .settings = "tel::retries\n99\n"}),
                ElementsAre(HasSubstr("survey:2:"), HasSubstr("survey:3:"), HasSubstr("choices:2:"),
                            HasSubstr("settings:2:")));
}

TEST(ReadForm, WantsAQuestion) {
    EXPECT_THAT(problems_of({}), ElementsAre(HasSubstr("the sheet asks no question")));
    EXPECT_THAT(problems_of({.survey = "name\nx\n", .choices = {}, .settings = {}}),
                ElementsAre(HasSubstr("survey:1:type: the column is missing")));
    EXPECT_THAT(problems_of({.survey = "type,name,label\ninteger,a\n"}),
                ElementsAre(HasSubstr("the row has 2 fields, the first row has 3")))
        << "the row that could not be read may ask one";
}

}  // namespace
}  // namespace bellwether::campaigns::form
