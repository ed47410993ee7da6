// What a decision about a dial costs with us-federal and us-fl, and what its stored inputs cost.
// Budget (issue 5): 5 us a decision, aimed at are 2.
//
//   policy_bench [--benchmark_filter=...]

#include <benchmark/benchmark.h>

#include <array>

#include "compliance/policy/inputs_hash.h"
#include "compliance/policy/text_forms.h"
#include "dialer/app/policy/policy_case.h"

namespace {

using namespace bellwether;
using namespace bellwether::compliance::policy;

/// A sale to Pensacola with some history, at 12:00 or out of hours.
class FloridaCase {
public:
    explicit FloridaCase(const char* now) {
        const UtcTime at = *parse_instant(now);
        zone_ = {zones_.find("America/New_York", at), zones_.find("America/Chicago", at)};
        for (std::size_t i = 0; i < history_.size(); ++i) {
            history_[i] = {.at = at - std::chrono::hours{7 * (static_cast<int>(i) + 1)},
                           .outcome = CallOutcome::NoAnswer,
                           .subject = "t1",
                           .kind = CallKind::Live};
        }
        facts_.now = at;
        facts_.campaign.subject = "t1";
        facts_.campaign.has_safe_harbour_message = true;
        facts_.campaign.owns_caller_id = true;
        facts_.number = {"+18502345678", NumberKind::Ordinary, LineType::Wireless, zone_};
        facts_.national_dnc = {.is_known = true, .retrieved = When::at(at)};
        facts_.consents = consents_;
        facts_.history = history_;
    }
    [[nodiscard]] const DialCase& facts() const { return facts_; }

private:
    app::ZoneShelf zones_;
    std::array<Zone, 2> zone_{};
    std::array<PastAttempt, 3> history_{};
    std::array<ConsentFacts, 1> consents_{
        ConsentFacts{.channels = {Channel::Autodialed},
                     .given = When::on(Date{std::chrono::year{2026} / 1 / 5}),
                     .form = ConsentForm::Written,
                     .has_artefact = true}};
    DialCase facts_;
};

const app::PackShelf& shelf() {
    static const app::PackShelf open = *app::PackShelf::open({});
    return open;
}

PolicySet florida() {
    const std::array<const Pack*, 2> packs{find_pack(shelf().packs(), "us-federal"),
                                           find_pack(shelf().packs(), "us-fl")};
    return PolicySet::of(packs);
}

void decide_at(benchmark::State& state, const char* now) {
    const FloridaCase florida_case{now};
    const PolicySet policy = florida();
    for (auto _ : state) {
        benchmark::DoNotOptimize(decide(policy, florida_case.facts()).verdict);
    }
}

void allowed(benchmark::State& state) { decide_at(state, "2026-11-23T17:00:00Z"); }
void deferred(benchmark::State& state) { decide_at(state, "2026-11-24T05:00:00Z"); }

void stored_inputs(benchmark::State& state) {
    const FloridaCase florida_case{"2026-11-23T17:00:00Z"};
    const PolicySet policy = florida();
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            inputs_hash(canonical_inputs(policy, florida_case.facts(), "2026f")));
    }
}

BENCHMARK(allowed);
BENCHMARK(deferred);
BENCHMARK(stored_inputs);

}  // namespace

BENCHMARK_MAIN();
