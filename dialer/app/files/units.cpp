#include "dialer/app/files/units.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace bellwether::app {

namespace {

using std::chrono::milliseconds;

constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> kUnits{
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};

/// Longer than any sensible setting, and far from overflow.
constexpr double kLongestMs = 10'000.0 * 86'400'000.0;

struct NumberAndRest {
    double number;
    std::string_view rest;
};

std::optional<NumberAndRest> leading_number(std::string_view text) {
    if (text.empty() || !((text[0] >= '0' && text[0] <= '9') || text[0] == '.'))
        return std::nullopt;
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    if (error != std::errc{} || !std::isfinite(number)) return std::nullopt;
    std::string_view rest(stop, static_cast<std::size_t>(end - stop));
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    return NumberAndRest{number, rest};
}

}  // namespace

Result<milliseconds> parse_duration(std::string_view text) {
    const auto parsed = leading_number(text);
    if (!parsed) {
        return fail(Errc::InvalidInput,
                    "is not a duration: write a number and ms, s, m, h or d, as \"20s\"");
    }
    if (parsed->rest.empty()) {
        return fail(Errc::InvalidInput,
                    fmt::format("has no unit: write \"{}s\" for seconds (or ms, m, h, d)", text));
    }
    for (const auto& [unit, factor] : kUnits) {
        if (parsed->rest != unit) continue;
        const double ms = parsed->number * static_cast<double>(factor);
        if (ms > kLongestMs) return fail(Errc::InvalidInput, "is longer than 10000 days");
        if (ms != std::round(ms)) return fail(Errc::InvalidInput, "is finer than a millisecond");
        return milliseconds{std::llround(ms)};
    }
    return fail(Errc::InvalidInput,
                fmt::format("has the unknown unit \"{}\": write ms, s, m, h or d", parsed->rest));
}

std::string format_duration(milliseconds duration) {
    const auto count = duration.count();
    if (count == 0) return "0s";
    for (auto unit = kUnits.rbegin(); unit != kUnits.rend(); ++unit) {
        if (count % unit->second == 0)
            return fmt::format("{}{}", count / unit->second, unit->first);
    }
    return fmt::format("{}ms", count);
}

Result<Probability> parse_percent(std::string_view text) {
    const auto parsed = leading_number(text);
    if (!parsed || parsed->rest != "%") {
        return fail(Errc::InvalidInput, "is not a share: write a number and %, as \"3%\"");
    }
    if (parsed->number > 100.0) return fail(Errc::InvalidInput, "is more than 100%");
    return Probability{parsed->number / 100.0};
}

std::string format_percent(Probability share) { return format_number(share.value() * 100.0) + "%"; }

Result<std::chrono::minutes> parse_time_of_day(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
        return fail(Errc::InvalidInput, "is not a time of day: write HH:MM, as \"09:00\"");
    }
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (minutes > 59 || hours * 60 + minutes > 24 * 60) {
        return fail(Errc::InvalidInput, "is not a time of day: 00:00 to 24:00");
    }
    return std::chrono::minutes{hours * 60 + minutes};
}

std::string format_number(double number) { return fmt::format("{:.10g}", number); }

}  // namespace bellwether::app
