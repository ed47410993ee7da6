#include "compliance/policy/pack.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace bellwether::compliance::policy {
namespace {

using namespace std::chrono_literals;

constexpr int kFrequencyMax = 32;  // the newest so many attempts are held in place while deciding
constexpr int kMonthsMax = 120;
constexpr int kYearsMax = 100;
constexpr int kDaysMax = 3660;
constexpr auto kPeriodMax = std::chrono::milliseconds{std::chrono::hours{24 * 366}};
constexpr auto kRingMax = std::chrono::milliseconds{std::chrono::minutes{3}};
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::chrono::minutes kDay{1440};
constexpr int kEveryDay = 127;

bool is_word(std::string_view text, std::string_view others) {
    const auto is_right = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    };
    return !text.empty() && std::ranges::all_of(text, is_right);
}

bool is_within(std::chrono::milliseconds value, std::chrono::milliseconds most) {
    return value > 0ms && value <= most;
}

bool is_right_window(const HoursWindow& window) {
    return window.days >= 1 && window.days <= kEveryDay && window.from >= 0min &&
           window.from < window.to && window.to <= kDay;
}

// What is wrong with a kind's parameters; empty: nothing.

std::string_view fault_of(const Window& window) {
    if (window.weekly.empty()) return "weekly names no hours: a window that never opens";
    if (!std::ranges::all_of(window.weekly, is_right_window)) return "weekly has wrong hours";
    return {};
}
std::string_view fault_of(const Holiday&) { return {}; }
std::string_view fault_of(const Frequency& frequency) {
    if (frequency.max < 1 || frequency.max > kFrequencyMax) return "max must be 1 to 32";
    if (!is_within(frequency.per, kPeriodMax)) return "per must be at most 366 days";
    return {};
}
std::string_view fault_of(const Spacing& spacing) {
    return is_within(spacing.gap, kPeriodMax) ? std::string_view{} : "gap must be at most 366 days";
}
std::string_view fault_of(const Suppression& suppression) {
    if (suppression.days_listed < 0 || suppression.days_listed > kDaysMax) {
        return "days_listed must be 0 to 3660";
    }
    return {};
}
std::string_view fault_of(const ListFreshness& freshness) {
    if (freshness.list != ListName::National && freshness.list != ListName::Tps) {
        return "list must be national or tps: the others are no files";
    }
    if (freshness.days_max < 0 || freshness.days_max > kDaysMax) return "days must be 0 to 3660";
    return {};
}
std::string_view fault_of(const Consent&) { return {}; }
std::string_view fault_of(const ModeBan& ban) {
    return ban.modes.empty() ? "modes names none" : std::string_view{};
}
std::string_view fault_of(const RecallGuard& guard) {
    if (guard.after.empty()) return "after names no outcome";
    return is_within(guard.within, kPeriodMax) ? std::string_view{}
                                               : "within must be at most 366 days";
}
std::string_view fault_of(const MinRing& ring) {
    return is_within(ring.ring, kRingMax) ? std::string_view{} : "ring must be at most 3 minutes";
}
std::string_view fault_of(const ConnectLimit& limit) {
    return is_within(limit.within, kRingMax) ? std::string_view{}
                                             : "within must be at most 3 minutes";
}
std::string_view fault_of(const Abandonment& rule) {
    if (rule.cap_ppm < 0 || rule.cap_ppm > kMillion) return "cap must be 0% to 100%";
    const bool has_days = rule.days >= 1 && rule.days <= 366;
    if ((rule.window == CapWindow::CampaignPeriod) != has_days) {
        return "days must be 1 to 366, and stand with window campaign_period alone";
    }
    return {};
}
std::string_view fault_of(const Message& message) {
    return message.parts.empty() ? "parts names none" : std::string_view{};
}
std::string_view fault_of(const CallerId& id) {
    return id.label_max < 0 || id.label_max > 255 ? "label_max must be 0 to 255"
                                                  : std::string_view{};
}
std::string_view fault_of(const Retention& retention) {
    if (retention.record.empty()) return "record is missing";
    const bool is_right = retention.years >= 0 && retention.years <= kYearsMax &&
                          retention.days >= 0 && retention.days <= kDaysMax;
    if (!is_right || (retention.years == 0) == (retention.days == 0)) {
        return "must have years (1 to 100) or days (1 to 3660)";
    }
    return {};
}
std::string_view fault_of(const RecordFields& record) {
    if (record.record.empty()) return "record is missing";
    return record.fields.empty() ? "fields names none" : std::string_view{};
}
std::string_view fault_of(const NumberType& type) {
    return type.refused.empty() ? "refused names none" : std::string_view{};
}

std::string fault_of(const Exception& exception) {
    const std::string name{name_of(exception.kind)};
    if (exception.cite.empty()) return "the exception " + name + " has no cite";
    const bool has_months =
        exception.kind == Exception::Kind::Purchase || exception.kind == Exception::Kind::Inquiry;
    if (has_months != (exception.months >= 1 && exception.months <= kMonthsMax)) {
        return "months must be 1 to 120, and stand with purchase and inquiry alone";
    }
    if (exception.is_written && exception.kind != Exception::Kind::Consent) {
        return "only a consent is written";
    }
    return {};
}

std::vector<std::string> faults_of(const Rule& rule) {
    std::vector<std::string> faults;
    const auto add = [&](std::string text) {
        if (!text.empty()) faults.push_back(std::move(text));
    };
    if (!is_word(rule.id, "._-")) add("id must be of lower-case letters, digits, . _ and -");
    if (rule.cite.empty()) add("has no cite");
    if (rule.source.empty()) add("has no source");
    if (!rule.seen.ok()) add("has no date seen");
    if (rule.in_force.from && rule.in_force.to && *rule.in_force.to < *rule.in_force.from) {
        add("effective_to lies before effective_from");
    }
    add(std::string{std::visit([](const auto& kind) { return fault_of(kind); }, rule.parameters)});
    for (const Exception& exception : rule.exceptions) add(fault_of(exception));
    return faults;
}

bool overlap(const DateRange& a, const DateRange& b) {
    const bool a_ends_before = a.to && b.from && *a.to < *b.from;
    const bool b_ends_before = b.to && a.from && *b.to < *a.from;
    return !a_ends_before && !b_ends_before;
}

bool has_freshness(const Pack& pack, ListName list) {
    return std::ranges::any_of(pack.rules, [&](const Rule& rule) {
        const auto* freshness = std::get_if<ListFreshness>(&rule.parameters);
        return freshness != nullptr && freshness->list == list;
    });
}

std::string fault_among(const Pack& pack, std::size_t i) {
    const Rule& rule = pack.rules[i];
    for (std::size_t j = 0; j < i; ++j) {
        if (pack.rules[j].id == rule.id && overlap(pack.rules[j].in_force, rule.in_force)) {
            return "its dates overlap those of the same id above";
        }
    }
    const auto* suppression = std::get_if<Suppression>(&rule.parameters);
    if (suppression == nullptr) return {};
    const bool is_file =
        suppression->list == ListName::National || suppression->list == ListName::Tps;
    if (is_file && !has_freshness(pack, suppression->list)) {
        return "the list has no rule of kind list_freshness in this pack";
    }
    return {};
}

bool is_region(std::string_view region) {
    for (const std::string_view start : {"country:", "caller:", "areacode:", "address:"}) {
        if (region.starts_with(start)) return region.size() > start.size();
    }
    return false;
}

}  // namespace

std::vector<PackFault> check(const Pack& pack) {
    std::vector<PackFault> faults;
    if (!is_word(pack.id, "-")) {
        faults.push_back({std::nullopt, "id must be of lower-case letters, digits and -"});
    }
    if (pack.version.empty()) faults.push_back({std::nullopt, "version is missing"});
    if (pack.status == PackStatus::Reviewed && (pack.reviewed_by.empty() || !pack.review_until)) {
        faults.push_back({std::nullopt, "a reviewed pack has reviewed_by and review_until"});
    }
    for (const std::string& region : pack.applies.regions) {
        if (is_region(region)) continue;
        faults.push_back({std::nullopt, "\"" + region + "\" is no region: write country:US, " +
                                            "caller:US, areacode:US-FL or address:US-FL"});
    }
    for (std::size_t i = 0; i < pack.rules.size(); ++i) {
        for (std::string& text : faults_of(pack.rules[i])) faults.push_back({i, std::move(text)});
        if (auto text = fault_among(pack, i); !text.empty()) faults.push_back({i, std::move(text)});
    }
    return faults;
}

}  // namespace bellwether::compliance::policy
