#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dialer/app/commands/command_table.h"
#include "dialer/app/files/number_list_words.h"
#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

using testing::HasSubstr;

// printf '212,5550123\\n212,5550123\\n212,5\\n' | sha256sum
const char* const kSha256 = "27e81184752b3548f91a0efd6b3444158fa24a0786789d46dfe81bd35016bcf0";

class NumberListRoutes : public ::testing::Test {
protected:
    Json body(const std::string& text, Json more = Json::object()) {
        write_file(backend_.folder() / "list.txt", text);
        const auto today = std::chrono::floor<std::chrono::days>(backend_.utc_now());
        Json body{{"path", (backend_.folder() / "list.txt").string()},
                  {"format", "ftc"},
                  {"list", "national"},
                  {"client", "Acme"},
                  {"retrieved", iso_time(UtcTime{today}).substr(0, 10)},
                  {"licence", "SAN 10001"}};
        body.update(more);
        return body;
    }
    Json import(const std::string& text, Json more = Json::object(), int status = 200) {
        return ask(backend_, "POST", "/number-lists/import", body(text, std::move(more)), status);
    }

    FakeBackend backend_;
};

TEST_F(NumberListRoutes, CountsOfAnImportAddUp) {
    const Json report = import("212,5550123\n212,5550123\n212,5\n");
    EXPECT_EQ(report["rows"], 3);
    EXPECT_EQ(report["accepted"], 1);
    EXPECT_EQ(report["duplicate"], 1);
    EXPECT_EQ(report["rejected"], 1);
    EXPECT_EQ(report["adds"], 1);
    EXPECT_EQ(report["kind"], "us-national");
    EXPECT_EQ(report["sha256"], kSha256);
    ASSERT_EQ(report["rejects"].size(), 1U);
    EXPECT_EQ(report["rejects"][0]["line"], 3);
}

TEST_F(NumberListRoutes, AreShownWithTheirRegister) {
    import("212,5550123\n");
    import("212,5550123\n212,5550124\n");
    const Json lists = ask(backend_, "GET", "/number-lists?versions=1")["lists"];
    ASSERT_EQ(lists.size(), 1U);
    EXPECT_EQ(lists[0]["list"], "national");
    EXPECT_EQ(lists[0]["client"], "Acme");
    EXPECT_EQ(lists[0]["state"], "IN_FORCE");
    EXPECT_EQ(lists[0]["numbers"], 2);
    EXPECT_EQ(lists[0]["age_days"], 0);
    EXPECT_EQ(lists[0]["licence"], "SAN 10001");
    ASSERT_EQ(lists[0]["history"].size(), 2U);
    EXPECT_TRUE(lists[0]["history"][0]["active_to"].is_null());
    EXPECT_FALSE(lists[0]["history"][1]["active_to"].is_null());
}

TEST_F(NumberListRoutes, AreAskedByDncCheck) {
    import("212,5550123\n");
    const Json answer = ask(backend_, "POST", "/do-not-call/check",
                            {{"number", "+12125550123"}, {"client", "Acme"}});
    EXPECT_EQ(answer["listed"], false);  // on our own list
    ASSERT_EQ(answer["lists"].size(), 1U);
    EXPECT_EQ(answer["lists"][0]["list"], "national");
    EXPECT_EQ(answer["lists"][0]["state"], "LISTED");
    EXPECT_EQ(answer["lists"][0]["age_days"], 0);
    EXPECT_EQ(answer["lists"][0]["version"], "1");
}

TEST_F(NumberListRoutes, RefuseAShrunkenListUntilSomebodyAnswers) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "212," + std::to_string(5'550'000 + i) + "\n";
    import(text);
    const Json refused = import("212,5550000\n", Json::object(), 403);
    EXPECT_THAT(refused["detail"].get<std::string>(), HasSubstr("from 100 to 1"));
    const Json taken =
        import("212,5550000\n", {{"override_reason", "purged"}, {"override_by", "Eve"}});
    EXPECT_EQ(taken["shrinks_too_much"], true);
    const Json lists = ask(backend_, "GET", "/number-lists")["lists"];
    EXPECT_EQ(lists[0]["override"]["by"], "Eve");
}

TEST_F(NumberListRoutes, SayWhatIsMissing) {
    for (const auto& [key, value] :
         std::vector<std::pair<std::string, std::string>>{{"format", "ftcc"},
                                                          {"kind", "us"},
                                                          {"client", ""},
                                                          {"list", ""},
                                                          {"retrieved", "yesterday"},
                                                          {"columns", "number"},
                                                          {"override_by", "Eve"},
                                                          {"path", "list.txt"}}) {
        import("212,5550123\n", {{ key, value }}, 422);
    }
    EXPECT_TRUE(ask(backend_, "GET", "/number-lists")["lists"].empty());
}

const Command& import_command() {
    for (const Command& command : commands()) {
        if (std::string_view{command.noun} == "dnc" && std::string_view{command.verb} == "import") {
            return command;
        }
    }
    BW_CHECK(false);
}

TEST(NumberListCommands, GoWhereTheFormatSays) {
    Given given{{{"FILE", {"dnc.txt"}}}};
    EXPECT_EQ(import_command().plan(given)->request.target, "/api/v1/do-not-call/import");
    given.values["--format"] = {"ftc"};
    EXPECT_THAT(import_command().plan(given).error().detail, HasSubstr("--list"));
    given.values["--list"] = {"national"};
    given.values["--client"] = {"Acme"};
    given.values["--retrieved"] = {"2026-11-20"};
    EXPECT_EQ(import_command().plan(given)->request.target, "/api/v1/number-lists/import");
    EXPECT_EQ(import_command().plan(given)->rejects_key, "rejected");
    given.values["--by"] = {"Eve"};
    EXPECT_THAT(import_command().plan(given).error().detail, HasSubstr("go together"));
}

TEST(NumberListWords, GoBothWays) {
    EXPECT_EQ(format_from_word("ftc-changes"), compliance::suppression::ListFormat::FtcChanges);
    EXPECT_EQ(format_word(compliance::suppression::ListFormat::TpsDaily), "tps-daily");
    EXPECT_EQ(format_from_word("FTC"), std::nullopt);
    EXPECT_EQ(kind_from_word("mass-call-refusal"),
              compliance::suppression::ListKind::MassCallRefusal);
    EXPECT_EQ(kind_word(compliance::suppression::ListKind::UsNational), "us-national");
}

}  // namespace
}  // namespace bellwether::app
