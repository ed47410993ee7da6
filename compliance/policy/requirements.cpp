#include "compliance/policy/requirements.h"

namespace bellwether::compliance::policy {
namespace {

// A year of retention ends on the same day of the calendar; counted in days it must not be shorter.
constexpr std::chrono::days kYear{366};

bool binds(const Rule& rule, const Calls& calls) {
    return rule.strength == RuleClass::Hard && rule.in_force.has(calls.on) &&
           rule.applies.purposes.has(calls.purpose) && rule.applies.sectors.has(calls.sector) &&
           rule.applies.modes.has(calls.mode);
}

/// Visits the parameters of every binding rule of kind K.
template <class K, class Visit>
void each(const PolicySet& policy, const Calls& calls, const Visit& visit) {
    for (const Rule* rule : policy.rules()) {
        const K* kind = std::get_if<K>(&rule->parameters);
        if (kind != nullptr && binds(*rule, calls)) visit(*kind, *rule);
    }
}

/// How early a clock starts: the answer comes first, then speech, then the greeting's end.
int lateness(ClockOrigin origin) {
    switch (origin) {
        case ClockOrigin::Answer:
            return 0;
        case ClockOrigin::Speech:
            return 1;
        case ClockOrigin::GreetingEnd:
            return 2;
    }
    return 0;
}

}  // namespace

std::optional<Required<std::chrono::milliseconds>> min_ring(const PolicySet& policy,
                                                            const Calls& calls) {
    std::optional<Required<std::chrono::milliseconds>> longest;
    each<MinRing>(policy, calls, [&](const MinRing& ring, const Rule& rule) {
        if (!longest || longest->value < ring.ring) longest = {ring.ring, &rule};
    });
    return longest;
}

std::optional<Required<ConnectLimit>> connect_limit(const PolicySet& policy, const Calls& calls) {
    std::optional<Required<ConnectLimit>> strictest;
    each<ConnectLimit>(policy, calls, [&](const ConnectLimit& limit, const Rule& rule) {
        if (!strictest) {
            strictest = {limit, &rule};
            return;
        }
        ConnectLimit& kept = strictest->value;
        const bool is_stricter =
            limit.within < kept.within || lateness(limit.from) < lateness(kept.from);
        if (limit.within < kept.within) kept.within = limit.within;
        if (lateness(limit.from) < lateness(kept.from)) kept.from = limit.from;
        if (is_stricter) strictest->rule = &rule;
    });
    return strictest;
}

std::vector<Required<Abandonment>> abandonment_rules(const PolicySet& policy, const Calls& calls) {
    std::vector<Required<Abandonment>> rules;
    each<Abandonment>(policy, calls, [&](const Abandonment& cap, const Rule& rule) {
        rules.push_back({cap, &rule});
    });
    return rules;
}

std::optional<Required<std::chrono::days>> retention(const PolicySet& policy,
                                                     std::string_view record, Date on) {
    std::optional<Required<std::chrono::days>> longest;
    for (const Rule* rule : policy.rules()) {
        const auto* kept = std::get_if<Retention>(&rule->parameters);
        if (kept == nullptr || kept->record != record || !rule->in_force.has(on)) continue;
        const std::chrono::days length = kYear * kept->years + std::chrono::days{kept->days};
        if (!longest || longest->value < length) longest = {length, rule};
    }
    return longest;
}

}  // namespace bellwether::compliance::policy
