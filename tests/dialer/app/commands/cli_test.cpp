#include "dialer/app/commands/cli.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

Invocation understood(std::vector<std::string> words) {
    auto parsed = parse_command_line(std::move(words));
    if (auto* end = std::get_if<CliEnd>(&parsed)) {
        ADD_FAILURE() << end->text;
        return {};
    }
    return std::get<Invocation>(std::move(parsed));
}

CliEnd ended(std::vector<std::string> words) {
    auto parsed = parse_command_line(std::move(words));
    if (auto* end = std::get_if<CliEnd>(&parsed)) return *end;
    ADD_FAILURE() << "understood";
    return {ExitCode::Done, ""};
}

TEST(CommandLine, FindsCommandArgumentsAndGlobals) {
    const auto invocation = understood({"--config", "b.toml", "list", "import", "c.csv", "--list",
                                        "people", "--region", "US", "--dry-run", "--json"});
    EXPECT_EQ(invocation.global.config, "b.toml");
    EXPECT_TRUE(invocation.global.json);
    ASSERT_NE(invocation.command, nullptr);
    EXPECT_STREQ(invocation.command->verb, "import");
    EXPECT_EQ(invocation.given.value("FILE"), "c.csv");
    EXPECT_EQ(invocation.given.value("--list"), "people");
    EXPECT_TRUE(invocation.given.has("--dry-run"));
    EXPECT_FALSE(invocation.given.has("--client"));
}

TEST(CommandLine, TakesNumbersThatBeginWithPlus) {
    EXPECT_EQ(understood({"dnc", "add", "+12025550101"}).given.value("NUMBER"), "+12025550101");
}

TEST(CommandLine, GivesEachOfTwoArgumentsItsWord) {
    const auto label = understood({"agent", "label", "anna", "machine"});
    EXPECT_EQ(label.given.value("NAME"), "anna");
    EXPECT_EQ(label.given.value("TRUTH"), "machine");
    const auto review = understood({"--json", "amd", "label", "42", "human"});
    EXPECT_EQ(review.given.value("ATTEMPT"), "42");
    EXPECT_EQ(review.given.value("TRUTH"), "human");
}

TEST(CommandLine, TakesRepeatedOptions) {
    const auto invocation =
        understood({"sim", "carrier", "--log", "l", "--set", "answer=0.5", "--set", "ring=2"});
    EXPECT_EQ(invocation.given.values.at("--set"),
              (std::vector<std::string>{"answer=0.5", "ring=2"}));
}

TEST(CommandLine, PrintConfigNeedsNoCommand) {
    EXPECT_TRUE(understood({"--print-config"}).global.print_config);
}

TEST(CommandLine, UsageErrorsAreTold) {
    const std::vector<std::vector<std::string>> wrong{{},
                                                      {"lst"},
                                                      {"list"},
                                                      {"list", "imprt"},
                                                      {"list", "import"},
                                                      {"list", "import", "a.csv"},
                                                      {"list", "import", "a.csv", "--list"},
                                                      {"status", "extra"},
                                                      {"--nonsense"},
                                                      {"agent", "signin", "ada"}};
    for (const auto& words : wrong)
        EXPECT_EQ(ended(words).code, ExitCode::Usage) << ::testing::PrintToString(words);
}

TEST(CommandLine, TellsItsVersion) {
    const auto end = ended({"--version"});
    EXPECT_EQ(end.code, ExitCode::Done);
    EXPECT_EQ(end.text.rfind("bellwether ", 0), 0U) << end.text;
}

TEST(CommandLine, HelpIsForTheCommandAsked) {
    EXPECT_NE(ended({"--help"}).text.find("campaign"), std::string::npos);
    const auto help = ended({"list", "import", "--help"});
    EXPECT_EQ(help.code, ExitCode::Done);
    EXPECT_NE(help.text.find("--rejects"), std::string::npos) << help.text;
}

}  // namespace
}  // namespace bellwether::app
