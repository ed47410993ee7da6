#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

class ListRoutes : public ::testing::Test {
protected:
    Json import(const std::string& csv, Json more = Json::object(), int status = 200) {
        write_file(backend_.folder() / "c.csv", csv);
        Json body{{"path", (backend_.folder() / "c.csv").string()}, {"region", "US"}};
        body.update(more);
        return ask(backend_, "POST", "/lists/people/imports", body, status);
    }

    FakeBackend backend_;
};

const char* const kThree =
    "phone,first_name,vendor_lead_code\n"
    "+1 202 555 0101,Ada,A1\n"
    "(202) 555-0101,Ada again,A2\n"
    "12,Nobody,A3\n";

TEST_F(ListRoutes, ImportCountsAddUp) {
    const Json report = import(kThree);
    EXPECT_EQ(report["read"], 3);
    EXPECT_EQ(report["accepted"], 1);
    EXPECT_EQ(report["duplicate"], 1);
    EXPECT_EQ(report["rejected"], 1);
    EXPECT_EQ(report["suppressed"], 0);
    const Json list = ask(backend_, "GET", "/lists/people");
    EXPECT_EQ(list["contacts"], 1);
    ASSERT_EQ(list["import_history"].size(), 1U);
    EXPECT_EQ(ask(backend_, "GET", "/lists")["lists"].size(), 1U);
}

TEST_F(ListRoutes, ImportTellsWhenTheListsCampaignsMayCall) {
    import("phone\n+12025550101\n");
    EXPECT_TRUE(import("phone\n+12025550102\n")["campaigns"].empty());
    Json always = notice_campaign(backend_.folder());
    ask(backend_, "POST", "/campaigns", always);
    Json evenings = notice_campaign(backend_.folder(), "evenings");
    std::string toml = evenings["toml"];
    toml.replace(toml.find("00:00"), 5, "18:30");
    evenings["toml"] = toml;
    ask(backend_, "POST", "/campaigns", evenings);

    const Json campaigns = import("phone\n+12025550103\n")["campaigns"];  // on Monday at noon
    ASSERT_EQ(campaigns.size(), 2U);
    EXPECT_EQ(campaigns[0]["campaign"], "spring");
    EXPECT_EQ(campaigns[0]["hours"], "OPEN");
    EXPECT_EQ(campaigns[1]["campaign"], "evenings");
    EXPECT_EQ(campaigns[1]["hours"], "CLOSED");
    EXPECT_EQ(campaigns[1]["opens_at"], "2026-03-02T18:30:00.000+00:00");
}

TEST_F(ListRoutes, ImportWritesTheRejectFile) {
    const auto rejects = backend_.folder() / "rejects.csv";
    import(kThree, {{ "rejects", rejects.string() }});
    EXPECT_NE(slurp(rejects).find("row,line,column,reason,original"), std::string::npos);
}

TEST_F(ListRoutes, ImportNeedsAbsolutePathsAndKnownWords) {
    EXPECT_EQ(import(kThree, {{"path", "c.csv"}}, 422)["code"], "INVALID_INPUT");
    EXPECT_NE(import(kThree, {{"dedupe", "lst"}}, 422)["detail"].get<std::string>().find("list"),
              std::string::npos);
    EXPECT_EQ(import(kThree, {{"path", "/no/such/file.csv"}}, 404)["code"], "NOT_FOUND");
    import("name\nAda\n", Json::object(), 422);
}

TEST_F(ListRoutes, ADryRunChangesNothing) {
    import(kThree, {{ "dry_run", true }}, 404);  // there is no list yet, and a dry run makes none
    import("phone\n+12025550199\n");
    EXPECT_EQ(import(kThree, {{"dry_run", true}})["accepted"], 1);
    EXPECT_EQ(ask(backend_, "GET", "/lists/people")["contacts"], 1);
}

TEST_F(ListRoutes, ColumnsCanBeMappedByHand) {
    EXPECT_EQ(
        import("Mobile no\n+12025550101\n", {{"columns", {{"phone", "Mobile no"}}}})["accepted"],
        1);
}

TEST_F(ListRoutes, LeadsAreFoundByNumberAndExternalId) {
    import(kThree);
    const Json by_number =
        ask(backend_, "POST", "/leads/find", {{"number", "202-555-0101"}, {"region", "US"}});
    ASSERT_EQ(by_number["leads"].size(), 1U);
    EXPECT_EQ(by_number["leads"][0]["first_name"], "Ada");
    EXPECT_EQ(by_number["leads"][0]["number"], "+12025550101");
    const Json by_id = ask(backend_, "POST", "/leads/find", {{"external_id", "A1"}});
    EXPECT_EQ(by_id["leads"][0]["id"], by_number["leads"][0]["id"]);
    ask(backend_, "POST", "/leads/find", {{"number", "+12025550188"}}, 404);
    ask(backend_, "POST", "/leads/find", {{"number", "2025550101"}}, 422);
}

TEST_F(ListRoutes, HistoryAndWhyOfALeadNeverTried) {
    import(kThree);
    const std::string id =
        ask(backend_, "POST", "/leads/find", {{"external_id", "A1"}})["leads"][0]["id"];
    EXPECT_TRUE(ask(backend_, "GET", "/leads/" + id + "/history")["attempts"].empty());
    EXPECT_TRUE(ask(backend_, "GET", "/leads/" + id + "/why")["do_not_call"].is_null());
    ask(backend_, "POST", "/do-not-call",
        {{"number", "+12025550101"}, {"reason", "asked by letter"}});
    EXPECT_EQ(ask(backend_, "GET", "/leads/" + id + "/why")["do_not_call"]["reason"],
              "asked by letter");
    ask(backend_, "GET", "/leads/x/why", {}, 422);
    ask(backend_, "GET", "/leads/424242/why", {}, 404);
}

TEST_F(ListRoutes, DoNotCallIsAddedCheckedExportedAndRemoved) {
    const Json number{{"number", "+12025550101"}};
    EXPECT_EQ(ask(backend_, "POST", "/do-not-call", number)["added"], true);
    EXPECT_EQ(ask(backend_, "POST", "/do-not-call", number)["added"], false);
    EXPECT_EQ(ask(backend_, "POST", "/do-not-call/check", number)["listed"], true);
    const std::string csv = ask_text(backend_, "/do-not-call");
    EXPECT_EQ(csv,
              "phone,client,source,actor,reason,at\r\n"
              "+12025550101,,COMMAND,operator,,2026-03-02T12:00:00.000+00:00\r\n");
    ask(backend_, "POST", "/do-not-call/remove", number);
    EXPECT_EQ(ask(backend_, "POST", "/do-not-call/check", number)["listed"], false);
    ask(backend_, "POST", "/do-not-call/remove", number, 404);
}

TEST_F(ListRoutes, DoNotCallOfOneClientIsNotAnothers) {
    ask(backend_, "POST", "/do-not-call", {{"number", "+12025550101"}, {"client", "acme"}}, 404);
    ASSERT_TRUE(backend_.store().add_client("acme"));
    ask(backend_, "POST", "/do-not-call", {{"number", "+12025550101"}, {"client", "acme"}});
    EXPECT_EQ(ask(backend_, "POST", "/do-not-call/check", {{"number", "+12025550101"}})["listed"],
              false);
    EXPECT_EQ(ask(backend_, "POST", "/do-not-call/check",
                  {{"number", "+12025550101"}, {"client", "acme"}})["listed"],
              true);
}

TEST_F(ListRoutes, DoNotCallImportCountsAddUp) {
    write_file(backend_.folder() / "dnc.csv", "phone\n202 555 0101\nrubbish\n+12025550102\n");
    const Json report = ask(backend_, "POST", "/do-not-call/import",
                            {{"path", (backend_.folder() / "dnc.csv").string()}, {"region", "US"}});
    EXPECT_EQ(report["read"], 3);
    EXPECT_EQ(report["accepted"], 2);
    EXPECT_EQ(report["new"], 2);
    EXPECT_EQ(report["rejected"], 1);
    EXPECT_EQ(report["rejects"][0]["row"], 3);
}

TEST(DoNotCallRoute, AnswersOnlyAfterTheEngineHasHeard) {
    FakeBackend backend{true};
    ask(backend, "POST", "/do-not-call", {{"number", "+12025550101"}});
    EXPECT_EQ(backend.looks, 1);
}

TEST_F(ListRoutes, JournalExportKeepsTheTextByteForByte) {
    ASSERT_TRUE(backend_.store().begin_segment(1, {Instant{}, backend_.now},
                                               engine::encode(engine::EngineState{})));
    const auto event = engine::encode(engine::Event{engine::KeyPressed{CallId{7}, '5'}});
    for (std::uint64_t seq = 1; seq <= 1200; ++seq) {
        ASSERT_TRUE(backend_.store().submit(
            {.journal =
                 store::JournalEntry{
                     seq, {Instant{}, backend_.now}, event.text, event.personal, {}},
             .actions = {}}));
    }
    ASSERT_TRUE(backend_.store().flush());
    const std::string journal = ask_text(backend_, "/journal");
    EXPECT_EQ(std::count(journal.begin(), journal.end(), '\n'), 1201);
    EXPECT_NE(journal.find(event.text), std::string::npos);
    EXPECT_EQ(journal.find(event.personal), std::string::npos);
    EXPECT_NE(ask_text(backend_, "/journal?personal=true").find(event.personal), std::string::npos);
}

}  // namespace
}  // namespace bellwether::app
