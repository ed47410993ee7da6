// Answer detection: microseconds per frame, and how late the ticks of loaded media threads are.
//
//   amd_bench [--legs N] [--threads T] [--seconds S]
//
// First one leg alone. Then N legs spread over T threads that, as media threads do, give every leg
// one frame each 20 ms; a tick is as late as its last leg is heard after the tick's time.
// The sound is speech-like noise in syllables and pauses: what it says does not change the work.

#include <fmt/core.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string_view>
#include <thread>
#include <vector>

#include "answer-detect/analyzer.h"
#include "answer-detect/shipped_weights.h"
#include "base/rng.h"

namespace bellwether::answer_detect {
namespace {

using Clock = std::chrono::steady_clock;
using Sound = std::vector<std::array<std::int16_t, kFrameSamples>>;
using namespace std::chrono_literals;

struct Options {
    int legs = 400;
    int threads = 2;
    int seconds = 5;
};

Sound syllables(int seconds) {
    Rng rng{1, "syllables"};
    Sound sound(static_cast<std::size_t>(seconds) * 50);
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const bool pause = i % 100 > 70;  // of two seconds
        const double level = pause ? 40 : 3000 * static_cast<double>(1 + i % 9);
        for (auto& sample : sound[i]) {
            sample = static_cast<std::int16_t>(std::clamp(level / 9 * rng.normal(), -3e4, 3e4));
        }
    }
    return sound;
}

/// Microseconds of this thread's processor time for each frame.
double alone(const GreetingModel& model, const Sound& sound) {
    CallAnalyzer analyzer{&model, policy_of(Mode::Balanced)};
    analyzer.answered({});
    const auto cpu_us = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
    };
    const double began = cpu_us();
    for (const auto& frame : sound) (void)analyzer.push(frame, FrameState::Audio);
    return (cpu_us() - began) / static_cast<double>(sound.size());
}

void wait_until(Clock::time_point tick) {
    const auto left = std::chrono::nanoseconds{tick - Clock::now()};
    if (left.count() <= 0) return;
    const timespec wait{0, left.count()};
    ppoll(nullptr, 0, &wait, nullptr);
}

/// Lateness of each tick, in milliseconds.
std::vector<double> media_thread(const GreetingModel& model, const Sound& sound, int legs,
                                 int seconds) {
    std::vector<CallAnalyzer> analyzers;
    for (int i = 0; i < legs; ++i) {
        analyzers.emplace_back(&model, policy_of(Mode::Balanced)).answered({});
    }
    std::vector<double> late_ms;
    constexpr auto kTick = 20ms;
    auto tick = Clock::now() + kTick;
    for (int n = 0; n < seconds * 50; ++n, tick += kTick) {
        wait_until(tick);
        std::size_t at = static_cast<std::size_t>(n);
        for (CallAnalyzer& analyzer : analyzers) {
            (void)analyzer.push(sound[at++ % sound.size()], FrameState::Audio);
        }
        late_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - tick).count());
    }
    return late_ms;
}

std::vector<double> together(const GreetingModel& model, const Sound& sound,
                             const Options& options) {
    std::vector<std::vector<double>> late(static_cast<std::size_t>(options.threads));
    std::vector<std::thread> threads;
    for (auto& mine : late) {
        threads.emplace_back([&] {
            mine = media_thread(model, sound, options.legs / options.threads, options.seconds);
        });
    }
    for (auto& thread : threads) thread.join();
    std::vector<double> all;
    for (const auto& mine : late) all.insert(all.end(), mine.begin(), mine.end());
    std::sort(all.begin(), all.end());
    return all;
}

int run(const Options& options) {
    const auto model = GreetingModel::parse(shipped_weights());
    if (!model) {
        fmt::print(stderr, "{}\n", model.error().detail);
        return 1;
    }
    const Sound sound = syllables(20);
    fmt::print("one leg: {:.2f} us per frame\n", alone(*model, sound));
    const auto late = together(*model, sound, options);
    const auto at = [&](double share) {
        return late[static_cast<std::size_t>(share * static_cast<double>(late.size() - 1))];
    };
    fmt::print("{} legs on {} threads, {} s: ticks late by p50 {:.2f} p99 {:.2f} max {:.2f} ms\n",
               options.legs, options.threads, options.seconds, at(0.5), at(0.99), at(1));
    return 0;
}

}  // namespace
}  // namespace bellwether::answer_detect

int main(int argc, char** argv) {
    bellwether::answer_detect::Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        const std::string_view value = argv[i + 1];
        int* const wanted = name == "--legs"      ? &options.legs
                            : name == "--threads" ? &options.threads
                                                  : &options.seconds;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), *wanted);
        if (read.ec != std::errc{} || *wanted < 1) {
            fmt::print(stderr, "amd_bench [--legs N] [--threads T] [--seconds S]\n");
            return 2;
        }
    }
    return bellwether::answer_detect::run(options);
}
