// Settings (read_settings.cpp), by way of whole forms.
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSurvey =
    "type,name,label::English (en),label::Nederlands (nl)\ninteger,a,A,AA\n";

Form with_settings(std::string settings) {
    return form_of({.survey = kSurvey, .choices = {}, .settings = std::move(settings)});
}

TEST(ReadSettings, PutsTheDefaultLanguageFirst) {
    const Form form = with_settings("form_id,default_language\npoll,Nederlands (nl)\n");
    EXPECT_THAT(form.languages, ElementsAre("nl", "en"));
    EXPECT_EQ(form.name, "poll");
    EXPECT_EQ(source_of(in_language(form, form.rows[0].label, 0)), "AA");
}

TEST(ReadSettings, TakesAPlainLabelForALanguageOfItsOwn) {
    const Form form =
        form_asking("type,name,label,label::Francais (fr)\ninteger,a,Age?,Quel age?\n");
    EXPECT_THAT(form.languages, ElementsAre("en", "fr"));
    EXPECT_EQ(source_of(form.rows[0].label[0]), "Age?");
    EXPECT_EQ(source_of(form.rows[0].label[1]), "Quel age?");
}

TEST(ReadSettings, GivesTheUsualCommandsUnlessToldOtherwise) {
    EXPECT_EQ(with_settings("").commands.size(), 7U);
    const Form form = with_settings("tel::commands\nrepeat=* optout=*1\n");
    ASSERT_EQ(form.commands.size(), 2U);
    EXPECT_EQ(form.commands[1].keys, "*1");
    EXPECT_TRUE(form.confirm_opt_out);
}

TEST(ReadSettings, TakesTheOldOptOutKeyAsTheOnlyCommand) {
    const Form form = with_settings("tel::opt_out_key,tel::opt_out_audio\n*,bye.wav\n");
    ASSERT_EQ(form.commands.size(), 1U);
    EXPECT_EQ(form.commands[0].command, Command::OptOut);
    EXPECT_FALSE(form.confirm_opt_out);
    EXPECT_EQ(form.opt_out_audio[0], "bye.wav");
}

TEST(ReadSettings, SaysWhatDoesNotFit) {
    EXPECT_THAT(
        problems_of({.survey = kSurvey,
                     .choices = {},
                     .settings = "tel::commands,tel::languages,tel::seed,tel::partial_at,style\n"
                                 "stop=*1 back=2,fr,x,zzz,pages\n"}),
        testing::UnorderedElementsAre(HasSubstr("settings:2:tel::commands: 'stop=*1'"),
                                      HasSubstr("settings:2:tel::commands: 'back=2'"),
                                      HasSubstr("no column is in the language 'fr'"),
                                      HasSubstr("settings:2:tel::seed: 'x'"),
                                      HasSubstr("survey.csv has no row 'zzz'")));
}

}  // namespace
}  // namespace bellwether::campaigns::form
