#include "dialer/app/handlers/notes.h"

#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/two_clients.h"

namespace bellwether::app {
namespace {

class Notes : public TwoClients {
protected:
    Json search(Json body, int status = 200) {
        return ask(backend, "POST", "/leads/notes/search", body, status);
    }
};

TEST_F(Notes, TellWhoHadItBeforeAndHowItCameOut) {
    const Json notes = search({{"text", "Tulip"}, {"client", "acme"}})["notes"];
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0]["excerpt"], "likes [tulips]");
    EXPECT_EQ(notes[0]["campaign"], "spring");
    EXPECT_EQ(notes[0]["disposition"], "SALE");
    EXPECT_EQ(notes[0]["agent"], "ada");
    EXPECT_EQ(notes[0]["contact"], std::to_string(value_of(acme.contact)));
    EXPECT_EQ(notes[0]["at"], iso_time(dialed() + std::chrono::seconds{100}));
    EXPECT_EQ(search({{"text", "tulip"}, {"client", "acme"}, {"campaign", "spring"}})["notes"],
              notes);
}

TEST_F(Notes, OfOneOrganisationAreNotAnothers) {
    EXPECT_TRUE(search({{"text", "tulips"}, {"client", "bolt"}})["notes"].empty());
    EXPECT_EQ(search({{"text", "screws"}, {"client", "bolt"}})["notes"].size(), 1U);
    search({{"text", "tulips"}, {"client", "bolt"}, {"campaign", "spring"}}, 404);
    // The agent's screen: his own organisation's.
    const auto screen = [&](const char* agent, const char* text) {
        return ask(backend, "POST", std::string{"/agents/"} + agent + "/notes/search",
                   {{"text", text}})["notes"];
    };
    EXPECT_EQ(screen("ada", "tulips").size(), 1U);
    EXPECT_TRUE(screen("bea", "tulips").empty());
    EXPECT_EQ(screen("bea", "screws")[0]["excerpt"], "wants [screws]");
    ask(backend, "POST", "/agents/bea/notes/search", {{"text", "screws"}, {"client", "acme"}}, 404);
}

TEST_F(Notes, RefuseWhatCannotBeSearched) {
    EXPECT_NE(search({{"text", "tulips"}}, 422)["detail"].dump().find("client"), std::string::npos);
    EXPECT_NE(search({{"text", " - "}, {"client", "acme"}}, 422)["detail"].dump().find("write"),
              std::string::npos);
    for (const Json& limit : {Json(0), Json(201), Json("ten")})
        search({{"text", "tulips"}, {"client", "acme"}, {"limit", limit}}, 422);
    ask(backend, "POST", "/agents/nobody/notes/search", {{"text", "tulips"}}, 404);
}

}  // namespace
}  // namespace bellwether::app
