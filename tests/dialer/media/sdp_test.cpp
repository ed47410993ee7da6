#include "dialer/media/sdp.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellwether::media {
namespace {

constexpr const char* kHead =
    "v=0\r\no=peer 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n";

std::string sdp(const std::string& media) { return kHead + media; }

Result<Agreement> agreement_of(const std::string& text) {
    const auto parsed = parse_sdp(text);
    if (!parsed) return tl::unexpected<Error>{parsed.error()};
    return agree(*parsed);
}

struct Agreed {
    const char* name;
    std::string text;
    Codec codec;
    int payload_type;
    int event_payload_type;  // -1: none
    int port;
    bool we_send;
    bool they_send;
    friend void PrintTo(const Agreed& row, std::ostream* out) { *out << row.name; }
};

class SdpThatAgrees : public testing::TestWithParam<Agreed> {};

TEST_P(SdpThatAgrees, GivesWhatTheRfcSays) {
    const auto& row = GetParam();
    const auto agreement = agreement_of(row.text);
    ASSERT_TRUE(agreement) << agreement.error().detail;
    EXPECT_EQ(agreement->codec, row.codec);
    EXPECT_EQ(agreement->payload_type, row.payload_type);
    EXPECT_EQ(agreement->event_payload_type ? int{*agreement->event_payload_type} : -1,
              row.event_payload_type);
    EXPECT_EQ(agreement->rtp.port, row.port);
    EXPECT_EQ(agreement->we_send, row.we_send);
    EXPECT_EQ(agreement->they_send, row.they_send);
}

constexpr auto kMu = Codec::Pcmu;
constexpr auto kA = Codec::Pcma;

INSTANTIATE_TEST_SUITE_P(
    Table, SdpThatAgrees,
    testing::Values(
        Agreed{"StaticTypesWithoutMaps", sdp("m=audio 4000 RTP/AVP 0 8\r\n"), kMu, 0, -1, 4000,
               true, true},
        Agreed{"ThePeersPreferenceWins", sdp("m=audio 4000 RTP/AVP 8 0\r\n"), kA, 8, -1, 4000, true,
               true},
        Agreed{"UnknownCodecsAreSkipped",
               sdp("m=audio 4000 RTP/AVP 9 18 111 8\r\na=rtpmap:111 opus/48000/2\r\n"), kA, 8, -1,
               4000, true, true},
        Agreed{"EventsUnderAnyNumber",
               sdp("m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 "
                   "0-16\r\n"),
               kMu, 0, 96, 4000, true, true},
        Agreed{"EventsOfAnotherClockAreNotOurs",
               sdp("m=audio 4000 RTP/AVP 0 110\r\na=rtpmap:110 telephone-event/48000\r\n"), kMu, 0,
               -1, 4000, true, true},
        Agreed{"CodecUnderADynamicNumber",
               sdp("m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 pcma/8000/1\r\n"), kA, 97, -1, 4000,
               true, true},
        Agreed{"LineFeedsAlone",
               "v=0\no=- 1 1 IN IP4 192.0.2.7\ns=-\nc=IN IP4 192.0.2.7\nt=0 0\nm=audio 4000 "
               "RTP/AVP 0\n",
               kMu, 0, -1, 4000, true, true},
        Agreed{"NoLastLineEnd", sdp("m=audio 4000 RTP/AVP 0"), kMu, 0, -1, 4000, true, true},
        Agreed{"VideoBeforeAudio",
               sdp("m=video 5000 RTP/AVP 31\r\na=inactive\r\nm=audio 4000 RTP/AVP 0\r\n"), kMu, 0,
               -1, 4000, true, true},
        Agreed{"RefusedAudioBeforeUsable", sdp("m=audio 0 RTP/AVP 0\r\nm=audio 4002 RTP/AVP 8\r\n"),
               kA, 8, -1, 4002, true, true},
        Agreed{"HeldBySendOnly", sdp("m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n"), kMu, 0, -1, 4000,
               false, true},
        Agreed{"HeldByInactive", sdp("m=audio 4000 RTP/AVP 0\r\na=inactive\r\n"), kMu, 0, -1, 4000,
               false, false},
        Agreed{"PeerOnlyListens", sdp("m=audio 4000 RTP/AVP 0\r\na=recvonly\r\n"), kMu, 0, -1, 4000,
               true, false},
        Agreed{"DirectionOfTheSession", sdp("a=inactive\r\nm=audio 4000 RTP/AVP 0\r\n"), kMu, 0, -1,
               4000, false, false},
        Agreed{"DirectionOfTheMediaWins",
               sdp("a=inactive\r\nm=audio 4000 RTP/AVP 0\r\na=sendrecv\r\n"), kMu, 0, -1, 4000,
               true, true},
        Agreed{"HeldTheOldWay", sdp("m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n"), kMu, 0, -1,
               4000, false, true},
        Agreed{"PortCountAndTtl", sdp("m=audio 4000/1 RTP/AVP 0\r\nc=IN IP4 192.0.2.8/127\r\n"),
               kMu, 0, -1, 4000, true, true},
        Agreed{"FractionalPtimeIsNoFault", sdp("m=audio 4000 RTP/AVP 0\r\na=ptime:20.0\r\n"), kMu,
               0, -1, 4000, true, true}),
    [](const auto& row) { return row.param.name; });

struct Refused {
    const char* name;
    std::string text;
    const char* says;
    friend void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }
};

class SdpThatFails : public testing::TestWithParam<Refused> {};

TEST_P(SdpThatFails, SaysWhy) {
    const auto agreement = agreement_of(GetParam().text);
    ASSERT_FALSE(agreement);
    EXPECT_EQ(agreement.error().code, Errc::InvalidInput);
    EXPECT_NE(agreement.error().detail.find(GetParam().says), std::string::npos)
        << agreement.error().detail;
}

std::string many_sections() {
    std::string text;
    for (int i = 0; i < 17; ++i) text += "m=audio 4000 RTP/AVP 0\r\n";
    return text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, SdpThatFails,
    testing::Values(
        Refused{"Empty", "", "empty"}, Refused{"OnlyALineEnd", "\r\n", "no v="},
        Refused{"Binary", std::string{"\0\1\2\3\xFF", 5}, "line 1"},
        Refused{"OtherVersion", "v=1\r\n", "v=0"}, Refused{"NoVersion", "s=-\r\n", "v=0"},
        Refused{"NoEquals", std::string{kHead} + "hello\r\n", "line 6"},
        Refused{"NoMedia", kHead, "no audio"},
        Refused{"OnlyVideo", sdp("m=video 4000 RTP/AVP 31\r\n"), "no audio"},
        Refused{"PortZero", sdp("m=audio 0 RTP/AVP 0\r\n"), "refused the audio"},
        Refused{"NoCommonCodec", sdp("m=audio 4000 RTP/AVP 9 18\r\n"), "no common codec"},
        Refused{"OnlyEvents",
                sdp("m=audio 4000 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n"),
                "no common codec"},
        Refused{"MappedAway", sdp("m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 G729/8000\r\n"),
                "no common codec"},
        Refused{"WidebandMap", sdp("m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 PCMU/16000\r\n"),
                "no common codec"},
        Refused{"Encrypted", sdp("m=audio 4000 RTP/SAVP 0\r\n"), "RTP/SAVP"},
        Refused{"NoAddress", "v=0\r\nm=audio 4000 RTP/AVP 0\r\n", "no c="},
        Refused{"VersionSixAddress", "v=0\r\nc=IN IP6 2001:db8::1\r\nm=audio 4000 RTP/AVP 0\r\n",
                "IPv4"},
        Refused{"NameForAddress", "v=0\r\nc=IN IP4 media.example\r\nm=audio 4000 RTP/AVP 0\r\n",
                "IPv4"},
        Refused{"AddressOfFiveParts", "v=0\r\nc=IN IP4 1.2.3.4.5\r\nm=audio 4000 RTP/AVP 0\r\n",
                "IPv4"},
        Refused{"BadConnection", "v=0\r\nc=ATM NSAP 47\r\n", "c= must"},
        Refused{"PortTooLarge", sdp("m=audio 65536 RTP/AVP 0\r\n"), "m= must"},
        Refused{"PortNegative", sdp("m=audio -1 RTP/AVP 0\r\n"), "m= must"},
        Refused{"NoFormats", sdp("m=audio 4000 RTP/AVP\r\n"), "m= must"},
        Refused{"FormatTooLarge", sdp("m=audio 4000 RTP/AVP 128\r\n"), "m= must"},
        Refused{"BadMap", sdp("m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU\r\n"), "rtpmap"},
        Refused{"TooManySections", sdp(many_sections()), "too many"},
        Refused{"TooLong", std::string(70'000, 'x'), "64 KB"}),
    [](const auto& row) { return row.param.name; });

TEST(Sdp, OfferIsExactlyThis) {
    EXPECT_EQ(
        format_offer({.host = "192.0.2.1", .rtp_port = 16'000, .session_id = 5, .version = 2}),
        "v=0\r\no=- 5 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        "m=audio 16000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
        "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n");
}

TEST(Sdp, ComfortNoiseIsOfferedAndAnsweredWhereItIsWanted) {
    const LocalEnd wants{.host = "192.0.2.1",
                         .rtp_port = 16'000,
                         .session_id = 5,
                         .version = 2,
                         .comfort_noise = true};
    const auto offer = format_offer(wants);
    EXPECT_NE(offer.find("RTP/AVP 0 8 13 101\r\n"), std::string::npos);
    EXPECT_NE(offer.find("a=rtpmap:13 CN/8000\r\n"), std::string::npos);
    const auto remote = parse_sdp(offer);
    auto agreement = agree(*remote);
    ASSERT_TRUE(agreement);
    EXPECT_EQ(agreement->noise_payload_type, 13);
    EXPECT_NE(format_answer(wants, *remote, *agreement).find("RTP/AVP 0 13 101\r\n"),
              std::string::npos);
    agreement->noise_payload_type.reset();
    EXPECT_EQ(format_answer(wants, *remote, *agreement).find("CN/8000"), std::string::npos);
    const auto dynamic = parse_sdp(
        sdp("m=audio 4000 RTP/AVP 0 98 99\r\na=rtpmap:98 CN/16000\r\na=rtpmap:99 CN/8000\r\n"));
    EXPECT_EQ(agree(*dynamic)->noise_payload_type, 99);
}

TEST(Sdp, AnswerTakesOneCodecAndRefusesOtherLines) {
    const auto remote = parse_sdp(
        sdp("m=video 5000 RTP/AVP 31 32\r\nm=audio 4000 RTP/AVP 8 0 96\r\n"
            "a=rtpmap:96 telephone-event/8000\r\na=sendonly\r\nm=application 6000 UDP/BFCP *\r\n"));
    ASSERT_TRUE(remote) << remote.error().detail;
    const auto agreement = agree(*remote);
    ASSERT_TRUE(agreement);
    EXPECT_EQ(
        format_answer({.host = "192.0.2.1", .rtp_port = 16'000, .session_id = 5, .version = 1},
                      *remote, *agreement),
        "v=0\r\no=- 5 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        "m=video 0 RTP/AVP 31 32\r\n"
        "m=audio 16000 RTP/AVP 8 96\r\na=rtpmap:8 PCMA/8000\r\n"
        "a=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\na=ptime:20\r\na=recvonly\r\n"
        "m=application 0 UDP/BFCP *\r\n");
}

TEST(Sdp, ReadsPtimeAndRtcpPort) {
    const auto remote =
        parse_sdp(sdp("m=audio 4000 RTP/AVP 0\r\na=ptime:30\r\na=rtcp:4999 IN IP4 192.0.2.9\r\n"));
    ASSERT_TRUE(remote);
    EXPECT_EQ(remote->media[0].ptime_ms, 30);
    EXPECT_EQ(agree(*remote)->rtcp.port, 4999);
    EXPECT_EQ(agreement_of(sdp("m=audio 4000 RTP/AVP 0\r\n"))->rtcp.port, 4001);
}

TEST(Sdp, Ipv4LiteralsOnly) {
    EXPECT_EQ(parse_ipv4("192.0.2.1"), 0xC0000201U);
    EXPECT_EQ(parse_ipv4("255.255.255.255"), 0xFFFFFFFFU);
    for (const char* text : {"", "1", "1.2.3", "1.2.3.4.", "1.2.3.256", "1..2.3", "a.b.c.d",
                             "1.2.3.-4", " 1.2.3.4", "1.2.3.4 ", "0001.2.3.4"}) {
        EXPECT_EQ(parse_ipv4(text), std::nullopt) << text;
    }
}

RC_GTEST_PROP(Sdp, OurOfferAgreesWithEveryAnswerOfOurs, ()) {
    const auto port = static_cast<std::uint16_t>(*rc::gen::inRange(1024, 65'534));
    const LocalEnd a{.host = "192.0.2.1", .rtp_port = port, .session_id = 1, .version = 1};
    const LocalEnd b{.host = "192.0.2.2", .rtp_port = 20'000, .session_id = 2, .version = 1};
    const auto offer = parse_sdp(format_offer(a));
    RC_ASSERT(offer.has_value());
    const auto theirs = agree(*offer);
    RC_ASSERT(theirs.has_value());
    const auto ours = agreement_of(format_answer(b, *offer, *theirs));
    RC_ASSERT(ours.has_value());
    RC_ASSERT(ours->codec == theirs->codec);
    RC_ASSERT(ours->event_payload_type == theirs->event_payload_type);
    RC_ASSERT(theirs->rtp.port == port);
    RC_ASSERT(ours->we_send && ours->they_send && theirs->we_send && theirs->they_send);
}

// Lines of a real description, cut, doubled and mixed: an answer or an error, and never harm.
RC_GTEST_PROP(Sdp, AnyMixtureOfLinesIsAnsweredOrRefused, ()) {
    static const std::vector<std::string> kLines = {"v=0\r\n",
                                                    "c=IN IP4 192.0.2.1\r\n",
                                                    "c=IN\r\n",
                                                    "m=audio 4000 RTP/AVP 0 8 101\r\n",
                                                    "m=audio 0 RTP/AVP 0\r\n",
                                                    "a=rtpmap:101 telephone-event/8000\r\n",
                                                    "a=rtpmap:\r\n",
                                                    "a=\r\n",
                                                    "a=sendonly\r\n",
                                                    "a=ptime:\r\n",
                                                    "m=\r\n",
                                                    "m=video 1 RTP/AVP 99999999999\r\n",
                                                    "=\r\n",
                                                    "\n"};
    const auto picks = *rc::gen::container<std::vector<std::size_t>>(
        rc::gen::inRange<std::size_t>(0, kLines.size()));
    std::string text = *rc::gen::arbitrary<bool>() ? "v=0\r\n" : "";
    for (const auto pick : picks) text += kLines[pick];
    text.resize(text.size() - *rc::gen::inRange<std::size_t>(0, text.size() + 1));
    const auto remote = parse_sdp(text);
    if (!remote) return;
    const auto agreement = agree(*remote);
    if (!agreement) return;
    const auto answer = format_answer(
        {.host = "192.0.2.1", .rtp_port = 2, .session_id = 1, .version = 1}, *remote, *agreement);
    RC_ASSERT(parse_sdp(answer).has_value());
}

}  // namespace
}  // namespace bellwether::media
