// What one decision of the pacer costs, beliefs and tables included. Budget (issue 3): 50 us at 25
// agents with 40 calls in flight, 500 us at 500 agents with 700; aimed at are 20 and 200.
//
//   pacer_bench [--hours N]    N simulated hours at each size (default 1)

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "pacing/pacer.h"
#include "tests/pacing/small_world.h"

namespace {

using namespace bellwether;
using namespace bellwether::pacing;

/// Passes on to a Pacer and adds up its time.
class Timed final : public Rule {
public:
    explicit Timed(PacerState& state) : pacer_{state} {}

    void learn(const Happening& happening, Instant at) override {
        const auto start = std::chrono::steady_clock::now();
        pacer_.learn(happening, at);
        learning += std::chrono::steady_clock::now() - start;
    }
    Verdict decide(const Settings& settings, const Picture& picture) override {
        const auto start = std::chrono::steady_clock::now();
        Verdict verdict = pacer_.decide(settings, picture);
        const auto took = std::chrono::steady_clock::now() - start;
        deciding += took;
        if (took > longest) longest = took;
        in_flight += picture.in_flight();
        return verdict;
    }

    std::chrono::nanoseconds learning{};
    std::chrono::nanoseconds deciding{};
    std::chrono::nanoseconds longest{};
    std::int64_t in_flight = 0;

private:
    Pacer pacer_;
};

void measure(int agents, double live, double hours) {
    PacerState state;
    Timed timed{state};
    const SmallDay day{.seed = 1, .hours = hours, .agents = agents, .live = live};
    const SmallResult result =
        run_small_day(day, {.safeguards = false}, [&]() -> Rule& { return timed; });
    const auto decisions = static_cast<double>(result.decisions);
    const auto us = [](std::chrono::nanoseconds time) {
        return static_cast<double>(time.count()) / 1e3;
    };
    std::printf(
        "%3d agents, %4.0f calls in flight: %6.1f us a decision (longest %5.0f), %5.2f us learning "
        "a "
        "call, %.2f decisions a call\n",
        agents, static_cast<double>(timed.in_flight) / decisions, us(timed.deciding) / decisions,
        us(timed.longest), us(timed.learning) / static_cast<double>(result.calls),
        decisions / static_cast<double>(result.calls));
}

}  // namespace

int main(int argc, char** argv) {
    double hours = 1;
    if (argc == 3 && std::strcmp(argv[1], "--hours") == 0) hours = std::atof(argv[2]);
    measure(5, 0.2, hours);
    measure(25, 0.2, hours);
    measure(40, 0.2, hours);
    measure(100, 0.1, hours);
    measure(500, 0.2, hours / 4);
    return 0;
}
