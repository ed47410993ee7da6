#include "compliance/evidence/canonical_json.h"

#include <gtest/gtest.h>

#include "tests/compliance/evidence/reference.h"

namespace bellwether::compliance::evidence {
namespace {

TEST(CanonicalJson, WritesAsRfc8785Says) {
    for (const auto& [source, canonical] : test::kCanonical) {
        const auto value = parse(source);
        ASSERT_TRUE(value) << source;
        EXPECT_EQ(encode(*value), canonical);
        EXPECT_EQ(parse(canonical).value(), *value) << "it reads what it writes";
    }
}

TEST(CanonicalJson, ReplacesWhatIsNotUtf8) {
    EXPECT_EQ(encode("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
    EXPECT_EQ(encode("\xC0\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"") << "overlong";
    EXPECT_EQ(encode("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"") << "a surrogate";
    EXPECT_EQ(encode("\xE2\x82"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"") << "cut off";
}

TEST(CanonicalJson, RefusesWhatEvidenceIsNotMadeOf) {
    for (const char* text : {"",
                             "{",
                             "[1,",
                             "1.5",
                             "1e3",
                             "-",
                             "01",
                             "9007199254740992",
                             "-9007199254740992",
                             "tru",
                             "\"a",
                             "\"\\x\"",
                             "\"\\ud800\"",
                             "\"\\ud800\\u0041\"",
                             "\"\\udc00\"",
                             "\"\n\"",
                             "{\"a\":1,\"a\":2}",
                             "{\"a\" 1}",
                             "{1:2}",
                             "[1 2]",
                             "1 2",
                             "\"\xFF\"",
                             "nul"}) {
        EXPECT_FALSE(parse(text)) << text;
    }
    EXPECT_FALSE(parse(std::string(100, '[') + std::string(100, ']')));
    EXPECT_TRUE(parse(std::string(20, '[') + std::string(20, ']')));
}

TEST(CanonicalJson, GivesMembersOrWhatStandsForNone) {
    const auto value = parse(R"({"n":7,"t":"x"})");
    ASSERT_TRUE(value);
    EXPECT_EQ(value->integer_or("n", 0), 7);
    EXPECT_EQ(value->integer_or("t", 5), 5);
    EXPECT_EQ(value->text_or("t", ""), "x");
    EXPECT_TRUE((*value)["absent"]["deeper"].is_null());
}

}  // namespace
}  // namespace bellwether::compliance::evidence
