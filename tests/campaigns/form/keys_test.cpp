#include "campaigns/form/keys.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string list(int count) {
    std::string choices = "list_name,name,label\n";
    for (int i = 0; i < count; ++i) choices += "l,c" + std::to_string(i) + ",C\n";
    return choices;
}

constexpr const char* kSurvey = "type,name,label,tel::keys\nselect_one l,q,Q,\n";

TEST(Keys, FollowThePlaceOfAChoice) {
    const Form nine = form_of({.survey = kSurvey, .choices = list(9), .settings = {}});
    const std::vector<std::uint32_t> presented{4, 0, 8};
    EXPECT_THAT(keys_of(nine, nine.rows[0], presented), ElementsAre("1", "2", "3"));
    const Form more = form_of({.survey = kSurvey, .choices = list(12), .settings = {}});
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < 12; ++i) all.push_back(i);
    EXPECT_EQ(keys_of(more, more.rows[0], all)[0], "01");
    EXPECT_EQ(keys_of(more, more.rows[0], all)[11], "12");
}

TEST(Keys, OfTheRowGoBeforeThoseOfTheList) {
    const Form form = form_of({.survey = "type,name,label,tel::keys\nselect_one l,q,Q,b=9\n",
                               .choices = "list_name,name,label,tel::key\nl,a,A,1\nl,b,B,2\n",
                               .settings = {}});
    EXPECT_THAT(keys_of(form, form.rows[0], std::vector<std::uint32_t>{0, 1}),
                ElementsAre("1", "9"));
}

TEST(Keys, AreFewerThanHostileLists) {
    EXPECT_THAT(problems_of({.survey = kSurvey, .choices = list(10'000), .settings = {}}),
                ElementsAre(HasSubstr("survey:2:type: the list 'l' has 10000 choices")));
    EXPECT_THAT(problems_of({.survey = "type,name,label,tel::ivr\nselect_one l,q,Q,no\n",
                             .choices = list(10'000),
                             .settings = {}}),
                IsEmpty());
}

TEST(Keys, ClashWithEachOtherAndWithTheOldOptOutKey) {
    EXPECT_THAT(problems_of({.survey = "type,name,label,tel::keys\nselect_one l,q,Q,a=1 b=1 z=3\n"
                                       "select_one l,r,R,a=* b=2\ninteger,s,S,\n",
                             .choices = "list_name,name,label\nl,a,A\nl,b,B\n",
                             .settings = "tel::opt_out_key\n*\n"}),
                testing::UnorderedElementsAre(
                    HasSubstr("survey:2:tel::keys: key 1 stands for 'a' and for 'b'"),
                    HasSubstr("survey:2:tel::keys: the list has no choice 'z'"),
                    HasSubstr("survey:3:type: a choice uses the opt-out key *")));
}

}  // namespace
}  // namespace bellwether::campaigns::form
