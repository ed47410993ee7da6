#include "campaigns/export/dataset.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::exports {
namespace {

TEST(Dataset, ATextIsInTheFirstLanguageThatHasOne) {
    EXPECT_EQ(text_of({"", "Ja", "Igen"}), "Ja");
    EXPECT_EQ(text_of({}), "");
}

}  // namespace
}  // namespace bellwether::campaigns::exports
