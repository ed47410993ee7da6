#include "dialer/media/rtp_receiver.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "dialer/media/g711.h"
#include "dialer/media/rtcp_session.h"
#include "dialer/media/rtp_sender.h"

namespace bellwether::media {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr Endpoint kPeer{0xC0000207, 4000};
constexpr std::uint8_t kLoud = 0x90;  // mu-law for 15996

Agreement agreement(std::optional<std::uint8_t> events = 101) {
    Agreement agreed;
    agreed.rtp = kPeer;
    agreed.event_payload_type = events;
    return agreed;
}

/// A receiver fed with one packet per tick.
struct Fixture {
    explicit Fixture(const Agreement& agreed = agreement()) { receiver.configure(agreed); }

    bool arrive(std::uint8_t type, const std::vector<std::uint8_t>& payload, int number) {
        return arrive_at(type, payload, number, number);
    }
    /// @param time  in frames, where it is not the packet's number
    bool arrive_at(std::uint8_t type, const std::vector<std::uint8_t>& payload, int number,
                   int time) {
        std::vector<std::uint8_t> datagram(kRtpHeaderSize);
        write_rtp_header({.payload_type = type,
                          .marker = false,
                          .sequence = static_cast<std::uint16_t>(number),
                          .timestamp = static_cast<std::uint32_t>(time) * 160,
                          .ssrc = 5},
                         std::span{datagram}.first<kRtpHeaderSize>());
        datagram.insert(datagram.end(), payload.begin(), payload.end());
        return receiver.on_datagram(kPeer, datagram, milliseconds{20 * number}).valid;
    }
    bool audio(int number, std::uint8_t octet = kLoud, std::uint8_t type = 0) {
        return arrive(type, std::vector<std::uint8_t>(160, octet), number);
    }
    std::optional<FrameState> tick() {
        const auto heard = receiver.next_frame(frame);
        return heard ? std::optional{heard->state} : std::nullopt;
    }
    [[nodiscard]] int peak() const {
        return std::abs(*std::max_element(
            frame.begin(), frame.end(), [](auto a, auto b) { return std::abs(a) < std::abs(b); }));
    }

    RtpReceiver receiver;
    Frame frame{};
};

TEST(RtpReceiver, HasNothingToSayBeforeTheFirstPacket) {
    Fixture f;
    EXPECT_EQ(f.tick(), std::nullopt);
    EXPECT_EQ(f.peak(), 0);
}

TEST(RtpReceiver, TellsAudioFromDigitalSilence) {
    Fixture f;
    f.audio(0);
    EXPECT_EQ(f.tick(), FrameState::Audio);
    EXPECT_EQ(f.peak(), 15'996);
    f.audio(1, 0xFF);
    EXPECT_EQ(f.tick(), FrameState::Silence);
    f.audio(2, 0xD5, 8);  // A-law's silence
    EXPECT_EQ(f.tick(), FrameState::Silence);
}

TEST(RtpReceiver, FadesALossOutAndCallsItLost) {
    Fixture f;
    for (int n = 0; n < 10; ++n) {
        f.audio(n);
        f.tick();
    }
    EXPECT_EQ(f.tick(), FrameState::Lost);
    EXPECT_GT(f.peak(), 0) << "the first gap is filled";
    for (int i = 0; i < 4; ++i) EXPECT_EQ(f.tick(), FrameState::Lost);
    EXPECT_EQ(f.peak(), 0) << "after 100 ms it has faded";
    EXPECT_EQ(f.receiver.counters().concealed, 5U);
    f.audio(15);
    EXPECT_EQ(f.tick(), FrameState::Audio);
}

TEST(RtpReceiver, ComfortNoiseIsNotALoss) {
    Fixture f;
    f.audio(0);
    f.tick();
    EXPECT_TRUE(f.arrive(13, {0x20}, 1));
    EXPECT_EQ(f.tick(), FrameState::ComfortNoise);
    EXPECT_EQ(f.tick(), FrameState::ComfortNoise);
    EXPECT_EQ(f.receiver.counters().concealed, 0U);
    f.audio(3);
    EXPECT_EQ(f.tick(), FrameState::Audio);
}

// Level 50 of RFC 3389 is 50 dB below an RMS of 32768: 104.
TEST(RtpReceiver, ComfortNoiseIsHeardAtItsLevel) {
    Fixture f;
    f.audio(0);
    f.tick();
    f.arrive(13, {50}, 1);
    double energy = 0.0;
    for (int n = 0; n < 50; ++n) {
        EXPECT_EQ(f.tick(), FrameState::ComfortNoise);
        for (const auto sample : f.frame) energy += static_cast<double>(sample) * sample;
    }
    EXPECT_NEAR(std::sqrt(energy / (50 * 160)), 103.6, 5.0);
}

// A peer that falls silent without a word of comfort noise: numbers go on, times jump.
TEST(RtpReceiver, APauseOfThePeerIsNoLossOnceItsNumbersTell) {
    Fixture f;
    for (int n = 0; n < 10; ++n) {
        f.audio(n);
        f.tick();
    }
    for (int n = 0; n < 40; ++n) f.tick();
    EXPECT_EQ(f.receiver.counters().concealed, 40U) << "nobody can know yet";
    EXPECT_FALSE(f.receiver.suppresses_silence());
    f.arrive_at(0, std::vector<std::uint8_t>(160, kLoud), 10, 50);
    EXPECT_EQ(f.tick(), FrameState::Audio);
    EXPECT_EQ(f.receiver.counters().concealed, 0U);
    EXPECT_EQ(f.receiver.counters().losses, 0U);
    EXPECT_TRUE(f.receiver.suppresses_silence());
    for (int n = 0; n < 3; ++n) EXPECT_EQ(f.tick(), FrameState::Lost);
    for (int n = 0; n < 9; ++n) EXPECT_EQ(f.tick(), FrameState::ComfortNoise);
    EXPECT_EQ(f.receiver.counters().concealed, 3U);
}

TEST(RtpReceiver, PacketsLostAreALossWhateverThePeerDoes) {
    Fixture f;
    f.receiver.configure([] {
        auto agreed = agreement();
        agreed.noise_payload_type = 13;
        return agreed;
    }());
    for (int n = 0; n < 20; ++n) {
        if (n < 10 || n > 11) f.audio(n);
        f.tick();
    }
    EXPECT_EQ(f.receiver.counters().concealed, 2U);
    EXPECT_EQ(f.receiver.counters().losses, 1U);
    EXPECT_EQ(f.receiver.counters().played, 18U);
}

TEST(RtpSender, DescribesASilenceOnceAndThenEveryHalfSecond) {
    RtpSender sender{{.ssrc = 1, .sequence = 100, .timestamp = 5000}};
    auto agreed = agreement();
    agreed.noise_payload_type = 13;
    sender.configure(agreed);
    Frame loud;
    loud.fill(5000);
    (void)sender.next(loud);
    int audio = 0;
    int noise = 0;
    for (int n = 0; n < 110; ++n) {
        const auto packet = parse_rtp(sender.next(kSilentFrame));
        if (!packet) continue;
        audio += packet->header.payload_type == 0 ? 1 : 0;
        noise += packet->header.payload_type == 13 && packet->payload.size() == 1 ? 1 : 0;
    }
    EXPECT_EQ(audio, 10);
    EXPECT_EQ(noise, 4) << "100 silent ticks at one in 25";
    const auto speech = parse_rtp(sender.next(loud));
    ASSERT_TRUE(speech);
    EXPECT_TRUE(speech->header.marker);
    EXPECT_EQ(speech->header.sequence, 100 + 1 + 10 + 4) << "numbers without a gap";
    EXPECT_EQ(speech->header.timestamp, 5000U + 111 * 160) << "times go on";
}

TEST(RtpSender, SilenceIsAudioWithoutComfortNoise) {
    RtpSender sender{{.ssrc = 1, .sequence = 100, .timestamp = 5000}};
    sender.configure(agreement());
    for (int n = 0; n < 50; ++n) EXPECT_EQ(sender.next(kSilentFrame).size(), 172U);
}

TEST(RtpReceiver, AKeyIsSilenceAndNoLoss) {
    Fixture f;
    f.audio(0);
    f.tick();
    for (int n = 1; n < 5; ++n) {
        f.arrive(101, {5, 10, 0, static_cast<std::uint8_t>(n)}, n);
        EXPECT_EQ(f.tick(), FrameState::Silence);
    }
    EXPECT_EQ(f.receiver.counters().concealed, 0U);
}

TEST(RtpReceiver, AHoldingPeerOwesNoAudio) {
    auto agreed = agreement();
    agreed.they_send = false;
    Fixture f{agreed};
    f.audio(0);
    f.tick();
    EXPECT_EQ(f.tick(), FrameState::Silence);
}

TEST(RtpReceiver, TakesThePayloadTypesThatWereAgreed) {
    auto agreed = agreement(96);
    agreed.pcma_payload_type = 97;
    Fixture f{agreed};
    EXPECT_TRUE(f.audio(0, 0x2A, 97));
    f.tick();
    EXPECT_EQ(f.peak(), 32'256);  // 0x2A: the largest of A-law (G.711 table 1a)
    EXPECT_TRUE(f.arrive(96, {1, 10, 0, 160}, 1));
    EXPECT_EQ(f.receiver.counters().digits, 1U);
    EXPECT_FALSE(f.audio(2, 0, 18));
    EXPECT_FALSE(f.arrive(0, std::vector<std::uint8_t>(1281, 0), 3)) << "no packet holds 160 ms";
    EXPECT_FALSE(f.arrive(96, {1, 10, 0}, 4));
    EXPECT_EQ(f.receiver.counters().malformed, 3U);
}

TEST(RtpReceiver, AnEmptyPacketKeepsTheLineOpen) {
    Fixture f;
    EXPECT_TRUE(f.arrive(0, {}, 0));
    EXPECT_TRUE(f.receiver.has_source());
    EXPECT_EQ(f.tick(), FrameState::Lost);
}

/// A press of 5 as tones of an oscillator, mu-law, one packet of 20 ms each call.
std::vector<std::uint8_t> tone_of_five(int number) {
    std::vector<std::int16_t> wave(160);
    for (int n = 0; n < 160; ++n) {
        const double t = (number * 160 + n) / 8000.0;
        const double two_pi = 2.0 * 3.14159265358979323846;
        wave[static_cast<std::size_t>(n)] = static_cast<std::int16_t>(
            5000.0 * std::sin(two_pi * 770.0 * t) + 5000.0 * std::sin(two_pi * 1336.0 * t));
    }
    std::vector<std::uint8_t> octets(160);
    encode_g711(Codec::Pcmu, wave, octets);
    return octets;
}

/// 100 ms of the tone and 100 ms of silence from packet `number` on; what was reported meanwhile.
std::string press_five_in_audio(Fixture& f, int number) {
    std::string keys;
    for (int n = 0; n < 10; ++n) {
        f.arrive(0, n < 5 ? tone_of_five(n) : std::vector<std::uint8_t>(160, 0xFF), number + n);
        const auto heard = f.receiver.next_frame(f.frame);
        if (heard && heard->key) keys += *heard->key;
    }
    return keys;
}

TEST(RtpReceiver, HearsKeysInTheAudioOfAPeerWithoutTelephoneEvent) {
    Fixture f{agreement(std::nullopt)};
    EXPECT_EQ(press_five_in_audio(f, 0), "5");
    EXPECT_EQ(press_five_in_audio(f, 10), "5") << "twice is two presses";
    EXPECT_EQ(f.receiver.counters().digits, 2U);
    Fixture agreed;
    EXPECT_EQ(press_five_in_audio(agreed, 0), "") << "with telephone-event tones are an echo";
}

TEST(RtpReceiver, AKeyInTheAudioAndAsAnEventIsOnePress) {
    Fixture f{agreement(std::nullopt)};
    EXPECT_EQ(press_five_in_audio(f, 0), "5");
    EXPECT_TRUE(f.arrive(101, {5, 10, 3, 32}, 10));
    EXPECT_EQ(f.receiver.counters().digits, 1U) << "the gateway was late with the event";
    EXPECT_TRUE(f.arrive(101, {6, 10, 0, 160}, 11));
    EXPECT_EQ(f.receiver.counters().digits, 2U) << "another key is another press";
    EXPECT_EQ(press_five_in_audio(f, 12), "") << "who sends events is not listened to";
}

TEST(RtpReceiver, AnEventBeforeItsToneIsOnePress) {
    Fixture f{agreement(std::nullopt)};
    f.audio(0, 0xFF);
    EXPECT_TRUE(f.arrive(101, {5, 10, 0, 160}, 1));
    EXPECT_EQ(press_five_in_audio(f, 2), "");
    EXPECT_EQ(f.receiver.counters().digits, 1U);
}

TEST(RtpReceiver, ALostFrameDoesNotMakeTwoPressesOfATone) {
    Fixture f{agreement(std::nullopt)};
    std::string keys;
    for (int n = 0; n < 30; ++n) {
        const bool is_lost = n % 7 == 3;
        if (!is_lost)
            f.arrive(0, n < 20 ? tone_of_five(n) : std::vector<std::uint8_t>(160, 0xFF), n);
        const auto heard = f.receiver.next_frame(f.frame);
        if (heard && heard->key) keys += *heard->key;
    }
    EXPECT_EQ(keys, "5");
}

/// Two ends of a call with their RTCP; time goes only here.
struct RtcpEnd {
    explicit RtcpEnd(std::uint32_t ssrc)
        : sender{{.ssrc = ssrc, .sequence = 1, .timestamp = 0}},
          rtcp{{.ssrc = ssrc, .sequence = 1, .timestamp = 0}, "end"} {
        receiver.configure(agreement());
    }
    std::vector<std::uint8_t> report(microseconds now) {
        const auto octets = rtcp.report({.tick = 0, .unix_time = now}, sender, receiver, false);
        return {octets.begin(), octets.end()};
    }
    RtpSender sender;
    RtpReceiver receiver;
    RtcpSession rtcp;
};

TEST(RtcpSession, MeasuresTheRoundTripWithoutThePeersThinkingTime) {
    constexpr microseconds kStart{1'800'000'000'000'000};
    constexpr microseconds kWay{35'000};
    RtcpEnd a{1};
    RtcpEnd b{2};
    a.receiver.on_datagram(kPeer, b.sender.next(kSilentFrame), kStart);
    b.receiver.on_datagram(kPeer, a.sender.next(kSilentFrame), kStart);
    b.rtcp.on_datagram(a.report(kStart), kStart + kWay);
    const auto answered = kStart + kWay + milliseconds{3210};
    a.rtcp.on_datagram(b.report(answered), answered + kWay);
    ASSERT_TRUE(a.rtcp.rtt());
    EXPECT_NEAR(static_cast<double>(a.rtcp.rtt()->count()), 70'000.0, 50.0);  // 1/65536 s thrice
    EXPECT_EQ(a.rtcp.peer_expected(), 1U);
    EXPECT_EQ(a.rtcp.peer_lost(), 0U);
    EXPECT_EQ(b.rtcp.rtt(), std::nullopt) << "it has sent no report that was answered";
}

TEST(RtcpSession, ReportsEveryFiveSecondsOnAverage) {
    for (std::uint32_t ssrc = 0; ssrc < 20; ++ssrc) {
        RtcpSession rtcp{{.ssrc = ssrc * 0x9E37'79B9U, .sequence = 0, .timestamp = 0}, "x"};
        std::vector<std::uint64_t> due;
        for (std::uint64_t tick = 1; tick < 50'000; ++tick) {
            if (rtcp.is_due(tick)) due.push_back(tick);
        }
        EXPECT_NEAR(static_cast<double>(due.size()), 200.0, 20.0);
        for (std::size_t i = 1; i < due.size(); ++i) {
            EXPECT_GE(due[i] - due[i - 1], 125U);  // RFC 3550 §6.3.1: half to one and a half
            EXPECT_LE(due[i] - due[i - 1], 375U);
        }
    }
}

}  // namespace
}  // namespace bellwether::media
