#include "compliance/evidence/bundle.h"

#include <gtest/gtest.h>

#include "tests/compliance/evidence/test_bundle.h"

namespace bellwether::compliance::evidence {
namespace {

TEST(Bundle, ManifestComesBackFromItsText) {
    const auto files = test::make_bundle(test::whole_plan());
    const auto manifest = parse_manifest(files.at(bundle_file::kManifest));
    ASSERT_TRUE(manifest);
    EXPECT_EQ(to_text(*manifest), files.at(bundle_file::kManifest));
    EXPECT_EQ(manifest->log.size, 300U);
    EXPECT_EQ(manifest->counts.at("CALL"), 300);
    EXPECT_EQ(manifest->files.at("call.csv").bytes, 13U);
}

TEST(Bundle, RefusesAManifestThatLacksAnything) {
    const std::string text = test::make_bundle(test::whole_plan()).at(bundle_file::kManifest);
    const Value whole = parse(text).value();
    for (const auto& [key, member] : *whole.object()) {
        const bool is_needed = key != "what" && key != "query" && key != "made_at";
        Object less = *whole.object();
        less.erase(key);
        EXPECT_EQ(parse_manifest(encode(less)).has_value(), !is_needed) << key;
    }
    EXPECT_FALSE(parse_manifest("{"));
}

TEST(Bundle, HasLinesWithOrWithoutALastEnd) {
    EXPECT_EQ(lines_of("a\nb"), lines_of("a\nb\n"));
    EXPECT_EQ(lines_of("\n\n").size(), 2U);
    EXPECT_TRUE(lines_of("").empty());
}

}  // namespace
}  // namespace bellwether::compliance::evidence
