#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bellwether::campaigns::form {

/// A day of the proleptic Gregorian calendar, years 0000 to 9999.
struct CivilDate {
    int year = 1970;
    int month = 1;  ///< 1 to 12
    int day = 1;    ///< 1 to the month's last

    friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

/// Does this day exist?
[[nodiscard]] bool exists(const CivilDate& date);
/// Days since 1970-01-01; negative before it. `date` must exist.
[[nodiscard]] std::int64_t day_number(const CivilDate& date);
/// The inverse; none outside the years 0000 to 9999.
[[nodiscard]] std::optional<CivilDate> date_of(double day_number);
/// `YYYY-MM-DD` and nothing else; none if it is not a day that exists.
[[nodiscard]] std::optional<CivilDate> parse_date(std::string_view text);
/// `YYYY-MM-DD`.
[[nodiscard]] std::string to_text(const CivilDate& date);

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff`, then optionally `Z` or `±HH:MM`, which changes nothing:
/// times are the campaign's. Seconds since midnight, 0 to < 86,400; none if it is no such time.
[[nodiscard]] std::optional<double> parse_time(std::string_view text);

/// A date, or a date and a time of day with `T` or a blank between.
struct CivilMoment {
    CivilDate date;
    double second = 0;  ///< of the day
};
[[nodiscard]] std::optional<CivilMoment> parse_moment(std::string_view text);

/// Fills a format of `format-date` and `format-date-time` (research/surveys.md 1.7): %Y %y %m %n %d
/// %e %b %a, and with `with_time` also %H %h %M %S %3. Names in `language` (en, ru, nl, hu; English
/// for every other). A % before anything else stays as it stands.
[[nodiscard]] std::string format_moment(const CivilMoment& moment, std::string_view format,
                                        std::string_view language, bool with_time);

}  // namespace bellwether::campaigns::form
