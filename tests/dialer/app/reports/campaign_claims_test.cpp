#include "dialer/app/reports/campaign_claims.h"

#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/two_clients.h"

namespace bellwether::app {
namespace {

/// Two organisations, and files of theirs that want what the other has.
class Claims : public TwoClients {
protected:
    /// The first one's campaign with one text in its file put in place of another.
    [[nodiscard]] Json with(const std::string& from, const std::string& to) const {
        Json body = bodies.at("acme");
        std::string toml = body["toml"];
        toml.replace(toml.find(from), from.size(), to);
        body["toml"] = toml;
        return body;
    }

    std::string refusal(Json body, const std::string& client = "") {
        if (!client.empty()) body["client"] = client;
        std::string words;
        for (const char* path : {"/campaigns/check", "/campaigns"})
            words = ask(backend, "POST", path, body, 422).dump();
        return words;
    }

    static bool tells(const std::string& words, const std::string& of) {
        return words.find(of) != std::string::npos;
    }
};

TEST_F(Claims, ACallerIdIsOneOrganisations) {
    const Json body =
        with("caller_id = \"+12025550150\"", "caller_ids = [\"+12025550150\", \"+12025550160\"]");
    const std::string words = refusal(body);
    EXPECT_TRUE(tells(words, "caller_ids: +12025550160 stands as caller_id in campaign autumn"))
        << words;
    EXPECT_TRUE(tells(words, "Show another number in one of the two")) << words;
    const std::string for_acme = refusal(body, "acme");
    EXPECT_TRUE(tells(for_acme, "+12025550160 is in use")) << for_acme;
    EXPECT_FALSE(tells(for_acme, "autumn")) << for_acme;
    EXPECT_FALSE(tells(for_acme, "bolt")) << for_acme;
}

TEST_F(Claims, TwoCampaignsOfOneOrganisationMayShowTheSameNumber) {
    Json body = with("name = \"spring\"", "name = \"summer\"");
    ask(backend, "POST", "/campaigns", body);
}

TEST_F(Claims, ATakenNameIsTakenAndNothingElseIsTold) {
    const std::string campaign = refusal(with("name = \"spring\"", "name = \"autumn\""), "acme");
    EXPECT_TRUE(tells(campaign, "the campaign name autumn is taken: choose another")) << campaign;
    const std::string list = refusal(with("list = \"florists\"", "list = \"joiners\""), "acme");
    EXPECT_TRUE(tells(list, "the list name joiners is taken: choose another")) << list;
    for (const std::string& words : {campaign, list}) {
        EXPECT_FALSE(tells(words, "bolt")) << words;
        EXPECT_FALSE(tells(words, "preflight")) << words;
        EXPECT_FALSE(tells(words, "+12025550160")) << words;
    }
}

TEST_F(Claims, WhoAsksForOneOrganisationAppliesItsFilesAlone) {
    const std::string words = refusal(bodies.at("bolt"), "acme");
    EXPECT_TRUE(tells(words, "is not of client organisation")) << words;
    ask(backend, "POST", "/campaigns?client=bolt", bodies.at("bolt"));
}

TEST_F(Claims, ARefusedFileLeavesNoListBehind) {
    const std::string words =
        refusal(with("list = \"florists\"", "lists = [{list = \"fresh\"}, {list = \"joiners\"}]"));
    EXPECT_TRUE(tells(words, "joiners")) << words;
    EXPECT_EQ(ask(backend, "GET", "/lists")["lists"].size(), 2U);
}

}  // namespace
}  // namespace bellwether::app
