#include "campaigns/export/make_dataset.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/campaigns/export/example.h"
#include "tests/campaigns/form/support.h"

// Every value of the example is compared by scripts/reference/survey_files.py; here are the rules.

namespace bellwether::campaigns::exports {
namespace {

const Cell& cell(const Dataset& data, std::size_t row, const std::string& name) {
    const auto found = std::ranges::find(data.variables, name, &Variable::name);
    BW_CHECK(found != data.variables.end());
    return data.rows.at(row).at(static_cast<std::size_t>(found - data.variables.begin()));
}

TEST(MakeDataset, ToldApartAreNotAskedNoneAndRefused) {
    const auto data = example_data();
    EXPECT_EQ(cell(data, 1, "times").state, Cell::State::Empty) << "not asked";
    EXPECT_EQ(cell(data, 1, "brands").state, Cell::State::Value) << "none of them";
    EXPECT_TRUE(cell(data, 1, "brands").codes.empty());
    EXPECT_EQ(cell(data, 2, "brands").code, kRefused);
    EXPECT_EQ(cell(data, 2, "weight_2").code, kNoAnswer);
    EXPECT_EQ(cell(data, 1, "day").state, Cell::State::Empty) << "a date has no code for refused";
}

TEST(MakeDataset, AChoiceOfNonresponseIsMissing) {
    EXPECT_EQ(cell(example_data(), 0, "visit2_good").code, kDontKnow);
    EXPECT_EQ(cell(example_data(), 0, "visit2_good").state, Cell::State::Missing);
}

TEST(MakeDataset, CalculationsAreWorkedOutFromTheAnswers) {
    const auto data = example_data();
    EXPECT_EQ(cell(data, 0, "total").text, "19.5");
    const auto total = std::ranges::find(data.variables, std::string{"total"}, &Variable::name);
    EXPECT_EQ(total->kind, Kind::Number);
    EXPECT_EQ(total->decimals, 1);
    EXPECT_EQ(total->high, 19.5);
    EXPECT_EQ(total->low, 0);
}

TEST(MakeDataset, AnswersOfAFormThatWasChangedAreCounted) {
    EXPECT_EQ(example_data().answers_left_out, 1);
}

TEST(MakeDataset, TheLanguageIsTheOneThatWasGoneOverTo) {
    const auto form =
        form::form_of({.survey = "type,name,label::English (en),label::Nederlands (nl)\n"
                                 "integer,a,A,A\n",
                       .choices = {},
                       .settings = {}});
    CollectedInterview interview;
    interview.facts.language = "en";
    interview.answers = {{"a", "3", form::Settled::Answered, false},
                         {"tel.language", "nl", form::Settled::Answered, true}};
    const auto data = make_dataset(form, {interview});
    ASSERT_TRUE(data.has_value());
    EXPECT_EQ(cell(*data, 0, "language").text, "nl");
    EXPECT_EQ(data->answers_left_out, 0);
}

TEST(MakeDataset, ACategoryForMarginsIsTheChoicesName) {
    const auto data = example_data();
    const auto shop = std::ranges::find(data.variables, std::string{"shop"}, &Variable::name);
    EXPECT_EQ(category_name(*shop, cell(data, 0, "shop")), "yes");
    EXPECT_EQ(category_name(*shop, cell(data, 2, "shop")), "");
    EXPECT_EQ(category_name(data.variables[4], data.rows[0][4]), "LINE");
}

TEST(MakeDataset, OfNobodyHasVariablesAndNoRows) {
    const auto data = make_dataset(example_form(BELLWETHER_EXAMPLE), {});
    ASSERT_TRUE(data.has_value());
    EXPECT_TRUE(data->rows.empty());
    EXPECT_EQ(std::ranges::count(data->variables, std::string{"visit1_spent"}, &Variable::name), 0);
    EXPECT_EQ(data->name, "shops-2026");
    EXPECT_EQ(data->title, "Shops & streets");
}

}  // namespace
}  // namespace bellwether::campaigns::exports
