#include "dialer/app/commands/render.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

TEST(Render, AlignsSingleValues) {
    EXPECT_EQ(render({{"campaign", "spring"}, {"left", 7}, {"next_due", nullptr}, {"live", true}}),
              "campaign  spring\n"
              "left      7\n"
              "next_due  -\n"
              "live      yes\n");
}

TEST(Render, ShowsAListAsATable) {
    EXPECT_EQ(render({{"agents",
                       {{{"name", "ada"}, {"state", "READY"}, {"seconds", 12.34}},
                        {{"name", "böb"}, {"state", "ON_CALL"}, {"seconds", 3.0}}}}}),
              "NAME  STATE    SECONDS\n"
              "ada   READY    12.3\n"
              "böb   ON_CALL  3.0\n");
}

TEST(Render, MasksNumbers) {
    const std::string text = render({{"leads", {{{"id", "1"}, {"number", "+12025550101"}}}}});
    EXPECT_EQ(text.find("2025550101"), std::string::npos) << text;
    EXPECT_NE(text.find("01"), std::string::npos);
}

TEST(Render, ShowsRatesFinelyEnoughToCompareThemWithACap) {
    EXPECT_EQ(render({{"rate", 0.030048}, {"cap", 0.03}, {"amd_error", 0.008}}),
              "rate       3.005%\ncap        3.0%\namd_error  0.8%\n");
}

TEST(Render, ShowsSharesOfCallsAsPercent) {
    EXPECT_EQ(render({{"answer_rate", 0.125}, {"answer_seizure_ratio", 0.4637}}),
              "answer_rate           12.5%\nanswer_seizure_ratio  46.4%\n");
}

TEST(Render, FlattensObjectsAndKeepsTablesApart) {
    const std::string text = render({{"state", "RUNNING"},
                                     {"pacing", {{"limit", "NONE"}, {"start", 2}}},
                                     {"history", {{{"at", "t"}, {"reason", "r"}}}}});
    EXPECT_EQ(text,
              "state         RUNNING\n"
              "pacing.limit  NONE\n"
              "pacing.start  2\n"
              "\n"
              "HISTORY\n"
              "AT  REASON\n"
              "t   r\n");
}

TEST(Render, StandsWideTablesUpright) {
    Json one{{"campaign", "spring"}};
    Json two{{"campaign", "autumn"}};
    for (char key = 'a'; key < 'a' + 13; ++key) {
        one[std::string(1, key)] = 1;
        two[std::string(1, key)] = 22;
    }
    const std::string text = render({{"campaigns", {one, two}}});
    EXPECT_EQ(text.substr(0, text.find('\n', 30)),
              "CAMPAIGN  spring  autumn\n"
              "A         1       22");
}

TEST(Render, SurvivesAnything) {
    for (const char* json :
         {"null", "[]", "7", "\"x\"", "{}", R"({"a":[]})", R"({"a":[1,"b",null]})", R"({"a":[{}]})",
          R"({"a":[{"b":[{"c":1}]}]})"}) {
        EXPECT_FALSE(render(Json::parse(json)).empty() && std::string{json} != "{}") << json;
    }
}

}  // namespace
}  // namespace bellwether::app
