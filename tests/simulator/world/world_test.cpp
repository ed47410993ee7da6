#include "simulator/world/world.h"

#include <gtest/gtest.h>

#include <map>

#include "simulator/world/scenario.h"

namespace bellwether::simulator {
namespace {

using campaigns::Outcome;

RunReport run_seed(std::uint64_t seed) {
    return run(random_scenario(seed), {.check_invariants = false, .journal = {.hash = true}});
}

TEST(World, GivesTheSameTraceForTheSameSeed) {
    for (const std::uint64_t seed : {3U, 14U, 159U}) {
        const RunReport first = run_seed(seed);
        const RunReport again = run_seed(seed);
        EXPECT_EQ(first.trace_hash, again.trace_hash);
        EXPECT_EQ(first.events, again.events);
    }
}

TEST(World, GivesAnotherTraceForAnotherSeed) {
    EXPECT_NE(run_seed(3).trace_hash, run_seed(4).trace_hash);
}

TEST(World, IsTheSameWhetherItIsWatchedOrNot) {
    const auto watched = run(random_scenario(8),
                             {.check_invariants = true, .journal = {.hash = true, .keep = true}});
    EXPECT_EQ(watched.trace_hash, run_seed(8).trace_hash);
}

/// The random worlds are worth their time only if everything happens in them.
TEST(World, LetsEverythingHappenInAHundredSeeds) {
    std::map<Outcome, std::int64_t> outcomes;
    std::int64_t bridges = 0;
    std::int64_t answers = 0;
    std::int64_t restarts = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const RunReport report = run(random_scenario(seed), {.check_invariants = false});
        for (const auto& [outcome, count] : report.outcomes) outcomes[outcome] += count;
        bridges += report.bridges;
        answers += report.answers_stored;
        restarts += report.restarts;
    }
    EXPECT_GT(bridges, 1000);
    EXPECT_GT(answers, 1000);
    EXPECT_GT(restarts, 50);
    for (const Outcome outcome :
         {Outcome::Connected, Outcome::Abandoned, Outcome::HungUp, Outcome::InterviewComplete,
          Outcome::InterviewPartial, Outcome::NoticePlayed, Outcome::OptedOut, Outcome::Busy,
          Outcome::NoAnswer, Outcome::Cancelled, Outcome::InvalidNumber, Outcome::Unavailable,
          Outcome::Rejected, Outcome::Congestion, Outcome::Unreachable, Outcome::Withdrawn,
          Outcome::Unknown}) {
        EXPECT_GT(outcomes[outcome], 0) << name_of(outcome);
    }
}

}  // namespace
}  // namespace bellwether::simulator
