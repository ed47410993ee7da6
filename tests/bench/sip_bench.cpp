// Calls a second through the SIP endpoint to a carrier that answers, and what one costs.
//
//   sip_bench --port P [--rate N] [--seconds S] [--times FILE]
//
// Each call is ended as soon as it is answered. Prints one JSON line. FILE gets "number seconds"
// for each call: when it was decided, by the system's clock, for whoever saw it arrive. The carrier
// and the comparison with another caller are scripts/sip_speed.py's.

#include <sys/resource.h>
#include <time.h>

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "dialer/sip/sip_endpoint.h"

namespace bellwether::sip {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::uint16_t port = 0;
    unsigned rate = 300;
    unsigned seconds = 10;
    std::string times;
};

/// What became of the calls so far; filled by the endpoint's thread.
class Tally {
public:
    void count(unsigned Tally::*what) {
        const std::lock_guard lock{mutex_};
        ++(this->*what);
        changed_.notify_one();
    }
    /// Waits until so many calls are over, or until `at`.
    void wait(unsigned over, Clock::time_point at) {
        std::unique_lock lock{mutex_};
        changed_.wait_until(lock, at, [&] { return ended + failed >= over; });
    }

    unsigned answered = 0;
    unsigned ended = 0;
    unsigned failed = 0;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
};

void pause_until(Clock::time_point at) {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock{mutex};
    while (Clock::now() < at) never.wait_until(lock, at);
}

constexpr const char* kSdp =
    "v=0\r\no=bench 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n";

// How long the last calls may take to end once the last one was placed.
constexpr std::chrono::seconds kTail{10};

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

EndpointConfig endpoint_config(const Options& options) {
    TrunkConfig trunk;
    trunk.host = "127.0.0.1";
    trunk.port = options.port;
    trunk.allowed_prefixes = {"+1202"};
    trunk.lines = 10'000;
    trunk.calls_per_second = 1000;
    EndpointConfig config;
    config.registrar = false;
    config.trunks = {trunk};
    return config;
}

std::string number_of(unsigned call) {
    const std::string digits = std::to_string(call);
    return "+1202" + std::string(7 - digits.size(), '0') + digits;
}

void place_calls(SipEndpoint& endpoint, const Options& options, std::ofstream& times) {
    const auto start = Clock::now();
    const unsigned calls = options.rate * options.seconds;
    for (unsigned i = 0; i < calls; ++i) {
        pause_until(start + std::chrono::microseconds{1'000'000} * i / options.rate);
        const auto number = number_of(2'000'000 + i);
        timespec now{};
        clock_gettime(CLOCK_REALTIME, &now);
        endpoint.invite(TrunkInvite{.call = CallId{i + 1},
                                    .number = *PhoneNumber::parse(number),
                                    .caller_id = "+12025550100",
                                    .sdp = kSdp,
                                    .headers = {}});
        if (!times.is_open()) continue;
        times << number << ' ' << now.tv_sec << '.';
        times.width(9);
        times.fill('0');
        times << now.tv_nsec << '\n';
    }
}

int run(const Options& options) {
    Tally tally;
    SipEndpoint* self = nullptr;
    auto started = SipEndpoint::start(endpoint_config(options), [&](const Event& event) {
        if (const auto* answered = std::get_if<Answered>(&event)) {
            tally.count(&Tally::answered);
            self->hang_up(answered->call);
        } else if (std::holds_alternative<Ended>(event)) {
            tally.count(&Tally::ended);
        } else if (std::holds_alternative<Failed>(event)) {
            tally.count(&Tally::failed);
        }
    });
    if (!started) {
        std::fprintf(stderr, "%s\n", started.error().detail.c_str());
        return 1;
    }
    self = started->get();

    std::ofstream times;
    if (!options.times.empty()) times.open(options.times);
    const double cpu_before = cpu_seconds();
    const auto start = Clock::now();
    place_calls(**started, options, times);
    const auto placed = Clock::now();
    const unsigned calls = options.rate * options.seconds;
    tally.wait(calls, placed + kTail);
    const double cpu = cpu_seconds() - cpu_before;
    const double seconds = std::chrono::duration<double>(placed - start).count();
    (*started)->stop();  // from here on nobody else writes the tally
    std::printf(
        "{\"calls\": %u, \"answered\": %u, \"ended\": %u, \"failed\": %u, \"calls_per_s\": %.1f, "
        "\"cpu_us_per_call\": %.1f}\n",
        calls, tally.answered, tally.ended, tally.failed, static_cast<double>(calls) / seconds,
        cpu * 1e6 / calls);
    return 0;
}

template <class T>
bool read_number(std::string_view text, T& out) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
    return result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

bool read_options(const std::vector<std::string_view>& words, Options& options) {
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
        const auto value = words[i + 1];
        bool good = true;
        if (words[i] == "--port") {
            good = read_number(value, options.port);
        } else if (words[i] == "--rate") {
            good = read_number(value, options.rate) && options.rate > 0;
        } else if (words[i] == "--seconds") {
            good = read_number(value, options.seconds);
        } else if (words[i] == "--times") {
            options.times = value;
        } else {
            good = false;
        }
        if (!good) return false;
    }
    return words.size() % 2 == 0 && options.port != 0;
}

}  // namespace
}  // namespace bellwether::sip

int main(int count, char** arguments) {
    bellwether::sip::Options options;
    const std::vector<std::string_view> words{arguments + 1, arguments + count};
    if (!bellwether::sip::read_options(words, options)) {
        std::fprintf(stderr, "usage: sip_bench --port P [--rate N] [--seconds S] [--times FILE]\n");
        return 2;
    }
    return bellwether::sip::run(options);
}
