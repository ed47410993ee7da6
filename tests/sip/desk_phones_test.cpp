// Calls to people who work with us, wherever their phone is, and the transfers they ask for on it.

#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

EndpointConfig with_phones(TransferPolicy transfers = TransferPolicy::Refuse) {
    EndpointConfig config;
    config.phone_hosts = {"127.0.0.0/8", "pbx.example"};
    config.transfers = transfers;
    return config;
}

TargetInvite to_address(const std::string& uri) {
    return {.call = kCall,
            .target = SipAddress{uri},
            .caller_id = "bellwether",
            .sdp = audio_sdp(),
            .headers = {}};
}

std::string phone_uri(const Sipp& phone) {
    return "sip:agent1@127.0.0.1:" + std::to_string(phone.port());
}

TEST(DeskPhone, IsCalledAtItsAddress) {
    Sipp phone{"answers"};
    World world{with_phones()};
    world.endpoint->invite(to_address(phone_uri(phone)));
    ASSERT_TRUE(world.events.next<Answered>()) << phone.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(phone.passed()) << phone.why();
}

TEST(DeskPhone, ATargetMayBeANumberByATrunk) {
    Sipp carrier{"answers"};
    World world{with_trunk(carrier.port())};
    auto invite = to_address("");
    invite.target = TrunkNumber{*PhoneNumber::parse(kNumber)};
    world.endpoint->invite(invite);
    const auto answered = world.events.next<Answered>();
    ASSERT_TRUE(answered) << carrier.why();
    EXPECT_EQ(answered->trunk, "carrier");
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
}

TEST(DeskPhone, OtherHostsAreNotCalled) {
    World world{with_phones()};
    for (const char* uri :
         {"sip:a@192.0.2.1", "sip:a@other.example", "sip:a@127.0.0.1;maddr=192.0.2.1",
          "sip:a@127.0.0.1?Route=x", "sips:a@127.0.0.1", "tel:+19005550199"}) {
        world.endpoint->invite(to_address(uri));
        const auto failed = world.events.next<Failed>();
        ASSERT_TRUE(failed) << uri;
        EXPECT_EQ(failed->kind, FailureKind::DestinationDenied) << uri;
    }
    auto invite = to_address("");
    invite.target = RegisteredUser{"nobody"};
    world.endpoint->invite(invite);
    const auto failed = world.events.next<Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->kind, FailureKind::NotRegistered);
    EXPECT_EQ(world.endpoint->counters().invites_sent, 0U);
}

TEST(Transfer, IsRefusedUnlessConfigured) {
    Sipp phone{"transfers"};
    World world{with_phones()};
    world.endpoint->invite(to_address(phone_uri(phone)));
    ASSERT_TRUE(world.events.next<Answered>()) << phone.why();
    ASSERT_TRUE(phone.wait_received("SIP/2.0 603", 1)) << phone.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(phone.passed()) << phone.why();
    EXPECT_FALSE(world.events.next<TransferAsked>(50ms));
}

TEST(Transfer, IsAQuestionWhoseAnswerThePhoneHears) {
    for (const bool accepted : {true, false}) {
        Sipp phone{"transfers_and_listens", {.status = accepted ? "200" : "603"}};
        World world{with_phones(TransferPolicy::Bridge)};
        world.endpoint->invite(to_address(phone_uri(phone)));
        ASSERT_TRUE(world.events.next<Answered>()) << phone.why();
        const auto asked = world.events.next<TransferAsked>();
        ASSERT_TRUE(asked) << phone.why();
        EXPECT_EQ(asked->call, kCall);
        EXPECT_EQ(asked->target_user, "agent2");
        EXPECT_EQ(asked->target_host, "127.0.0.1");
        EXPECT_FALSE(asked->replaces);
        if (accepted) {
            world.endpoint->accept_transfer(kCall);
        } else {
            world.endpoint->refuse_transfer(kCall);
        }
        ASSERT_TRUE(phone.wait_received("NOTIFY ", 2)) << phone.why();
        world.endpoint->hang_up(kCall);
        EXPECT_TRUE(phone.passed()) << phone.why();
        EXPECT_THAT(world.story(), ElementsAre("answered", "transfer asked", "ended by us 200"));
        EXPECT_EQ(world.endpoint->counters().invites_sent, 1U);
    }
}

TEST(Transfer, AskedForByAContactIsRefusedWhateverThePolicy) {
    Sipp carrier{"transfers"};
    auto config = with_trunk(carrier.port());
    config.transfers = TransferPolicy::Bridge;
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    ASSERT_TRUE(carrier.wait_received("SIP/2.0 603", 1)) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
}

}  // namespace
}  // namespace bellwether::sip_test
