#include <gtest/gtest.h>

#include <sstream>

#include "dialer/app/commands/audit_verify.h"
#include "tests/dialer/app/handlers/ask.h"

// The evidence log's commands: what handlers answer, and `audit verify` on files alone.

namespace bellwether::app {
namespace {

namespace evidence = compliance::evidence;

const char* const kNumber = "+12025550123";

evidence::Record call_of(const std::string& number, int second) {
    evidence::CallFacts facts{.at = UtcTime{std::chrono::seconds{1'795'435'200 + second}},
                              .client = ClientId{1},
                              .number = PhoneNumber::parse(number).value()};
    facts.outcome = "BUSY";
    facts.details = {{"name", "Nora N."}};
    return evidence::to_record(facts);
}

/// A store of one client with so many calls, a second apart from 2026-11-23 12:00 on.
class AuditTest : public testing::Test {
protected:
    AuditTest() {
        EXPECT_TRUE(backend.store().add_client("Acme"));
        for (int i = 0; i < 30; ++i) {
            EXPECT_TRUE(
                backend.store().append_evidence(call_of("+12025550" + std::to_string(100 + i), i)));
        }
    }

    Json export_to(const std::string& name, Json body = Json::object()) {
        body["out"] = (backend.folder() / name).string();
        body["actor"] = "anna";
        return ask(backend, "POST", "/audit/export", body);
    }

    /// What `audit verify` prints and ends with.
    std::pair<int, Json> verify(const std::string& name,
                                std::map<std::string, std::vector<std::string>> options = {}) {
        options["BUNDLE"] = {(backend.folder() / name).string()};
        std::ostringstream out;
        std::ostringstream err;
        const ExitCode code = audit_verify(Given{std::move(options)}, Output{out, err, true});
        return {static_cast<int>(code), Json::parse(out.str(), nullptr, false)};
    }

    std::string write(const std::string& name, const std::string& text) {
        write_file(backend.folder() / name, text);
        return (backend.folder() / name).string();
    }

    FakeBackend backend;
};

TEST_F(AuditTest, ExportsWhatVerifies) {
    const Json report = export_to("all");
    EXPECT_EQ(report["records"], 30);
    EXPECT_EQ(report["counts"]["CALL"], 30);
    const auto [code, finding] = verify("all");
    EXPECT_EQ(code, 0);
    EXPECT_EQ(finding["verdict"], "OK");
    EXPECT_EQ(finding["records"], 30);
    EXPECT_EQ(finding["key_from"], "bundle");
}

TEST_F(AuditTest, NamesAnAlteredRecordWithExitCodeNine) {
    export_to("all");
    std::string records = slurp(backend.folder() / "all/records.ndjson");
    std::size_t at = 0;
    for (int line = 0; line < 7; ++line) at = records.find('\n', at) + 1;
    records[at + 20] = static_cast<char>(records[at + 20] ^ 1);
    write_file(backend.folder() / "all/records.ndjson", records);
    const auto [code, finding] = verify("all");
    EXPECT_EQ(code, 9);
    EXPECT_EQ(finding["verdict"], "ALTERED");
    EXPECT_EQ(finding["seq"], 7);
    EXPECT_EQ(finding["file"], "records.ndjson");
}

TEST_F(AuditTest, HoldsABundleToYourKeyAndYourCheckpoint) {
    const std::string key = write("mine.pub", ask_text(backend, "/audit/key"));
    const std::string head = write("mine.checkpoint", ask_text(backend, "/audit/checkpoint"));
    export_to("all.tar");
    EXPECT_EQ(verify("all.tar", {{"--key", {key}}, {"--checkpoint", {head}}}).first, 0);
    EXPECT_EQ(verify("all.tar", {{"--key", {key}}}).second["key_from"], "file");
    EXPECT_EQ(verify("all.tar", {{"--key", {head}}}).second["verdict"], "BAD_BUNDLE");
    EXPECT_EQ(verify("all.tar", {{"--checkpoint", {key}}}).second["verdict"], "BAD_SIGNATURE");
    EXPECT_EQ(verify("no such bundle").first, 5);
    write("junk", "neither tar nor proof");
    EXPECT_EQ(verify("junk").second["verdict"], "BAD_BUNDLE");
}

TEST_F(AuditTest, ProvesOneRecord) {
    write("proof.json", ask_text(backend, "/audit/records/12"));
    EXPECT_EQ(verify("proof.json").second["verdict"], "OK");
    ask(backend, "GET", "/audit/records/30", Json::object(), 404);
    ask(backend, "GET", "/audit/records/x", Json::object(), 422);
}

TEST_F(AuditTest, ExportsATimeAKindOrAPerson) {
    const Json part =
        export_to("part", {{"from", "2026-11-23T12:00:10"}, {"to", "2026-11-23T12:00:20Z"}});
    EXPECT_EQ(part["records"], 10);
    EXPECT_EQ(export_to("day", {{"from", "2026-11-24"}})["records"], 0);
    EXPECT_EQ(export_to("dnc", {{"what", "dnc"}})["records"], 0);
    EXPECT_EQ(export_to("one", {{"number", kNumber}, {"client", "Acme"}})["records"], 1);
    for (const char* bundle : {"part", "day", "dnc", "one"}) EXPECT_EQ(verify(bundle).first, 0);
    ask(backend, "POST", "/audit/export", {{"out", "relative"}}, 422);
    ask(backend, "POST", "/audit/export",
        {{"out", (backend.folder() / "x").string()}, {"what", "gossip"}}, 422);
    ask(backend, "POST", "/audit/export",
        {{"out", (backend.folder() / "x").string()}, {"from", "yesterday"}}, 422);
}

TEST_F(AuditTest, ErasesAPersonAndStillVerifies) {
    const std::string head = write("before", ask_text(backend, "/audit/checkpoint"));
    const Json person{{"number", kNumber}, {"client", "Acme"}, {"actor", "anna"}};
    EXPECT_EQ(ask(backend, "POST", "/audit/person", person)["records"][0]["details"]["name"],
              "Nora N.");
    EXPECT_EQ(ask(backend, "POST", "/audit/erase", person)["records"], 1);
    EXPECT_TRUE(ask(backend, "POST", "/audit/person", person)["records"].empty());
    ask(backend, "POST", "/audit/erase", person, 404);
    export_to("all", {{"sealed", true}});
    const auto [code, finding] = verify("all", {{"--checkpoint", {head}}});
    EXPECT_EQ(code, 0);
    EXPECT_EQ(finding["erased"], 1);
    EXPECT_EQ(finding["sealed"], 30);
}

TEST_F(AuditTest, HoldsNeedTwoNames) {
    Json body{{"hold", "case 7"}, {"client", "Acme"}, {"numbers", {kNumber}}, {"actor", "anna"}};
    EXPECT_EQ(ask(backend, "POST", "/audit/holds/place", body)["state"], "ASKED");
    ask(backend, "POST", "/audit/holds/place", body, 403);
    body["actor"] = "bela";
    EXPECT_EQ(ask(backend, "POST", "/audit/holds/place", body)["state"], "IN_FORCE");
    ask(backend, "POST", "/audit/erase", {{"number", kNumber}, {"client", "Acme"}}, 403);
    EXPECT_EQ(ask(backend, "GET", "/audit/holds")["holds"][0]["query"], "client=Acme numbers=1");
    ask(backend, "POST", "/audit/holds/lift", body, 422);  // for the house's officers alone
    body.erase("client");
    EXPECT_EQ(ask(backend, "POST", "/audit/holds/lift", body)["state"], "LIFT_ASKED");
    body["actor"] = "carl";
    EXPECT_EQ(ask(backend, "POST", "/audit/holds/lift", body)["state"], "LIFTED");
}

TEST_F(AuditTest, ExpiresByRulesOfYears) {
    EXPECT_EQ(ask(backend, "POST", "/audit/expire", {{"keep", {"CALL=5"}}})["destroyed"], 0);
    backend.now += std::chrono::days{365 * 7};
    EXPECT_EQ(ask(backend, "POST", "/audit/expire", {{"keep", {"CALL=5..8"}}})["destroyed"], 0);
    EXPECT_EQ(ask(backend, "POST", "/audit/expire", {{"keep", {"CALL=5"}}})["destroyed"], 30);
    for (const char* rule : {"CALL", "GOSSIP=5", "CALL=x", "CALL=5..", "CALL=500"})
        ask(backend, "POST", "/audit/expire", {{"keep", {rule}}}, 422);
    ask(backend, "POST", "/audit/expire", {{"actor", "anna"}}, 422);
}

TEST_F(AuditTest, TellsHowFarItIsPublished) {
    ask_text(backend, "/audit/checkpoint");
    const Json status = ask(backend, "GET", "/audit/status");
    EXPECT_EQ(status["published"], 30);
    EXPECT_TRUE(status["fault"].is_null());
    EXPECT_TRUE(status["copy_fault"].is_null());
}

}  // namespace
}  // namespace bellwether::app
