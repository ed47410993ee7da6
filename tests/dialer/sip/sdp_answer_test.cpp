// Expected answers: RFC 3264 §6.1 and §8.4.

#include "dialer/sip/sdp_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bellwether::sip {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kLocal =
    "v=0\r\no=bw 7 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";

std::string offer(const std::string& formats, const std::string& attributes,
                  const std::string& before = "") {
    return "v=0\r\no=peer 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + before +
           "m=audio 5000 RTP/AVP " + formats + "\r\n" + attributes;
}

TEST(SdpAnswer, IsTheWholeLocalDescriptionInItsNewDirection) {
    EXPECT_EQ(
        answer_reoffer(kLocal, offer("0 8 101", "a=sendonly\r\n"), 2),
        "v=0\r\no=bw 7 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        "m=audio 40000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
        "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=recvonly\r\n");
}

struct Direction {
    const char* name;
    const char* media;    // attribute in the audio section
    const char* session;  // lines before it
    const char* answer;
};
void PrintTo(const Direction& row, std::ostream* out) { *out << row.name; }

class DirectionTable : public testing::TestWithParam<Direction> {};

TEST_P(DirectionTable, MirrorsTheOffer) {
    const auto answer = answer_reoffer(kLocal, offer("0", GetParam().media, GetParam().session), 2);
    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer, HasSubstr(GetParam().answer));
}

TEST(SdpAnswer, ACallThatWeHoldStaysHeld) {
    const std::string held = with_direction(kLocal, "sendonly", 2);
    const auto answered = [&](const char* wish) {
        return answer_reoffer(held, offer("0", wish), 3).value_or("");
    };
    EXPECT_THAT(answered("a=sendrecv\r\n"), HasSubstr("\r\na=sendonly\r\n"));
    EXPECT_THAT(answered("a=recvonly\r\n"), HasSubstr("\r\na=sendonly\r\n"));
    EXPECT_THAT(answered("a=sendonly\r\n"), HasSubstr("\r\na=inactive\r\n"));
}

TEST(SdpAnswer, AnOfferOfOurOwnChangesDirectionAndVersionOnly) {
    EXPECT_EQ(
        with_direction(kLocal, "sendonly", 5),
        "v=0\r\no=bw 7 5 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        "m=audio 40000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
        "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendonly\r\n");
    EXPECT_THAT(with_direction(kLocal, "", 5), HasSubstr("\r\na=sendrecv\r\n"));
}

TEST(SdpAnswer, TellsAHoldFromOtherChanges) {
    EXPECT_TRUE(is_hold(offer("0", "a=sendonly\r\n")));
    EXPECT_TRUE(is_hold(offer("0", "a=inactive\r\n")));
    EXPECT_TRUE(is_hold(offer("0", "c=IN IP4 0.0.0.0\r\n")));
    EXPECT_FALSE(is_hold(offer("0", "a=recvonly\r\n")));
    EXPECT_FALSE(is_hold(offer("0", "")));
    EXPECT_FALSE(is_hold("v=0\r\n"));
}

INSTANTIATE_TEST_SUITE_P(
    Offers, DirectionTable,
    testing::Values(Direction{"Hold", "a=sendonly\r\n", "", "\r\na=recvonly\r\n"},
                    Direction{"ListenOnly", "a=recvonly\r\n", "", "\r\na=sendonly\r\n"},
                    Direction{"Inactive", "a=inactive\r\n", "", "\r\na=inactive\r\n"},
                    Direction{"Resume", "a=sendrecv\r\n", "", "\r\na=sendrecv\r\n"},
                    Direction{"NothingSaid", "", "", "\r\na=sendrecv\r\n"},
                    Direction{"SaidForTheSession", "", "a=sendonly\r\n", "\r\na=recvonly\r\n"},
                    Direction{"MediaBeatsSession", "a=sendrecv\r\n", "a=inactive\r\n",
                              "\r\na=sendrecv\r\n"},
                    Direction{"OldHold", "c=IN IP4 0.0.0.0\r\n", "", "\r\na=recvonly\r\n"}),
    [](const auto& row) { return row.param.name; });

TEST(SdpAnswer, NamesOnlyTheOfferedFormats) {
    const auto answer = answer_reoffer(kLocal, offer("18 8", "a=rtpmap:8 PCMA/8000\r\n"), 3);
    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer, HasSubstr("m=audio 40000 RTP/AVP 8\r\n"));
    EXPECT_THAT(*answer, Not(HasSubstr("rtpmap:0")));
    EXPECT_THAT(*answer, Not(HasSubstr(":101")));
    EXPECT_THAT(*answer, HasSubstr("a=ptime:20"));
}

TEST(SdpAnswer, WithoutASharedCodecThereIsNone) {
    EXPECT_FALSE(answer_reoffer(kLocal, offer("18", ""), 2));
    EXPECT_FALSE(answer_reoffer(kLocal, offer("101", ""), 2));  // digits alone carry no voice
    EXPECT_FALSE(answer_reoffer(kLocal, "v=0\r\ns=-\r\n", 2));
    EXPECT_FALSE(answer_reoffer(kLocal, "m=audio 0 RTP/AVP 0\r\n", 2));
    EXPECT_FALSE(answer_reoffer(kLocal, "m=audio 5000 RTP/SAVP 0\r\n", 2));
}

TEST(SdpAnswer, RefusesFurtherMediaInItsPlace) {
    const auto answer = answer_reoffer(kLocal,
                                       "v=0\r\nm=video 6000 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n"
                                       "m=audio 5000 RTP/AVP 0\r\nm=audio 5002 RTP/AVP 0\r\n",
                                       2);
    ASSERT_TRUE(answer);
    const auto video = answer->find("m=video 0 RTP/AVP 96\r\n");
    const auto audio = answer->find("m=audio 40000 RTP/AVP 0\r\n");
    const auto second = answer->find("m=audio 0 RTP/AVP 0\r\n");
    ASSERT_NE(video, std::string::npos);
    ASSERT_NE(second, std::string::npos);
    EXPECT_LT(video, audio);
    EXPECT_LT(audio, second);
}

TEST(SdpAnswer, WithoutAnOfferItIsOurOwnOffer) { EXPECT_EQ(answer_reoffer(kLocal, "", 2), kLocal); }

RC_GTEST_PROP(SdpAnswerProperty, WithstandsAnyOffer, (const std::string& noise)) {
    (void)answer_reoffer(kLocal, noise, 2);
    (void)answer_reoffer(kLocal, "m=audio " + noise, 2);
    const auto answer = answer_reoffer(kLocal, offer("0", noise + "\r\n"), 2);
    RC_ASSERT(answer.has_value());
}

}  // namespace
}  // namespace bellwether::sip
