#include "dialer/app/policy/abandonment_command.h"

#include <gtest/gtest.h>

#include <sstream>

namespace bellwether::app {
namespace {

struct Answer {
    ExitCode code;
    std::string out;
    std::string err;
};

Answer ask(const std::string& text) {
    std::istringstream in{text};
    std::ostringstream out;
    std::ostringstream err;
    const ExitCode code = compliance_abandonment(in, {out, err, true});
    return {code, out.str(), err.str()};
}

TEST(ComplianceAbandonment, AnswersInTheContractsWords) {
    const auto answer = ask(R"({"regime": "us", "amd": true, "windows": [
        {"connected": 19450, "late": 100, "message_played": 380, "hung_up_early": 70,
         "machine_verdicts": 15000, "amd_error": 0.008}, {}]})");
    EXPECT_EQ(answer.code, ExitCode::Done) << answer.err;
    EXPECT_EQ(answer.out,
              R"({"windows":[{"numerator":"600","denominator":"20120","rate":0.029821,"cap":0.03,)"
              R"("verdict":"PASS","silent_violation":false},)"
              R"({"numerator":"0","denominator":"0","rate":0.0,"cap":0.03,"verdict":"PASS",)"
              R"("silent_violation":false}]})"
              "\n");
}

TEST(ComplianceAbandonment, EstimatesMachinesWhereThereIsNoDetector) {
    const auto answer = ask(R"({"regime": "uk", "amd": false, "windows": [
        {"connected": 1750, "message_played": 89, "silent": 1, "machines_put_through": 400}]})");
    const Json window = Json::parse(answer.out)["windows"][0];
    EXPECT_EQ(window["numerator"], "3150/43");
    EXPECT_EQ(window["rate"], 0.040179);
    EXPECT_EQ(window["verdict"], "BREACH");
    EXPECT_EQ(window["silent_violation"], true);
}

// 0.1 of a double is a little more than a tenth: 30 of 1000 would be more than 3 %.
TEST(ComplianceAbandonment, ReadsTheErrorFromItsText) {
    const auto answer = ask(R"({"regime": "ca", "amd": true, "windows": [
        {"connected": 950, "message_played": 20, "machine_verdicts": 300, "amd_error": 0.1},
        {"amd_error": 1, "machine_verdicts": 3},
        {"connected": 1, "machine_verdicts": 7,
         "amd_error": 0.33333333333333333333333333333333333333}]})");
    const Json windows = Json::parse(answer.out)["windows"];
    EXPECT_EQ(windows[0]["numerator"], "50");
    EXPECT_EQ(windows[0]["verdict"], "PASS");
    EXPECT_EQ(windows[1]["numerator"], "3");
    EXPECT_EQ(windows[2]["numerator"],
              "233333333333333333333333333333333333331/100000000000000000000000000000000000000");
}

TEST(ComplianceAbandonment, RefusesAndNamesThePlace) {
    const std::pair<const char*, const char*> cases[] = {
        {"[1", "not JSON"},
        {"[]", "must be an object"},
        {R"({"regime": "fr", "windows": []})", "`regime`"},
        {R"({"regime": "us", "windows": {}})", "`windows`"},
        {R"({"regime": "us", "amd": 1, "windows": []})", "`amd`"},
        {R"({"regime": "us", "windows": [], "cap": 1})", "`cap`"},
        {R"({"regime": "us", "windows": [{}, 3]})", "windows[1]"},
        {R"({"regime": "us", "windows": [{"late": -1}]})", "windows[0].late"},
        {R"({"regime": "us", "windows": [{"late": 1.5}]})", "windows[0].late"},
        {R"({"regime": "us", "windows": [{"late": 1e30}]})", "windows[0].late"},
        {R"({"regime": "us", "windows": [{"later": 1}]})", "windows[0].later"},
        {R"({"regime": "us", "windows": [{"amd_error": 1.01}]})", "windows[0].amd_error"},
        {R"({"regime": "us", "windows": [{"amd_error": "1"}]})", "windows[0].amd_error"},
    };
    for (const auto& [text, place] : cases) {
        const auto answer = ask(text);
        EXPECT_EQ(answer.code, ExitCode::ValidationFailed) << text;
        EXPECT_EQ(answer.out, "") << text;
        EXPECT_NE(answer.err.find(place), std::string::npos) << text << ": " << answer.err;
    }
}

}  // namespace
}  // namespace bellwether::app
