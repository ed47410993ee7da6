#include "campaigns/form/form.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

TEST(Form, FallsBackToTheDefaultLanguage) {
    const Form form = form_asking(
        "type,name,label::English (en),label::Magyar (hu)\ninteger,a,Age?,\ninteger,b,,Hol?\n");
    EXPECT_EQ(source_of(in_language(form, form.rows[0].label, 1)), "Age?");
    EXPECT_EQ(source_of(in_language(form, form.rows[1].label, 0)), "Hol?");
}

TEST(Form, FindsRowsChoicesAndRepeats) {
    const Form form =
        form_of({.survey = "type,name,label,repeat_count\nbegin_repeat,o,O,1\nbegin_repeat,i,I,1\n"
                           "select_one l,q,Q,\nend_repeat,,,\nend_repeat,,,\n",
                 .choices = "list_name,name,label\nl,a,A\n",
                 .settings = {}});
    EXPECT_EQ(find_row(form, "q"), 2U);
    EXPECT_EQ(find_row(form, "zz"), kNoRow);
    EXPECT_THAT(repeats_of(form, 2), testing::ElementsAre(0, 1));
    ASSERT_NE(find_choice(form, form.rows[2], "a"), nullptr);
    EXPECT_EQ(find_choice(form, form.rows[2], "b"), nullptr);
}

}  // namespace
}  // namespace bellwether::campaigns::form
