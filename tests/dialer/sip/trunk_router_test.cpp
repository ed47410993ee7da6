// Which trunk carries a call. The laws are checked against a ledger of the test's own.

#include "dialer/sip/trunk_router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

namespace bellwether::sip {
namespace {

using namespace std::chrono_literals;
using Verdict = TrunkRouter::Verdict;
using testing::ElementsAre;

constexpr std::string_view kNumber = "+12025550123";

TrunkConfig trunk(const std::string& name, int priority = 1, int weight = 1) {
    TrunkConfig config;
    config.name = name;
    config.allowed_prefixes = {"+1"};
    config.priority = priority;
    config.weight = weight;
    config.lines = 1000;
    config.calls_per_second = 1000;
    return config;
}

std::vector<TrunkIndex> choose_times(TrunkRouter& router, int times, Elapsed now = 0ms) {
    std::vector<TrunkIndex> chosen;
    for (int i = 0; i < times; ++i) {
        const auto choice = router.choose(kNumber, {}, now);
        if (choice.verdict == Verdict::Chosen) chosen.push_back(choice.trunk);
    }
    return chosen;
}

void fail_times(TrunkRouter& router, TrunkIndex index, int times, Elapsed now) {
    for (int i = 0; i < times; ++i) router.failed(index, TrunkFailure::NoAnswer, std::nullopt, now);
}

// The order that smooth weighted round-robin is known for (nginx, upstream weights 5, 1, 1):
// a a b a c a a, rather than five of one in a row.
TEST(TrunkRouter, SpreadsCallsByWeightAndEvenly) {
    TrunkRouter router{std::vector{trunk("a", 1, 5), trunk("b"), trunk("c")}};
    EXPECT_THAT(choose_times(router, 7), ElementsAre(0, 0, 1, 0, 2, 0, 0));
}

TEST(TrunkRouter, UsesALaterPriorityOnlyWhenTheFirstCannot) {
    auto first = trunk("first", 1);
    first.lines = 2;
    TrunkRouter router{std::vector{trunk("second", 2), first}};
    EXPECT_THAT(choose_times(router, 3), ElementsAre(1, 1, 0));
    router.release(1);
    EXPECT_THAT(choose_times(router, 2), ElementsAre(1, 0));
}

TEST(TrunkRouter, NeverDialsOutsideThePrefixes) {
    TrunkRouter router{std::vector{trunk("a")}};
    EXPECT_EQ(router.choose("+442079460123", {}, 0ms).verdict, Verdict::NotAllowed);
    EXPECT_EQ(TrunkRouter{{}}.choose(kNumber, {}, 0ms).verdict, Verdict::NotAllowed);
}

TEST(TrunkRouter, WaitsForTheNextCallOfTheSecondRatherThanLoseOne) {
    auto slow = trunk("slow");
    slow.calls_per_second = 4;
    TrunkRouter router{std::vector{slow}};
    EXPECT_EQ(choose_times(router, 4).size(), 4U);
    const auto choice = router.choose(kNumber, {}, 0ms);
    EXPECT_EQ(choice.verdict, Verdict::Wait);
    EXPECT_EQ(choice.until, 250ms);
    EXPECT_EQ(router.choose(kNumber, {}, choice.until).verdict, Verdict::Chosen);
}

TEST(TrunkRouter, LeavesATrunkThatFailedTheCall) {
    TrunkRouter router{std::vector{trunk("a"), trunk("b", 2)}};
    TrunkSet tried;
    tried.set(0);
    EXPECT_EQ(router.choose(kNumber, tried, 0ms).trunk, 1U);
    tried.set(1);
    EXPECT_EQ(router.choose(kNumber, tried, 0ms).verdict, Verdict::NoneLeft);
}

TEST(TrunkRouter, OpensAfterFailuresInARowAndOnlyThen) {
    TrunkRouter router{std::vector{trunk("a")}};
    fail_times(router, 0, TrunkRouter::kFailuresToOpen - 1, 0ms);
    router.worked(0);
    fail_times(router, 0, TrunkRouter::kFailuresToOpen - 1, 0ms);
    EXPECT_EQ(router.circuit(0, 0ms), Circuit::Closed);
    fail_times(router, 0, 1, 0ms);
    EXPECT_EQ(router.circuit(0, 0ms), Circuit::Open);
    EXPECT_EQ(router.condition(0, 0ms), TrunkCondition::CircuitOpen);
    EXPECT_EQ(router.choose(kNumber, {}, 0ms).verdict, Verdict::NoneLeft);
}

TEST(TrunkRouter, TriesOneCallAfterThePauseAndDoublesItWhenThatFails) {
    TrunkRouter router{std::vector{trunk("a")}};
    fail_times(router, 0, TrunkRouter::kFailuresToOpen, 0ms);
    Elapsed now = 0ms;
    Elapsed pause = TrunkRouter::kPauseMin;
    for (int i = 0; i < 10; ++i) {
        EXPECT_THAT(choose_times(router, 1, now + pause - 1ms), ElementsAre());
        now += pause;
        EXPECT_EQ(router.circuit(0, now), Circuit::HalfOpen);
        EXPECT_THAT(choose_times(router, 2, now), ElementsAre(0));  // one at a time
        fail_times(router, 0, 1, now);
        router.release(0);
        pause = std::min<Elapsed>(pause * 2, TrunkRouter::kPauseMax);
    }
    EXPECT_EQ(pause, TrunkRouter::kPauseMax);
    now += pause;
    EXPECT_THAT(choose_times(router, 1, now), ElementsAre(0));
    router.worked(0);
    EXPECT_EQ(router.circuit(0, now), Circuit::Closed);
    EXPECT_EQ(choose_times(router, 5, now).size(), 5U);
}

TEST(TrunkRouter, ATrialWithoutEndDoesNotBlockTheNextForEver) {
    TrunkRouter router{std::vector{trunk("a")}};
    fail_times(router, 0, TrunkRouter::kFailuresToOpen, 0ms);
    const Elapsed now = TrunkRouter::kPauseMin;
    EXPECT_THAT(choose_times(router, 2, now), ElementsAre(0));
    EXPECT_THAT(choose_times(router, 2, now + TrunkRouter::kTrialMax), ElementsAre(0));
}

TEST(TrunkRouter, RestsAsLongAsA503AsksAndNoLongerThanTheLimit) {
    TrunkRouter router{std::vector{trunk("a")}};
    router.failed(0, TrunkFailure::Status, 30s, 0ms);
    EXPECT_EQ(router.condition(0, 29'999ms), TrunkCondition::RetryAfter);
    EXPECT_EQ(router.condition(0, 30s), TrunkCondition::Up);
    router.failed(0, TrunkFailure::Status, 86'400s, 30s);
    EXPECT_EQ(router.condition(0, 30s + TrunkRouter::kRestMax), TrunkCondition::Up);
}

TEST(TrunkRouter, GoesByTheLastOptions) {
    TrunkRouter router{std::vector{trunk("a")}};
    router.options_missed(0);
    EXPECT_EQ(router.condition(0, 0ms), TrunkCondition::OptionsUnanswered);
    EXPECT_THAT(choose_times(router, 1), ElementsAre());
    router.options_answered(0);
    EXPECT_THAT(choose_times(router, 1), ElementsAre(0));
}

// --- laws ---

std::vector<TrunkConfig> some_trunks() {
    const auto count = *rc::gen::inRange(1, 5);
    std::vector<TrunkConfig> trunks;
    for (int i = 0; i < count; ++i) {
        auto each =
            trunk("t" + std::to_string(i), *rc::gen::inRange(1, 3), *rc::gen::inRange(1, 6));
        each.lines = *rc::gen::inRange(1, 8);
        each.calls_per_second = *rc::gen::element(0.5, 1.0, 3.0, 10.0);
        each.allowed_prefixes =
            *rc::gen::element(std::vector<std::string>{"+1"}, std::vector<std::string>{"+1202"},
                              std::vector<std::string>{"+44"});
        trunks.push_back(each);
    }
    return trunks;
}

/// What the test saw, kept apart from the router.
struct Ledger {
    explicit Ledger(const std::vector<TrunkConfig>& configs)
        : trunks{configs}, calls(configs.size()), starts(configs.size()) {}

    [[nodiscard]] bool allows(TrunkIndex i, const std::string& number) const {
        return number.starts_with(trunks[i].allowed_prefixes.front());
    }
    /// Calls of the last `window`, this instant included.
    [[nodiscard]] std::size_t started_since(TrunkIndex i, Elapsed from) const {
        const auto& all = starts[i];
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [&](Elapsed at) { return at >= from; }));
    }

    const std::vector<TrunkConfig>& trunks;
    std::vector<int> calls;
    std::vector<std::vector<Elapsed>> starts;
};

// In any span of t seconds at most calls_per_second * (1 + t) calls, or one more than fits if that
// is less than a call.
void check_rate(const Ledger& ledger, TrunkIndex i, Elapsed now) {
    const double rate = ledger.trunks[i].calls_per_second;
    for (const auto span : {0ms, 500ms, 1000ms, 3000ms}) {
        const double limit =
            std::max(rate, 1.0) + rate * std::chrono::duration<double>(span).count() + 1e-6;
        RC_ASSERT(static_cast<double>(ledger.started_since(i, now - span)) <= limit);
    }
}

void check_chosen(const TrunkRouter& before, Ledger& ledger, TrunkIndex chosen,
                  const std::string& number, const TrunkSet& tried, Elapsed now) {
    RC_ASSERT(!tried.test(chosen));
    RC_ASSERT(ledger.allows(chosen, number));
    RC_ASSERT(before.condition(chosen, now) == TrunkCondition::Up);
    RC_ASSERT(ledger.calls[chosen] < ledger.trunks[chosen].lines);
    ++ledger.calls[chosen];
    ledger.starts[chosen].push_back(now);
    check_rate(ledger, chosen, now);
}

TEST(TrunkRouter, KeepsItsLawsInAnyOrderOfEvents) {
    rc::check([] {
        const auto configs = some_trunks();
        TrunkRouter router{configs};
        Ledger ledger{configs};
        Elapsed now{0};
        const auto steps = *rc::gen::inRange(1, 80);
        for (int step = 0; step < steps; ++step) {
            now += Elapsed{*rc::gen::element(0, 1, 40, 700, 6000)};
            const auto index =
                static_cast<TrunkIndex>(*rc::gen::inRange(0, static_cast<int>(configs.size())));
            switch (*rc::gen::inRange(0, 7)) {
                case 0:
                    router.failed(index, TrunkFailure::Unreachable, std::nullopt, now);
                    break;
                case 1:
                    router.failed(index, TrunkFailure::Status, 2s, now);
                    break;
                case 2:
                    router.worked(index);
                    RC_ASSERT(router.circuit(index, now) == Circuit::Closed);
                    break;
                case 3:
                    if (ledger.calls[index] == 0) break;
                    router.release(index);
                    --ledger.calls[index];
                    break;
                default: {
                    const std::string number = *rc::gen::element<std::string>(
                        "+12025550123", "+13125550123", "+442079460123", "+33140205050");
                    const TrunkSet tried{*rc::gen::inRange(0UL, 1UL << configs.size())};
                    const TrunkRouter before = router;
                    const auto choice = router.choose(number, tried, now);
                    if (choice.verdict == Verdict::Chosen)
                        check_chosen(before, ledger, choice.trunk, number, tried, now);
                    if (choice.verdict == Verdict::Wait) RC_ASSERT(choice.until > now);
                    bool allowed = false;
                    for (TrunkIndex i = 0; i < configs.size(); ++i)
                        allowed = allowed || ledger.allows(i, number);
                    RC_ASSERT((choice.verdict == Verdict::NotAllowed) == !allowed);
                }
            }
            for (TrunkIndex i = 0; i < configs.size(); ++i)
                RC_ASSERT(router.calls(i) == ledger.calls[i]);
        }
    });
}

// Over every full turn each trunk of the first priority gets exactly its weight.
TEST(TrunkRouter, GivesEachItsShareExactly) {
    rc::check([] {
        std::vector<TrunkConfig> configs;
        int turn = 0;
        for (int i = *rc::gen::inRange(1, 5); i > 0; --i) {
            configs.push_back(trunk("t", 1, *rc::gen::inRange(1, 7)));
            turn += configs.back().weight;
        }
        TrunkRouter router{configs};
        for (int round = 0; round < 3; ++round) {
            std::map<TrunkIndex, int> share;
            for (const auto i : choose_times(router, turn)) ++share[i];
            for (TrunkIndex i = 0; i < configs.size(); ++i)
                RC_ASSERT(share[i] == configs[i].weight);
        }
    });
}

// However trunks fail a call, it meets each at most once and comes to an end.
TEST(TrunkRouter, ACallMeetsEachTrunkAtMostOnce) {
    rc::check([] {
        auto configs = some_trunks();
        for (auto& each : configs) each.calls_per_second = 1000;
        TrunkRouter router{configs};
        for (int call = 0; call < 20; ++call) {
            TrunkSet tried;
            for (std::size_t turn = 0; turn <= configs.size(); ++turn) {
                const auto choice = router.choose(kNumber, tried, Elapsed{call});
                if (choice.verdict != Verdict::Chosen) break;
                RC_ASSERT(!tried.test(choice.trunk));
                RC_ASSERT(turn < configs.size());
                tried.set(choice.trunk);
                router.failed(choice.trunk, TrunkFailure::Status, std::nullopt, Elapsed{call});
                router.release(choice.trunk);
            }
        }
    });
}

}  // namespace
}  // namespace bellwether::sip
