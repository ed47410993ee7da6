#include "campaigns/form/sheets.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

TEST(Sheets, CutTextsAtTheirMergeFields) {
    const auto parts = parse_template("You said ${ a }, and cost $5: ${contact.name}");
    ASSERT_TRUE(parts.has_value());
    ASSERT_EQ(parts->size(), 4U);
    EXPECT_EQ((*parts)[0].text, "You said ");
    EXPECT_EQ((*parts)[1].reference.root().text, "a");
    EXPECT_EQ((*parts)[2].text, ", and cost $5: ");
    EXPECT_EQ((*parts)[3].reference.root().op, Op::Contact);
    EXPECT_EQ(source_of(*parts), "You said ${ a }, and cost $5: ${contact.name}");
    EXPECT_FALSE(parse_template("${a"));
    EXPECT_FALSE(parse_template("${}"));
}

TEST(Sheets, KnowWhatCanBeAName) {
    EXPECT_TRUE(is_name("_a.b-9"));
    for (const char* name : {"", "9a", "a b", "contact.x", "tel.x", "é"})
        EXPECT_FALSE(is_name(name));
    EXPECT_FALSE(is_name(std::string(65, 'a')));
}

}  // namespace
}  // namespace bellwether::campaigns::form
