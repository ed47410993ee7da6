#include "campaigns/form/calendar.h"

#include <array>
#include <cmath>

namespace bellwether::campaigns::form {
namespace {

constexpr int kMonthsPerYear = 12;
constexpr double kSecondsPerMinute = 60;
constexpr double kSecondsPerHour = 3600;
constexpr std::size_t kDateLength = 10;  // YYYY-MM-DD

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
    constexpr std::array<int, kMonthsPerYear> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// `count` digits at `at` as a number; none if there are not so many.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count) return std::nullopt;
    int number = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::string padded(int number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// Takes `Z` or `±HH:MM` off the end of a time.
std::string_view without_offset(std::string_view time) {
    if (time.ends_with('Z')) return time.substr(0, time.size() - 1);
    const auto sign = time.find_first_of("+-");
    if (sign == std::string_view::npos) return time;
    const std::string_view offset = time.substr(sign + 1);
    const bool whole =
        offset.size() == 5 && offset[2] == ':' && digits(offset, 0, 2) && digits(offset, 3, 2);
    return whole ? time.substr(0, sign) : time;
}

using Names12 = std::array<std::string_view, 12>;
using Names7 = std::array<std::string_view, 7>;

struct LanguageNames {
    std::string_view language;
    Names12 months;
    Names7 days;  // from Sunday
};

// Abbreviations as CLDR 42 has them in its "abbreviated, format" width, without the final point.
constexpr std::array<LanguageNames, 4> kNames{{
    {"en",
     {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
     {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}},
    {"ru",
     {"янв", "февр", "мар", "апр", "мая", "июн", "июл", "авг", "сент", "окт", "нояб", "дек"},
     {"вс", "пн", "вт", "ср", "чт", "пт", "сб"}},
    {"nl",
     {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
     {"zo", "ma", "di", "wo", "do", "vr", "za"}},
    {"hu",
     {"jan", "febr", "márc", "ápr", "máj", "jún", "júl", "aug", "szept", "okt", "nov", "dec"},
     {"V", "H", "K", "Sze", "Cs", "P", "Szo"}},
}};

const LanguageNames& names_in(std::string_view language) {
    for (const LanguageNames& names : kNames) {
        if (language.substr(0, language.find('-')) == names.language) return names;
    }
    return kNames.front();
}

std::size_t weekday_of(const CivilDate& date) {  // 1970-01-01 was a Thursday
    const std::int64_t days = (day_number(date) + 4) % 7;
    return static_cast<std::size_t>(days < 0 ? days + 7 : days);
}

std::optional<std::string> date_part(char sign, const CivilDate& date, std::string_view language) {
    switch (sign) {
        case 'Y':
            return padded(date.year, 4);
        case 'y':
            return padded(date.year % 100, 2);
        case 'm':
            return padded(date.month, 2);
        case 'n':
            return std::to_string(date.month);
        case 'd':
            return padded(date.day, 2);
        case 'e':
            return std::to_string(date.day);
        case 'b':
            return std::string{names_in(language).months[static_cast<std::size_t>(date.month - 1)]};
        case 'a':
            return std::string{names_in(language).days[weekday_of(date)]};
        default:
            return std::nullopt;
    }
}

std::optional<std::string> time_part(char sign, double second) {
    const auto whole = static_cast<int>(second);
    switch (sign) {
        case 'H':
            return padded(whole / 3600, 2);
        case 'h':
            return std::to_string(whole / 3600);
        case 'M':
            return padded(whole / 60 % 60, 2);
        case 'S':
            return padded(whole % 60, 2);
        case '3':
            return padded(static_cast<int>((second - whole) * 1000), 3);
        default:
            return std::nullopt;
    }
}

}  // namespace

bool exists(const CivilDate& date) {
    return date.year >= 0 && date.year <= 9999 && date.month >= 1 && date.month <= kMonthsPerYear &&
           date.day >= 1 && date.day <= days_in(date.year, date.month);
}

// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
std::int64_t day_number(const CivilDate& date) {
    const int year = date.year - (date.month <= 2 ? 1 : 0);
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int year_of_era = year - era * 400;
    const int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return static_cast<std::int64_t>(era) * 146097 + day_of_era - 719468;
}

// Source: the same, civil_from_days.
std::optional<CivilDate> date_of(double number) {
    constexpr double kFirst = -719528;  // 0000-01-01
    constexpr double kLast = 2932896;   // 9999-12-31
    const double day = std::floor(number);
    if (!(day >= kFirst && day <= kLast)) return std::nullopt;
    const auto shifted = static_cast<std::int64_t>(day) + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const auto day_of_era = static_cast<int>(shifted - era * 146097);
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return CivilDate{.year = year_of_era + static_cast<int>(era) * 400 + (month <= 2 ? 1 : 0),
                     .month = month,
                     .day = day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

std::optional<CivilDate> parse_date(std::string_view text) {
    if (text.size() != kDateLength || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text, 0, 4);
    const auto month = digits(text, 5, 2);
    const auto day = digits(text, 8, 2);
    if (!year || !month || !day) return std::nullopt;
    const CivilDate date{.year = *year, .month = *month, .day = *day};
    return exists(date) ? std::optional{date} : std::nullopt;
}

std::string to_text(const CivilDate& date) {
    return padded(date.year, 4) + '-' + padded(date.month, 2) + '-' + padded(date.day, 2);
}

std::optional<double> parse_time(std::string_view text) {
    text = without_offset(text);
    const auto hour = digits(text, 0, 2);
    const auto minute = digits(text, 3, 2);
    if (!hour || !minute || *hour > 23 || *minute > 59 || text[2] != ':') return std::nullopt;
    const double to_minute = *hour * kSecondsPerHour + *minute * kSecondsPerMinute;
    if (text.size() == 5) return to_minute;
    const auto second = digits(text, 6, 2);
    if (!second || *second > 59 || text[5] != ':') return std::nullopt;
    if (text.size() == 8) return to_minute + *second;
    const auto milli = digits(text, 9, 3);
    if (!milli || text[8] != '.' || text.size() != 12) return std::nullopt;
    return to_minute + *second + *milli / 1000.0;
}

std::optional<CivilMoment> parse_moment(std::string_view text) {
    const auto date = parse_date(text.substr(0, kDateLength));
    if (!date) return std::nullopt;
    if (text.size() == kDateLength) return CivilMoment{.date = *date, .second = 0};
    if (text[kDateLength] != 'T' && text[kDateLength] != ' ') return std::nullopt;
    const auto second = parse_time(text.substr(kDateLength + 1));
    if (!second) return std::nullopt;
    return CivilMoment{.date = *date, .second = *second};
}

std::string format_moment(const CivilMoment& moment, std::string_view format,
                          std::string_view language, bool with_time) {
    std::string text;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const bool is_sign = format[i] == '%' && i + 1 < format.size();
        auto part = is_sign ? date_part(format[i + 1], moment.date, language) : std::nullopt;
        if (is_sign && !part && with_time) part = time_part(format[i + 1], moment.second);
        if (part) ++i;
        text += part ? *part : std::string(1, format[i]);
    }
    return text;
}

}  // namespace bellwether::campaigns::form
