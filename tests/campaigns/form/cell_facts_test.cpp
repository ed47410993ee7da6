#include "campaigns/form/cell_facts.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

std::string calculated(const std::string& calculation, const Answers& answers) {
    const Form form = form_of(
        {.survey = "type,name,label::English (en),label::Nederlands (nl),calculation\n"
                   "select_one l,q,Q,,\ncalculate,c,,,\"" +
                   calculation + "\"\n",
         .choices = "list_name,name,label::English (en),label::Nederlands (nl),tel::missing\n"
                    "l,y,Yes,Ja,\nl,dk,Do not know,Weet niet,dk\n",
         .settings = {}});
    const auto values = Picture{form, answers}.calculations();
    return values.empty() ? "" : values.front().second;
}

Answers with(Settled how, std::string value) {
    Answers answers;
    answers.facts.now = "2026-11-22T18:30:00+01:00";
    put_mark(answers, {{0, {}}, how, std::move(value)});
    return answers;
}

TEST(CellFacts, SayWhyAnAnswerIsMissing) {
    EXPECT_EQ(calculated("missing(${q})", {}), "not_asked");
    EXPECT_EQ(calculated("missing(${q})", with(Settled::Refused, "")), "refused");
    EXPECT_EQ(calculated("missing(${q})", with(Settled::NoInput, "")), "no_input");
    EXPECT_EQ(calculated("missing(${q})", with(Settled::Answered, "dk")), "dk");
    EXPECT_EQ(calculated("missing(${q})", with(Settled::Answered, "y")), "");
}

TEST(CellFacts, KnowTheCallAndTheContact) {
    Answers answers = with(Settled::Answered, "y");
    answers.facts.language = "nl";
    answers.facts.contact = {{"name", "An"}};
    answers.facts.tel = {{"caller", "Harbour Light"}};
    EXPECT_EQ(calculated("jr:choice-name(${q}, '${q}')", answers), "Ja");
    EXPECT_EQ(
        calculated(
            "concat(${contact.name}, ${contact.none}, ${tel.language}, ${tel.mode}, ${tel.caller})",
            answers),
        "AnnllineHarbour Light");
    EXPECT_EQ(calculated("today()", answers), "2026-11-22");
}

TEST(CellFacts, DrawTheSameChanceAtEachEvaluation) {
    Answers answers;
    answers.facts.seed = 4711;
    const std::string first = calculated("random()", answers);
    EXPECT_EQ(calculated("random()", answers), first);
    answers.facts.seed = 4712;
    EXPECT_NE(calculated("random()", answers), first);
}

}  // namespace
}  // namespace bellwether::campaigns::form
