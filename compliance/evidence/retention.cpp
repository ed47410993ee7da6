#include "compliance/evidence/retention.h"

#include <algorithm>
#include <chrono>

namespace bellwether::compliance::evidence {

Retention retention_of(std::string_view record_class, const std::vector<RetentionRule>& rules) {
    Retention all;
    for (const RetentionRule& rule : rules) {
        if (rule.record_class != record_class) continue;
        all.years_min = std::max(all.years_min, rule.years_min);
        if (rule.years_max == 0) continue;
        all.years_max =
            all.years_max == 0 ? rule.years_max : std::min(all.years_max, rule.years_max);
    }
    all.is_conflict = all.years_max != 0 && all.years_min > all.years_max;
    return all;
}

UtcTime years_after(UtcTime since, int years) {
    const auto day = std::chrono::floor<std::chrono::days>(since);
    std::chrono::year_month_day date{day};
    date += std::chrono::years{years};
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
    return UtcTime{std::chrono::sys_days{date}} + (since - day);
}

bool is_over(const Retention& retention, UtcTime since, UtcTime now) {
    if (retention.is_conflict) return false;
    const int years = retention.years_max != 0 ? retention.years_max : retention.years_min;
    return years != 0 && now >= years_after(since, years);
}

}  // namespace bellwether::compliance::evidence
