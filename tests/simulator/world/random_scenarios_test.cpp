#include <gtest/gtest.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "simulator/world/scenario.h"
#include "simulator/world/world.h"

// The promises R1-R8 over random worlds. One seed: BELLWETHER_SEED=17 world_test.

namespace bellwether::simulator {
namespace {

constexpr std::uint64_t kSeeds = 200;

std::uint64_t seed_at_hand = 0;

std::string how_to_repeat(std::uint64_t seed) {
    return "repeat: BELLWETHER_SEED=" + std::to_string(seed) +
           " world_test --gtest_filter=RandomScenarios.*";
}

/// A failed BW_CHECK ends the process: say first which seed it was.
void say_which_seed(int) {
    std::cerr << how_to_repeat(seed_at_hand) << std::endl;
    std::signal(SIGABRT, SIG_DFL);
    std::abort();
}

void expect_promises_kept(std::uint64_t seed) {
    seed_at_hand = seed;
    SCOPED_TRACE(how_to_repeat(seed));
    const RunReport report =
        run(random_scenario(seed), {.check_invariants = true, .journal = {.hash = true}});
    if (!report.complaint) return;
    ADD_FAILURE() << report.complaint->promise << ": " << report.complaint->detail << " (event "
                  << report.failed_seq << ")";
}

TEST(RandomScenarios, KeepEveryPromise) {
    std::signal(SIGABRT, say_which_seed);
    if (const char* one = std::getenv("BELLWETHER_SEED")) {
        return expect_promises_kept(std::stoull(one));
    }
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) expect_promises_kept(seed);
    std::signal(SIGABRT, SIG_DFL);
}

}  // namespace
}  // namespace bellwether::simulator
