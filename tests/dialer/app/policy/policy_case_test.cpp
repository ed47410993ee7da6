#include "dialer/app/policy/policy_case.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "compliance/evidence/canonical_json.h"
#include "tests/dialer/app/files.h"

// The table is policy_cases.json, written by hand (scripts/reference/policy_cases.py).

namespace bellwether::app {
namespace {

using compliance::policy::Obligation;

const PackShelf& shelf() {
    static const PackShelf open = [] {
        auto shipped = PackShelf::open({});
        if (!shipped) throw std::runtime_error(to_text(shipped.error()));
        return *shipped;
    }();
    return open;
}

const Json& table() {
    static const Json read = Json::parse(
        slurp(std::string{BELLWETHER_SOURCE_DIR} + "/tests/dialer/app/policy/policy_cases.json"));
    return read;
}

Json decided(const Json& cases) {
    const auto answer = decide_cases(cases.dump(), shelf(), "2026f");
    if (!answer) throw std::runtime_error(answer.error().detail);
    return *answer;
}

/// What the table says of an answer, from an answer.
Json in_short(const Json& answer) {
    std::vector<std::string> obligations;
    for (const Json& one : answer["obligations"]) {
        obligations.push_back(one["kind"].get<std::string>() + " " +
                              one["rule"].get<std::string>());
    }
    std::sort(obligations.begin(), obligations.end());
    return {{"obligations", obligations},
            {"primary", answer["primary"]},
            {"scope", answer["scope"]},
            {"until", answer["until"]},
            {"verdict", answer["verdict"]}};
}

TEST(PolicyCases, ComeOutAsTheLawsTableSays) {
    for (const Json& row : table()["good"]) {
        EXPECT_EQ(in_short(decided(row["case"])), row["expect"]) << row["name"];
    }
}

TEST(PolicyCases, ComeOutTheSameByThePureFunction) {
    ZoneShelf zones;
    const auto sources = host_sources(zones, shelf());
    for (const Json& row : table()["good"]) {
        const auto value = compliance::evidence::parse(row["case"].dump());
        ASSERT_TRUE(value) << row["name"];
        const auto read = compliance::policy::read_case(*value, sources);
        ASSERT_TRUE(read) << row["name"] << read.error().detail;
        const auto policy = policy_of(*read, shelf());
        ASSERT_TRUE(policy) << row["name"];
        const auto decision = compliance::policy::decide(*policy, read->facts());
        EXPECT_EQ(Json(name_of(decision.verdict)), row["expect"]["verdict"]) << row["name"];
        EXPECT_EQ(decision.primary ? Json(decision.primary->id) : Json(nullptr),
                  row["expect"]["primary"])
            << row["name"];
    }
}

TEST(PolicyCases, AnArrayInIsAnArrayOut) {
    Json cases = Json::array();
    for (const Json& row : table()["good"]) cases.push_back(row["case"]);
    const Json answers = decided(cases);
    ASSERT_EQ(answers.size(), cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        EXPECT_EQ(answers[i], decided(cases[i])) << table()["good"][i]["name"];
    }
    EXPECT_EQ(decided(Json::array()), Json::array());
}

TEST(PolicyCases, AMalformedOneIsNamedByIndexAndKey) {
    for (const Json& row : table()["wrong"]) {
        const Json cases = Json::array({table()["good"][0]["case"], row["case"]});
        const auto answer = decide_cases(cases.dump(), shelf(), "2026f");
        ASSERT_FALSE(answer) << row["key"];
        EXPECT_EQ(answer.error().code, Errc::InvalidInput);
        EXPECT_EQ(answer.error().detail.rfind("case 1: ", 0), 0U) << answer.error().detail;
        EXPECT_NE(answer.error().detail.find(row["key"].get<std::string>()), std::string::npos)
            << answer.error().detail;
    }
}

TEST(PolicyCases, WhatIsNoCaseIsRefused) {
    const auto fault = [](const std::string& text) {
        const auto answer = decide_cases(text, shelf(), "2026f");
        return answer ? std::string{"decided"} : answer.error().detail;
    };
    EXPECT_EQ(fault("{"), "the input is not JSON");
    EXPECT_EQ(fault(""), "the input is not JSON");
    EXPECT_EQ(fault("7"), "the input must be a case or an array of cases");
    EXPECT_EQ(fault("[1]"), "case 0: the case must be an object");
    EXPECT_EQ(fault("{}"), "case 0: now is missing");
    EXPECT_EQ(fault(R"({"now":"x","now":"y"})"), "case 0: now stands twice");
    EXPECT_EQ(fault(R"([{},{"a":{"b":1,"b":2}}])"), "case 1: b stands twice");
    EXPECT_EQ(fault(R"({"now":99999999999999999999})"), "case 0: now must be a whole number");
    EXPECT_EQ(fault(R"({"now":18446744073709551615})"), "case 0: now is out of range");
    std::string deep(200, '[');
    EXPECT_NE(fault(R"({"now":)" + deep + std::string(200, ']') + "}").find("nested"),
              std::string::npos);
}

TEST(PolicyAnswer, HasEveryKeyOfTheContract) {
    const Json answer = decided(table()["good"][1]["case"]);
    std::vector<std::string> keys;
    for (const auto& [key, value] : answer.items()) keys.push_back(key);
    EXPECT_EQ(keys, (std::vector<std::string>{"verdict", "until", "scope", "primary", "reasons",
                                              "obligations", "inputs_hash", "tzdata", "draft"}));
    EXPECT_EQ(answer["tzdata"], "2026f");
    EXPECT_EQ(answer["draft"], true);
    EXPECT_EQ(answer["inputs_hash"].get<std::string>().size(), 64U);
    const Json reasons = Json::parse(
        R"js([{"rule":"us.fcc.hours","effect":"DEFER","citation":"47 CFR 64.1200(c)(1)"
},
            {"rule":"us.ftc.hours","effect":"DEFER","citation":"16 CFR 310.4(c)"}])js");
    EXPECT_EQ(answer["reasons"], reasons);
}

TEST(PolicyAnswer, NoPacksAreNoDraft) {
    Json plain = table()["good"][0]["case"];
    plain["packs"] = Json::array();
    EXPECT_FALSE(decided(plain).contains("draft"));
}

TEST(PolicyAnswer, SoftRulesWarn) {
    Json plain = table()["good"][0]["case"];
    plain["packs"] = {"research"};
    plain["campaign"]["purpose"] = "survey";
    const Json answer = decided(plain);
    EXPECT_EQ(answer["verdict"], "ALLOW");
    ASSERT_TRUE(answer.contains("warnings"));
    EXPECT_EQ(answer["warnings"][0]["rule"], "research.hours");
}

TEST(PolicyAnswer, TheHashIsOfTheFactsNotOfTheirSpelling) {
    const Json plain = table()["good"][0]["case"];
    const std::string before = decided(plain)["inputs_hash"];
    Json spelled = plain;
    spelled["contact"] = {{"kind", "consumer"}, {"address", {{"confirmed", false}}}};
    spelled["now"] = "2026-11-23T14:00:00+01:00";
    spelled["packs"] = {"us-federal", "us-federal"};
    EXPECT_EQ(decided(spelled)["inputs_hash"], before);
    spelled["campaign"]["seller"] = "s2";
    EXPECT_NE(decided(spelled)["inputs_hash"], before);
}

}  // namespace
}  // namespace bellwether::app
