#include "dialer/app/handlers/client_scope.h"

#include <gtest/gtest.h>

#include "dialer/store/number_lists.h"
#include "tests/dialer/app/handlers/two_clients.h"

// One client organisation's data never stands in another's answers.

namespace bellwether::app {
namespace {

class Kept : public TwoClients {
protected:
    /// Every route that lists data of organisations, asked for one of them.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> answers(
        const Organisation& one) {
        std::vector<std::pair<std::string, std::string>> all;
        for (const char* path :
             {"/campaigns", "/lists", "/agents", "/callbacks", "/inbound", "/transfers",
              "/do-not-call", "/number-lists", "/detections/to-review", "/reports/abandonment",
              "/reports/amd", "/reports/lists", "/reports/outcomes", "/reports/quota"})
            all.push_back({path, ask_text(backend, with_client(path, one))});
        for (const char* report : {"outcomes", "agents", "caller-ids", "trunks", "quality"}) {
            const std::string path =
                "/reports/" + std::string{report} + "?from=2026-03-02&to=2026-03-02";
            all.push_back({path, ask_text(backend, path + "&client=" + one.client)});
            all.push_back({path, ask_text(backend, path + "&format=csv&client=" + one.client)});
        }
        const Json find{{"number", kNumber}, {"client", one.client}};
        for (const char* path : {"/leads/find", "/do-not-call/check", "/consents/show"})
            all.push_back({path, ask(backend, "POST", path, find).dump()});
        all.push_back({"external id", ask(backend, "POST", "/leads/find",
                                          {{"external_id", "shared"}, {"client", one.client}})
                                          .dump()});
        const std::string lead = "/leads/" + std::to_string(value_of(one.contact));
        for (const std::string& path :
             {lead + "/history", lead + "/why", "/lists/" + one.list,
              "/lists/" + one.list + "/stats", "/campaigns/" + one.campaign + "/answers"})
            all.push_back({path, ask_text(backend, with_client(path, one))});
        return all;
    }

    static std::string with_client(const std::string& path, const Organisation& one) {
        return path + "?client=" + one.client;
    }

    static void expect_nothing_of(const Organisation& other, const std::string& path,
                                  const std::string& text) {
        for (const std::string& word : {other.client, other.campaign, other.list, other.agent,
                                        other.caller_id, other.person, other.note})
            EXPECT_EQ(text.find(word), std::string::npos)
                << path << " tells " << word << ": " << text;
    }
};

TEST_F(Kept, NoAnswerForOneOrganisationHoldsAnothersData) {
    for (const auto& [own, other] : {std::pair{&acme, &bolt}, std::pair{&bolt, &acme}}) {
        ask(backend, "POST", "/do-not-call",
            {{"number", kNumber}, {"client", own->client}, {"reason", own->note}});
    }
    for (const auto& [own, other] : {std::pair{&acme, &bolt}, std::pair{&bolt, &acme}}) {
        for (const auto& [path, text] : answers(*own)) expect_nothing_of(*other, path, text);
    }
}

TEST_F(Kept, TheFilterLeavesItsOwn) {
    EXPECT_EQ(ask(backend, "GET", "/campaigns?client=acme")["campaigns"].size(), 1U);
    EXPECT_EQ(ask(backend, "GET", "/campaigns")["campaigns"].size(), 2U);
    EXPECT_EQ(ask(backend, "GET", "/lists?client=acme")["lists"].size(), 1U);
    EXPECT_EQ(ask(backend, "GET", "/agents?client=acme")["agents"].size(), 1U);
    EXPECT_EQ(ask(backend, "GET", "/callbacks?client=acme")["callbacks"].size(), 1U);
    EXPECT_EQ(ask(backend, "GET", "/transfers?client=acme")["transfers"].size(), 1U);
    const std::string day = "?client=acme&from=2026-03-02&to=2026-03-02";
    EXPECT_EQ(ask(backend, "GET", "/reports/agents" + day)["agents"].size(), 1U);
    EXPECT_EQ(ask(backend, "GET", "/reports/caller-ids" + day)["caller_ids"].size(), 1U);
    EXPECT_EQ(ask(backend, "GET", "/reports/trunks" + day)["trunks"].size(), 1U);
    EXPECT_EQ(ask(backend, "GET", "/reports/quality" + day)["trunks"].size(), 1U);
    EXPECT_EQ(ask(backend, "POST", "/leads/find", {{"number", kNumber}})["leads"].size(), 2U);
}

TEST_F(Kept, AnothersThingsAreNotThere) {
    const std::string lead = "/leads/" + std::to_string(value_of(bolt.contact));
    for (const std::string& path : {std::string{"/lists/joiners"}, lead + "/history", lead + "/why",
                                    std::string{"/reports/outcomes"}}) {
        const bool is_report = path == "/reports/outcomes";
        const Json refused = ask(
            backend, "GET", path + "?client=acme" + (is_report ? "&campaign=autumn" : ""), {}, 404);
        EXPECT_EQ(refused.dump().find("Boris"), std::string::npos);
    }
    ask(backend, "GET", "/campaigns?client=acne", {}, 404);
}

// Of the table of routes itself: one that is new tells nothing of another's either.
TEST_F(Kept, NoRouteOfAThingAnswersForAnothers) {
    std::size_t asked = 0;
    for (const Route& route : routes()) {
        std::string path = route.pattern;
        const std::string base = "/api/v1";
        std::string name;
        if (path.starts_with(base + "/campaigns/{}")) name = bolt.campaign;
        if (path.starts_with(base + "/lists/{}")) name = bolt.list;
        if (path.starts_with(base + "/agents/{}")) name = bolt.agent;
        if (name.empty()) continue;
        path.replace(path.find("{}"), 2, name);
        const std::string method = route.method;
        const Json refused = ask(backend, method, path.substr(base.size()) + "?client=acme",
                                 method == "GET" ? Json{} : Json::object(), 404);
        EXPECT_EQ(refused.dump().find(bolt.client), std::string::npos) << path;
        ++asked;
    }
    EXPECT_GT(asked, 20U);
    ask(backend, "GET", "/reports/aapor?client=acme&campaign=" + bolt.campaign, {}, 404);
    ask(backend, "GET", "/lists/" + bolt.list + "?client=acme&campaign=" + acme.campaign, {}, 404);
}

TEST_F(Kept, ADoNotCallEntryOfOneDoesNotStopTheOther) {
    const auto listed = [&](const Organisation& one) {
        return ask(backend, "POST", "/do-not-call/check",
                   {{"number", kNumber}, {"client", one.client}})["listed"] == true;
    };
    ask(backend, "POST", "/do-not-call", {{"number", kNumber}, {"client", "acme"}});
    EXPECT_TRUE(listed(acme));
    EXPECT_FALSE(listed(bolt));
    ask(backend, "POST", "/do-not-call", {{"number", kNumber}, {"reason", "by letter"}});
    EXPECT_TRUE(listed(bolt));
    EXPECT_NE(ask_text(backend, "/do-not-call?client=bolt").find("by letter"), std::string::npos)
        << "what is for all is for each";
}

TEST_F(Kept, AnImportCountsTheListOfItsOwnOrganisationAlone) {
    ask(backend, "POST", "/do-not-call", {{"number", "+12025550102"}, {"client", "acme"}});
    write_file(backend.folder() / "more.csv", "phone\n+12025550102\n");
    const Json body{{"path", (backend.folder() / "more.csv").string()}, {"dedupe", "all"}};
    EXPECT_EQ(ask(backend, "POST", "/lists/florists/imports", body)["suppressed"], 1);
    EXPECT_EQ(ask(backend, "POST", "/lists/joiners/imports", body)["accepted"], 1);
    ask(backend, "POST", "/lists/joiners/imports", {{"path", body["path"]}, {"client", "acme"}},
        409);
}

TEST_F(Kept, ALeadThatIsThereIsNamedByItsOwnOrganisationsId) {
    const Json refused =
        ask(backend, "POST", "/leads", {{"list", "joiners"}, {"numbers", {kNumber}}}, 409);
    const std::string words = refused["detail"];
    EXPECT_NE(words.find(std::to_string(value_of(bolt.contact))), std::string::npos) << words;
}

TEST_F(Kept, AnAgentServesHisOwnOrganisation) {
    const Json refused = ask(backend, "POST", "/agents/ada/signin", {{"campaign", "autumn"}}, 403);
    EXPECT_NE(refused["detail"].get<std::string>().find("--client bolt"), std::string::npos);
    ask(backend, "POST", "/agents/ada/signin", {{"campaign", "spring"}, {"further", {"autumn"}}},
        403);
    ask(backend, "POST", "/agents/ada/change", {{"campaign", "autumn"}}, 403);
    ask(backend, "POST", "/agents/ada/signin", {{"campaign", "spring"}});
}

TEST_F(Kept, AnExportOfTheWholeLogIsNobodysAlone) {
    const Json refused = ask(backend, "POST", "/audit/export",
                             {{"out", (backend.folder() / "x").string()}, {"client", "acme"}}, 422);
    EXPECT_NE(refused["detail"].get<std::string>().find("number"), std::string::npos);
}

}  // namespace
}  // namespace bellwether::app
