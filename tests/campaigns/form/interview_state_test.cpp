#include "campaigns/form/interview_state.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

const Form& nested() {
    static const Form kForm = form_asking(
        "type,name,label,repeat_count\nbegin_repeat,outer,O,2\nbegin_group,g,G,\nbegin_repeat,"
        "inner,I,\n"
        "integer,q,Q,\nend_repeat,,,\nend_group,,,\nend_repeat,,,\ninteger,z,Z,\n");
    return kForm;
}

TEST(InterviewState, NamesItemsByTheirRepeats) {
    for (const char* key : {"outer[1]/inner[2]/q", "z", "outer[2]/inner[3]"}) {
        const auto item = item_of(nested(), key);
        ASSERT_TRUE(item.has_value()) << key;
        EXPECT_EQ(key_of(nested(), *item), key);
    }
    for (const char* key :
         {"q", "outer[1]/q", "outer[0]/inner[1]/q", "outer[1]/inner[1]", "outer[x]/inner[1]/q",
          "inner[1]/outer[1]/q", "zz", "z[1]", "outer/inner/q", "", "outer[1]/"}) {
        const auto item = item_of(nested(), key);
        if (std::string_view{key} == "outer[1]/inner[1]") {
            EXPECT_TRUE(item.has_value());  // is there a first instance?
        } else {
            EXPECT_FALSE(item.has_value()) << key;
        }
    }
}

TEST(InterviewState, KeepsOneMarkPerItem) {
    Answers answers;
    put_mark(answers, {{3, {2, 1}}, Settled::Answered, "5"});
    put_mark(answers, {{1, {}}, Settled::Played, ""});
    put_mark(answers, {{3, {2, 1}}, Settled::DontKnow, ""});
    ASSERT_EQ(answers.marks.size(), 2U);
    EXPECT_EQ(find_mark(answers, {3, {2, 1}})->how, Settled::DontKnow);
    EXPECT_EQ(find_mark(answers, {3, {1, 1}}), nullptr);
}

}  // namespace
}  // namespace bellwether::campaigns::form
