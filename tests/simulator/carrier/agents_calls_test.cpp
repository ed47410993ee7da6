#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "simulator/carrier/agents.h"
#include "tests/simulator/carrier/practice_dialer.h"

namespace bellwether::carrier {
namespace {

constexpr CallId kLeg{1};

class AgentsCalls : public testing::Test {
protected:
    AgentsCalls() {
        dialer.sip().set_accounts({{"a1", sip::ha1_md5("a1", "bellwether", "one")},
                                   {"a2", sip::ha1_md5("a2", "bellwether", "two")}});
        options.credentials = {{"a1", "one"}, {"a2", "two"}};
        options.registrar_port = dialer.sip().port();
        options.log = folder.path() / "agents.ndjson";
    }

    void start() {
        auto started = Agents::start(options);
        ASSERT_TRUE(started) << started.error().detail;
        agents = std::move(*started);
    }

    [[nodiscard]] std::size_t count(const std::string& event) const {
        const auto events = events_of(options.log);
        return static_cast<std::size_t>(std::count(events.begin(), events.end(), event));
    }

    TestFolder folder;
    PracticeDialer dialer{0};
    AgentsOptions options;
    std::unique_ptr<Agents> agents;
};

TEST_F(AgentsCalls, ALegIsAnsweredHearsTheToneAndTalksBack) {
    start();
    for (const char* user : {"a1", "a2"}) {
        ASSERT_TRUE(dialer.wait_for<sip::PhoneRegistered>(
            [&](const sip::PhoneRegistered& phone) { return phone.user == user; }));
    }
    dialer.ring_phone(kLeg, "a1");
    const auto answered = dialer.wait_for<sip::Answered>();
    ASSERT_TRUE(answered);
    ASSERT_TRUE(dialer.media().connect(kLeg, answered->sdp));

    dialer.media().play(kLeg, 1, {std::string{media::kAgentTone}});
    ASSERT_TRUE(dialer.wait_for<media::PlaybackEnded>());
    ASSERT_TRUE(dialer.wait_for<media::FirstPacket>());
    dialer.ask(kLeg);
    ASSERT_TRUE(dialer.wait_for<media::PlaybackEnded>());

    dialer.sip().hang_up(kLeg);
    ASSERT_TRUE(dialer.wait_for<sip::Ended>());
    agents->stop();

    EXPECT_EQ(agents->counts().legs, 1u);
    EXPECT_EQ(agents->counts().heard, 1u);
    EXPECT_EQ(agents->counts().registered, 2u);
    EXPECT_EQ(count("REGISTERED"), 2u);
    EXPECT_EQ(count("ANSWERED"), 1u);
    EXPECT_EQ(count("AUDIO_HEARD"), 1u);
    EXPECT_EQ(count("BYE"), 1u);
    EXPECT_EQ(count("MEDIA"), 1u);
}

TEST_F(AgentsCalls, APhoneMayDropItsLegInTheMiddleOfACall) {
    options.drops = Probability{1};
    start();
    ASSERT_TRUE(dialer.wait_for<sip::PhoneRegistered>(
        [](const sip::PhoneRegistered& phone) { return phone.user == "a2"; }));
    dialer.ring_phone(kLeg, "a2");
    const auto answered = dialer.wait_for<sip::Answered>();
    ASSERT_TRUE(answered);
    ASSERT_TRUE(dialer.media().connect(kLeg, answered->sdp));
    dialer.media().play(kLeg, 1, {std::string{media::kAgentTone}});
    const auto ended = dialer.wait_for<sip::Ended>();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(ended->by_peer);
    agents->stop();
    EXPECT_EQ(agents->counts().dropped, 1u);
}

TEST_F(AgentsCalls, AWrongPasswordIsAClearError) {
    options.credentials = {{"a1", "one"}, {"a2", "wrong"}};
    start();
    ASSERT_TRUE(eventually([&] { return agents->fault().has_value(); }));
    const auto fault = agents->fault();
    EXPECT_EQ(fault->code, Errc::Refused);
    EXPECT_NE(fault->detail.find("a2"), std::string::npos);
    EXPECT_EQ(fault->detail.find("wrong"), std::string::npos);
}

}  // namespace
}  // namespace bellwether::carrier
