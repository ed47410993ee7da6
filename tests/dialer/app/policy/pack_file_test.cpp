#include "dialer/app/policy/pack_file.h"

#include <gtest/gtest.h>

#include <set>

#include "compliance/packs/shipped_packs.h"
#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using compliance::policy::PackStatus;

const std::string kHead = R"([pack]
id = "us-xx"
version = "1"
status = "draft"

)";
const std::string kRule = R"([[rule]]
id = "us.xx.ring"
kind = "min_ring"
class = "hard"
ring = "15s"
cite = "a law"
source = "a book"
seen = 2026-11-22
)";

std::string faults(const std::string& toml) {
    const auto pack = parse_pack(toml, "p.toml");
    return pack ? "" : to_text(pack.error());
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error(what);
    return text.replace(at, what.size(), with);
}

TEST(PackFile, ReadsARule) {
    const auto pack = parse_pack(kHead + kRule, "p.toml");
    ASSERT_TRUE(pack) << to_text(pack.error());
    ASSERT_EQ(pack->rules.size(), 1U);
    EXPECT_EQ(pack->status, PackStatus::Draft);
    const auto* ring = std::get_if<compliance::policy::MinRing>(&pack->rules[0].parameters);
    ASSERT_NE(ring, nullptr);
    EXPECT_EQ(ring->ring, std::chrono::seconds{15});
}

TEST(PackFile, RefusesUnknownKindsAndKeysWithTheirLine) {
    EXPECT_NE(faults(kHead + replaced(kRule, "min_ring", "min_rung")).find("p.toml:8: "),
              std::string::npos)
        << faults(kHead + replaced(kRule, "min_ring", "min_rung"));
    EXPECT_NE(
        faults(kHead + replaced(kRule, "ring = \"15s\"", "rong = \"15s\"")).find("p.toml:10: "),
        std::string::npos);
    EXPECT_NE(faults(kHead + "colour = 1\n" + kRule), "");
    EXPECT_NE(faults("[pakc]\n" + kHead + kRule), "");
}

TEST(PackFile, RefusesAMissingCitationWithTheRulesLine) {
    const std::string text = faults(kHead + replaced(kRule, "cite = \"a law\"\n", ""));
    EXPECT_NE(text.find("cite is missing"), std::string::npos) << text;
    EXPECT_NE(text.find("p.toml:"), std::string::npos);
    EXPECT_NE(faults(kHead + replaced(kRule, "seen = 2026-11-22\n", "")).find("seen is missing"),
              std::string::npos);
    EXPECT_NE(
        faults(kHead + replaced(kRule, "2026-11-22", "\"2026-11-22\"")).find("must be a date"),
        std::string::npos);
}

TEST(PackFile, RefusesOverlappingDates) {
    const std::string first = kRule + "effective_to = 2026-06-30\n";
    EXPECT_EQ(faults(kHead + first + kRule + "effective_from = 2026-07-01\n"), "");
    EXPECT_NE(faults(kHead + first + kRule + "effective_from = 2026-06-30\n").find("overlap"),
              std::string::npos);
}

TEST(PackFile, RefusesAnEffectThatIsNotTheKinds) {
    EXPECT_EQ(faults(kHead + kRule + "effect = \"oblige\"\n"), "");
    EXPECT_NE(faults(kHead + kRule + "effect = \"deny\"\n"), "");
}

TEST(PackFile, SharesAreExact) {
    const auto cap = [](const std::string& text) -> std::int64_t {
        const auto pack = parse_pack(
            kHead + replaced(replaced(kRule, "min_ring", "abandonment"), "ring = \"15s\"",
                             "cap = \"" + text + "\"\nwindow = \"day\""),
            "p.toml");
        if (!pack) return -1;
        return std::get<compliance::policy::Abandonment>(pack->rules[0].parameters).cap_ppm;
    };
    EXPECT_EQ(cap("3%"), 30'000);
    EXPECT_EQ(cap("2.5%"), 25'000);
    EXPECT_EQ(cap("0.0001%"), 1);
    for (const char* wrong : {"3", "%", "3.%", "-1%", "101%", "0.00001%", "3.x%"}) {
        EXPECT_EQ(cap(wrong), -1) << wrong;
    }
}

TEST(PackShelf, HoldsEveryShippedPackAsADraft) {
    const auto shelf = PackShelf::open({});
    ASSERT_TRUE(shelf) << to_text(shelf.error());
    std::set<std::string> ids;
    for (const auto* pack : shelf->packs()) {
        ids.insert(pack->id);
        EXPECT_EQ(pack->status, PackStatus::Draft) << pack->id << ": nobody has reviewed it";
    }
    EXPECT_EQ(ids,
              (std::set<std::string>{"au", "ca", "de", "house", "hu", "nl", "research", "ru", "uk",
                                     "us-federal", "us-fl", "us-md", "us-ok", "us-tx", "us-wa"}));
    EXPECT_EQ(shelf->rule_zones(), std::vector<std::string>{"America/Chicago"});
    for (const auto& shipped : compliance::shipped_packs()) {
        EXPECT_TRUE(ids.contains(std::string{shipped.name})) << "named as its file";
    }
}

TEST(PackShelf, AFolderReplacesAPackAndAddsItsOwn) {
    TempFolder folder;
    write_file(folder / "mine.toml", kHead + kRule);
    write_file(folder / "house.toml",
               replaced(replaced(kHead, "us-xx", "house") + kRule, "us.xx.ring", "house.ring"));
    const auto shelf = PackShelf::open(folder.path());
    ASSERT_TRUE(shelf) << to_text(shelf.error());
    EXPECT_EQ(shelf->packs().size(), 16U);
    for (const auto* pack : shelf->packs()) {
        if (pack->id != "house") continue;
        EXPECT_EQ(pack->rules[0].id, "house.ring");
    }
}

TEST(PackShelf, RefusesAFolderThatItCannotRead) {
    TempFolder folder;
    EXPECT_FALSE(PackShelf::open(folder / "nothing"));
    write_file(folder / "bad.toml", "[pack");
    EXPECT_FALSE(PackShelf::open(folder.path()));
    write_file(folder / "bad.toml", kHead + replaced(kRule, "us.xx.ring", "us.fcc.ring"));
    EXPECT_FALSE(PackShelf::open(folder.path())) << "an id that another pack has";
}

}  // namespace
}  // namespace bellwether::app
