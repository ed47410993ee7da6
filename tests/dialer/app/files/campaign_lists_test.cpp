#include "dialer/app/files/campaign_lists.h"

#include <gtest/gtest.h>

#include "dialer/app/files/toml_tree.h"

namespace bellwether::app {
namespace {

struct Read {
    std::vector<ListUse> lists;
    campaigns::NumberRule numbers;
    std::string problems;
};

Read read(const std::string& text) {
    const std::string file = "c.toml";
    const auto tree = parse_toml(text, file);
    EXPECT_TRUE(tree.has_value());
    Read result;
    Problems problems;
    TomlReader top(*tree, "", file, problems);
    result.lists = read_lists(top);
    top.section("numbers", [&](TomlReader& table) { read_number_rule(table, result.numbers); });
    top.finish();
    for (const Problem& problem : problems) result.problems += to_text(problem) + "\n";
    return result;
}

TEST(CampaignLists, OneListIsEnough) {
    const auto one = read("list = \"people\"\n");
    ASSERT_EQ(one.lists.size(), 1U);
    EXPECT_EQ(one.lists[0].list, "people");
    EXPECT_EQ(one.lists[0].weight, 1);
    EXPECT_EQ(one.problems, "");
}

TEST(CampaignLists, SeveralStandByPriority) {
    const auto many = read(
        "lists = [{list = \"north\", priority = 2, weight = 3}, {list = \"hot\"}, "
        "{list = \"south\", priority = 2, weight = 0}]\n");
    EXPECT_EQ(many.problems, "");
    ASSERT_EQ(many.lists.size(), 3U);
    EXPECT_EQ(many.lists[0].list, "hot");
    EXPECT_EQ(many.lists[1].list, "north");
    EXPECT_EQ(many.lists[1].weight, 3);
    EXPECT_EQ(many.lists[2].weight, 0);
}

TEST(CampaignLists, SayWhatIsWrong) {
    EXPECT_NE(read("").problems.find("list"), std::string::npos);
    EXPECT_NE(read("list = \"a\"\nlists = [{list = \"a\"}]\n").problems.find("beside"),
              std::string::npos);
    EXPECT_NE(read("lists = []\n").problems.find("empty"), std::string::npos);
    EXPECT_NE(read("lists = [{list = \"a\"}, {list = \"a\"}]\n").problems.find("already"),
              std::string::npos);
    EXPECT_NE(read("lists = [{list = \"a\", weight = -1}]\n").problems.find("weight"),
              std::string::npos);
}

TEST(CampaignLists, TheNumbersRuleIsRead) {
    const auto rule = read(
        "list = \"a\"\n[numbers]\norder = [\"mobile\"]\nnext_after = [\"busy\", \"NA\"]\n"
        "attempts = 4\nper_day = 2\n");
    EXPECT_EQ(rule.problems, "");
    EXPECT_EQ(rule.numbers.order, std::vector<std::string>{"mobile"});
    EXPECT_EQ(rule.numbers.next_after,
              (std::vector{campaigns::Outcome::Busy, campaigns::Outcome::NoAnswer}));
    EXPECT_EQ(rule.numbers.attempts_max, 4);
    EXPECT_EQ(rule.numbers.per_day_max, 2);
    EXPECT_NE(read("list = \"a\"\n[numbers]\nnext_after = [\"bsy\"]\n").problems.find("bsy"),
              std::string::npos);
}

}  // namespace
}  // namespace bellwether::app
