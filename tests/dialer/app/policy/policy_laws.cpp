// Laws of decisions by the shipped packs, on random cases: research/compliance.md §6.3.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "compliance/evidence/canonical_json.h"
#include "compliance/policy/inputs_hash.h"
#include "compliance/policy/recompute.h"
#include "compliance/policy/text_forms.h"
#include "dialer/app/policy/policy_case.h"

namespace bellwether::app {
namespace {

using namespace compliance::policy;
using compliance::Verdict;

constexpr int kCases = 1000;
constexpr std::int64_t kFrom = 1772323200;  // 2026-03-01, a week before the clocks change
constexpr std::int64_t kTo = 1803859200;    // 2027-03-01

const PackShelf& shelf() {
    static const PackShelf open = [] {
        auto shipped = PackShelf::open({});
        if (!shipped) throw std::runtime_error(to_text(shipped.error()));
        return *shipped;
    }();
    return open;
}

/// Draws random cases; the same seed, the same cases.
class Draw {
public:
    explicit Draw(std::uint32_t seed) : chance_{seed} {}

    int below(int count) { return static_cast<int>(chance_() % static_cast<unsigned>(count)); }
    bool one_in(int count) { return below(count) == 0; }
    template <class T>
    T of(std::initializer_list<T> values) {
        return *(values.begin() + below(static_cast<int>(values.size())));
    }
    std::int64_t second() { return kFrom + below(static_cast<int>(kTo - kFrom)); }

    Json dial_case() {
        const std::int64_t now = second();
        Json made{{"now", time(now)}, {"campaign", campaign()}, {"number", number()}};
        if (one_in(3)) made["contact"] = contact();
        if (!one_in(4)) made["lists"] = lists(now);
        if (one_in(2)) made["consent"] = consents(now);
        if (one_in(2)) made["relationship"] = relationship(now);
        if (one_in(2)) made["history"] = history(now);
        if (one_in(4)) made["holidays"] = {day(now), day(now + 86'400)};
        if (one_in(2)) made["end_guard_s"] = of({0, 60, 3600});
        return made;
    }

    std::vector<const Pack*> packs() {
        std::vector<const Pack*> some;
        for (const Pack* pack : shelf().packs()) {
            if (one_in(3)) some.push_back(pack);
        }
        return some;
    }

private:
    static std::string time(std::int64_t at) {
        return compliance::policy::to_text(UtcTime{std::chrono::seconds{at}});
    }
    static std::string day(std::int64_t at) { return time(at).substr(0, 10); }
    std::string past_day(std::int64_t now, int days) { return day(now - 86'400 * below(days)); }

    Json campaign() {
        Json made{
            {"purpose", of<std::string>({"telemarketing", "telemarketing", "survey", "notice"})},
            {"mode", of<std::string>({"predictive", "progressive", "ratio", "preview", "manual",
                                      "prerecorded"})},
            {"sector",
             of<std::string>({"commercial", "charity", "charity_lottery", "press", "government"})},
            {"subject", of<std::string>({"t1", "t2"})},
            {"transfers_to_sales", one_in(5)},
            {"safe_harbour_message", !one_in(4)},
            {"caller_id_owned", !one_in(8)},
            {"operator_contract", !one_in(3)},
            {"message", {{"identity", true}, {"number", !one_in(4)}, {"opt_out_key", true}}}};
        if (one_in(4)) made["window_totals"] = {{"live", 1000}, {"abandoned", below(80)}};
        if (one_in(4)) {
            made["house_windows"] = Json::array(
                {{{"weekly", {{"mon", "09:00-12:00,13:00-20:00"}, {"wed", "10:00-16:00"}}}}});
        }
        return made;
    }
    Json number() {
        Json made{{"e164", of<std::string>({"+12125550123", "+18502345678", "+13055550123",
                                            "+12145550123", "+442079460123", "+493012345678",
                                            "+31201234567", "+74951234567", "+14165550123",
                                            "+61280001234", "+3612345678", "+19005550123"})},
                  {"line_type", of<std::string>({"landline", "landline", "wireless", "unknown"})}};
        if (one_in(5)) made["zones"] = {"America/New_York", "America/Los_Angeles"};
        return made;
    }
    Json contact() {
        return {{"kind", of<std::string>({"consumer", "business"})},
                {"address",
                 {{"region", of<std::string>({"US-FL", "US-TX", "US-MD"})},
                  {"zones", {of<std::string>({"America/Chicago", "America/New_York"})}},
                  {"confirmed", one_in(2)}}}};
    }
    Json lists(std::int64_t now) {
        Json made{{"national_dnc", {{"listed", one_in(3)}, {"retrieved", past_day(now, 40)}}},
                  {"mass_call_refusal", one_in(5)}};
        if (one_in(3)) made["tps"] = nullptr;
        if (one_in(5)) {
            made["tps"] = {{"listed_since", past_day(now, 60)}, {"retrieved", past_day(now, 30)}};
        }
        if (one_in(8)) made["internal_dnc"] = past_day(now, 500);
        return made;
    }
    Json consents(std::int64_t now) {
        Json made = Json::array();
        for (int i = below(3); i >= 0; --i) {
            made.push_back({{"channels",
                             {of<std::string>({"live", "autodialed", "prerecorded"}),
                              of<std::string>({"live", "prerecorded"})}},
                            {"given", past_day(now, 900)},
                            {"form", of<std::string>({"written", "oral"})},
                            {"artefact", one_in(2)}});
            if (one_in(6)) made.back()["revoked"] = time(now - below(10'000'000));
        }
        return made;
    }
    Json relationship(std::int64_t now) {
        Json made{{"customer", one_in(2)}};
        for (const char* key : {"last_purchase", "last_inquiry", "donor_since", "notified_ok"}) {
            if (one_in(3)) made[key] = past_day(now, 700);
        }
        if (one_in(8)) made["objected"] = past_day(now, 100);
        return made;
    }
    Json history(std::int64_t now) {
        Json made = Json::array();
        for (int i = below(6); i >= 0; --i) {
            made.push_back({{"at", time(now - below(of({86'400, 86'400 * 40})))},
                            {"outcome", of<std::string>({"ABANDONED", "MACHINE", "NO_ANSWER"})},
                            {"subject", of<std::string>({"t1", "t2"})},
                            {"kind", of<std::string>({"live", "prerecorded"})}});
        }
        return made;
    }

    std::mt19937 chance_;
};

class PolicyLaw : public ::testing::Test {
protected:
    ReadCase read(const Json& dial_case) {
        const auto value = compliance::evidence::parse(dial_case.dump());
        if (!value) throw std::runtime_error(value.error().detail);
        auto made = read_case(*value, sources_);
        if (!made) throw std::runtime_error(made.error().detail + "\n" + dial_case.dump());
        return std::move(*made);
    }

    ZoneShelf zones_;
    CaseSources sources_ = host_sources(zones_, shelf());
    Draw draw_{20261122};
};

std::string in_words(const Decision& decision) {
    std::string text{name_of(decision.verdict)};
    if (decision.until) text += " " + compliance::policy::to_text(*decision.until);
    for (const Reason& reason : decision.reasons) text += " " + reason.rule->id;
    for (const Obligation& one : decision.obligations) {
        text += " " + std::string{name_of(one.kind)} + ":" + one.rule->id;
    }
    return text;
}

TEST_F(PolicyLaw, TheOrderOfPacksChangesNothing) {
    for (int i = 0; i < kCases; ++i) {
        const ReadCase made = read(draw_.dial_case());
        auto packs = draw_.packs();
        const std::string before = in_words(decide(PolicySet::of(packs), made.facts()));
        std::reverse(packs.begin(), packs.end());
        if (!packs.empty()) packs.push_back(packs.front());
        EXPECT_EQ(in_words(decide(PolicySet::of(packs), made.facts())), before);
    }
}

TEST_F(PolicyLaw, OnePackMoreNeverLoosens) {
    for (int i = 0; i < kCases; ++i) {
        const Json drawn = draw_.dial_case();
        const ReadCase made = read(drawn);
        auto packs = draw_.packs();
        const Decision before = decide(PolicySet::of(packs), made.facts());
        packs.push_back(shelf().packs()[static_cast<std::size_t>(
            draw_.below(static_cast<int>(shelf().packs().size())))]);
        const Decision after = decide(PolicySet::of(packs), made.facts());
        EXPECT_GE(after.verdict, before.verdict) << drawn.dump();
        if (before.until && after.until) {
            EXPECT_GE(*after.until, *before.until) << drawn.dump();
        }
        for (const Reason& reason : before.reasons) {
            const bool stays = std::ranges::any_of(after.reasons, [&](const Reason& other) {
                return other.rule->id == reason.rule->id;
            });
            EXPECT_TRUE(stays) << reason.rule->id << drawn.dump();
        }
    }
}

TEST_F(PolicyLaw, AtUntilNoTemporalRuleDefersAnyMore) {
    int deferred = 0;
    for (int i = 0; i < 4 * kCases; ++i) {
        const Json drawn = draw_.dial_case();
        const ReadCase made = read(drawn);
        const PolicySet policy = PolicySet::of(draw_.packs());
        const Decision decision = decide(policy, made.facts());
        if (!decision.until) continue;
        ++deferred;
        ASSERT_GT(*decision.until, made.facts().now) << drawn.dump();
        Json later = drawn;
        later["now"] = compliance::policy::to_text(*decision.until);
        const ReadCase then = read(later);
        for (const Reason& reason : decide(policy, then.facts()).reasons) {
            EXPECT_NE(reason.effect, Effect::Defer) << reason.rule->id << drawn.dump();
        }
        // A millisecond before, something still stood against it.
        DialCase before = made.facts();
        before.now = *decision.until - std::chrono::milliseconds{1};
        EXPECT_NE(decide(policy, before).verdict, Verdict::Allow) << drawn.dump();
    }
    EXPECT_GT(deferred, 100);
}

TEST_F(PolicyLaw, StoredInputsRecomputeToTheSameHashAndVerdict) {
    for (int i = 0; i < kCases; ++i) {
        const ReadCase made = read(draw_.dial_case());
        const PolicySet policy =
            draw_.one_in(2) ? PolicySet::of(draw_.packs()) : *policy_of(made, shelf());
        const std::string stored = canonical_inputs(policy, made.facts(), "2026f");
        const Decision decision = decide(policy, made.facts());
        const auto again = recompute(stored, shelf().packs(), sources_, "2026f");
        ASSERT_TRUE(again) << again.error().detail << "\n" << stored;
        EXPECT_EQ(again->inputs_hash, inputs_hash(stored));
        EXPECT_EQ(again->verdict, decision.verdict) << stored;
        EXPECT_EQ(again->until, decision.until) << stored;
        EXPECT_EQ(again->primary, decision.primary ? decision.primary->id : "") << stored;
    }
}

}  // namespace
}  // namespace bellwether::app
