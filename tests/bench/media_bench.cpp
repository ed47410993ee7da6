// Bridged calls over loopback: how many packets are lost, and how much later than sent they arrive.
//
//   media_bench [--calls N] [--seconds S] [--threads T] [--check] [--relay]
//
// Two legs per call, each with a generator socket that sends a 20 ms mu-law packet every 20 ms,
// phases spread evenly. A packet carries its send time in octets that decoding and encoding leave
// as they are, so the far side knows its delay whatever was done to RTP headers. Delay includes the
// wait for the engine's next tick: 0 to 20 ms, 10 on average.
//
// --relay sends the same traffic through a bare relay afterwards: one socket per leg, epoll,
// recvmmsg, sendto, and nothing in between. What any program pays for packets on this machine at
// this hour is the bound that the engine's time is told beside.
//
// --check compares with the floor of design.md §9: loss below 0.01 %, the 99th percentile of the
// delay within one tick and 5 ms; exit code 3: not judged, because the generators themselves could
// not keep their times. Without it the program fails only if nothing gets through.

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "dialer/media/fd.h"
#include "dialer/media/media_clock.h"
#include "dialer/media/media_engine.h"
#include "dialer/media/rtp_packet.h"
#include "dialer/media/udp_batch.h"

namespace bellwether::media {
namespace {

constexpr int kSlots =
    20;  // of 1 ms; a leg sends in one and is drained in the one half a round later
constexpr int kInstrumentNiceness = -15;  // before the media threads' -10
// Later than this, and the machine has measured itself: the loss and delay floors leave 5 ms.
constexpr double kLateMaxMs = 2.5;
constexpr int kSettleMs = 100;
constexpr std::size_t kStampOctets = 16;
constexpr std::uint8_t kStampBase =
    0x80;  // 0x80 to 0x8F are 16 codes that G.711 gives back unchanged
constexpr std::uint8_t kFiller = 0x90;

struct Options {
    int calls = 50;
    int seconds = 5;
    int threads = 1;
    bool check = false;
    bool relay = false;
};

struct Generator {
    Fd fd;
    std::uint16_t port = 0;
    Endpoint engine;
    RtpHeader next;
};

struct Tally {
    std::uint64_t sent = 0;
    std::uint64_t arrived = 0;
    std::uint64_t unreadable =
        0;  // silence before the first packet and after the last, concealment
    std::vector<std::int64_t> delays_us;
    std::vector<std::int64_t> lateness_us;  // of the generators, a slot each: the machine's fault
};

std::chrono::microseconds thread_cpu() {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    return std::chrono::seconds{used.ru_utime.tv_sec + used.ru_stime.tv_sec} +
           std::chrono::microseconds{used.ru_utime.tv_usec + used.ru_stime.tv_usec};
}

std::chrono::microseconds process_cpu() {
    return std::chrono::microseconds{std::clock() * (1'000'000 / CLOCKS_PER_SEC)};
}

void write_stamp(std::uint64_t value, std::span<std::uint8_t> payload) {
    for (std::size_t i = 0; i < kStampOctets; ++i) {
        payload[i] = static_cast<std::uint8_t>(kStampBase | ((value >> (4 * i)) & 0x0F));
    }
}

std::optional<std::uint64_t> read_stamp(std::span<const std::uint8_t> payload) {
    std::uint64_t value = 0;
    if (payload.size() != kFrameSamples || payload[kStampOctets] != kFiller) return std::nullopt;
    for (std::size_t i = 0; i < kStampOctets; ++i) {
        if ((payload[i] & 0xF0) != kStampBase) return std::nullopt;
        value |= std::uint64_t{payload[i] & 0x0FU} << (4 * i);
    }
    return value;
}

/// A socket on a free port of the loopback, with kernel receive times; closed if there is none.
struct BoundSocket {
    Fd fd;
    std::uint16_t port = 0;
};

BoundSocket bind_socket() {
    BoundSocket bound{.fd = Fd{::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)}};
    sockaddr_in local{};
    local.sin_family = AF_INET;
    local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof local;
    const int on = 1;
    if (::bind(bound.fd.get(), reinterpret_cast<sockaddr*>(&local), size) != 0 ||
        ::getsockname(bound.fd.get(), reinterpret_cast<sockaddr*>(&local), &size) != 0 ||
        ::setsockopt(bound.fd.get(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0) {
        return {};
    }
    bound.port = ntohs(local.sin_port);
    return bound;
}

std::optional<Generator> make_generator(CallId leg) {
    auto bound = bind_socket();
    if (!bound.fd.is_open()) return std::nullopt;
    Generator generator;
    generator.fd = std::move(bound.fd);
    generator.port = bound.port;
    generator.next.ssrc = static_cast<std::uint32_t>(value_of(leg)) + 1;
    return generator;
}

std::optional<Generator> make_generator(MediaEngine& engine, CallId leg) {
    auto generator = make_generator(leg);
    if (!generator || !engine.open(leg)) return std::nullopt;
    const auto answer = engine.answer(leg, "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio " +
                                               std::to_string(generator->port) + " RTP/AVP 0\r\n");
    const auto ours = parse_sdp(*answer);
    generator->engine = agree(*ours)->rtp;
    return generator;
}

/// Hands each packet of a leg to the other leg's generator as it comes.
class BareRelay {
public:
    /// Gives every generator its socket here, pairs being neighbours.
    explicit BareRelay(std::vector<Generator>& generators)
        : epoll_{::epoll_create1(EPOLL_CLOEXEC)} {
        for (std::size_t i = 0; i < generators.size(); ++i) {
            auto bound = bind_socket();
            generators[i].engine = {INADDR_LOOPBACK, bound.port};
            epoll_event wanted{.events = EPOLLIN, .data = {.u64 = i}};
            ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, bound.fd.get(), &wanted);
            legs_.push_back(std::move(bound.fd));
            peers_.push_back({INADDR_LOOPBACK, generators[i].port});
        }
        thread_ = std::thread{[this] { run(); }};
    }
    BareRelay(const BareRelay&) = delete;
    BareRelay& operator=(const BareRelay&) = delete;
    ~BareRelay() {
        stopping_.store(true);
        thread_.join();
    }

private:
    void run() {
        const auto batch = std::make_unique<UdpBatch>();
        std::array<epoll_event, 64> ready{};
        while (!stopping_.load()) {
            const int count = ::epoll_wait(epoll_.get(), ready.data(), ready.size(), 100);
            for (int i = 0; i < count; ++i)
                forward(ready[static_cast<std::size_t>(i)].data.u64, *batch);
        }
    }

    void forward(std::size_t leg, UdpBatch& batch) {
        const std::size_t other = leg ^ 1U;
        const auto count = batch.receive(legs_[leg].get());
        for (std::size_t i = 0; i < count; ++i) {
            (void)send_datagram(legs_[other].get(), peers_[other], batch.datagram(i).octets);
        }
    }

    Fd epoll_;
    std::vector<Fd> legs_;
    std::vector<Endpoint> peers_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

void send_one(Generator& generator, Tally& tally) {
    std::array<std::uint8_t, kRtpHeaderSize + kFrameSamples> packet;
    packet.fill(kFiller);
    write_rtp_header(generator.next, std::span{packet}.first<kRtpHeaderSize>());
    write_stamp(static_cast<std::uint64_t>(unix_now().count()),
                std::span{packet}.subspan(kRtpHeaderSize));
    if (send_datagram(generator.fd.get(), generator.engine, packet)) ++tally.sent;
    ++generator.next.sequence;
    generator.next.timestamp += kFrameSamples;
}

void drain(const Generator& generator, UdpBatch& batch, Tally& tally) {
    std::size_t count = UdpBatch::kSize;
    while (count == UdpBatch::kSize) {
        count = batch.receive(generator.fd.get());
        for (std::size_t i = 0; i < count; ++i) {
            const auto datagram = batch.datagram(i);
            const auto packet = parse_rtp(datagram.octets);
            const auto stamp = packet ? read_stamp(packet->payload) : std::nullopt;
            if (!stamp) {
                ++tally.unreadable;
                continue;
            }
            ++tally.arrived;
            tally.delays_us.push_back(datagram.arrival.count() - static_cast<std::int64_t>(*stamp));
        }
    }
}

// Sends for the given time, and receives for half a second longer.
void run_traffic(std::vector<Generator>& generators, const Options& options, Tally& tally) {
    const Fd timer{::timerfd_create(CLOCK_MONOTONIC, 0)};
    itimerspec period{};
    period.it_interval.tv_nsec = 1'000'000;
    period.it_value.tv_nsec = 1'000'000;
    ::timerfd_settime(timer.get(), 0, &period, nullptr);
    // The instrument comes before what it measures, where the system allows it.
    const sched_param first{.sched_priority = 1};
    if (::sched_setscheduler(0, SCHED_FIFO, &first) != 0)
        (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kInstrumentNiceness);
    const auto began = monotonic_now();
    const auto batch = std::make_unique<UdpBatch>();
    const std::uint64_t send_slots = static_cast<std::uint64_t>(options.seconds) * 1000;
    std::uint64_t slot = 0;
    while (slot < send_slots + 500) {
        std::uint64_t elapsed = 0;
        (void)!::read(timer.get(), &elapsed, sizeof elapsed);
        for (; elapsed > 0; --elapsed, ++slot) {
            const auto due = began + std::chrono::milliseconds{slot + 1};
            tally.lateness_us.push_back((monotonic_now() - due).count());
            for (std::size_t i = slot % kSlots; i < generators.size(); i += kSlots) {
                if (slot < send_slots) send_one(generators[i], tally);
            }
            for (std::size_t i = (slot + kSlots / 2) % kSlots; i < generators.size(); i += kSlots) {
                drain(generators[i], *batch, tally);
            }
        }
    }
}

double percentile_ms(std::vector<std::int64_t>& sorted_us, double share) {
    if (sorted_us.empty()) return 0.0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted_us.size() - 1));
    return static_cast<double>(sorted_us[at]) / 1000.0;
}

/// What a run measured.
struct Figures {
    double loss = 1.0;
    double p99_ms = 0.0;
    double late_p99_ms = 0.0;  // of the generators
    double cpu_us_per_packet = 0.0;
};

Figures report(const char* who, const Options& options, Tally& tally,
               std::chrono::microseconds cpu) {
    std::sort(tally.delays_us.begin(), tally.delays_us.end());
    const auto sent = static_cast<double>(std::max<std::uint64_t>(1, tally.sent));
    std::sort(tally.lateness_us.begin(), tally.lateness_us.end());
    const Figures figures{.loss = 1.0 - static_cast<double>(tally.arrived) / sent,
                          .p99_ms = percentile_ms(tally.delays_us, 0.99),
                          .late_p99_ms = percentile_ms(tally.lateness_us, 0.99),
                          .cpu_us_per_packet = static_cast<double>(cpu.count()) / sent};
    fmt::print("{} calls={} seconds={} threads={} sent={} arrived={} loss={:.5f}% unreadable={}\n",
               who, options.calls, options.seconds, options.threads, tally.sent, tally.arrived,
               100.0 * figures.loss, tally.unreadable);
    fmt::print("{} delay_ms p50={:.2f} p90={:.2f} p99={:.2f} p99.9={:.2f} max={:.2f}\n", who,
               percentile_ms(tally.delays_us, 0.5), percentile_ms(tally.delays_us, 0.9),
               figures.p99_ms, percentile_ms(tally.delays_us, 0.999),
               percentile_ms(tally.delays_us, 1.0));
    fmt::print("{} generators late_ms p99={:.2f} max={:.2f}\n", who, figures.late_p99_ms,
               percentile_ms(tally.lateness_us, 1.0));
    const double cores = static_cast<double>(cpu.count()) / (options.seconds * 1e6);
    fmt::print("{} cpu us_per_packet={:.2f} cores={:.3f} percent_of_a_core_per_call={:.3f}\n", who,
               figures.cpu_us_per_packet, cores, 100.0 * cores / options.calls);
    return figures;
}

Figures run_and_report(const char* who, const Options& options,
                       std::vector<Generator>& generators) {
    Tally tally;
    tally.delays_us.reserve(generators.size() * 50 * static_cast<std::size_t>(options.seconds + 1));
    const auto before = process_cpu() - thread_cpu();
    run_traffic(generators, options, tally);
    return report(who, options, tally, process_cpu() - thread_cpu() - before);
}

std::optional<Figures> run_relay(const Options& options) {
    std::vector<Generator> generators;
    for (int leg = 0; leg < 2 * options.calls; ++leg) {
        auto generator = make_generator(CallId{static_cast<std::uint64_t>(leg)});
        if (!generator) return std::nullopt;
        generators.push_back(std::move(*generator));
    }
    const BareRelay relay{generators};
    return run_and_report("relay", options, generators);
}

int run(const Options& options) {
    auto engine = MediaEngine::start({.threads = options.threads}, [](const Event&) {});
    if (!engine) {
        fmt::print(stderr, "{}\n", engine.error().detail);
        return 1;
    }
    std::vector<Generator> generators;
    for (int call = 0; call < options.calls; ++call) {
        const CallId first{static_cast<std::uint64_t>(2 * call + 1)};
        const CallId second{static_cast<std::uint64_t>(2 * call + 2)};
        for (const CallId leg : {first, second}) {
            auto generator = make_generator(**engine, leg);
            if (!generator) {
                fmt::print(stderr, "no socket for leg {}\n", value_of(leg));
                return 1;
            }
            generators.push_back(std::move(*generator));
        }
        (*engine)->bridge(first, second);
    }
    // The bridges are made at the next tick and fade in over one more, which would spoil a stamp.
    (void)::poll(nullptr, 0, kSettleMs);
    const auto figures = run_and_report("engine", options, generators);
    (*engine)->stop();
    generators.clear();
    if (options.relay) {
        const auto bound = run_relay(options);
        if (!bound) return 1;
        fmt::print("engine_over_relay cpu={:.2f}\n",
                   figures.cpu_us_per_packet / std::max(0.01, bound->cpu_us_per_packet));
    }
    if (figures.loss >= 1.0) return 1;
    if (!options.check) return 0;
    if (figures.late_p99_ms > kLateMaxMs) {
        fmt::print(
            "not judged: the generators themselves were late; repeat on a quieter machine\n");
        return 3;
    }
    constexpr double kTickMs = 20.0;
    return figures.loss > 0.0001 || figures.p99_ms > kTickMs + 5.0 ? 1 : 0;
}

std::optional<Options> parse(std::span<char*> arguments) {
    Options options;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string_view name = arguments[i];
        if (name == "--check" || name == "--relay") {
            (name == "--check" ? options.check : options.relay) = true;
            continue;
        }
        int* value = name == "--calls"     ? &options.calls
                     : name == "--seconds" ? &options.seconds
                     : name == "--threads" ? &options.threads
                                           : nullptr;
        if (value == nullptr || ++i == arguments.size()) return std::nullopt;
        const std::string_view text = arguments[i];
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
        if (error != std::errc{} || *end != '\0' || *value < 1 || *value > 10'000)
            return std::nullopt;
    }
    return options;
}

}  // namespace
}  // namespace bellwether::media

int main(int argc, char** argv) {
    const auto options = bellwether::media::parse(std::span{argv, static_cast<std::size_t>(argc)});
    if (!options) {
        fmt::print(
            stderr,
            "usage: media_bench [--calls N] [--seconds S] [--threads T] [--check] [--relay]\n");
        return 2;
    }
    return bellwether::media::run(*options);
}
