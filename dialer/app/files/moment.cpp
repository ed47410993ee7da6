#include "dialer/app/files/moment.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "compliance/zone_walk.h"
#include "dialer/app/files/units.h"

namespace bellwether::app {

namespace {

using compliance::LocalTime;
using compliance::ZoneOffsets;
using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// What a text names: parts that it leaves out are none.
struct Named {
    std::optional<std::chrono::year_month_day> date;
    milliseconds of_day{};
    std::optional<seconds> offset;
};

/// Reads from the front; the first thing that is not there spoils the rest.
class Parts {
public:
    explicit Parts(std::string_view text) : rest_{text} {}

    /// Exactly so many digits.
    int digits(std::size_t count, int least, int most) {
        int value = 0;
        const char* end = rest_.data() + std::min(count, rest_.size());
        const auto [stop, error] = std::from_chars(rest_.data(), end, value);
        const bool whole = error == std::errc{} && stop == rest_.data() + count;
        if (!whole || value < least || value > most || rest_.front() == '-') ok_ = false;
        if (ok_) rest_.remove_prefix(count);
        return ok_ ? value : least;
    }
    /// One of these, which is taken away; 0 if another stands there.
    char any_of(std::string_view characters) {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return 0;
        const char found = rest_.front();
        rest_.remove_prefix(1);
        return found;
    }
    void need(std::string_view characters) { ok_ = any_of(characters) != 0 && ok_; }
    void skip_digits() {
        while (any_of("0123456789") != 0) {
        }
    }
    [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }
    [[nodiscard]] bool ended() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
    bool ok_ = true;
};

/// A fraction of a second, to the millisecond.
milliseconds read_fraction(Parts& parts) {
    if (parts.any_of(".,") == 0) return milliseconds{0};
    int value = 0;
    for (int place = 100; place > 0; place /= 10) {
        const char digit = parts.any_of("0123456789");
        if (digit == 0) break;
        value += (digit - '0') * place;
    }
    parts.skip_digits();
    return milliseconds{value};
}

milliseconds read_time(Parts& parts) {
    const std::chrono::hours hour{parts.digits(2, 0, 23)};
    parts.need(":");
    const std::chrono::minutes minute{parts.digits(2, 0, 59)};
    if (parts.any_of(":") == 0) return hour + minute;
    const seconds second{parts.digits(2, 0, 59)};
    return hour + minute + second + read_fraction(parts);
}

std::optional<seconds> read_offset(Parts& parts) {
    if (parts.any_of("Zz") != 0) return seconds{0};
    const char sign = parts.any_of("+-");
    if (sign == 0) return std::nullopt;
    const std::chrono::hours hour{parts.digits(2, 0, 15)};
    (void)parts.any_of(":");
    const std::chrono::minutes minute{parts.ended() ? 0 : parts.digits(2, 0, 59)};
    const seconds offset = hour + minute;
    return sign == '-' ? -offset : offset;
}

bool begins_with_date(std::string_view text) {
    return text.find('-') == 4 && text.size() >= std::string_view{"2026-03-02"}.size();
}

std::chrono::year_month_day read_date(Parts& parts) {
    const std::chrono::year year{parts.digits(4, 1970, 9999)};
    parts.need("-");
    const std::chrono::month month{static_cast<unsigned>(parts.digits(2, 1, 12))};
    parts.need("-");
    return year / month / std::chrono::day{static_cast<unsigned>(parts.digits(2, 1, 31))};
}

std::optional<Named> read(std::string_view text) {
    Parts parts{text};
    Named named;
    if (begins_with_date(text)) {
        named.date = read_date(parts);
        parts.need("Tt ");
    }
    named.of_day = read_time(parts);
    named.offset = read_offset(parts);
    const bool no_such_day = named.date && !named.date->ok();
    const bool only_time_with_offset = !named.date && named.offset;
    if (!parts.done() || no_such_day || only_time_with_offset) return std::nullopt;
    return named;
}

/// When the zone's clocks showed `local`, the last time that is not after `now`; none if never.
std::optional<UtcTime> shown_at(LocalTime local, const ZoneOffsets& zone, UtcTime now) {
    std::optional<UtcTime> last;
    for (const auto& offset : zone.offsets) {
        const UtcTime utc = compliance::utc_time(local, offset.offset);
        const auto stretch = compliance::stretch_at(zone, utc);
        const bool shown = stretch && stretch->offset == offset.offset;
        if (shown && utc <= now && (!last || utc > *last)) last = utc;
    }
    return last;
}

LocalTime midnight(std::chrono::local_days day) { return LocalTime{day}; }

std::optional<UtcTime> latest(const Named& named, const ZoneOffsets& zone, UtcTime now) {
    if (named.date)
        return shown_at(midnight(std::chrono::local_days{*named.date}) + named.of_day, zone, now);
    const auto stretch = compliance::stretch_at(zone, now);
    if (!stretch) return std::nullopt;
    const auto today = std::chrono::floor<days>(compliance::local_time(now, stretch->offset));
    // The day before yesterday too: a clock set forward may have left the time out yesterday.
    for (const days back : {days{0}, days{1}, days{2}}) {
        const auto found = shown_at(midnight(today - back) + named.of_day, zone, now);
        if (found) return found;
    }
    return std::nullopt;
}

/// When the zone's clocks show `local`, the first time after `past`; none if never.
std::optional<UtcTime> first_shown(LocalTime local, const ZoneOffsets& zone, UtcTime past) {
    std::optional<UtcTime> first;
    for (const auto& offset : zone.offsets) {
        const UtcTime utc = compliance::utc_time(local, offset.offset);
        const auto stretch = compliance::stretch_at(zone, utc);
        const bool shown = stretch && stretch->offset == offset.offset;
        if (shown && utc > past && (!first || utc < *first)) first = utc;
    }
    return first;
}

/// The next time of day after now; a clock set forward may leave one day out.
std::optional<UtcTime> next(milliseconds of_day, const ZoneOffsets& zone, UtcTime now) {
    const auto stretch = compliance::stretch_at(zone, now);
    if (!stretch) return std::nullopt;
    const auto today = std::chrono::floor<days>(compliance::local_time(now, stretch->offset));
    for (const days on : {days{0}, days{1}, days{2}}) {
        if (const auto found = first_shown(midnight(today + on) + of_day, zone, now)) return found;
    }
    return std::nullopt;
}

}  // namespace

Result<UtcTime> parse_moment(std::string_view text, const ZoneOffsets& zone, UtcTime now) {
    const auto named = read(text);
    if (!named) {
        return fail(
            Errc::InvalidInput,
            fmt::format("\"{}\" is not a time: write HH:MM, HH:MM:SS or a date and time, as "
                        "2026-03-02T14:03:07 or 2026-03-02T14:03:07+01:00",
                        text));
    }
    std::optional<UtcTime> found;
    if (named->offset) {
        const LocalTime local = midnight(std::chrono::local_days{*named->date}) + named->of_day;
        const UtcTime utc = compliance::utc_time(local, *named->offset);
        if (utc <= now) found = utc;
    } else {
        found = latest(*named, zone, now);
    }
    if (found) return *found;
    return fail(Errc::InvalidInput,
                fmt::format("\"{}\" has not been yet, or the clocks of {} never showed it", text,
                            zone.name.empty() ? "UTC" : zone.name));
}

Result<UtcTime> parse_appointment(std::string_view text, const ZoneOffsets& zone, UtcTime now) {
    if (text.starts_with('+')) {
        const auto after = parse_duration(text.substr(1));
        if (!after)
            return fail(Errc::InvalidInput, fmt::format("\"{}\" {}", text, after.error().detail));
        return now + *after;
    }
    const auto named = read(text);
    if (!named) {
        return fail(
            Errc::InvalidInput,
            fmt::format("\"{}\" is not a time: write HH:MM for the next such time, +90m for so "
                        "long from now, or a date and time, as 2026-03-02T14:30",
                        text));
    }
    if (named->offset) {
        const LocalTime local = midnight(std::chrono::local_days{*named->date}) + named->of_day;
        return compliance::utc_time(local, *named->offset);
    }
    const std::optional<UtcTime> found =
        named->date ? first_shown(midnight(std::chrono::local_days{*named->date}) + named->of_day,
                                  zone, UtcTime::min())
                    : next(named->of_day, zone, now);
    if (found) return *found;
    return fail(Errc::InvalidInput, fmt::format("the clocks of {} do not show \"{}\"",
                                                zone.name.empty() ? "UTC" : zone.name, text));
}

bool has_offset(std::string_view text) {
    const auto named = read(text);
    return named && named->offset;
}

UtcTime about(std::string_view text, UtcTime now) {
    const auto named = read(text);
    if (!named || !named->date) return now;
    return UtcTime{std::chrono::sys_days{*named->date}};
}

std::string zoned_time(UtcTime time, const ZoneOffsets& zone) {
    const auto stretch = compliance::stretch_at(zone, time);
    const seconds offset = stretch ? stretch->offset : seconds{0};
    const auto local = time + offset;
    const auto whole = std::chrono::floor<seconds>(local);
    const auto minutes = std::chrono::abs(std::chrono::duration_cast<std::chrono::minutes>(offset));
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}{}{:02}:{:02}",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(whole)),
                       (local - whole).count(), offset < seconds{0} ? '-' : '+',
                       minutes.count() / 60, minutes.count() % 60);
}

}  // namespace bellwether::app
