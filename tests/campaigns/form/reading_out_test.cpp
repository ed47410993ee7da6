#include "campaigns/form/reading_out.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

TEST(ReadingOut, CountsTheWordsOfLabelAndChoices) {
    const Form form =
        form_of({.survey = "type,name,label,appearance,choice_filter\n"
                           "select_one l,a,How do you feel ${contact.name} - today?,,\n"
                           "select_one l,b,How do you feel?,spontaneous,\n"
                           "select_one l,c,How do you feel?,,name != 'x'\n",
                 .choices = "list_name,name,label,tel::missing\nl,x,Very well,\nl,y,Bad,\n"
                            "l,z,Does not know,dk\n",
                 .settings = {}});
    EXPECT_EQ(words_to_read(form, form.rows[0]), 5U + 3U) << "a dash and a field are no words";
    EXPECT_EQ(words_to_read(form, form.rows[1]), 4U);
    EXPECT_EQ(words_to_read(form, form.rows[2]), 4U) << "nobody knows which are left";
}

}  // namespace
}  // namespace bellwether::campaigns::form
