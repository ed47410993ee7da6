#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/ask.h"

// Lists, leads, reports and backup by the API.

namespace bellwether::app {
namespace {

class Seeing : public ::testing::Test {
protected:
    Json import(const std::string& csv, Json more = Json::object(), int status = 200) {
        write_file(backend_.folder() / "c.csv", csv);
        Json body{{"path", (backend_.folder() / "c.csv").string()}, {"region", "US"}};
        body.update(more);
        return ask(backend_, "POST", "/lists/people/imports", body, status);
    }

    FakeBackend backend_;
};

TEST_F(Seeing, ImportTellsHowItReadTheFile) {
    const Json report = import("phone;name\n2025550101;Ann\n");
    EXPECT_EQ(report["delimiter"], "semicolon");
    EXPECT_EQ(report["delimiter_found"], true);
    EXPECT_EQ(report["encoding"], "UTF_8");
    EXPECT_EQ(import("phone|name\n2025550102|Zo\xEB\n",
                     {{"delimiter", "pipe"}, {"encoding", "latin-1"}})["accepted"],
              1);
    EXPECT_NE(import("phone\n1\n", {{"delimiter", "dot"}}, 422)["detail"].get<std::string>().find(
                  "delimiter"),
              std::string::npos);
    import("phone\n1\n", {{ "encoding", "ebcdic" }}, 422);
    import("phone\n1\n", {{ "columns", { { "fone", "phone" } } }}, 422);
}

TEST_F(Seeing, AMappingIsSavedAndUsedAgain) {
    const Json layout{{"columns", {{"phone", "2"}, {"first_name", "1"}}},
                      {"delimiter", "tab"},
                      {"heading", false},
                      {"region", "US"}};
    ask(backend_, "POST", "/list-maps/crm", layout);
    EXPECT_EQ(ask(backend_, "GET", "/list-maps/crm")["delimiter"], "tab");
    EXPECT_EQ(ask(backend_, "GET", "/list-maps")["maps"].size(), 2U) << "and the preset";
    const Json report = import("Ann\t2025550101\nBob\t2025550102\n", {{"map", "crm"}});
    EXPECT_EQ(report["accepted"], 2);
    EXPECT_EQ(report["delimiter_found"], false);
    EXPECT_NE(
        import("x\n", {{"map", "crn"}}, 404)["detail"].get<std::string>().find("did you mean crm"),
        std::string::npos);
    ask(backend_, "POST", "/list-maps/vicidial", layout, 422);
    ask(backend_, "POST", "/list-maps/empty", {{"region", ""}}, 422);
}

TEST_F(Seeing, VicidialsOrderIsAPreset) {
    const Json report = import("A1|web|101|1|2025550101\n", {{"map", "vicidial"}});
    EXPECT_EQ(report["accepted"], 1);
    EXPECT_EQ(report["delimiter"], "pipe");
    EXPECT_EQ(ask(backend_, "POST", "/leads/find", {{"external_id", "A1"}})["leads"][0]["number"],
              "+12025550101");
}

TEST_F(Seeing, AnImportCanBeTakenBack) {
    const std::string id = import("phone\n2025550101\n2025550102\n")["id"];
    const Json foreseen = ask(backend_, "POST", "/imports/" + id + "/undo", {{"dry_run", true}});
    EXPECT_EQ(foreseen["taken_out"], 2);
    EXPECT_EQ(ask(backend_, "GET", "/lists/people")["contacts"], 2);
    EXPECT_EQ(ask(backend_, "POST", "/imports/" + id + "/undo", {{"dry_run", false}})["taken_out"],
              2);
    EXPECT_EQ(ask(backend_, "GET", "/lists/people")["contacts"], 0);
    ask(backend_, "POST", "/imports/77/undo", {{"dry_run", true}}, 404);
    ask(backend_, "POST", "/imports/x/undo", {{"dry_run", true}}, 422);
}

TEST_F(Seeing, ListsAreToldByPenetrationAndReset) {
    import("phone\n2025550101\n2025550102\n");
    ask(backend_, "POST", "/campaigns", notice_campaign(backend_.folder()));
    const Json stats = ask(backend_, "GET", "/lists/people/stats");
    ASSERT_EQ(stats["campaigns"].size(), 1U);
    EXPECT_EQ(stats["campaigns"][0]["untouched"], 2);
    EXPECT_EQ(stats["campaigns"][0]["tried_share"], 0.0);
    const Json reset = ask(backend_, "POST", "/lists/people/reset", {{"dry_run", true}});
    EXPECT_EQ(reset["campaigns"][0]["left_untouched"], 2);
    EXPECT_EQ(reset["campaigns"][0]["dialed_again"], 0);
    EXPECT_EQ(ask(backend_, "POST", "/lists/people/reset", {{"dry_run", false}})["reset"], 0);
    ask(backend_, "POST", "/lists/people/reset", {{"outcomes", {"OPTED_OUT"}}}, 403);
    ask(backend_, "POST", "/lists/people/reset", {{"campaign", "none"}}, 404);
    EXPECT_EQ(ask(backend_, "GET", "/reports/lists")["lists"][0]["campaigns"][0]["total"], 2);
    EXPECT_NE(ask_text(backend_, "/reports/lists?format=csv").find("people,spring,2,2,0,0,0,0,0,0"),
              std::string::npos);
}

TEST_F(Seeing, CallerIdsAreReportedOverATime) {
    ask(backend_, "POST", "/campaigns", notice_campaign(backend_.folder()));
    EXPECT_TRUE(ask(backend_, "GET", "/reports/caller-ids?campaign=spring")["caller_ids"].empty());
    EXPECT_EQ(ask_text(backend_, "/reports/caller-ids?format=csv"),
              "campaign,caller_id,dialed,answered,answer_rate\r\n");
    ask(backend_, "GET", "/reports/caller-ids?campaign=none", {}, 404);
    ask(backend_, "GET", "/reports/caller-ids?from=yesterday", {}, 422);
}

TEST_F(Seeing, TrunksAreReportedOverATime) {
    ask(backend_, "POST", "/campaigns", notice_campaign(backend_.folder()));
    EXPECT_TRUE(ask(backend_, "GET", "/reports/trunks?campaign=spring")["trunks"].empty());
    EXPECT_EQ(ask_text(backend_, "/reports/trunks?format=csv"),
              "trunk,outcome,answered,sip_status,q850_cause,attempts\r\n");
    ask(backend_, "GET", "/reports/trunks?campaign=none", {}, 404);
    ask(backend_, "GET", "/reports/trunks?from=yesterday", {}, 422);
}

// Two calls that came in a minute ago: one of them below 3.6 in the direction that its caller
// hears.
TEST_F(Seeing, HowCallsWereHeardIsToldByCampaignAndTrunk) {
    ask(backend_, "POST", "/campaigns", notice_campaign(backend_.folder()));
    store::Store& store = backend_.store();
    const auto campaign = store.find_campaign("spring");
    ASSERT_TRUE(campaign && *campaign);
    const UtcTime at = backend_.now - std::chrono::minutes{1};
    store::WriteBatch batch;
    batch.journal = store::JournalEntry{
        store.next_journal_seq(), {Instant{}, at}, R"({"is":"TIME_PASSED"})", {}, {}};
    for (const auto& [call, sent] : {std::pair{CallId{900}, 4.2}, std::pair{CallId{901}, 3.0}}) {
        engine::StoreInbound arrived;
        arrived.call = call;
        arrived.epoch = store.epoch();
        arrived.campaign = (*campaign)->id;
        arrived.at = at;
        const engine::CallQuality quality{
            .trunk = "carrier", .mos_heard = 4.4, .mos_sent = sent, .lost = 0.01};
        batch.actions.emplace_back(arrived);
        batch.actions.emplace_back(engine::StoreQuality{call, {}, quality, at});
    }
    ASSERT_TRUE(store.submit(std::move(batch)));
    ASSERT_TRUE(store.flush());

    const Json report = ask(backend_, "GET", "/reports/quality?campaign=spring");
    EXPECT_EQ(report["dissatisfying_below"], 3.6);
    ASSERT_EQ(report["campaigns"].size(), 1U);
    const Json& spring = report["campaigns"][0];
    EXPECT_EQ(spring["campaign"], "spring");
    EXPECT_EQ(spring["calls"], 2);
    EXPECT_EQ(spring["mos_median"], 3.6);
    EXPECT_EQ(spring["dissatisfying"], 1);
    EXPECT_EQ(spring["share"], 0.5);
    EXPECT_EQ(spring["loss_percent"], 1.0);
    EXPECT_EQ(report["trunks"][0]["trunk"], "carrier");
    EXPECT_TRUE(report["agents"].empty()) << "nobody talked";
    EXPECT_NE(ask_text(backend_, "/reports/quality?format=csv")
                  .find("trunk,carrier,2,3.6,1,0.5,1.0,0.0\r\n"),
              std::string::npos);
    EXPECT_TRUE(ask(backend_, "GET", "/reports/quality?to=2026-03-01&from=2026-03-01")["campaigns"]
                    .empty());
    ask(backend_, "GET", "/reports/quality?campaign=none", {}, 404);
}

TEST_F(Seeing, ReportsOverATimeKnowTheirEdges) {
    ask(backend_, "POST", "/campaigns", notice_campaign(backend_.folder()));
    const Json outcomes = ask(backend_, "GET", "/reports/outcomes?from=2026-03-01&to=2026-03-01");
    EXPECT_EQ(outcomes["from"], "2026-03-01T00:00:00.000+00:00");
    EXPECT_EQ(outcomes["to"], "2026-03-02T00:00:00.000+00:00");
    EXPECT_EQ(outcomes["campaigns"][0]["attempts"], 0);
    const Json berlin =
        ask(backend_, "GET", "/reports/agents?from=2026-03-02&zone=Europe%2FBerlin");
    EXPECT_EQ(berlin["from"], "2026-03-01T23:00:00.000+00:00");
    EXPECT_TRUE(berlin["agents"].empty());
    ask(backend_, "GET", "/reports/agents?from=2026-03-02&to=2026-03-01", {}, 422);
    ask(backend_, "GET", "/reports/agents?from=yesterday", {}, 422);
    EXPECT_NE(ask_text(backend_, "/reports/agents?format=csv").find("agent,sign_ins"),
              std::string::npos);
}

TEST_F(Seeing, ABackupIsMadeByTheService) {
    import("phone\n2025550101\n");
    const auto folder = backend_.folder() / "copy";
    const Json report = ask(backend_, "POST", "/store/backup", {{"path", folder.string()}});
    EXPECT_GT(report["bytes"].get<std::int64_t>(), 0);
    EXPECT_TRUE(std::filesystem::exists(folder / "manifest"));
    ask(backend_, "POST", "/store/backup", {{"path", folder.string()}}, 409);
    ask(backend_, "POST", "/store/backup", {{"path", "copy"}}, 422);
}

}  // namespace
}  // namespace bellwether::app
