#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "simulator/carrier/carrier.h"
#include "tests/simulator/carrier/practice_dialer.h"

namespace bellwether::carrier {
namespace {

using Events = std::vector<std::string>;

constexpr CallId kCall{1};
constexpr const char* kNumber = "+12025550123";

class CarrierCalls : public testing::Test {
protected:
    void start(std::initializer_list<const char*> settings) {
        for (const char* setting : settings) {
            ASSERT_TRUE(set_option(options.distributions, setting)) << setting;
        }
        options.log = folder.path() / "carrier.ndjson";
        options.port_file = folder.path() / "port";
        auto started = Carrier::start(options);
        ASSERT_TRUE(started) << started.error().detail;
        carrier = std::move(*started);
    }

    /// The one call's lines from INVITE on.
    [[nodiscard]] Events call_events() const {
        const auto lines = lines_of(options.log);
        for (const auto& line : lines) {
            if (line.at("event") == "INVITE") return events_of(options.log, line.at("call_id"));
        }
        return {};
    }

    TestFolder folder;
    CarrierOptions options;
    std::unique_ptr<Carrier> carrier;
};

TEST_F(CarrierCalls, APersonAnswersTwoQuestionsAndIsThanked) {
    start({"answer=1", "busy=0", "no_answer=0", "fail=0", "early_media=0", "ring=0.2", "ring_sd=0",
           "key_delay=0.3", "key_delay_sd=0", "answers=2,30-40#", "keys_invalid=0", "keys_silent=0",
           "keys_hang_up=0", "keys_opt_out=0", "keypad_for=+12025550199"});
    PracticeDialer dialer{carrier->port()};
    dialer.call(kCall, kNumber);
    ASSERT_TRUE(dialer.wait_for<sip::Ringing>());
    const auto answered = dialer.wait_for<sip::Answered>();
    ASSERT_TRUE(answered);
    ASSERT_TRUE(dialer.media().connect(kCall, answered->sdp));

    dialer.ask(kCall);
    std::string heard;
    const auto hear = [&] {
        const auto key = dialer.wait_for<media::KeyPressed>();
        ASSERT_TRUE(key);
        heard += key->key;
    };
    hear();
    EXPECT_EQ(heard, "2");
    dialer.ask(kCall);
    for (int i = 0; i < 3; ++i) hear();
    EXPECT_EQ(heard.back(), '#');

    dialer.sip().hang_up(kCall);
    ASSERT_TRUE(dialer.wait_for<sip::Ended>());
    dialer.media().close(kCall);
    carrier->stop();

    EXPECT_EQ(digits_in(options.log, "DIGIT"), heard);
    EXPECT_EQ(call_events(), (Events{"INVITE", "RINGING", "ANSWER", "DIGIT", "DIGIT", "DIGIT",
                                     "DIGIT", "BYE", "MEDIA"}));
    for (const auto& line : lines_of(options.log)) {
        if (line.at("event") == "INVITE") {
            EXPECT_EQ(line.at("number"), kNumber);
            EXPECT_EQ(line.at("caller_id"), "+12025550199");
            EXPECT_EQ(line.at("attempt"), "4711");
        }
        if (line.at("event") == "BYE") {
            EXPECT_EQ(line.at("by"), "peer");
        }
        if (line.at("event") == "MEDIA") {
            EXPECT_GT(line.at("packets_received"), 20);
            EXPECT_GT(line.at("packets_sent"), 20);
        }
    }
}

TEST_F(CarrierCalls, AMachineTakesTheCallAndTheLogSaysSo) {
    start({"answer=1", "busy=0", "no_answer=0", "fail=0", "early_media=0", "ring=0.2", "ring_sd=0",
           "machine=1", "record=1", "record_sd=0"});
    PracticeDialer dialer{carrier->port()};
    dialer.call(kCall, kNumber);
    const auto answered = dialer.wait_for<sip::Answered>();
    ASSERT_TRUE(answered);
    ASSERT_TRUE(dialer.media().connect(kCall, answered->sdp));
    ASSERT_TRUE(dialer.wait_for<media::FirstPacket>());
    const auto ended = dialer.wait_for<sip::Ended>();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(ended->by_peer);
    carrier->stop();
    for (const auto& line : lines_of(options.log)) {
        if (line.at("event") == "ANSWER") {
            EXPECT_EQ(line.at("party"), "MACHINE");
        }
    }
    EXPECT_EQ(call_events(), (Events{"INVITE", "RINGING", "ANSWER", "BYE", "MEDIA"}));
}

TEST_F(CarrierCalls, AFailureMayAnnounceItself) {
    start({"answer=0", "busy=0", "no_answer=0", "fail=1", "status_480=0", "status_503=0",
           "status_500=0", "sit=1", "speed=4"});
    PracticeDialer dialer{carrier->port()};
    dialer.call(kCall, kNumber);
    const auto early = dialer.wait_for<sip::EarlyMedia>();
    ASSERT_TRUE(early);
    ASSERT_TRUE(dialer.media().connect(kCall, early->sdp));
    ASSERT_TRUE(dialer.wait_for<media::FirstPacket>());
    const auto failed = dialer.wait_for<sip::Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->status, 404);
    carrier->stop();
    for (const auto& line : lines_of(options.log)) {
        if (line.at("event") != "RINGING") continue;
        EXPECT_EQ(line.at("status"), 183);
        EXPECT_EQ(line.at("heard"), "SIT");
        EXPECT_EQ(line.at("code"), "VC");
    }
    EXPECT_EQ(call_events(), (Events{"INVITE", "RINGING", "REJECT", "MEDIA"}));
}

TEST_F(CarrierCalls, ATalkerGreetsAndHangsUp) {
    start({"answer=1", "busy=0", "no_answer=0", "fail=0", "early_media=1", "ring=0.2", "talk=1",
           "talk_sd=0", "keypad_for=+1999"});
    PracticeDialer dialer{carrier->port()};
    dialer.call(kCall, kNumber);
    ASSERT_TRUE(dialer.wait_for<sip::EarlyMedia>());
    const auto answered = dialer.wait_for<sip::Answered>();
    ASSERT_TRUE(answered);
    ASSERT_TRUE(dialer.media().connect(kCall, answered->sdp));
    ASSERT_TRUE(dialer.wait_for<media::FirstPacket>());
    const auto ended = dialer.wait_for<sip::Ended>();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(ended->by_peer);
    carrier->stop();
    EXPECT_EQ(call_events(), (Events{"INVITE", "RINGING", "ANSWER", "BYE", "MEDIA"}));
    EXPECT_EQ(carrier->counts().answered, 1u);
}

TEST_F(CarrierCalls, BusyIsRefusedAndLogged) {
    start({"answer=0", "no_answer=0", "fail=0", "busy=1"});
    PracticeDialer dialer{carrier->port()};
    dialer.call(kCall, kNumber);
    const auto failed = dialer.wait_for<sip::Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->status, 486);
    carrier->stop();
    EXPECT_EQ(call_events(), (Events{"INVITE", "REJECT"}));
    EXPECT_EQ(lines_of(options.log).at(2).at("status"), 486);
}

TEST_F(CarrierCalls, AnUnansweredCallIsCancelled) {
    start({"answer=0", "no_answer=1", "fail=0", "busy=0", "early_media=0"});
    PracticeDialer dialer{carrier->port()};
    dialer.call(kCall, kNumber);
    ASSERT_TRUE(dialer.wait_for<sip::Ringing>());
    dialer.sip().hang_up(kCall);
    ASSERT_TRUE(dialer.wait_for<sip::Failed>());
    carrier->stop();
    EXPECT_EQ(call_events(), (Events{"INVITE", "RINGING", "CANCEL"}));
}

TEST_F(CarrierCalls, AChallengedCallCountsOnce) {
    options.username = "trunk";
    options.password = "se:same";
    start({"answer=0", "no_answer=0", "fail=0", "busy=1"});
    PracticeDialer dialer{carrier->port(), "trunk", "se:same"};
    dialer.call(kCall, kNumber);
    const auto failed = dialer.wait_for<sip::Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->status, 486);
    carrier->stop();
    EXPECT_EQ(call_events(), (Events{"INVITE", "CHALLENGE", "REJECT"}));
    EXPECT_EQ(carrier->counts().invites, 1u);
}

TEST_F(CarrierCalls, AWrongPasswordIsNotPutThrough) {
    options.username = "trunk";
    options.password = "sesame";
    start({"answer=1", "no_answer=0", "fail=0", "busy=0"});
    PracticeDialer dialer{carrier->port(), "trunk", "wrong"};
    dialer.call(kCall, kNumber);
    const auto failed = dialer.wait_for<sip::Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->kind, sip::FailureKind::AuthRefused);
    carrier->stop();
    EXPECT_EQ(call_events(), (Events{"INVITE", "CHALLENGE", "CHALLENGE"}));
}

TEST_F(CarrierCalls, TooManyCallsAreRefused) {
    options.max_calls = 1;
    start({"answer=0", "no_answer=1", "fail=0", "busy=0", "early_media=0"});
    PracticeDialer dialer{carrier->port()};
    dialer.call(kCall, kNumber);
    ASSERT_TRUE(dialer.wait_for<sip::Ringing>());
    dialer.call(CallId{2}, "+12025550124");
    const auto failed = dialer.wait_for<sip::Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->call, CallId{2});
    EXPECT_EQ(failed->status, 503);
}

TEST_F(CarrierCalls, StoppingEndsLiveCallsAndTheLog) {
    start({"answer=1", "busy=0", "no_answer=0", "fail=0", "ring=0.1", "talk=60", "patience=60",
           "keypad_for=+1999"});
    PracticeDialer dialer{carrier->port()};
    dialer.call(kCall, kNumber);
    const auto answered = dialer.wait_for<sip::Answered>();
    ASSERT_TRUE(answered);
    ASSERT_TRUE(dialer.media().connect(kCall, answered->sdp));
    ASSERT_TRUE(dialer.wait_for<media::FirstPacket>());
    carrier->stop();
    const auto ended = dialer.wait_for<sip::Ended>();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(ended->by_peer);
    const Events events = events_of(options.log);
    ASSERT_GE(events.size(), 3u);
    EXPECT_EQ(Events(events.end() - 3, events.end()), (Events{"BYE", "MEDIA", "STOP"}));
}

TEST_F(CarrierCalls, ThePortFileNamesThePort) {
    start({});
    std::ifstream in{options.port_file};
    int port = 0;
    in >> port;
    EXPECT_EQ(port, carrier->port());
}

TEST_F(CarrierCalls, APortInUseIsAClearError) {
    start({});
    CarrierOptions second = options;
    second.port = carrier->port();
    second.log = folder.path() / "second.ndjson";
    const auto started = Carrier::start(second);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, Errc::Unavailable);
}

TEST_F(CarrierCalls, AFolderWithoutSoundsIsAClearError) {
    options.log = folder.path() / "carrier.ndjson";
    options.audio_folder = folder.path();
    EXPECT_EQ(Carrier::start(options).error().code, Errc::NotFound);
}

}  // namespace
}  // namespace bellwether::carrier
