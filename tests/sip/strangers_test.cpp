// What strangers get from the service's port: nothing they can use.

#include "support/python_peer.h"
#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

TEST(Strangers, InviteIsForbiddenAndCounted) {
    World service;
    Sipp stranger{"stranger_calls", service.endpoint->port(), {{"who", "agent1"}}};
    EXPECT_TRUE(stranger.passed()) << stranger.why();
    EXPECT_EQ(service.endpoint->counters().invites_refused, 1U);
}

// 405 and not 603: the stack would send a NOTIFY along with any other answer (stack.h, kAllowed).
TEST(Strangers, ReferIsRefusedEvenIfItCannotBeParsed) {
    World service;
    Sipp stranger{"stranger_refers", service.endpoint->port(), {{"who", "agent1"}}};
    EXPECT_TRUE(stranger.passed()) << stranger.why();
}

TEST(Strangers, OtherMethodsAreRefusedAndOptionsAnswered) {
    World service;
    Sipp stranger{"stranger_subscribes", service.endpoint->port(), {{"who", "agent1"}}};
    EXPECT_TRUE(stranger.passed()) << stranger.why();
}

// svwar asks for an extension that cannot exist first, and gives up if the answer tells nothing.
std::string svwar(const World& service, const std::string& method) {
    ChildProcess scan{
        {"svwar", "-e", "100-103", "-m", method, "-p", std::to_string(service.endpoint->port()),
         "-P", std::to_string(free_port()), "127.0.0.1"},
        fresh_folder() + "/output",
        20s};
    scan.wait();
    return scan.output();
}

TEST(Strangers, ScannerCannotTellKnownFromUnknownUsers) {
    World service;
    service.endpoint->set_accounts({{"101", ha1_md5("101", "bellwether", "secret")}});
    for (const std::string method : {"REGISTER", "INVITE"}) {
        const auto report = svwar(service, method);
        EXPECT_THAT(report, testing::HasSubstr("authentication request for an unknown extension"));
        EXPECT_THAT(report, testing::Not(testing::HasSubstr("101")));
    }
}

// A peer whose call we lost in a restart must learn so: else it repeats its BYE for 32 s.
TEST(Strangers, RequestsInsideADialogWeDoNotKnowHearThatItIsGone) {
    World service;
    PythonPeer peer{"lost_dialogs", {std::to_string(service.endpoint->port())}};
    EXPECT_TRUE(peer.passed()) << peer.output();
}

}  // namespace
}  // namespace bellwether::sip_test
