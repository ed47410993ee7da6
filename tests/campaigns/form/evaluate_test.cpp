#include "campaigns/form/evaluate.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/campaigns/form/plain_facts.h"

namespace bellwether::campaigns::form {
namespace {

std::string result(std::string_view source) {
    PlainFacts facts;
    facts.values_by_name = {{"empty", ""}, {"two", "2"}, {"text", "food toys"}, {"no", "false"}};
    facts.sets_by_name = {{"set", {"3", "", "x", "-1"}}, {"none", {}}, {"negative", {"-5", "-2"}}};
    return facts.result(source);
}

/// Tables of research/surveys.md 1.5 and 1.7, as far as they give results.
TEST(Evaluate, FollowsTheTableOfEmptyAnswers) {
    EXPECT_EQ(result("${empty} = ''"), "true");
    EXPECT_EQ(result("${empty} = 0"), "false");
    EXPECT_EQ(result("${empty} < 5"), "false");
    EXPECT_EQ(result("${empty} >= 0"), "false");
    EXPECT_EQ(result("${empty} != 0"), "true");
    EXPECT_EQ(result("${empty} + 1"), "NaN");
    EXPECT_EQ(result("if(${empty} < 40, 1, 0)"), "0");
    EXPECT_EQ(result("${empty} = ${empty}"), "true");
    EXPECT_EQ(result("not(${empty})"), "true");
    EXPECT_EQ(result("${no} and true()"), "true");
}

TEST(Evaluate, CalculatesFromTheLeft) {
    EXPECT_EQ(result("10 - 3 - 2"), "5");
    EXPECT_EQ(result("2 + 3 * 4"), "14");
    EXPECT_EQ(result("7 div 2 mod 2"), "1.5");
    EXPECT_EQ(result("-7 mod 3"), "-1");
    EXPECT_EQ(result("1 div 0"), "Infinity");
    EXPECT_EQ(result("3 > 2 > 1"), "false");
    EXPECT_EQ(result("1 = 1 = 1"), "true");
    EXPECT_EQ(result("--'5'"), "5");
    EXPECT_EQ(result("1 or 1 div 0 and ''"), "true");
    EXPECT_EQ(result("'10' < '9'"), "false");
    EXPECT_EQ(result("'10' = '10.0'"), "false");
    EXPECT_EQ(result("'10' = 10.0"), "true");
    EXPECT_EQ(result("'x' = true()"), "true");
}

TEST(Evaluate, WorksOverSets) {
    EXPECT_EQ(result("sum(${set})"), "2");
    EXPECT_EQ(result("sum(${none})"), "0");
    EXPECT_EQ(result("max(${negative})"), "-2");
    EXPECT_EQ(result("min(${set})"), "-1");
    EXPECT_EQ(result("max(${none})"), "NaN");
    EXPECT_EQ(result("min(4, '', 2)"), "2");
    EXPECT_EQ(result("max(1 = 1, 'true', 0.5)"), "1") << "a boolean is a number, its text is none";
    EXPECT_EQ(result("count(${set})"), "4");
    EXPECT_EQ(result("count-non-empty(${set})"), "3");
    EXPECT_EQ(result("join('|', ${set}, 'z')"), "3||x|-1|z");
}

TEST(Evaluate, KnowsTheFunctions) {
    EXPECT_EQ(result("coalesce(${empty}, 'b')"), "b");
    EXPECT_EQ(result("coalesce(0 div 0, 'b')"), "b");
    EXPECT_EQ(result("selected(${text}, ' toys')"), "true");
    EXPECT_EQ(result("selected-at(${text}, 1)"), "toys");
    EXPECT_EQ(result("selected-at(${text}, 2)"), "");
    EXPECT_EQ(result("count-selected(${text})"), "2");
    EXPECT_EQ(result("int(-2.7)"), "-2");
    EXPECT_EQ(result("round(-2.5)"), "-2");
    EXPECT_EQ(result("round(1.005, 2)"), "1.01");
    EXPECT_EQ(result("boolean-from-string('1')"), "true");
    EXPECT_EQ(result("boolean-from-string('yes')"), "false");
    EXPECT_EQ(result("pow(2, 10)"), "1024");
    EXPECT_EQ(result("sqrt(2)"), "1.4142135623730951");
    EXPECT_EQ(result("abs(-3)"), "3");
    EXPECT_EQ(result("substr('hello', -3)"), "llo");
    EXPECT_EQ(result("string-length('аб€')"), "3");
    EXPECT_EQ(result("regex('abc', 'b')"), "false");
    EXPECT_EQ(result("regex('abc', '[a-c]+')"), "true");
    EXPECT_EQ(result("regex('abc', concat('a', '.c'))"), "true");
    EXPECT_EQ(result("'1e3' = 1000"), "false");
    EXPECT_EQ(result("string(1 = 1)"), "true");
    EXPECT_EQ(result("number(true()) + 1"), "2");
}

TEST(Evaluate, KnowsDates) {
    EXPECT_EQ(result("today()"), "2026-11-22");
    EXPECT_EQ(result("now()"), "2026-11-22T18:30:00+01:00");
    EXPECT_EQ(result("date(10)"), "1970-01-11");
    EXPECT_EQ(result("date('2024-02-29')"), "2024-02-29");
    EXPECT_EQ(result("date('')"), "");
    EXPECT_EQ(result("date(today() + 7)"), "2026-11-29");
    EXPECT_EQ(result("format-date(${empty}, '%Y')"), "");
    EXPECT_EQ(result("format-date('2026-11-22', '%a %e %b')"), "Sun 22 Nov");
    EXPECT_EQ(result("format-date-time(now(), '%H:%M')"), "18:30");
    EXPECT_EQ(result("decimal-time('06:00')"), "0.25");
    EXPECT_EQ(result("decimal-date-time('1970-01-02T12:00:00')"), "1.5");
}

TEST(Evaluate, CutsTextsThatGrowWithoutEnd) {
    PlainFacts facts;
    facts.values_by_name = {{"long", std::string(40'000, 'x')}};
    EXPECT_EQ(facts.result("concat(${long}, ${long})").size(), kTextBytesMax);
}

}  // namespace
}  // namespace bellwether::campaigns::form
