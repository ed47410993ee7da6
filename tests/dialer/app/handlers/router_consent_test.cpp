#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

const char* const kHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

class ConsentRoutes : public ::testing::Test {
protected:
    Json import(const std::string& csv, Json more = Json::object(), int status = 200) {
        write_file(backend_.folder() / "consents.csv", csv);
        Json body{{"path", (backend_.folder() / "consents.csv").string()}, {"region", "US"}};
        body.update(more);
        return ask(backend_, "POST", "/consents/import", body, status);
    }
    Json show(const std::string& number) {
        return ask(backend_, "POST", "/consents/show",
                   {{"number", number}, {"region", "US"}})["consents"];
    }

    FakeBackend backend_;
};

std::string one_row(const std::string& given = "2026-01-05") {
    return "phone,given,channels,form,request_sha256,purposes,name\n(202) 555-0101," + given +
           ",live; autodialed,written," + kHash + ",telemarketing,\"Lovelace, Ada\"\n";
}

TEST_F(ConsentRoutes, ShowWhatWasImported) {
    const Json report = import(one_row());
    EXPECT_EQ(report["read"], 1);
    EXPECT_EQ(report["accepted"], 1);
    EXPECT_EQ(report["new"], 1);
    const Json consents = show("+12025550101");
    ASSERT_EQ(consents.size(), 1U);
    EXPECT_EQ(consents[0]["given"], "2026-01-05");
    EXPECT_EQ(consents[0]["channels"], Json({"autodialed", "live"}));
    EXPECT_EQ(consents[0]["form"], "written");
    EXPECT_EQ(consents[0]["request_sha256"], kHash);
    EXPECT_EQ(consents[0]["name"], "Lovelace, Ada");
    EXPECT_TRUE(consents[0]["revoked"].is_null());
    EXPECT_TRUE(show("+12025550102").empty());
}

TEST_F(ConsentRoutes, ARehearsalWritesNothing) {
    EXPECT_EQ(import(one_row(), {{"dry_run", true}})["accepted"], 1);
    EXPECT_TRUE(show("+12025550101").empty());
}

TEST_F(ConsentRoutes, RevokedIsInForceAtOnceAndASecondImportDoesNotUndoIt) {
    import(one_row());
    const Json answer =
        ask(backend_, "POST", "/consents/revoke",
            {{"number", "+12025550101"}, {"channel", "agent"}, {"reason", "asked"}});
    EXPECT_EQ(answer["revoked"], 1);
    EXPECT_EQ(import(one_row())["new"], 0);
    const Json consents = show("+12025550101");
    ASSERT_EQ(consents.size(), 1U);
    EXPECT_EQ(consents[0]["revoked"]["channel"], "agent");
    EXPECT_EQ(consents[0]["revoked"]["reason"], "asked");
    EXPECT_EQ(ask(backend_, "POST", "/consents/revoke", {{"number", "+12025550101"}})["revoked"],
              0);
    EXPECT_EQ(import(one_row("2026-02-01T10:00:00Z"))["new"], 1);
}

TEST_F(ConsentRoutes, AClientsRevocationLeavesOthersConsents) {
    for (const std::string client : {"acme", "bolt"}) {
        Json campaign = notice_campaign(backend_.folder(), client + "-spring", client + "-people");
        campaign["toml"] = "client = \"" + client + "\"\n" + campaign["toml"].get<std::string>();
        ask(backend_, "POST", "/campaigns", campaign);
        import(one_row(), {{ "client", client }});
    }
    EXPECT_EQ(ask(backend_, "POST", "/consents/revoke",
                  {{"number", "+12025550101"}, {"client", "acme"}})["revoked"],
              1);
    const Json left = ask(backend_, "POST", "/consents/show",
                          {{"number", "+12025550101"}, {"client", "bolt"}})["consents"];
    ASSERT_EQ(left.size(), 1U);
    EXPECT_TRUE(left[0]["revoked"].is_null());
}

TEST_F(ConsentRoutes, AClientsRevocationOfAConsentToAllIsForThatClientAlone) {
    for (const std::string client : {"acme", "bolt"}) {
        Json campaign = notice_campaign(backend_.folder(), client + "-spring", client + "-people");
        campaign["toml"] = "client = \"" + client + "\"\n" + campaign["toml"].get<std::string>();
        ask(backend_, "POST", "/campaigns", campaign);
    }
    import(one_row());
    const Json acme{{"number", "+12025550101"}, {"client", "acme"}};
    EXPECT_EQ(ask(backend_, "POST", "/consents/revoke", acme)["revoked"], 1);
    EXPECT_EQ(ask(backend_, "POST", "/consents/revoke", acme)["revoked"], 0);
    const Json his = ask(backend_, "POST", "/consents/show", acme)["consents"];
    ASSERT_EQ(his.size(), 2U);
    EXPECT_FALSE(his[1]["revoked"].is_null());
    const Json left = ask(backend_, "POST", "/consents/show",
                          {{"number", "+12025550101"}, {"client", "bolt"}})["consents"];
    ASSERT_EQ(left.size(), 1U);
    EXPECT_TRUE(left[0]["revoked"].is_null());
}

TEST_F(ConsentRoutes, AFaultyRowCostsItselfAlone) {
    const Json report = import(
        "phone,given,channels,form,rnd_result\n"
        "+12025550101,2026-01-05,live,written,\n"
        "12,2026-01-05,live,written,\n"
        "+12025550102,2026-02-30,live,written,\n"
        "+12025550103,2026-01-05,fax,written,\n"
        "+12025550104,2026-01-05,live,spoken,\n"
        "+12025550105,,live,oral,\n"
        "+12025550106,2026-01-05,live,oral,maybe\n"
        "+12025550107,2026-01-05T10:00:00+01:00,prerecorded|sms,oral,no data\n");
    EXPECT_EQ(report["read"], 8);
    EXPECT_EQ(report["accepted"], 2);
    EXPECT_EQ(report["rejected"], 6);
    EXPECT_EQ(report["rejects"][1]["row"], 4);
    for (const Json& reject : report["rejects"]) {
        const std::string reason = reject["reason"];
        EXPECT_EQ(reason.find("555"), std::string::npos) << reason;
    }
}

TEST_F(ConsentRoutes, AHeadingMustNameWhatIsNeeded) {
    for (const char* csv : {"", "phone,given,channels\n", "phone,given,channels,form,colour\n",
                            "phone,given,channels,form,form\n"}) {
        import(csv, Json::object(), 422);
    }
}

}  // namespace
}  // namespace bellwether::app
