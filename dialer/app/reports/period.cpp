#include "dialer/app/reports/period.h"

#include "dialer/app/files/moment.h"
#include "dialer/app/policy/zones.h"

namespace bellwether::app {

namespace {

constexpr std::size_t kDayLetters = 10;  // 2026-11-22

/// A day's beginning (its end, if `is_end`), or the moment itself.
Result<UtcTime> read_edge(const std::string& text, const compliance::ZoneOffsets& zone, bool is_end,
                          UtcTime now) {
    // A report may reach into the future: it ends with what there is.
    const UtcTime horizon = now + std::chrono::hours{24 * 366};
    if (text.size() != kDayLetters) return parse_moment(text, zone, horizon);
    const auto begins = parse_moment(text + "T00:00:00", zone, horizon);
    if (!begins || !is_end) return begins;
    // The next midnight on these clocks: a day of 23 or 25 hours has one too.
    const std::string next = zoned_time(*begins + std::chrono::hours{36}, zone);
    return parse_moment(next.substr(0, kDayLetters) + "T00:00:00", zone, horizon);
}

}  // namespace

bool has_period(const Call& call) {
    return !call.query_value("from").empty() || !call.query_value("to").empty();
}

Result<store::Period> read_period(const Call& call, UtcTime now) {
    const std::string from_text = call.query_value("from");
    const std::string to_text = call.query_value("to");
    const std::string zone_name = call.query_value("zone");
    const bool is_day = from_text.size() == kDayLetters;
    const auto zone = zone_offsets(zone_name.empty() ? "UTC" : zone_name,
                                   about(is_day ? from_text + "T00:00:00" : from_text, now));
    if (!zone) return tl::unexpected(zone.error());
    const std::string today = zoned_time(now, *zone).substr(0, kDayLetters);
    const auto from = read_edge(from_text.empty() ? today : from_text, *zone, false, now);
    if (!from) return tl::unexpected(from.error());
    const auto to = to_text.empty() ? Result<UtcTime>{now} : read_edge(to_text, *zone, true, now);
    if (!to) return tl::unexpected(to.error());
    if (*to <= *from) return fail(Errc::InvalidInput, "`to` must be after `from`");
    return store::Period{*from, *to};
}

}  // namespace bellwether::app
