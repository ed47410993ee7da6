#include "dialer/app/commands/wallboard.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

Json agent(const std::string& name, const std::string& state, double seconds) {
    return {{"name", name},
            {"state", state},
            {"reason", "ASKED"},
            {"campaign", "spring"},
            {"seconds", seconds}};
}

Json status() {
    return {{"node", "bw1"},
            {"time", "2026-11-22T14:03:07.000+00:00"},
            {"uptime_s", 3725.0},
            {"trunk", {{"name", "carrier"}, {"lines", 30}, {"lines_used", 7}}},
            {"campaigns",
             {{{"name", "spring"},
               {"state", "RUNNING"},
               {"mode", "PREDICTIVE"},
               {"lines_in_flight", 5},
               {"lines_up", 2},
               {"calls_waiting", 0},
               {"block", "NONE"},
               {"reason", "2 lines: an agent is free"},
               {"hours", {{"open", true}, {"until", "2026-11-22T21:00:00.000-05:00"}}},
               {"accounts",
                {{{"window", "day"}, {"share", 0.012}, {"cap", 0.03}, {"slack", 4.7}},
                 {{"window", "30d"}, {"share", 0.029}, {"cap", 0.03}, {"slack", 90.0}}}}}}},
            {"agents",
             {agent("ann", "ON_CALL", 61), agent("bob", "WRAP_UP", 75), agent("cy", "READY", 3),
              agent("dee", "PAUSED", 30), agent("eve", "SIGNED_OUT", 0)}}};
}

std::string all(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

TEST(Wallboard, ShowsWhatASupervisorLooksFor) {
    const auto lines = draw_wallboard(status(), {.columns = 120, .rows = 24, .colour = false});
    ASSERT_EQ(lines.size(), 24U);
    EXPECT_EQ(lines[0], "bellwether bw1   14:03:07 UTC   up 1:02:05   carrier 7/30 lines");
    const std::string text = all(lines);
    for (const char* part :
         {"spring           RUNNING   PREDICTIVE  lines 5 ringing, 2 up",
          "dropped 1.20% of 3% a day, room for 4", "2 lines: an agent is free",
          "open until 2026-11-22 21:00", "4 agents: 1 ON_CALL, 1 PAUSED, 1 READY, 1 WRAP_UP",
          "bob              WRAP_UP           1:15! spring", "1 signed out", "q quit  p freeze"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
    EXPECT_LT(text.find("bob "), text.find("cy ")) << "who needs a look stands above";
}

TEST(Wallboard, SaysWithoutColourWhatColourSays) {
    const auto plain = all(draw_wallboard(status(), {.columns = 80, .rows = 24, .colour = false}));
    EXPECT_EQ(plain.find('\x1b'), std::string::npos);
    const auto coloured = all(draw_wallboard(status(), {.columns = 80, .rows = 24}));
    EXPECT_NE(coloured.find("\x1b[31mbob"), std::string::npos);
    EXPECT_NE(coloured.find("\x1b[32mcy"), std::string::npos);
}

TEST(Wallboard, FitsEveryWindow) {
    Json many = status();
    for (int i = 0; i < 100; ++i)
        many["agents"].push_back(agent("agent" + std::to_string(i), "READY", i));
    for (int i = 0; i < 20; ++i) many["campaigns"].push_back(many["campaigns"][0]);
    for (const auto& [columns, rows] : {std::pair{80, 24}, {120, 40}, {20, 5}, {200, 60}}) {
        const auto lines =
            draw_wallboard(many, {.columns = columns, .rows = rows, .colour = false});
        EXPECT_EQ(lines.size(), static_cast<std::size_t>(rows));
        for (const auto& line : lines) EXPECT_EQ(clipped(line, columns), line) << line;
        EXPECT_NE(all(lines).find("more lines"), std::string::npos) << rows;
    }
}

TEST(Wallboard, SaysWhatIsWrong) {
    Json bad = status();
    bad["campaigns"][0]["accounts"][0]["slack"] = -2.0;
    bad["callbacks"] = {{"due", 3}, {"late", 1}};
    const auto text = all(draw_wallboard(
        bad, {.columns = 100, .rows = 30, .colour = false, .frozen = true, .fault = "no answer"}));
    EXPECT_NE(text.find("OVER THE CAP"), std::string::npos);
    EXPECT_NE(text.find("callbacks: 3 due, 1 late"), std::string::npos);
    EXPECT_NE(text.find("FROZEN  NO NEWS: no answer"), std::string::npos);
}

TEST(Wallboard, AnAccountWithoutRoomForOneIsNotOverItsCap) {
    Json young = status();
    young["campaigns"][0]["accounts"][0]["slack"] = 0.36;
    const auto text = all(draw_wallboard(young, {.columns = 100, .rows = 30, .colour = false}));
    EXPECT_NE(text.find("the next one would be over the cap"), std::string::npos) << text;
}

// At 80 places a reason used to end in the middle of a word, and the calling hours behind it were
// never seen.
TEST(Wallboard, ALongReasonGoesOnInTheNextLine) {
    Json busy = status();
    busy["campaigns"][0]["reason"] =
        "every agent has a call, or a line dialing for him; one line per agent until enough is "
        "known of this campaign's answers";
    const auto lines = draw_wallboard(busy, {.columns = 80, .rows = 24, .colour = false});
    const std::string text = all(lines);
    EXPECT_NE(
        text.find("  open until 2026-11-22 21:00; every agent has a call, or a line dialing for\n"
                  "  him; one line per agent until enough is known of this campaign's "
                  "answers\n"),
        std::string::npos)
        << text;
}

TEST(Wallboard, AReasonWithoutAnEndIsCutBetweenWords) {
    Json busy = status();
    std::string reason;
    for (int i = 0; i < 100; ++i) reason += "words ";
    busy["campaigns"][0]["reason"] = reason;
    const std::string text =
        all(draw_wallboard(busy, {.columns = 80, .rows = 24, .colour = false}));
    EXPECT_NE(text.find("words…\n"), std::string::npos) << text;
    EXPECT_EQ(text.find("wor\n"), std::string::npos);
}

TEST(Wallboard, SeveralTrunksAreCountedAndTheOneThatIsDownIsNamed) {
    Json two = status();
    two["trunk"]["trunks"] = 2;
    two["telephony"]["trunks"] = {{{"name", "carrier"}, {"state", "UP"}, {"reason", ""}},
                                  {{"name", "spare"}, {"state", "DOWN"}, {"reason", "503 Busy"}}};
    const auto text = all(draw_wallboard(two, {.columns = 100, .rows = 30, .colour = false}));
    EXPECT_NE(text.find("2 trunks 7/30 lines"), std::string::npos) << text;
    EXPECT_NE(text.find("trunk spare is DOWN: 503 Busy"), std::string::npos) << text;
    EXPECT_EQ(text.find("trunk carrier"), std::string::npos);
}

TEST(Wallboard, DrawsAnEmptyService) {
    const auto lines = draw_wallboard(Json::object(), {.columns = 80, .rows = 0, .colour = false});
    EXPECT_NE(all(lines).find("no campaigns"), std::string::npos);
}

TEST(Wallboard, NamesCannotMoveTheCursor) {
    EXPECT_EQ(clipped("a\x1b[2Jb\n", 80), "a [2Jb ");
    EXPECT_EQ(clipped("Zo\xC3\xAB Roe", 3), "Zo\xC3\xAB");
}

}  // namespace
}  // namespace bellwether::app
