#include "dialer/app/survey/form_shelf.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

campaigns::form::FormSheets sheets(const std::string& name) {
    return {.survey = "type,name,label\ninteger," + name + ",How many?\n",
            .choices = {},
            .settings = {},
            .quotas = {}};
}

TEST(FormShelf, ReadsAQuestionnaireOnceAndAgainWhenItIsAnother) {
    FormShelf shelf;
    const auto first = shelf.form_of(CampaignId{1}, sheets("age"));
    EXPECT_EQ(first->rows.at(0).name, "age");
    EXPECT_EQ(shelf.form_of(CampaignId{1}, sheets("age")), first);
    EXPECT_NE(shelf.form_of(CampaignId{2}, sheets("age")), first);
    const auto second = shelf.form_of(CampaignId{1}, sheets("years"));
    EXPECT_EQ(second->rows.at(0).name, "years");
    EXPECT_EQ(first->rows.at(0).name, "age") << "who reads it still has it";
}

}  // namespace
}  // namespace bellwether::app
