// The registrar, and calls to the phones it knows.

#include "support/python_peer.h"
#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

EndpointConfig quick_registrations() {
    EndpointConfig config;
    config.registration_min = 1s;
    config.registration_max = 60s;
    return config;
}

EndpointConfig practice() {
    EndpointConfig config;
    config.accept_calls = true;
    config.registrar = false;
    return config;
}

void add_agents(World& service) {
    service.endpoint->set_accounts({{"agent1", ha1_md5("agent1", "bellwether", "right")},
                                    {"agent2", ha1_md5("agent2", "bellwether", "right")},
                                    {"agent3", ha1_md5("agent3", "bellwether", "right")}});
}

void register_phone(World& phone, const World& service, const std::string& password = "right") {
    phone.endpoint->register_at({.user = "agent1",
                                 .password = password,
                                 .registrar_host = "127.0.0.1",
                                 .registrar_port = service.endpoint->port(),
                                 .contact_user = {},
                                 .expires = 60s});
}

PhoneInvite invite_to(const std::string& user) {
    return {.call = kCall,
            .user = user,
            .caller_id = "bellwether",
            .sdp = audio_sdp(),
            .headers = {{"X-Bellwether-Agent", "1"}}};
}

TEST(Phones, RegisterTakeACallAndUnregister) {
    World service{quick_registrations()};
    add_agents(service);
    World phone{practice()};
    register_phone(phone, service);

    const auto result = phone.events.next<RegistrationResult>();
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->ok);
    const auto registered = service.events.next<PhoneRegistered>();
    ASSERT_TRUE(registered);
    EXPECT_EQ(registered->user, "agent1");
    EXPECT_EQ(registered->expires, 60s);
    EXPECT_TRUE(service.endpoint->is_registered("agent1"));
    EXPECT_THAT(service.endpoint->registered_users(), ElementsAre("agent1"));

    service.endpoint->invite(invite_to("agent1"));
    const auto incoming = phone.events.next<IncomingCall>();
    ASSERT_TRUE(incoming);
    EXPECT_GE(value_of(incoming->call), value_of(kFirstIncomingCall));
    EXPECT_EQ(incoming->to_user, "agent1");
    EXPECT_EQ(incoming->from_user, "bellwether");
    EXPECT_EQ(incoming->source_ip, "127.0.0.1");
    EXPECT_THAT(incoming->headers, ElementsAre(testing::Pair("X-Bellwether-Agent", "1")));
    EXPECT_THAT(incoming->sdp, testing::HasSubstr("m=audio 40000"));
    phone.endpoint->ring(incoming->call);
    ASSERT_TRUE(service.events.next<Ringing>());
    phone.endpoint->answer(incoming->call, audio_sdp(40002));
    const auto answered = service.events.next<Answered>();
    ASSERT_TRUE(answered);
    EXPECT_THAT(answered->sdp, testing::HasSubstr("m=audio 40002"));

    phone.endpoint->hang_up(incoming->call);
    ASSERT_TRUE(service.events.next<Ended>());
    ASSERT_TRUE(phone.events.next<Ended>());
    phone.endpoint->unregister("agent1");
    const auto lost = service.events.next<PhoneLost>();
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->reason, PhoneLostReason::Unregistered);
    const auto gone = phone.events.next<RegistrationResult>();
    ASSERT_TRUE(gone);
    EXPECT_FALSE(gone->ok);
    EXPECT_EQ(gone->status, 200);
    EXPECT_FALSE(service.endpoint->is_registered("agent1"));

    EXPECT_THAT(phone.story(incoming->call), ElementsAre("incoming", "ended by us 200"));
    EXPECT_THAT(service.story(), ElementsAre("ringing", "answered", "ended by peer 200"));
}

TEST(Phones, StoppingThePhoneUnregistersIt) {
    World service{quick_registrations()};
    add_agents(service);
    World phone{practice()};
    register_phone(phone, service);
    ASSERT_TRUE(service.events.next<PhoneRegistered>());
    phone.endpoint->stop();
    EXPECT_TRUE(service.events.next<PhoneLost>());
}

TEST(Phones, StoppingThePhoneBeforeItsRegisterIsAnsweredLeavesNoBinding) {
    World service{quick_registrations()};
    add_agents(service);
    World phone{practice()};
    register_phone(phone, service);
    phone.endpoint->stop();
    EXPECT_TRUE(service.events.next<PhoneRegistered>());
    EXPECT_TRUE(service.events.next<PhoneLost>());
    EXPECT_FALSE(service.endpoint->is_registered("agent1"));
}

TEST(Phones, WrongPasswordIsReportedOnBothSides) {
    World service{quick_registrations()};
    add_agents(service);
    World phone{practice()};
    register_phone(phone, service, "wrong");
    const auto result = phone.events.next<RegistrationResult>();
    ASSERT_TRUE(result);
    EXPECT_FALSE(result->ok);
    EXPECT_EQ(result->status, 401);
    const auto refused = service.events.next<RegisterRefused>();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->user, "agent1");
    EXPECT_EQ(refused->source_ip, "127.0.0.1");
    EXPECT_EQ(refused->reason, RegisterRefusal::BadCredentials);
    EXPECT_EQ(service.endpoint->counters().registers_refused, 1U);
}

TEST(Phones, PhoneWhoseAccountGoesIsLost) {
    World service{quick_registrations()};
    add_agents(service);
    World phone{practice()};
    register_phone(phone, service);
    ASSERT_TRUE(service.events.next<PhoneRegistered>());
    service.endpoint->set_accounts({{"agent2", ha1_md5("agent2", "bellwether", "right")}});
    EXPECT_TRUE(service.events.next<PhoneLost>());
    EXPECT_FALSE(service.endpoint->is_registered("agent1"));
}

TEST(Phones, UnregisteredPhoneCannotBeCalled) {
    World service{quick_registrations()};
    add_agents(service);
    service.endpoint->invite(invite_to("agent1"));
    EXPECT_TRUE(service.events.next<Failed>());
    EXPECT_THAT(service.story(), ElementsAre("failed NOT_REGISTERED 0"));
}

TEST(Phones, CallGoesToTheAddressThePhoneRegisteredFrom) {
    World service{quick_registrations()};
    add_agents(service);
    PythonPeer phone{"hidden_phone", {std::to_string(service.endpoint->port()), "60"}};
    ASSERT_TRUE(service.events.next<PhoneRegistered>()) << phone.output();
    service.endpoint->invite(invite_to("agent1"));
    ASSERT_TRUE(service.events.next<Answered>()) << phone.output();
    service.endpoint->hang_up(kCall);
    EXPECT_TRUE(phone.passed());
    EXPECT_THAT(service.story(), ElementsAre("answered", "ended by us 200"));
    // The stored contact, without the headers somebody hid in it.
    EXPECT_THAT(phone.findings(),
                ElementsAre("registered 200", "INVITE sip:agent1-0x55@192.0.2.77:5555;x=y SIP/2.0",
                            testing::StartsWith("ACK sip:agent1-0x55@192.0.2.77"),
                            testing::StartsWith("BYE sip:agent1-0x55@192.0.2.77")));
}

TEST(Phones, PhoneThatStopsRefreshingExpires) {
    World service{quick_registrations()};
    add_agents(service);
    PythonPeer phone{"hidden_phone", {std::to_string(service.endpoint->port()), "1"}};
    ASSERT_TRUE(service.events.next<PhoneRegistered>()) << phone.output();
    const auto lost = service.events.next<PhoneLost>();
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->reason, PhoneLostReason::Expired);
}

TEST(Phones, RegistrarWithstandsAProbe) {
    World service{quick_registrations()};
    add_agents(service);
    ChildProcess probe{
        {"env", "BW_REFERENCE=" BW_REFERENCE, "python3", BW_SIP_TESTS "/peers/registrar_probe.py",
         std::to_string(service.endpoint->port())},
        fresh_folder() + "/output",
        20s};
    EXPECT_EQ(probe.wait(), 0) << probe.output();
    EXPECT_THAT(probe.output(), testing::HasSubstr("ok a proof serves once"));
}

int sipsak(const World& service, const std::string& password, const std::string& expires) {
    const std::string aor = "sip:agent1@127.0.0.1:" + std::to_string(service.endpoint->port());
    ChildProcess process{{"sipsak", "-H", "127.0.0.1", "-U", "-i", "-s", aor, "-u", "agent1", "-a",
                          password, "-x", expires, "-C", "sip:agent1@127.0.0.1:9"},
                         fresh_folder() + "/output",
                         10s};
    return process.wait();
}

TEST(Phones, SipsakRegistersWithTheRightPasswordOnly) {
    World service{quick_registrations()};
    add_agents(service);
    EXPECT_NE(sipsak(service, "wrong", "60"), 0);
    EXPECT_FALSE(service.endpoint->is_registered("agent1"));
    EXPECT_EQ(sipsak(service, "right", "60"), 0);
    EXPECT_TRUE(service.endpoint->is_registered("agent1"));
}

}  // namespace
}  // namespace bellwether::sip_test
