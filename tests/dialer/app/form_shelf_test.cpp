#include "dialer/app/form_shelf.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

campaigns::form::FormSheets sheets(const std::string& label) {
    return {.survey = "type,name,label\ninteger,age," + label + "\n",
            .choices = {},
            .settings = {},
            .quotas = {}};
}

TEST(FormShelf, ReadsAQuestionnaireOnceAndAgainWhenItIsAnother) {
    FormShelf shelf;
    const auto first = shelf.form_of(CampaignId{1}, sheets("How old?"));
    EXPECT_EQ(first->rows.at(0).label.at(0), "How old?");
    EXPECT_EQ(shelf.form_of(CampaignId{1}, sheets("How old?")), first);
    EXPECT_NE(shelf.form_of(CampaignId{2}, sheets("How old?")), first);
    const auto second = shelf.form_of(CampaignId{1}, sheets("What age?"));
    EXPECT_EQ(second->rows.at(0).label.at(0), "What age?");
    EXPECT_EQ(first->rows.at(0).label.at(0), "How old?") << "who reads it still has it";
}

}  // namespace
}  // namespace bellwether::app
