#include "campaigns/form/prompt_list.h"

#include <set>

#include "campaigns/form/speech.h"
#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/line.h"

namespace bellwether::campaigns::form {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsSupersetOf;

std::vector<std::string> references(const Form& form) {
    std::vector<std::string> all;
    for (const auto& prompt : list_prompts(form).prompts) all.push_back(prompt.reference);
    return all;
}

TEST(PromptList, HoldsWhateverAnInterviewSays) {
    Line line{form_of(worked_example())};
    std::set<std::string> said;
    const auto note = [&] { said.insert(line.step.play.begin(), line.step.play.end()); };
    note();
    for (const std::string_view keys : {"", "1", "2#", "20*5#", "", "9", "12", "13#", "2"}) {
        line.step = keys.empty() ? prompt_ended(line.form, line.state) : InterviewStep{};
        line.press(keys);
        note();
        if (line.state.phase == Phase::Listening) line.wait();
        note();
        if (line.state.phase == Phase::Storing) line.store();
        note();
    }
    EXPECT_GT(said.size(), 10U);
    EXPECT_THAT(references(line.form), IsSupersetOf(said));
}

TEST(PromptList, NamesMergeFieldsThatNobodyCanSayBeforehand) {
    const Form form = form_asking(
        "type,name,label,calculation\ntext,t,T,\ninteger,a,A,\ncalculate,n,,${a} * 2\n"
        "calculate,s,,\"if(${a} > 1, 'many', 'one')\"\n"
        "note,x,${a} and ${n} and ${s},\nnote,y,${contact.name} said ${t},\n");
    const PromptList list = list_prompts(form);
    EXPECT_THAT(brief(list.problems),
                testing::ElementsAre(
                    HasSubstr("survey:7:label: nobody knows before the call what ${contact.name}"),
                    HasSubstr("survey:7:label: nobody knows before the call what ${t}")));
    EXPECT_THAT(references(form),
                IsSupersetOf({reference_of({"en", "many"}), reference_of({"en", "77"}),
                              reference_of({"en", "and"})}));
}

TEST(PromptList, AsksNothingOfASpeechProgramForAFormOfRecordings) {
    const Form form = form_of(
        {.survey = "type,name,label,audio\nnote,hi,Hi,hi.wav\ninteger,a,A,a.wav\n",
         .choices = {},
         .settings =
             "tel::opt_out_key,tel::opt_out_audio,tel::invalid_audio\n*,out.wav,bad.wav\n"});
    EXPECT_THAT(references(form),
                testing::UnorderedElementsAre("hi.wav", "a.wav", "out.wav", "bad.wav"));
}

TEST(PromptList, HoldsTheLinesOwnLabelsAndWhatIsSaidOfUnusualEntries) {
    const Form form =
        form_of({.survey = "type,name,label,tel::label_ivr,tel::soft_constraint,tel::soft_message\n"
                           "integer,a,Say it,Press it,. < 9,So many\ninteger,b,B,,. < 9,\n",
                 .choices = {},
                 .settings = "tel::handover_audio\nwait.wav\n"});
    EXPECT_THAT(references(form),
                IsSupersetOf({reference_of({"en", "Press it"}), reference_of({"en", "So many"}),
                              reference_of({"en", "That is an unusual answer."}),
                              reference_of({"en", "If it is right, enter it again."}),
                              std::string{"wait.wav"}}));
    EXPECT_THAT(references(form), testing::Not(Contains(reference_of({"en", "Say it"}))));
}

}  // namespace
}  // namespace bellwether::campaigns::form
