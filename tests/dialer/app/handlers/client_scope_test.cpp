#include "dialer/app/handlers/client_scope.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "dialer/app/handlers/route_owners.h"
#include "dialer/store/number_lists.h"
#include "tests/dialer/app/handlers/two_clients.h"

// One client organisation's data never stands in another's answers.

namespace bellwether::app {
namespace {

/// A request as one organisation makes it.
struct Request {
    std::string method;
    std::string pattern;  ///< without /api/v1
    std::string target;   ///< likewise, as it is sent
    Json body = Json::object();
    int status = 200;
};

class Kept : public TwoClients {
protected:
    /// Every route that is one organisation's to ask for, asked for it.
    [[nodiscard]] std::vector<Request> requests(const Organisation& one) {
        std::vector<Request> all;
        add_lists(one, all);
        add_reports(one, all);
        add_people(one, all);
        add_makings(one, all);
        return all;
    }

    [[nodiscard]] std::string answer(const Request& request) {
        if (request.method == "GET") return ask_text(backend, request.target);
        return ask(backend, "POST", request.target, request.body, request.status).dump();
    }

    static std::string with_client(const std::string& path, const Organisation& one) {
        return path + (path.find('?') == std::string::npos ? "?client=" : "&client=") + one.client;
    }

    static void expect_nothing_of(const Organisation& other, const std::string& path,
                                  const std::string& text) {
        // "ada" and "bea" may stand in the hashes of the log.
        const bool has_hashes = path.starts_with("/audit/");
        const std::string agent = has_hashes ? '"' + other.agent + '"' : other.agent;
        for (const std::string& word : {other.client, other.campaign, other.list, agent,
                                        other.caller_id, other.person, other.note})
            EXPECT_EQ(text.find(word), std::string::npos)
                << path << " tells " << word << ": " << text;
    }

    /// A registry's list of that organisation.
    [[nodiscard]] Json registry(const Organisation& one) {
        const auto file = backend.folder() / (one.client + "-registry.txt");
        write_file(file, "212,5550123\n");
        return {{"path", file.string()}, {"format", "ftc"},        {"list", one.client + "-reg"},
                {"client", one.client},  {"licence", "SAN 10001"}, {"retrieved", "2026-03-01"}};
    }

    /// A file of one number, for what imports.
    [[nodiscard]] std::string numbers(const char* column = "phone") {
        write_file(backend.folder() / "numbers.csv", std::string{column} + "\n+12025550109\n");
        return (backend.folder() / "numbers.csv").string();
    }

    [[nodiscard]] std::string import_of(const Organisation& one) {
        const Json history = ask(backend, "GET", "/lists/" + one.list)["import_history"];
        return history.at(0)["id"].get<std::string>();
    }

private:
    static void get(const std::string& pattern, const std::string& target, const Organisation& one,
                    std::vector<Request>& all) {
        all.push_back({"GET", pattern, with_client(target, one)});
    }

    static void add_lists(const Organisation& one, std::vector<Request>& all) {
        for (const char* path :
             {"/campaigns", "/campaigns/problems", "/lists", "/agents", "/callbacks",
              "/conversions", "/inbound", "/transfers", "/do-not-call", "/number-lists",
              "/detections/to-review", "/reports/abandonment", "/reports/amd", "/reports/lists",
              "/reports/outcomes", "/reports/quota"})
            get(path, path, one, all);
        const std::string lead = "/leads/" + std::to_string(value_of(one.contact));
        get("/leads/{}/history", lead + "/history", one, all);
        get("/leads/{}/why", lead + "/why", one, all);
        get("/lists/{}", "/lists/" + one.list, one, all);
        get("/lists/{}/stats", "/lists/" + one.list + "/stats", one, all);
        get("/campaigns/{}/answers", "/campaigns/" + one.campaign + "/answers", one, all);
        get("/detections/{}", "/detections/" + std::to_string(value_of(one.attempt)), one, all);
    }

    static void add_reports(const Organisation& one, std::vector<Request>& all) {
        for (const std::string report :
             {"outcomes", "agents", "caller-ids", "trunks", "quality", "ledger", "interviewers"}) {
            const std::string path = "/reports/" + report;
            const std::string day = path + "?from=2026-03-02&to=2026-03-02";
            get(path, day, one, all);
            get(path, day + "&format=csv", one, all);
        }
        for (const std::string report : {"delivery", "aapor"}) {
            const std::string path = "/reports/" + report;
            get(path, path + "?campaign=" + one.campaign, one, all);
            get(path, path + "?format=csv&campaign=" + one.campaign, one, all);
        }
    }

    void add_people(const Organisation& one, std::vector<Request>& all) {
        const auto post = [&](const std::string& path, Json body, int status = 200) {
            body["client"] = one.client;
            all.push_back({"POST", path, path, std::move(body), status});
        };
        const Json number{{"number", kNumber}};
        for (const char* path :
             {"/leads/find", "/do-not-call/check", "/do-not-call", "/do-not-call/remove",
              "/consents/show", "/consents/revoke", "/audit/person", "/audit/erase"})
            post(path, number);
        post("/leads/find", {{"external_id", "shared"}});
        post("/leads/notes/search", {{"text", one.note}});
        post("/leads", {{"list", one.list}, {"numbers", {"+12025550108"}}}, 201);
        post("/do-not-call/import", {{"path", numbers()}, {"dry_run", true}});
        post("/consents/import", {{"path", consents()}, {"dry_run", true}});
        post("/audit/export", {{"number", kNumber},
                               {"out", (backend.folder() / (one.client + "-bundle")).string()}});
        // Of nobody: the test's log is empty.
        post("/audit/holds/place",
             {{"hold", one.client + " case"}, {"campaign", one.campaign}, {"actor", "anna"}}, 422);
    }

    void add_makings(const Organisation& one, std::vector<Request>& all) {
        Json campaign = bodies.at(one.client);
        campaign["client"] = one.client;
        all.push_back({"POST", "/campaigns/check", "/campaigns/check", campaign});
        all.push_back({"POST", "/campaigns", "/campaigns", campaign});
        all.push_back({"POST",
                       "/lists/{}/imports",
                       "/lists/" + one.list + "/imports",
                       {{"path", numbers()}, {"client", one.client}, {"dry_run", true}}});
        all.push_back({"POST", "/number-lists/import", "/number-lists/import", registry(one)});
        all.push_back({"POST",
                       "/agents",
                       "/agents",
                       {{"name", one.agent + "2"}, {"client", one.client}},
                       201});
    }

    [[nodiscard]] std::string consents() {
        write_file(backend.folder() / "consents.csv",
                   "phone,given,channels,form\n+12025550109,2026-01-05,live,written\n");
        return (backend.folder() / "consents.csv").string();
    }
};

TEST_F(Kept, NoAnswerForOneOrganisationHoldsAnothersData) {
    for (const Organisation* own : {&acme, &bolt}) {
        ask(backend, "POST", "/do-not-call",
            {{"number", kNumber}, {"client", own->client}, {"reason", own->note}});
        ask(backend, "POST", "/number-lists/import", registry(*own));
    }
    for (const auto& [own, other] : {std::pair{&acme, &bolt}, std::pair{&bolt, &acme}}) {
        for (const Request& request : requests(*own))
            expect_nothing_of(*other, request.target, answer(request));
    }
}

using RouteName = std::pair<std::string, std::string>;

TEST_F(Kept, EveryRouteHasAnOwnerAndTheHouseItsReason) {
    std::set<RouteName> routed;
    for (const Route& route : routes()) routed.insert({route.method, route.pattern});
    std::set<RouteName> owned;
    for (const OwnedRoute& route : owned_routes()) {
        EXPECT_TRUE(owned.insert({route.method, route.pattern}).second) << route.pattern;
        EXPECT_EQ(route.owner == RouteOwner::House, *route.why != '\0') << route.pattern;
    }
    EXPECT_EQ(routed, owned) << "class a new route in dialer/app/handlers/route_owners.cpp";
}

TEST_F(Kept, EveryRouteThatOneMayAskForIsLookedAt) {
    std::set<RouteName> asked;
    for (const Request& request : requests(acme)) asked.insert({request.method, request.pattern});
    for (const OwnedRoute& route : owned_routes()) {
        if (route.owner != RouteOwner::Asked && route.owner != RouteOwner::Made) continue;
        const std::string pattern = std::string{route.pattern}.substr(7);
        EXPECT_TRUE(asked.contains({route.method, pattern}))
            << route.method << " " << pattern << " is asked for nobody in this test";
    }
}

TEST_F(Kept, TheHouseIsNotOneOrganisations) {
    for (const OwnedRoute& route : owned_routes()) {
        if (route.owner != RouteOwner::House) continue;
        std::string path = std::string{route.pattern}.substr(7);
        if (const auto hole = path.find("{}"); hole != std::string::npos)
            path.replace(hole, 2, "1");
        const std::string method = route.method;
        const Json refused = ask(backend, method, path + "?client=acme", {}, 422);
        expect_nothing_of(bolt, path, refused.dump());
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

// In the query or in the body: one that is new tells nothing of another's either.
TEST_F(Kept, NoRouteOfAThingAnswersForAnothers) {
    const std::map<RouteOwner, std::string> things{
        {RouteOwner::Campaign, bolt.campaign},
        {RouteOwner::List, bolt.list},
        {RouteOwner::Agent, bolt.agent},
        {RouteOwner::Lead, std::to_string(value_of(bolt.contact))},
        {RouteOwner::Import, import_of(bolt)},
        {RouteOwner::Attempt, std::to_string(value_of(bolt.attempt))}};
    std::set<RouteOwner> asked;
    for (const OwnedRoute& route : owned_routes()) {
        const auto thing = things.find(route.owner);
        if (thing == things.end()) continue;
        std::string path = std::string{route.pattern}.substr(7);
        path.replace(path.find("{}"), 2, thing->second);
        const bool is_post = std::string{route.method} == "POST";
        std::vector<Json> refusals{ask(backend, route.method, path + "?client=acme", {}, 404)};
        if (is_post) refusals.push_back(ask(backend, "POST", path, {{"client", "acme"}}, 404));
        for (const Json& refused : refusals) {
            EXPECT_EQ(refused.dump().find(bolt.client), std::string::npos) << path;
            EXPECT_EQ(refused.dump().find(bolt.person), std::string::npos) << path;
        }
        asked.insert(route.owner);
    }
    EXPECT_EQ(asked.size(), things.size());
    EXPECT_TRUE(backend.told.empty()) << "no order reached the engine";
}

TEST_F(Kept, WhatARequestNamesBesideMustBeItsOwnToo) {
    ask(backend, "GET", "/reports/aapor?client=acme&campaign=" + bolt.campaign, {}, 404);
    ask(backend, "GET", "/lists/" + acme.list + "?client=acme&campaign=" + bolt.campaign, {}, 404);
    ask(backend, "POST", "/leads",
        {{"list", bolt.list}, {"numbers", {"+12025550108"}}, {"client", "acme"}}, 404);
    ask(backend, "POST", "/lists/florists/reset", {{"client", "acme"}, {"campaign", "autumn"}},
        404);
    ask(backend, "POST", "/agents/ada/signin",
        {{"client", "acme"}, {"campaign", "spring"}, {"further", {"autumn"}}}, 404);
    ask(backend, "POST", "/audit/holds/place",
        {{"client", "acme"}, {"campaign", "autumn"}, {"hold", "h"}, {"actor", "anna"}}, 404);
    ask(backend, "POST", "/do-not-call?client=acme", {{"number", kNumber}, {"client", "bolt"}},
        422);
}

TEST_F(Kept, AClientInTheQueryOfAPostCountsAsOneInItsBody) {
    ask(backend, "POST", "/do-not-call?client=acme", {{"number", kNumber}});
    const auto listed = [&](const char* client) {
        return ask(backend, "POST", "/do-not-call/check",
                   {{"number", kNumber}, {"client", client}})["listed"] == true;
    };
    EXPECT_TRUE(listed("acme"));
    EXPECT_FALSE(listed("bolt"));
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
    const Json taken = ask(backend, "POST", "/lists/joiners/imports",
                           {{"path", body["path"]}, {"client", "acme"}}, 409);
    EXPECT_EQ(taken["detail"], "the list name joiners is taken: choose another");
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
