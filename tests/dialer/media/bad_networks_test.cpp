// Ten minutes of a leg on networks and clocks as they are, in virtual time: what is heard of a
// stream, and how late. Every leg has the same receiving half, contacts' and agents' alike.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>
#include <random>
#include <utility>
#include <vector>

#include "dialer/media/rtp_receiver.h"

namespace bellwether::media {
namespace {

using std::chrono::microseconds;

constexpr Endpoint kPeer{0xC0000207, 4000};
constexpr int kTicks = 30'000;  // ten minutes

/// What a network does to a packet, and a clock to a stream.
struct Network {
    double skew = 0.0;       ///< of the sender's clock: 200e-6 sends 200 ppm too fast
    unsigned jitter_us = 0;  ///< extra delay, evenly up to this
    double loss = 0.0;       ///< share
    double duplicates = 0.0;
    double stragglers = 0.0;  ///< share that comes 60 ms later still, after its successors
};

struct Heard {
    RtpReceiver::Counters counters;
    std::uint64_t lost_on_the_way = 0;
    std::chrono::microseconds delay_max{};
    std::chrono::microseconds delay_at_the_end{};
};

/// A sender that speaks for a second and pauses for half of one, as people do, and who hears it.
class TenMinutes {
public:
    explicit TenMinutes(const Network& network) : network_{network} {
        Agreement agreement;
        agreement.rtp = kPeer;
        agreement.event_payload_type = 101;
        receiver_.configure(agreement);
    }

    Heard pass() {
        Frame frame;
        for (int tick = 0; tick < kTicks; ++tick) {
            const std::int64_t now = std::int64_t{20'000} * tick;
            while (send_next(now)) {
            }
            while (!on_the_way_.empty() && on_the_way_.top().first <= now) arrive();
            (void)receiver_.next_frame(frame);
            heard_.delay_max = std::max(heard_.delay_max, receiver_.playout_delay());
        }
        heard_.counters = receiver_.counters();
        heard_.delay_at_the_end = receiver_.playout_delay();
        return heard_;
    }

private:
    using Arrival = std::pair<std::int64_t, int>;  // microseconds, packet

    bool chance(double share) { return static_cast<double>(random_()) < share * 4'294'967'296.0; }

    bool send_next(std::int64_t now) {
        const auto sent = static_cast<std::int64_t>(20'000.0 * next_ / (1.0 + network_.skew));
        if (sent > now) return false;
        const int packet = next_++;
        if (chance(network_.loss)) {
            ++heard_.lost_on_the_way;
            return true;
        }
        const auto jitter = network_.jitter_us == 0 ? 0U : random_() % network_.jitter_us;
        const std::int64_t at = sent + static_cast<std::int64_t>(jitter);
        on_the_way_.emplace(chance(network_.stragglers) ? at + 60'000 : at, packet);
        if (chance(network_.duplicates)) on_the_way_.emplace(at + 3'000, packet);
        return true;
    }

    void arrive() {
        const auto [at, packet] = on_the_way_.top();
        on_the_way_.pop();
        std::vector<std::uint8_t> datagram(kRtpHeaderSize + kFrameSamples,
                                           packet % 75 < 50 ? 0x90 : 0xFE);
        write_rtp_header({.payload_type = 0,
                          .marker = false,
                          .sequence = static_cast<std::uint16_t>(packet),
                          .timestamp = static_cast<std::uint32_t>(packet) * 160,
                          .ssrc = 5},
                         std::span{datagram}.first<kRtpHeaderSize>());
        receiver_.on_datagram(kPeer, datagram, microseconds{at});
    }

    const Network network_;
    std::mt19937 random_{7};
    std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> on_the_way_;
    RtpReceiver receiver_;
    Heard heard_;
    int next_ = 0;
};

double share(std::uint64_t part) { return static_cast<double>(part) / kTicks; }

// 200 ppm are 120 ms in ten minutes, six frames: each costs one frame at the most, dropped in a
// pause of the peer or concealed, and the delay does not wander.
TEST(BadNetworks, ClocksApartBy200PartsPerMillion) {
    for (const double skew : {200e-6, -200e-6}) {
        const auto heard = TenMinutes{{.skew = skew}}.pass();
        EXPECT_LE(heard.counters.concealed, 12U) << skew;
        EXPECT_EQ(heard.counters.late, 0U) << skew;
        EXPECT_LE(heard.delay_max.count(), 60'000) << skew;
        EXPECT_LE(heard.delay_at_the_end.count(), 40'000) << skew;
    }
}

TEST(BadNetworks, JitterIsWaitedForAndNoLonger) {
    for (const unsigned jitter_ms : {5U, 15U, 40U, 60U}) {
        const auto heard = TenMinutes{{.jitter_us = jitter_ms * 1000U}}.pass();
        EXPECT_LT(share(heard.counters.concealed), 0.01) << jitter_ms << " ms";
        EXPECT_LE(heard.delay_max.count(), 100'000) << jitter_ms << " ms";
        // What the jitter is, and two frames: one that is being played, one that was premature.
        EXPECT_LE(heard.delay_at_the_end.count(), static_cast<std::int64_t>(jitter_ms + 40) * 1000)
            << jitter_ms << " ms";
    }
}

TEST(BadNetworks, LossRepeatsAndStragglersCostWhatTheyMust) {
    const Network network{
        .skew = 50e-6, .jitter_us = 20'000, .loss = 0.01, .duplicates = 0.02, .stragglers = 0.005};
    const auto heard = TenMinutes{network}.pass();
    const double lost = share(heard.lost_on_the_way);
    EXPECT_GT(share(heard.counters.duplicates), 0.01);
    EXPECT_LT(share(heard.counters.concealed), lost + 0.02)
        << "the lost, the straggling and little";
    EXPECT_GT(share(heard.counters.played), 0.96);
    EXPECT_LE(heard.delay_max.count(), 100'000);
}

}  // namespace
}  // namespace bellwether::media
