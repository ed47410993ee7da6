#include "campaigns/form/probes.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::Contains;
using testing::ElementsAre;

TEST(Probes, AreTheFormsOwnByLanguageElseBuiltIn) {
    const Form form = form_of(
        {.survey = "type,name,label::English (en),label::Nederlands (nl),label::Deutsch (de)\n"
                   "integer,a,A,A,A\n",
         .choices = {},
         .settings = "default_language,tel::probes::English (en)\nEnglish (en), Go on | |And? \n"});
    EXPECT_THAT(neutral_probes(form, 0), ElementsAre("Go on", "And?"));
    EXPECT_THAT(neutral_probes(form, 1), Contains("Wat komt er het dichtst bij?"));
    EXPECT_THAT(neutral_probes(form, 2), Contains("Which comes closer?"));
}

}  // namespace
}  // namespace bellwether::campaigns::form
