#include "simulator/carrier/credentials.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::carrier {
namespace {

TEST(Credentials, ReadsOnePhonePerLine) {
    const auto all = parse_credentials(
        "{\"user\":\"a1\",\"password\":\"x:y\"}\r\n\n{\"id\":7,\"password\":\"z\",\"user\":"
        "\"a2\"}");
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2u);
    EXPECT_EQ(all->at(0).password, "x:y");
    EXPECT_EQ(all->at(1).user, "a2");
}

class WrongCredentials : public testing::TestWithParam<const char*> {};

TEST_P(WrongCredentials, NameTheLineAndNotTheSecret) {
    const auto all =
        parse_credentials(std::string{"{\"user\":\"a1\",\"password\":\"p\"}\n"} + GetParam());
    ASSERT_FALSE(all);
    EXPECT_EQ(all.error().code, Errc::InvalidInput);
    EXPECT_NE(all.error().detail.find("line 2"), std::string::npos);
    EXPECT_EQ(all.error().detail.find("hush"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Table, WrongCredentials,
                         testing::Values("hush", "{\"user\":\"hush\"}", "[\"hush\"]", "\"hush\"",
                                         "{\"user\":1,\"password\":\"hush\"}",
                                         "{\"user\":\"\",\"password\":\"hush\"}"));

TEST(Credentials, TakesTheFirstN) {
    AgentsOptions options;
    options.credentials = {{"a1", "p"}, {"a2", "p"}, {"a3", "p"}};
    options.n = 2;
    EXPECT_EQ(credentials_of(options)->size(), 2u);
    options.n = 0;
    EXPECT_EQ(credentials_of(options)->size(), 3u);
}

TEST(Credentials, RefusesTooFewTwiceOrNone) {
    AgentsOptions options;
    EXPECT_EQ(credentials_of(options).error().code, Errc::InvalidInput);
    options.credentials = {{"a1", "p"}, {"a1", "q"}};
    EXPECT_EQ(credentials_of(options).error().code, Errc::InvalidInput);
    options.credentials = {{"a1", "p"}};
    options.n = 2;
    EXPECT_EQ(credentials_of(options).error().code, Errc::InvalidInput);
    options.n = 0;
    options.credentials_file = "/nowhere/at/all";
    EXPECT_EQ(credentials_of(options).error().code, Errc::Unavailable);
}

}  // namespace
}  // namespace bellwether::carrier
