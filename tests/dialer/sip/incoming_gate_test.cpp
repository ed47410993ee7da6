#include "dialer/sip/incoming_gate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace bellwether::sip {
namespace {

using namespace std::chrono_literals;
using Verdict = IncomingGate::Verdict;

std::vector<TrunkConfig> two_trunks() {
    TrunkConfig a;
    a.name = "a";
    a.host = "192.0.2.1";
    TrunkConfig b;
    b.name = "b";
    b.host = "b.example";
    b.incoming_from = {"198.51.100.0/24"};
    return {a, b};
}

IncomingGate gate(int calls_max = 100, double calls_per_second = 100) {
    IncomingGate made{two_trunks(), {.calls_max = calls_max, .calls_per_second = calls_per_second}};
    made.set_numbers(std::vector<std::string>{"+12025550100"});
    return made;
}

TEST(IncomingGate, KnowsATrunkByItsAddress) {
    auto own = gate();
    EXPECT_EQ(own.admit("192.0.2.1", "+12025550100", 0ms).trunk, 0U);
    EXPECT_EQ(own.admit("198.51.100.77", "+12025550100", 0ms).trunk, 1U);
    EXPECT_EQ(own.admit("192.0.2.2", "+12025550100", 0ms).verdict, Verdict::Stranger);
    EXPECT_EQ(own.admit("", "+12025550100", 0ms).verdict, Verdict::Stranger);
}

TEST(IncomingGate, TakesItsNumbersInEverySpelling) {
    auto own = gate();
    for (const char* number : {"+12025550100", "12025550100", "0012025550100"}) {
        EXPECT_EQ(own.admit("192.0.2.1", number, 0ms).verdict, Verdict::Welcome) << number;
        EXPECT_EQ(as_e164(number), "+12025550100");
    }
    for (const char* number : {"+12025550101", "2025550100", "+120255501000", "", "+", "00"})
        EXPECT_EQ(own.admit("192.0.2.1", number, 0ms).verdict, Verdict::NotOurs) << number;
}

TEST(IncomingGate, WithoutNumbersNobodyMayCall) {
    IncomingGate own{two_trunks(), {.calls_max = 1, .calls_per_second = 1}};
    EXPECT_EQ(own.admit("192.0.2.1", "+12025550100", 0ms).verdict, Verdict::NotOurs);
    EXPECT_EQ(own.admit("192.0.2.1", "", 0ms).verdict, Verdict::NotOurs);
}

// Whatever comes when, no trunk has more calls than its places nor more in any span than its rate.
TEST(IncomingGate, KeepsItsLimits) {
    rc::check([] {
        const int places = *rc::gen::inRange(0, 5);
        const double rate = *rc::gen::element(1.0, 2.0, 5.0);
        auto own = gate(places, rate);
        int up = 0;
        std::vector<Elapsed> taken;
        Elapsed now{0};
        for (int i = *rc::gen::inRange(0, 60); i > 0; --i) {
            now += Elapsed{*rc::gen::element(0, 10, 300, 2000)};
            if (up > 0 && *rc::gen::arbitrary<bool>()) {
                own.ended(0);
                --up;
            }
            if (own.admit("192.0.2.1", "+12025550100", now).verdict != Verdict::Welcome) continue;
            RC_ASSERT(++up <= places);
            taken.push_back(now);
            const auto recent = std::count_if(taken.begin(), taken.end(),
                                              [&](Elapsed at) { return at >= now - 3000ms; });
            RC_ASSERT(static_cast<double>(recent) <= rate * 4 + 1e-9);
        }
    });
}

}  // namespace
}  // namespace bellwether::sip
