#include "campaigns/import/quexml.h"

#include "tests/campaigns/import/support.h"

namespace bellwether::campaigns::import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Imported made_of(const std::string& document) {
    auto made = import_quexml(document);
    if (made) return *std::move(made);
    ADD_FAILURE() << made.error().detail;
    return {};
}

// The minimal document of research/surveys.md 5.2.
constexpr const char* kShop = R"(<questionnaire id="1">
  <title>Shop visit</title>
  <investigator><name><firstName>A</firstName><lastName>Person</lastName></name></investigator>
  <dataCollector><name><firstName>B</firstName><lastName>Person</lastName></name></dataCollector>
  <section>
    <question>
      <text>Did you visit the shop this week?</text>
      <directive><position>after</position><text>Do not read out</text><administration>interviewer</administration></directive>
      <response varName="visit"><fixed>
        <category><label>Yes</label><value>1</value></category>
        <category><label>No</label><value>2</value><skipTo>end</skipTo></category>
      </fixed></response>
    </question>
    <question><text>How many times?</text>
      <response varName="times"><free><format>integer</format><length>2</length><min>1</min><max>20</max></free></response></question>
    <question><text>Anything else?</text>
      <response varName="end"><free><format>longtext</format><length>200</length></free></response></question>
  </section>
</questionnaire>)";

TEST(QueXml, MakesSheetsThatLoadAndLeadTheRightWay) {
    const Imported made = made_of(kShop);
    EXPECT_THAT(brief(made.lost), IsEmpty());
    EXPECT_EQ(made.survey,
              "type,name,label,hint,relevant,constraint\n"
              "begin_group,section_1,,,,\n"
              "select_one visit,visit,Did you visit the shop this week?,Do not read out,,\n"
              "integer,times,How many times?,,not(${visit} = '2'),(. >= 1) and (. <= 20)\n"
              "text,end,Anything else?,,,\n"
              "end_group,,,,,\n");
    EXPECT_EQ(made.choices, "list_name,name,label\nvisit,1,Yes\nvisit,2,No\n");
    EXPECT_EQ(made.settings, "form_title,form_id,default_language\nShop visit,1,en\n");
    const form::Form read = form_of(made);
    EXPECT_THAT(path_of(read, {{"visit", "1"}, {"times", "3"}, {"end", "no"}}),
                ElementsAre("visit", "times", "end"));
    EXPECT_THAT(path_of(read, {{"visit", "2"}, {"end", "no"}}), ElementsAre("visit", "end"));
    EXPECT_THAT(form::lint(read, {}).findings, IsEmpty());
}

TEST(QueXml, MakesMatricesTickListsContingentQuestionsAndNotes) {
    const Imported made = made_of(R"(<questionnaire id="2" lang="nl">
<questionnaireInfo><position>before</position><text>Dag.</text><administration>self</administration></questionnaireInfo>
<section id="A"><sectionInfo><position>title</position><text>Deel</text></sectionInfo>
<sectionInfo><position>before</position><text>Let op.</text><administration>interviewer</administration></sectionInfo>
<question randomise="true"><text>Hoe is</text>
 <subQuestion varName="m1"><text>de winkel?</text></subQuestion>
 <subQuestion varName="m2"><text>de bus?</text></subQuestion>
 <response varName="m"><fixed rotate="true"><category><label>goed</label><value>1</value></category>
  <category><label>anders</label><value>2</value><contingentQuestion><text>Hoe dan?</text><length>9</length></contingentQuestion></category></fixed></response>
</question>
<question><text>Wat?</text>
 <response varName="a"><fixed><category><label>Appels</label><value>1</value></category></fixed></response>
 <response varName="b"><fixed><category><label>Brood</label><value>1</value></category></fixed></response>
</question>
<question><text>Wanneer?</text><qualifier>(laatst)</qualifier>
 <response varName="d"><free><format>date</format><length>8</length></free></response>
 <response varName="e"><free><format>currency</format><length>8</length><label>euro</label></free></response>
</question></section></questionnaire>)");
    EXPECT_THAT(brief(made.lost), IsEmpty());
    EXPECT_EQ(made.survey,
              "type,name,label,hint,relevant,parameters,tel::ivr\n"
              "note,info,Dag.,,,,\n"
              "begin_group,section_1,Deel,,,,\n"
              "note,section_1_info,Let op.,Let op.,,,no\n"
              "begin_group,m_block,,,,randomize=true,\n"
              "begin_group,m1_part,,,,,\n"
              "select_one m1,m1,Hoe is de winkel?,,,randomize=true,\n"
              "text,m1_text,Hoe dan?,,${m1} = '2',,\n"
              "end_group,,,,,,\n"
              "begin_group,m2_part,,,,,\n"
              "select_one m2,m2,Hoe is de bus?,,,randomize=true,\n"
              "text,m2_text,Hoe dan?,,${m2} = '2',,\n"
              "end_group,,,,,,\n"
              "end_group,,,,,,\n"
              "select_multiple a_all,a_all,Wat?,,,,\n"
              "date,d,Wanneer? (laatst),,,,\n"
              "decimal,e,Wanneer? (laatst),euro,,,\n"
              "end_group,,,,,,\n");
    EXPECT_THAT(made.choices, HasSubstr("a_all,a,Appels\na_all,b,Brood\n"));
    EXPECT_EQ(form_of(made).languages, std::vector<std::string>{"nl"});
}

TEST(QueXml, NamesWhatHasNoCounterpartWithItsLine) {
    const Imported made = made_of(R"(<questionnaire id="3"><section><question><text>A</text>
<response varName="x"><vas><labelleft>0</labelleft></vas></response></question>
<question><text>B</text><colour/>
<response varName="y"><fixed><category><label>1</label><value>1</value><skipTo>x</skipTo></category>
<category><label>2</label><value>1</value></category></fixed></response></question>
<question><text>C</text></question>
<question><text>D</text><response varName="z"><free><format>picture</format></free></response></question>
</section><appendage/></questionnaire>)");
    EXPECT_THAT(
        brief(made.lost),
        ElementsAre(HasSubstr("2: a line to be marked"), HasSubstr("3: the element colour"),
                    HasSubstr("4: the jump back to 'x'"),
                    HasSubstr("5: a category without a value of its own"),
                    HasSubstr("6: a question without a response"),
                    HasSubstr("7: the format 'picture'"), HasSubstr("8: the element appendage")));
    (void)form_of(made);
}

TEST(QueXml, RefusesOtherDocuments) {
    EXPECT_FALSE(import_quexml("<survey/>"));
    EXPECT_FALSE(import_quexml("no xml"));
}

std::string grown(int parts, int categories, std::size_t words) {
    std::string text =
        "<questionnaire><section><question><text>" + std::string(words, 'x') + "</text>";
    for (int i = 0; i < parts; ++i)
        text += "<subQuestion varName='v" + std::to_string(i) + "'><text>y</text></subQuestion>";
    text += "<response><fixed>";
    for (int i = 0; i < categories; ++i)
        text += "<category><label>a</label><value>" + std::to_string(i) + "</value></category>";
    return text + "</fixed></response></question></section></questionnaire>";
}

// 3 MB of sub-questions and categories would make 600 million choices.
TEST(QueXml, RefusesWhatGrowsBeyondBounds) {
    EXPECT_TRUE(import_quexml(grown(300, 300, 10)).has_value());  // 90,000 choices
    const auto product = import_quexml(grown(30'000, 20'000, 10));
    ASSERT_FALSE(product.has_value());
    EXPECT_THAT(product.error().detail, HasSubstr("more than 100,000 rows"));
    const auto text = import_quexml(grown(2'000, 1, 100'000));  // 200 MB
    ASSERT_FALSE(text.has_value());
}

}  // namespace
}  // namespace bellwether::campaigns::import
