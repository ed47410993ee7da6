#include "compliance/policy/temporal.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compliance/policy/fixed_vector.h"
#include "compliance/policy/hours.h"

namespace bellwether::compliance::policy {
namespace {

using std::chrono::milliseconds;

constexpr std::uint8_t kEveryDay = 127;
constexpr std::array<HoursWindow, 1> kAlways{
    HoursWindow{kEveryDay, std::chrono::minutes{0}, std::chrono::minutes{1440}}};
constexpr std::size_t kNewestMax = 32;  // as pack.cpp's check grants

const ZoneOffsets* rule_zone(std::string_view name, const Facts& facts) {
    const auto zones = facts.given.rule_zones;
    const auto found = std::ranges::find_if(zones, [&](Zone zone) { return zone->name == name; });
    return found == zones.end() ? nullptr : *found;
}

/// Visits every zone in which hours must hold, until `visit` answers false.
template <class Visit>
bool every_zone(const Facts& facts, const Window* window, const Visit& visit) {
    for (const Zone zone : facts.zones) {
        if (!visit(*zone)) return false;
    }
    for (const Zone zone : facts.more_zones) {
        if (!visit(*zone)) return false;
    }
    if (window == nullptr) return true;
    for (const std::string& name : window->also_zones) {
        const ZoneOffsets* zone = rule_zone(name, facts);
        if (zone != nullptr && !visit(*zone)) return false;
    }
    return true;
}

/// The first common start of the hours in all zones.
std::optional<UtcTime> common_start(const Hours& hours, const Window* window, const Facts& facts,
                                    UtcTime at, UtcTime last) {
    for (UtcTime before = at;; before = at) {
        const bool found = every_zone(facts, window, [&](const ZoneOffsets& zone) {
            const auto next = next_start(hours, zone, at, last, facts.given.end_guard);
            if (next) at = *next;
            return next.has_value();
        });
        if (!found) return std::nullopt;
        if (at == before) return at;
    }
}

bool is_open(const Hours& hours, const Window* window, const Facts& facts, UtcTime at) {
    return every_zone(facts, window, [&](const ZoneOffsets& zone) {
        return may_start(hours, zone, at, facts.given.end_guard);
    });
}

/// A rule of kind window or holiday as hours.
Hours hours_of(const Rule& rule, const Facts& facts) {
    if (const auto* window = std::get_if<Window>(&rule.parameters)) {
        const auto closed =
            window->is_closed_on_holidays ? facts.given.holidays : std::span<const Date>{};
        return {window->weekly, closed, rule.in_force};
    }
    return {kAlways, facts.given.holidays, rule.in_force};
}

/// A rule of kind frequency or spacing: at most `max` attempts within `per`.
struct Pace {
    std::size_t max = 1;
    milliseconds per{};
    bool is_by_subject = false;
    std::optional<CallKind> of{};
};

Pace pace_of(const Rule& rule) {
    if (const auto* spacing = std::get_if<Spacing>(&rule.parameters)) return {1, spacing->gap};
    const auto& frequency = std::get<Frequency>(rule.parameters);
    return {static_cast<std::size_t>(frequency.max), frequency.per, frequency.is_by_subject,
            frequency.of};
}

/// Does the attempt count? What is not known of it counts against the call.
bool counts(const PastAttempt& attempt, const Pace& pace, const Facts& facts) {
    const std::string_view subject = facts.given.campaign.subject;
    const bool is_other_subject = pace.is_by_subject && !subject.empty() &&
                                  !attempt.subject.empty() && attempt.subject != subject;
    const bool is_other_kind = pace.of && attempt.kind && *attempt.kind != *pace.of;
    return !is_other_subject && !is_other_kind;
}

/// From when on fewer than `max` attempts lie within `per`: the max-th newest has grown old.
std::optional<UtcTime> clears_at(const Pace& pace, const Facts& facts) {
    FixedVector<UtcTime, kNewestMax> newest;  // falling
    for (const PastAttempt& attempt : facts.given.history) {
        if (!counts(attempt, pace, facts)) continue;
        UtcTime at = attempt.at.value_or(facts.given.now);
        for (UtcTime& kept : newest) {
            if (at > kept) std::swap(at, kept);
        }
        if (newest.size() < pace.max) newest.push_back(at);
    }
    if (newest.size() < pace.max) return std::nullopt;
    return newest[pace.max - 1] + pace.per;
}

bool is_hours(const Rule& rule) {
    return rule.kind() == RuleKind::Window || rule.kind() == RuleKind::Holiday;
}

/// Is a rule of pace in force at `at`? By the day there in any zone the person may be in.
bool is_in_force_at(const Rule& rule, const Facts& facts, UtcTime at) {
    if (!rule.in_force.from && !rule.in_force.to) return true;
    const Today day =
        facts.has_zones()
            ? joined(today(facts.zones.empty() ? facts.more_zones : facts.zones, at),
                     today(facts.more_zones.empty() ? facts.zones : facts.more_zones, at))
            : today({}, at);
    return (!rule.in_force.from || *rule.in_force.from <= day.last) &&
           (!rule.in_force.to || day.first <= *rule.in_force.to);
}

}  // namespace

bool is_temporal(const Rule& rule) { return effect_of(rule.kind()) == Effect::Defer; }

bool knows_zones(const Rule& rule, const Facts& facts) {
    if (!is_hours(rule)) return true;
    if (!facts.has_zones()) return false;
    const auto* window = std::get_if<Window>(&rule.parameters);
    return window == nullptr || std::ranges::all_of(window->also_zones, [&](const auto& name) {
               return rule_zone(name, facts) != nullptr;
           });
}

bool passes(const Rule& rule, const Facts& facts, UtcTime at) {
    if (is_hours(rule)) {
        return is_open(hours_of(rule, facts), std::get_if<Window>(&rule.parameters), facts, at);
    }
    if (!is_in_force_at(rule, facts, at)) return true;
    const auto clear = clears_at(pace_of(rule), facts);
    return !clear || *clear <= at;
}

std::optional<UtcTime> next_pass(const Rule& rule, const Facts& facts, UtcTime at, UtcTime last) {
    if (is_hours(rule)) {
        return common_start(hours_of(rule, facts), std::get_if<Window>(&rule.parameters), facts, at,
                            last);
    }
    if (passes(rule, facts, at)) return at;
    return clears_at(pace_of(rule), facts);
}

bool passes(const HouseWindow& window, const Facts& facts, UtcTime at) {
    return is_open({window.weekly, {}}, nullptr, facts, at);
}

std::optional<UtcTime> next_pass(const HouseWindow& window, const Facts& facts, UtcTime at,
                                 UtcTime last) {
    return common_start({window.weekly, {}}, nullptr, facts, at, last);
}

bool speaks_of(const HouseWindow& window, const Facts& facts) {
    return !window.purpose || *window.purpose == facts.purpose ||
           *window.purpose == facts.given.campaign.purpose;
}

}  // namespace bellwether::compliance::policy
