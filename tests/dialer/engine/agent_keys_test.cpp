#include "dialer/engine/agent_keys.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::engine {
namespace {

std::string read(std::string_view keys, bool bare = false) {
    const KeysRead found = read_agent_keys(keys, bare);
    if (found.are == KeysAre::Unfinished) return "...";
    if (found.are == KeysAre::Senseless) return "?";
    return std::string{name_of(found.keys.command)} + " " + std::string{found.keys.detail};
}

// docs/guide/agents.md, the table of keys.
TEST(AgentKeys, AreReadAsTheGuideSays) {
    EXPECT_EQ(read("*1"), "READY ");
    EXPECT_EQ(read("*2"), "...");
    EXPECT_EQ(read("*2#"), "PAUSE ");
    EXPECT_EQ(read("*21"), "PAUSE 1");
    EXPECT_EQ(read("*3"), "HANG_UP ");
    EXPECT_EQ(read("*4"), "HOLD ");
    EXPECT_EQ(read("*5"), "WHERE ");
    EXPECT_EQ(read("*7"), "...");
    EXPECT_EQ(read("*72"), "...");
    EXPECT_EQ(read("*72#"), "CALL_BACK 2");
    EXPECT_EQ(read("*7168#"), "CALL_BACK 168");
    EXPECT_EQ(read("*83"), "DISPOSE 3");
    EXPECT_EQ(read("*0"), "SIGN_OUT ");
}

TEST(AgentKeys, ABareDigitIsADispositionOnlyWhereOneIsAwaited) {
    EXPECT_EQ(read("3", true), "DISPOSE 3");
    EXPECT_EQ(read("3", false), "?");
}

TEST(AgentKeys, NonsenseIsNonsense) {
    for (const char* keys :
         {"#", "**", "*#", "*6", "*9", "*2*", "*7#", "*7*", "*71234", "*8#", "A", "*A"})
        EXPECT_EQ(read(keys), "?") << keys;
}

TEST(AgentKeys, NothingIsUnfinished) {
    EXPECT_EQ(read(""), "...");
    EXPECT_EQ(read("*"), "...");
}

}  // namespace
}  // namespace bellwether::engine
