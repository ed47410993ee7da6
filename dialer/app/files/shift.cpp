#include "dialer/app/files/shift.h"

#include <fmt/format.h>

#include <charconv>

#include "compliance/calling_hours.h"
#include "dialer/app/files/campaign_words.h"
#include "dialer/app/files/units.h"
#include "dialer/app/policy/zones.h"

namespace bellwether::app {

namespace {

using compliance::CallingHours;

constexpr int kUsualLevel = 5;  // the middle of 1 to 9
constexpr int kBestLevel = 9;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(at, begin), text.size());
        parts.push_back(trimmed(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return parts;
}

Error not_a_shift(std::string_view shift, std::string_view why) {
    return {Errc::InvalidInput,
            fmt::format("the shift \"{}\" {}: write it as \"Mon-Fri 09:00-17:00 Europe/Amsterdam\"",
                        shift, why)};
}

/// "Mon-Fri 09:00-17:00"
Result<compliance::HoursWindow> parse_window_of(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return fail(Errc::InvalidInput, "has no hours");
    const std::string_view times = trimmed(text.substr(blank));
    const std::size_t dash = times.find('-');
    if (dash == std::string_view::npos) return fail(Errc::InvalidInput, "has no end");
    const auto days = parse_days(text.substr(0, blank));
    if (!days) return tl::unexpected(days.error());
    const auto from = parse_time_of_day(trimmed(times.substr(0, dash)));
    if (!from) return tl::unexpected(from.error());
    const auto to = parse_time_of_day(trimmed(times.substr(dash + 1)));
    if (!to) return tl::unexpected(to.error());
    if (*from >= *to) return fail(Errc::InvalidInput, "ends before it begins");
    return compliance::HoursWindow{*days, *from, *to};
}

Result<CallingHours> parse_shift(std::string_view shift, UtcTime now) {
    const std::size_t blank = trimmed(shift).rfind(' ');
    if (blank == std::string_view::npos) return tl::unexpected(not_a_shift(shift, "has no zone"));
    CallingHours hours;
    auto zone = zone_offsets(std::string{trimmed(shift).substr(blank + 1)}, now);
    if (!zone) return tl::unexpected(not_a_shift(shift, zone.error().detail));
    hours.zone = *std::move(zone);
    for (const std::string_view text : split(trimmed(shift).substr(0, blank), ',')) {
        const auto window = parse_window_of(text);
        if (!window) return tl::unexpected(not_a_shift(shift, window.error().detail));
        hours.windows.push_back(*window);
    }
    return hours;
}

}  // namespace

Result<UtcTime> shift_end(std::string_view shift, UtcTime now) {
    const auto hours = parse_shift(shift, now);
    if (!hours) return tl::unexpected(hours.error());
    const auto verdict = compliance::check_hours(*hours, now);
    if (verdict.open && verdict.until) return *verdict.until;
    return fail(Errc::Refused,
                fmt::format("it is outside the agent's shift, {}: sign in with --overtime", shift));
}

Result<void> check_shift(std::string_view shift, UtcTime now) {
    const auto hours = parse_shift(shift, now);
    if (!hours) return tl::unexpected(hours.error());
    return {};
}

Result<std::vector<campaigns::Skill>> parse_skills(std::string_view text) {
    std::vector<campaigns::Skill> skills;
    if (trimmed(text).empty()) return skills;
    for (const std::string_view word : split(text, ',')) {
        const std::size_t colon = word.find(':');
        campaigns::Skill skill{std::string{trimmed(word.substr(0, colon))}, kUsualLevel};
        if (colon != std::string_view::npos) {
            const std::string_view level = trimmed(word.substr(colon + 1));
            const auto [end, error] =
                std::from_chars(level.data(), level.data() + level.size(), skill.level);
            const bool whole = error == std::errc{} && end == level.data() + level.size();
            if (!whole || skill.level < 1 || skill.level > kBestLevel)
                return fail(Errc::InvalidInput,
                            fmt::format("the level of skill \"{}\" must be 1 to 9", word));
        }
        if (skill.name.empty())
            return fail(Errc::InvalidInput, "a skill has no name: write them as \"es:5,nl:9\"");
        skills.push_back(std::move(skill));
    }
    return skills;
}

}  // namespace bellwether::app
