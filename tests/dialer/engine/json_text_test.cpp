#include "dialer/engine/json_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace bellwether::engine {
namespace {

std::string as_json(std::string_view text) {
    std::string out;
    write_string(out, text);
    return out;
}

std::string double_as_json(double value) {
    std::string out;
    write_double(out, value);
    return out;
}

TEST(JsonText, EscapesWhatJsonForbids) {
    EXPECT_EQ(as_json("plain"), R"("plain")");
    EXPECT_EQ(as_json("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(as_json("line\nend\t"), R"("line\u000aend\u0009")");
    EXPECT_EQ(as_json(std::string_view{"\0", 1}), R"("\u0000")");
    EXPECT_EQ(as_json("Zoë 名"), "\"Zoë 名\"");
}

TEST(JsonText, ReplacesBytesThatAreNotUtf8) {
    EXPECT_EQ(as_json("a\xff"
                      "b"),
              "\"a\xEF\xBF\xBD"
              "b\"");
    EXPECT_EQ(as_json("\xc3"), "\"\xEF\xBF\xBD\"");
}

TEST(JsonText, KeepsDoublesApartFromIntegers) {
    EXPECT_EQ(double_as_json(1), "1.0");
    EXPECT_EQ(double_as_json(-0.0), "-0.0");
    EXPECT_EQ(double_as_json(0.03), "0.03");
    EXPECT_EQ(double_as_json(1e300), "1e+300");
}

RC_GTEST_PROP(JsonTextProperty, EveryDoubleReadsBackAsItself, (double value)) {
    RC_PRE(std::isfinite(value));
    const auto json = nlohmann::json::parse(double_as_json(value));
    RC_ASSERT(json.is_number_float());
    RC_ASSERT(json.get<double>() == value);
}

RC_GTEST_PROP(JsonTextProperty, EveryStringBecomesValidJson, (const std::string& text)) {
    RC_ASSERT(nlohmann::json::accept(as_json(text)));
}

TEST(JsonTextDeathTest, RefusesWhatIsNoNumber) {
    std::string out;
    EXPECT_DEATH(write_double(out, std::numeric_limits<double>::quiet_NaN()), "");
}

}  // namespace
}  // namespace bellwether::engine
