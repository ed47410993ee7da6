#include "dialer/media/media_engine.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dialer/media/rtcp_packet.h"
#include "station.h"
#include "support.h"
#include "wav_files.h"

namespace bellwether::media::test {
namespace {

constexpr CallId kOne{1};
constexpr CallId kTwo{2};
constexpr CallId kThree{3};

/// A leg connected to a test's own peer.
std::uint16_t connect(Station& station, CallId leg, const Peer& peer,
                      const std::string& attributes = "") {
    EXPECT_TRUE(station.engine->open(leg));
    const auto port = port_in(station.engine->offer(leg));
    const auto connected = station.engine->connect(leg, peer.sdp(attributes));
    EXPECT_TRUE(connected) << (connected ? "" : connected.error().detail);
    return port;
}

TEST(MediaEngine, CarriesToneAndKeysBothWays) {
    Station dialer;
    Station carrier;
    dialer.load_tone(440);
    carrier.load_tone(1000);
    connect(dialer, kOne, carrier, kTwo);
    const auto dialer_ear = dialer.listen(kOne);
    const auto carrier_ear = carrier.listen(kTwo);
    dialer.engine->play(kOne, 5, {"440"});
    carrier.engine->play(kTwo, 6, {"1000"});
    // A window without a stall of this machine in it: the level is right, and nobody hears himself.
    const auto clean = [](double wanted, double own) {
        return [=](std::span<const std::int16_t> wave) {
            return std::abs(amplitude_of(wanted, wave) - kAmplitude) < kAmplitude * 0.02 &&
                   amplitude_of(own, wave) < 50.0;
        };
    };
    carrier_ear->wait_until(1600, clean(440, 1000));
    dialer_ear->wait_until(1600, clean(1000, 440));

    carrier.engine->send_digits(kTwo, "19*#D");
    dialer.engine->send_digits(kOne, "42");
    ASSERT_TRUE(dialer.log.wait_for<KeyPressed>(kOne, 5));
    ASSERT_TRUE(carrier.log.wait_for<KeyPressed>(kTwo, 2));
    EXPECT_EQ(dialer.log.keys(kOne), "19*#D");
    EXPECT_EQ(carrier.log.keys(kTwo), "42");
    EXPECT_TRUE(dialer_ear->gapless());

    dialer.engine->close(kOne);
    const auto closed = dialer.log.wait_for<LegClosed>(kOne);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->stats.digits_received, 5U);
    EXPECT_EQ(closed->stats.packets_lost, 0U);
    EXPECT_EQ(closed->stats.packets_from_strangers, 0U);
    EXPECT_EQ(closed->stats.packets_malformed, 0U);
    EXPECT_GT(closed->stats.packets_sent, 50U);
    EXPECT_EQ(dialer.log.all<FirstPacket>(kOne).size(), 1U);
    EXPECT_EQ(dialer.log.all<PlaybackEnded>(kOne).size(), 1U);
    EXPECT_FALSE(dialer.log.all<PlaybackEnded>(kOne)[0].completed);
    EXPECT_EQ(dialer.engine->open_legs(), 0U);
}

TEST(MediaEngine, PlaysPromptsInOrderAndSaysHowTheyEnded) {
    Station station;
    const Peer peer;
    station.load_tone(500, 320);
    ASSERT_TRUE(station.engine->open(kOne));
    station.engine->play(kOne, 1, {"500", "500"});
    station.engine->play(kOne, 2, {"500", std::string{kAgentTone}, "500"});
    ASSERT_TRUE(station.engine->connect(kOne, peer.sdp()));
    const auto second = station.log.wait_for<PlaybackEnded>(kOne, 2);
    ASSERT_TRUE(second);
    const auto first = station.log.all<PlaybackEnded>(kOne)[0];
    EXPECT_EQ(first.playback, 1U);
    EXPECT_FALSE(first.completed);
    EXPECT_EQ(second->playback, 2U);
    EXPECT_TRUE(second->completed);

    station.engine->play(kOne, 3, {"500", "no such prompt"});
    EXPECT_FALSE(station.log.wait_for<PlaybackEnded>(kOne, 3)->completed);
    station.engine->play(kOne, 4, {});
    EXPECT_TRUE(station.log.wait_for<PlaybackEnded>(kOne, 4)->completed);
    station.engine->play(CallId{99}, 5, {"500"});
    EXPECT_FALSE(station.log.wait_for<PlaybackEnded>(CallId{99})->completed);
    station.load_tone(500);
    station.engine->play(kOne, 6, {"500"});
    station.engine->stop_playing(kOne);
    const auto stopped = station.log.wait_for<PlaybackEnded>(kOne, 5);
    ASSERT_TRUE(stopped);
    EXPECT_EQ(stopped->playback, 6U);
    EXPECT_FALSE(stopped->completed);
}

class BridgeOfThree : public testing::TestWithParam<int> {};

TEST_P(BridgeOfThree, EachHearsTheSumOfTheOthers) {
    Station dialer{{.threads = GetParam()}};
    Station world;
    const std::array<double, 3> tones{600, 1000, 1700};
    std::array<std::shared_ptr<Ear>, 3> ears;
    for (std::uint64_t i = 0; i < 3; ++i) {
        world.load_tone(tones[i]);
        connect(dialer, CallId{10 + i}, world, CallId{i});
        ears[i] = world.listen(CallId{i});
        world.engine->play(CallId{i}, i, {std::to_string(static_cast<int>(tones[i]))});
        dialer.engine->join(CallId{10 + i}, BridgeId{1});
    }
    for (std::size_t i = 0; i < 3; ++i) {
        const double one = tones[(i + 1) % 3];
        const double other = tones[(i + 2) % 3];
        ears[i]->wait_until(1600, [&](auto wave) {
            return amplitude_of(one, wave) > kAmplitude * 0.95 &&
                   amplitude_of(other, wave) > kAmplitude * 0.95 &&
                   amplitude_of(tones[i], wave) < 100.0;  // nobody hears himself
        });
    }

    dialer.engine->set_hears(CallId{10}, CallId{11}, false);
    ears[0]->wait_until(1600, [&](auto wave) {
        return amplitude_of(tones[1], wave) < 100.0 &&
               amplitude_of(tones[2], wave) > kAmplitude * 0.95;
    });
    dialer.engine->bridge(CallId{12}, CallId{11});  // leaves the first alone
    ears[1]->wait_until(1600, [&](auto wave) {
        return amplitude_of(tones[0], wave) < 100.0 &&
               amplitude_of(tones[2], wave) > kAmplitude * 0.95;
    });
    ears[0]->wait_until(1600, [&](auto wave) { return amplitude_of(tones[2], wave) < 100.0; });
    dialer.engine->unbridge(CallId{11});
    ears[2]->wait_until(1600, [&](auto wave) { return amplitude_of(tones[1], wave) < 100.0; });
    dialer.engine->stop();
    for (std::uint64_t i = 0; i < 3; ++i) {
        EXPECT_EQ(dialer.log.all<LegClosed>(CallId{10 + i}).size(), 1U);
    }
}

INSTANTIATE_TEST_SUITE_P(Threads, BridgeOfThree, testing::Values(1, 3));

TEST(MediaEngine, APromptPlaysOverTheBridge) {
    Station dialer;
    Station world;
    world.load_tone(1000);
    dialer.load_tone(440);
    connect(dialer, CallId{10}, world, kOne);
    connect(dialer, CallId{11}, world, kTwo);
    const auto ear = world.listen(kTwo);
    dialer.engine->bridge(CallId{10}, CallId{11});
    world.engine->play(kOne, 1, {"1000"});
    dialer.engine->play(CallId{11}, 2, {"440"});
    ear->wait_until(1600, [](auto wave) {
        return amplitude_of(440, wave) > kAmplitude * 0.95 &&
               amplitude_of(1000, wave) > kAmplitude * 0.95;
    });
}

TEST(MediaEngine, LegsMoveBetweenThreadsWithoutLosingCommands) {
    Station dialer{{.threads = 4}};
    Station world;
    world.load_tone(1000);
    constexpr std::uint64_t kLegs = 8;
    for (std::uint64_t i = 0; i < kLegs; ++i) connect(dialer, CallId{100 + i}, world, CallId{i});
    for (std::uint64_t round = 0; round < 50; ++round) {
        for (std::uint64_t i = 0; i + 1 < kLegs; ++i) {
            dialer.engine->bridge(CallId{100 + (i + round) % kLegs},
                                  CallId{100 + (i * 3 + 1) % kLegs});
            dialer.engine->play(CallId{100 + i}, round, {"nothing"});
        }
    }
    dialer.engine->bridge(CallId{100}, CallId{107});
    const auto ear = world.listen(CallId{7});
    world.engine->play(CallId{0}, 1, {"1000"});
    ear->wait_for_tone(1000, kAmplitude * 0.95);
    for (std::uint64_t i = 0; i + 1 < kLegs; ++i) {
        ASSERT_TRUE(dialer.log.wait_for<PlaybackEnded>(CallId{100 + i}, 50));
        const auto ended = dialer.log.all<PlaybackEnded>(CallId{100 + i});
        for (std::uint64_t round = 0; round < 50; ++round) EXPECT_EQ(ended[round].playback, round);
    }
    dialer.engine->stop();
    for (std::uint64_t i = 0; i < kLegs; ++i) {
        EXPECT_EQ(dialer.log.all<LegClosed>(CallId{100 + i}).size(), 1U);
    }
}

TEST(MediaEngine, SendsAContinuousStreamFromTheStart) {
    Station station;
    const Peer peer;
    connect(station, kOne, peer);
    std::optional<RtpHeader> last;
    for (int i = 0; i < 20; ++i) {
        const auto datagram = peer.receive();
        const auto packet = parse_rtp(datagram);
        ASSERT_TRUE(packet);
        EXPECT_EQ(packet->payload.size(), 160U);
        EXPECT_EQ(packet->header.payload_type, 0);
        if (last) {
            EXPECT_EQ(packet->header.sequence, static_cast<std::uint16_t>(last->sequence + 1));
            EXPECT_EQ(packet->header.ssrc, last->ssrc);
            // A stalled machine may skip ticks: whole frames, and a new talkspurt.
            const auto step = packet->header.timestamp - last->timestamp;
            EXPECT_EQ(step % 160, 0U);
            EXPECT_EQ(packet->header.marker, step != 160);
        } else {
            EXPECT_TRUE(packet->header.marker);
        }
        last = packet->header;
    }
}

TEST(MediaEngine, SendsWherePacketsComeFromAndDropsStrangers) {
    Station station;
    const Peer named;   // what the SDP says, but nobody is there
    const Peer actual;  // behind the NAT
    const Peer stranger;
    const auto port = connect(station, kOne, named);
    for (std::uint16_t n = 0; n < 3; ++n) actual.send_audio(port, n);
    ASSERT_TRUE(station.log.wait_for<FirstPacket>(kOne));
    EXPECT_FALSE(actual.receive().empty());
    for (std::uint16_t n = 0; n < 50; ++n) stranger.send_audio(port, n, 99);
    actual.send_audio(port, 3);
    const auto deadline = steady_clock::now() + kDeadline;
    while (station.engine->stats(kOne).packets_from_strangers < 50 &&
           steady_clock::now() < deadline) {
        (void)actual.receive();
    }
    const auto stats = station.engine->stats(kOne);
    EXPECT_EQ(stats.packets_from_strangers, 50U);
    EXPECT_EQ(stats.packets_received, 4U);
    EXPECT_TRUE(stranger.receive(milliseconds{0}).empty()) << "a stranger hears nothing";
    EXPECT_EQ(station.log.all<FirstPacket>(kOne).size(), 1U);
}

TEST(MediaEngine, SurvivesWhateverArrives) {
    Station station;
    const Peer peer;
    const auto port = connect(station, kOne, peer);
    std::vector<std::vector<std::uint8_t>> corpus = {{},
                                                     {0x80},
                                                     std::vector<std::uint8_t>(11, 0x80),
                                                     std::vector<std::uint8_t>(172, 0xFF),
                                                     std::vector<std::uint8_t>(172, 0x00),
                                                     std::vector<std::uint8_t>(2048, 0x80),
                                                     std::vector<std::uint8_t>(9000, 0x80)};
    for (const std::uint8_t type : std::array<std::uint8_t, 4>{
             3, 72, 101, 127}) {  // GSM, RTCP's place, an event without payload, unknown
        std::vector<std::uint8_t> packet(12, 0);
        packet[0] = 0x80;
        packet[1] = type;
        corpus.push_back(packet);
    }
    for (const auto& datagram : corpus) {
        peer.send(port, datagram);
        peer.send(static_cast<std::uint16_t>(port + 1), datagram);
    }
    peer.send_audio(port, 1);
    ASSERT_TRUE(station.log.wait_for<FirstPacket>(kOne));
    (void)peer.receive();
    station.engine->close(kOne);
    const auto stats = station.log.wait_for<LegClosed>(kOne)->stats;
    EXPECT_EQ(stats.packets_malformed, corpus.size());
    EXPECT_EQ(stats.packets_received, 1U);
}

TEST(MediaEngine, ReportsSilenceOncePerSilence) {
    Station station{{.silence_timeout = milliseconds{100}}};
    const Peer peer;
    const auto port = connect(station, kOne, peer);
    ASSERT_TRUE(station.log.wait_for<MediaTimeout>(kOne));
    peer.send_audio(port, 1);
    ASSERT_TRUE(station.log.wait_for<MediaTimeout>(kOne, 2))
        << "the clock starts again with a packet";
    EXPECT_EQ(station.log.all<FirstPacket>(kOne).size(), 1U);
    ASSERT_TRUE(station.engine->connect(kOne, peer.sdp()));
    ASSERT_TRUE(station.log.wait_for<MediaTimeout>(kOne, 3)) << "and with the answer";
}

TEST(MediaEngine, APeerThatAgreedToComfortNoiseMayBeSilent) {
    Station station{{.silence_timeout = milliseconds{100}, .comfort_noise = true}};
    const Peer peer;
    ASSERT_TRUE(station.engine->open(kOne));
    const auto port = port_in(station.engine->offer(kOne));
    const auto ear = station.listen(kOne);
    ASSERT_TRUE(station.engine->connect(kOne, peer.sdp("", "0 8 13 101")));
    peer.send_audio(port, 1);
    ear->wait_for_frames(30);
    EXPECT_TRUE(station.log.all<MediaTimeout>(kOne).empty());
    EXPECT_EQ(ear->states().back(), FrameState::ComfortNoise);
    bool has_noise = false;  // nobody speaks to it: comfort noise instead of packets
    for (int n = 0; n < 200 && !has_noise; ++n) {
        const auto datagram = peer.receive();
        const auto packet = parse_rtp(datagram);
        has_noise = packet && packet->header.payload_type == 13;
    }
    EXPECT_TRUE(has_noise);
}

TEST(MediaEngine, EstimatesHowWellBothSidesHear) {
    Station station;
    Station world;
    world.load_tone(1000);
    connect(station, kOne, world, kTwo);
    const auto ear = station.listen(kOne);
    world.engine->play(kTwo, 1, {"1000"});
    ear->wait_for_tone(1000, kAmplitude * 0.9);
    const auto live = station.engine->stats(kOne);
    ASSERT_TRUE(live.mos_received) << "while the call is up";
    // How well depends on this machine; that it follows from the counters is VoiceQuality's test.
    EXPECT_GT(*live.mos_received, 1.0);
    EXPECT_LE(*live.mos_received, 4.41);
    EXPECT_FALSE(live.mos_sent) << "no report came yet";
    station.engine->close(kOne);
    const auto closed = station.log.wait_for<LegClosed>(kOne);
    ASSERT_TRUE(closed);
    EXPECT_TRUE(closed->stats.mos_received);
}

TEST(MediaEngine, AHeldLegSendsNothingAndIsNotTimedOut) {
    Station station{{.silence_timeout = milliseconds{60}}};
    const Peer peer;
    const auto port = connect(station, kOne, peer);
    const auto before = parse_rtp(peer.receive());
    ASSERT_TRUE(before);
    const auto held = station.engine->answer(kOne, peer.sdp("a=sendonly\r\n"));
    ASSERT_TRUE(held);
    EXPECT_NE(held->find("a=recvonly"), std::string::npos);
    // Held for good once its packets stop; its RTCP socket is not this one.
    while (!peer.receive(milliseconds{200}).empty()) {
    }
    const auto timeouts = station.log.all<MediaTimeout>(kOne).size();
    peer.send_audio(port, 1);
    ASSERT_TRUE(station.log.wait_for<FirstPacket>(kOne)) << "a holding peer may still play music";
    EXPECT_TRUE(peer.receive(milliseconds{200}).empty());
    EXPECT_EQ(station.log.all<MediaTimeout>(kOne).size(), timeouts);

    const auto resumed = station.engine->answer(kOne, peer.sdp());
    EXPECT_NE(resumed->find("a=sendrecv"), std::string::npos);
    EXPECT_NE(*held, *resumed);
    const auto datagram = peer.receive();
    const auto after = parse_rtp(datagram);
    ASSERT_TRUE(after);
    EXPECT_TRUE(after->header.marker);
    EXPECT_EQ(after->header.ssrc, before->header.ssrc);
    EXPECT_GT(after->header.timestamp - before->header.timestamp, 8U * 160) << "time went on";
}

TEST(MediaEngine, SaysWhatIsWrongWithAnSdpAndCarriesOn) {
    Station station;
    const Peer peer;
    ASSERT_TRUE(station.engine->open(kOne));
    EXPECT_EQ(station.engine->connect(kOne, "").error().code, Errc::InvalidInput);
    const auto codec = station.engine->connect(kOne, peer.sdp("", "9 18"));
    EXPECT_NE(codec.error().detail.find("no common codec"), std::string::npos);
    EXPECT_FALSE(station.engine->answer(kOne, peer.sdp("", "18")));
    EXPECT_EQ(station.engine->connect(kTwo, peer.sdp()).error().code, Errc::NotFound);
    EXPECT_EQ(station.engine->offer(kTwo), "");
    EXPECT_EQ(station.engine->open(kOne).error().code, Errc::Conflict);
    ASSERT_TRUE(station.engine->connect(kOne, peer.sdp()));
    EXPECT_FALSE(peer.receive().empty());
}

TEST(MediaEngine, SaysThatThePortsAreUsedUpAndTakesThemBack) {
    Station station{{.port_min = 20'100, .port_max = 20'119}};
    std::vector<CallId> open;
    Result<void> refused;
    for (std::uint64_t i = 1; i <= 11 && refused; ++i) {
        refused = station.engine->open(CallId{i});
        if (refused) open.push_back(CallId{i});
    }
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::Exhausted);
    ASSERT_FALSE(open.empty());
    station.engine->close(open[0]);
    ASSERT_TRUE(station.log.wait_for<LegClosed>(open[0]));
    EXPECT_TRUE(station.engine->open(CallId{50}));
}

TEST(MediaEngine, RecordsBothSides) {
    const TempFolder folder;
    const auto path = folder / "call.wav";
    Station dialer;
    Station world;
    world.load_tone(1000);
    dialer.load_tone(440);
    connect(dialer, kOne, world, kTwo);
    const auto ear = dialer.listen(kOne);
    const auto far_ear = world.listen(kTwo);
    ASSERT_TRUE(dialer.engine->start_recording(kOne, path));
    world.engine->play(kTwo, 1, {"1000"});
    dialer.engine->play(kOne, 2, {"440"});
    ear->wait_for_tone(1000, kAmplitude * 0.95, 3200);
    far_ear->wait_for_tone(440, kAmplitude * 0.95, 3200);
    dialer.engine->stop();
    const auto wav = read_wav(path);
    EXPECT_EQ(wav.channels, 2);
    std::vector<std::int16_t> left;
    std::vector<std::int16_t> right;
    for (std::size_t i = 0; i + 1 < wav.samples.size(); i += 2) {
        left.push_back(wav.samples[i]);
        right.push_back(wav.samples[i + 1]);
    }
    // Somewhere in it 200 ms without a stall of this machine: each side on its channel, and only
    // there.
    constexpr std::size_t kWindow = 1600;
    bool found = false;
    for (std::size_t at = 0; at + kWindow <= left.size() && !found; at += kFrameSamples) {
        const auto said = std::span{left}.subspan(at, kWindow);
        const auto heard = std::span{right}.subspan(at, kWindow);
        found = amplitude_of(1000, said) > kAmplitude * 0.9 && amplitude_of(440, said) < 100.0 &&
                amplitude_of(440, heard) > kAmplitude * 0.9 && amplitude_of(1000, heard) < 100.0;
    }
    EXPECT_TRUE(found) << left.size() << " samples recorded";
    EXPECT_FALSE(dialer.engine->start_recording(kOne, path)) << "after stop()";
}

TEST(MediaEngine, SaysGoodbyeByRtcp) {
    Station station;
    const Peer peer;
    const Peer control;
    connect(station, kOne, peer, "a=rtcp:" + std::to_string(control.port()) + "\r\n");
    ASSERT_FALSE(peer.receive().empty());
    station.engine->close(kOne);
    const auto summary = parse_rtcp(control.receive(), 0);
    ASSERT_TRUE(summary);
    EXPECT_TRUE(summary->bye);
    EXPECT_TRUE(summary->sender_ntp) << "with a last sender report";
}

TEST(MediaEngine, HearsKeysAsTonesWhereEventsWereNotNegotiated) {
    Station station;
    Station world;
    // "5" by ITU-T Q.23: 770 and 1336 Hz.
    const TempFolder folder;
    auto wave = sine(770, 6000, 800);
    const auto high = sine(1336, 6000, 800);
    for (std::size_t i = 0; i < wave.size(); ++i)
        wave[i] = static_cast<std::int16_t>(wave[i] + high[i]);
    write_wav(folder / "five.wav", {.rate = 8000, .channels = 1, .samples = wave});
    ASSERT_TRUE(world.engine->load_prompt("five", folder / "five.wav"));
    ASSERT_TRUE(station.engine->open(kOne));
    ASSERT_TRUE(world.engine->open(kTwo));
    const auto answer = world.engine->answer(
        kTwo, "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio " +
                  std::to_string(port_in(station.engine->offer(kOne))) + " RTP/AVP 8\r\n");
    ASSERT_TRUE(station.engine->connect(kOne, *answer));
    world.engine->play(kTwo, 1, {"five"});
    ASSERT_TRUE(world.log.wait_for<PlaybackEnded>(kTwo));
    world.engine->play(kTwo, 2, {"five"});
    ASSERT_TRUE(station.log.wait_for<KeyPressed>(kOne, 1));
    EXPECT_EQ(station.log.keys(kOne).substr(0, 1), "5");
}

TEST(MediaEngine, RefusesConfigurationsThatCannotWork) {
    const auto ignore = [](const Event&) {};
    for (const MediaConfig& config :
         {MediaConfig{.threads = 0}, MediaConfig{.threads = 65},
          MediaConfig{.bind_host = "localhost"}, MediaConfig{.bind_host = "0.0.0.0"},
          MediaConfig{.port_min = 20'000, .port_max = 20'000},
          MediaConfig{.silence_timeout = milliseconds{0}}}) {
        const auto engine = MediaEngine::start(config, ignore);
        ASSERT_FALSE(engine);
        EXPECT_EQ(engine.error().code, Errc::InvalidInput) << engine.error().detail;
    }
    EXPECT_TRUE(
        MediaEngine::start({.bind_host = "0.0.0.0", .advertise_host = "127.0.0.1"}, ignore));
}

TEST(MediaEngine, AfterStopNothingHappens) {
    Station station;
    ASSERT_TRUE(station.engine->open(kThree));
    station.engine->stop();
    station.engine->stop();
    EXPECT_EQ(station.log.all<LegClosed>(kThree).size(), 1U);
    EXPECT_EQ(station.engine->open(kOne).error().code, Errc::Unavailable);
    station.engine->play(kThree, 1, {"x"});
    station.engine->close(kThree);
    EXPECT_EQ(station.engine->stats(kThree).packets_sent, 0U);
}

}  // namespace
}  // namespace bellwether::media::test
