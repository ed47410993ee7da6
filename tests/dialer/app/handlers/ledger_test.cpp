#include "dialer/app/handlers/ledger.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "tests/dialer/app/handlers/two_clients.h"

namespace bellwether::app {
namespace {

class Ledger : public TwoClients {
protected:
    Json rows(const std::string& more) {
        return ask(backend, "GET", "/reports/ledger?client=acme" + more)["ledger"];
    }

    /// What scripts/reference/ledger_sums.py adds up from the store's rows.
    Json reference(const std::string& days) {
        const std::string command =
            "python3 " BELLWETHER_SOURCE_DIR "/scripts/reference/ledger_sums.py " +
            (backend.folder() / "store.db").string() + " acme " + days + " --unpaid LUNCH --now " +
            std::to_string(backend.now.time_since_epoch().count());
        FILE* pipe = popen(command.c_str(), "r");
        std::string text;
        std::array<char, 4096> piece{};
        while (const std::size_t read = fread(piece.data(), 1, piece.size(), pipe))
            text.append(piece.data(), read);
        EXPECT_EQ(pclose(pipe), 0);
        return Json::parse(text, nullptr, false);
    }
};

// Dialed at 11:00:00, answered at 11:00:05 and ended at 11:01:35.5; the agent signed in at
// 10:59:00, talked from 6 s, wrapped up from 96 s, was at lunch from 106 s and signed out at 706 s.
TEST_F(Ledger, OneCallAddsUpByHand) {
    const Json all = rows("&from=2026-03-02");
    ASSERT_EQ(all.size(), 1U);
    const Json& row = all[0];
    EXPECT_EQ(row["day"], "2026-03-02");
    EXPECT_EQ(row["campaign"], "spring");
    ASSERT_EQ(row["calls"].size(), 1U);
    EXPECT_EQ(row["calls"][0], (Json{{"trunk", "trunk-acme"},
                                     {"attempts", 1},
                                     {"dialed", 1},
                                     {"answered", 1},
                                     {"connected_ms", 90'500},
                                     {"connected_s", 91}}));
    const Json& agents = row["agents"];
    EXPECT_EQ(agents["signed_in_ms"], 766'000);
    EXPECT_EQ(agents["ready_ms"], 66'000);
    EXPECT_EQ(agents["talk_ms"], 90'000);
    EXPECT_EQ(agents["wrap_up_ms"], 10'000);
    EXPECT_EQ(agents["pause_billable_ms"], 0);
    EXPECT_EQ(agents["pause_unpaid_ms"], 600'000) << "lunch is not paid where nobody says so";
    EXPECT_EQ(agents["paused_by_ms"]["LUNCH"], 600'000);
    EXPECT_EQ(all.dump().find("bolt"), std::string::npos);
}

TEST_F(Ledger, AgreesWithTheSumsOfTheRawRows) {
    const Json product = rows("&from=2026-03-01&to=2026-03-03");
    const Json sums = reference("2026-03-01 2026-03-03");
    ASSERT_TRUE(sums.is_array());
    ASSERT_EQ(product.size(), sums.size());
    // Compared without the order of keys.
    EXPECT_EQ(nlohmann::json::parse(product.dump()), nlohmann::json::parse(sums.dump()));
}

TEST_F(Ledger, ADayIsOfTheGivenClocks) {
    // 11:00 UTC is 01:00 of the next day on Kiritimati (UTC+14).
    EXPECT_EQ(rows("&from=2026-03-02&to=2026-03-02&zone=Pacific/Kiritimati").size(), 0U);
    EXPECT_EQ(rows("&from=2026-03-01T00:00:00Z&zone=Pacific/Kiritimati")[0]["day"], "2026-03-03");
}

TEST_F(Ledger, ItIsOneClientsAndMayBeCsv) {
    ask(backend, "GET", "/reports/ledger", {}, 422);
    ask(backend, "GET", "/reports/ledger?client=acme&campaign=autumn", {}, 404);
    ask(backend, "GET", "/reports/ledger?client=acme&from=2020-01-01", {}, 422);
    const std::string csv = ask_text(backend, "/reports/ledger?client=acme&format=csv");
    EXPECT_NE(csv.find("2026-03-02,spring,calls,trunk-acme,connected_s,91\r\n"), std::string::npos)
        << csv;
    EXPECT_NE(csv.find("2026-03-02,spring,agents,LUNCH,paused_ms,600000\r\n"), std::string::npos);
}

}  // namespace
}  // namespace bellwether::app
