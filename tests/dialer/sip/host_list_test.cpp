// Networks as RFC 4632 §3.1 writes them.

#include "dialer/sip/host_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellwether::sip {
namespace {

HostList list(std::vector<std::string> entries) { return HostList::parse(entries).value(); }

TEST(HostList, HoldsAddressesNetworksAndNames) {
    const auto hosts = list({"192.0.2.7", "10.0.0.0/8", "198.51.100.128/25", "PBX.example"});
    EXPECT_TRUE(hosts.contains("192.0.2.7"));
    EXPECT_FALSE(hosts.contains("192.0.2.8"));
    EXPECT_TRUE(hosts.contains("10.255.0.1"));
    EXPECT_FALSE(hosts.contains("11.0.0.0"));
    EXPECT_TRUE(hosts.contains("198.51.100.128"));
    EXPECT_FALSE(hosts.contains("198.51.100.127"));
    EXPECT_TRUE(hosts.contains("pbx.EXAMPLE"));
    EXPECT_FALSE(hosts.contains("x.pbx.example"));
    EXPECT_FALSE(hosts.contains(""));
}

TEST(HostList, CountsBitsNotDots) {
    EXPECT_TRUE(list({"0.0.0.0/0"}).contains("203.0.113.9"));
    EXPECT_TRUE(list({"203.0.113.9/32"}).contains("203.0.113.9"));
    EXPECT_TRUE(list({"10.1.2.3/8"}).contains("10.9.9.9"));  // host bits do not matter
}

TEST(HostList, AnEmptyOneHoldsNobody) { EXPECT_FALSE(HostList{}.contains("127.0.0.1")); }

TEST(HostList, SaysWhichEntryIsNone) {
    for (const char* entry : {"10.0.0.0/33", "10.0.0", "256.0.0.1", "1.2.3.4.5", "a b", "", "-"}) {
        const auto hosts = HostList::parse(std::vector<std::string>{entry});
        ASSERT_FALSE(hosts) << entry;
        EXPECT_THAT(hosts.error().detail, testing::HasSubstr("\"" + std::string{entry} + "\""));
    }
}

}  // namespace
}  // namespace bellwether::sip
