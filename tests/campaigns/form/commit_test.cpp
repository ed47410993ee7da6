#include "campaigns/form/commit.h"

#include "campaigns/form/picture.h"
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

std::vector<std::string> texts(const std::vector<AnswerChange>& changes) {
    std::vector<std::string> out;
    for (const auto& c : changes)
        out.push_back(std::string{name_of(c.kind)} + ' ' + c.key + '=' + c.value);
    return out;
}

TEST(Commit, TakesBackWhatAnAnswerOvertakesInTurn) {
    const Form form = form_asking(
        "type,name,label,relevant\ninteger,a,A,\ninteger,b,B,${a} = 1\ninteger,c,C,${b} = 2\n");
    Answers answers;
    (void)commit(form, answers, {{0, {}}, Settled::Answered, "1"});
    (void)commit(form, answers, {{1, {}}, Settled::Answered, "2"});
    (void)commit(form, answers, {{2, {}}, Settled::Answered, "3"});
    EXPECT_THAT(texts(commit(form, answers, {{0, {}}, Settled::Answered, "5"})),
                testing::ElementsAre("SETTLE a=5", "CLEAR b=2", "CLEAR c=3"));
    EXPECT_EQ(answers.marks.size(), 1U);
}

TEST(Commit, KeepsDefaultsAndOnce) {
    const Form form = form_asking(
        "type,name,label,default,calculation\ninteger,a,A,\"if(${contact.vip} = 'y', 9, 1)\",\n"
        "calculate,first,,,once(${a})\n");
    Answers answers;
    answers.facts.contact = {{"vip", "y"}};
    EXPECT_THAT(texts(set_defaults(form, answers)), testing::ElementsAre("KEEP a=9"));
    EXPECT_THAT(texts(clear_overtaken(form, answers)), testing::ElementsAre("KEEP first=9"));
    (void)commit(form, answers, {{0, {}}, Settled::Answered, "3"});
    EXPECT_EQ((Picture{form, answers}.calculations().front().second), "9");
    Answers later;
    restore(form, later,
            std::vector<StoredAnswer>{{"a", "9", Settled::Answered, true},
                                      {"first", "9", Settled::Answered, true},
                                      {"a", "3", Settled::Answered, false},
                                      {"gone", "1", Settled::Answered, false}});
    EXPECT_EQ(later.marks, answers.marks);
    EXPECT_EQ(later.kept, answers.kept);
}

}  // namespace
}  // namespace bellwether::campaigns::form
