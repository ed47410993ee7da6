// Starting and stopping.

#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

Result<std::unique_ptr<SipEndpoint>> start(EndpointConfig config) {
    return SipEndpoint::start(std::move(config), [](const Event&) {});
}

TEST(Endpoint, TakesAFreePortAndSaysWhich) {
    World world;
    EXPECT_GT(world.endpoint->port(), 1023);
}

TEST(Endpoint, PortInUseNamesAddressPortAndMend) {
    World world;
    EndpointConfig config;
    config.port = world.endpoint->port();
    const auto second = start(config);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::Unavailable);
    EXPECT_THAT(second.error().detail,
                testing::HasSubstr("127.0.0.1:" + std::to_string(config.port)));
    EXPECT_THAT(second.error().detail, testing::HasSubstr("set another SIP port"));
}

TEST(Endpoint, ForeignAddressIsAnError) {
    EndpointConfig config;
    config.bind_host = "192.0.2.1";
    const auto started = start(config);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, Errc::Unavailable);
}

TEST(Endpoint, MalformedConfigurationIsAnError) {
    EndpointConfig name;
    name.bind_host = "sip.example";
    EXPECT_EQ(start(name).error().code, Errc::InvalidInput);
    EndpointConfig realm;
    realm.realm = "a\"b";
    EXPECT_EQ(start(realm).error().code, Errc::InvalidInput);
    EndpointConfig interval;
    interval.registration_min = 400s;
    EXPECT_EQ(start(interval).error().code, Errc::InvalidInput);
    auto host = with_trunk(5060);
    host.trunks.front().host = "a b";
    EXPECT_EQ(start(host).error().code, Errc::InvalidInput);
}

TEST(Endpoint, StopIsTheLastEventAndMayBeAskedTwice) {
    World world;
    world.endpoint->stop();
    world.endpoint->stop();
    EXPECT_TRUE(world.events.next<Stopped>());
    world.dial();  // too late, and harmless
}

TEST(Endpoint, StartsAgainOnTheSamePort) {
    EndpointConfig config;
    {
        World first;
        config.port = first.endpoint->port();
    }
    World second{config};
    EXPECT_EQ(second.endpoint->port(), config.port);
}

}  // namespace
}  // namespace bellwether::sip_test
