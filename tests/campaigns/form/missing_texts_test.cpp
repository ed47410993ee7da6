#include "campaigns/form/missing_texts.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

TEST(MissingTexts, NamesRowsAndChoicesByLanguage) {
    const Form form = form_of(
        {.survey = "type,name,label::English (en),label::Nederlands (nl),audio::Nederlands (nl)\n"
                   "note,hello,Good day,,hallo.wav\n"
                   "begin_group,part,,,\n"
                   "select_one yn,used,Used?,,\n"
                   "end_group,,,,\n"
                   "note,bye,,Dag,\n",
         .choices = "list_name,name,label::English (en),label::Nederlands (nl)\n"
                    "other,x,,\nyn,yes,Yes,Ja\nyn,no,No,\n",
         .settings = ""});
    const std::vector<MissingText> expected{{"en", "survey.csv", 6, "bye"},
                                            {"nl", "survey.csv", 4, "used"},
                                            {"nl", "choices.csv", 4, "no"}};
    EXPECT_EQ(missing_texts(form), expected);
}

}  // namespace
}  // namespace bellwether::campaigns::form
