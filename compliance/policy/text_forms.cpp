#include "compliance/policy/text_forms.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace bellwether::compliance::policy {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu",
                                                    "fri", "sat", "sun"};
constexpr int kYearFirst = 1900;
constexpr int kYearLast = 2999;

/// Reads a text from its start.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_{text} {}

    /// Exactly so many digits, as a number of low..high.
    [[nodiscard]] bool digits(std::size_t count, int low, int high, int& out) {
        if (rest_.size() < count) return false;
        const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        if (!std::ranges::all_of(rest_.substr(0, count), is_digit)) return false;
        std::from_chars(rest_.data(), rest_.data() + count, out);
        rest_.remove_prefix(count);
        return out >= low && out <= high;
    }
    [[nodiscard]] bool mark(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    [[nodiscard]] bool is_done() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

bool read_date(Cursor& cursor, Date& out) {
    int year = 0;
    int month = 0;
    int day = 0;
    const bool is_right = cursor.digits(4, kYearFirst, kYearLast, year) && cursor.mark('-') &&
                          cursor.digits(2, 1, 12, month) && cursor.mark('-') &&
                          cursor.digits(2, 1, 31, day);
    out = std::chrono::year{year} / month / day;
    return is_right && out.ok();
}

bool read_fraction(Cursor& cursor, milliseconds& out) {
    if (!cursor.mark('.')) return true;
    int scale = 100;
    int digit = 0;
    bool has_digit = false;
    while (scale > 0 && cursor.digits(1, 0, 9, digit)) {
        out += milliseconds{digit * scale};
        scale /= 10;
        has_digit = true;
    }
    return has_digit;
}

bool read_time(Cursor& cursor, milliseconds& out) {
    int hour = 0;
    int minute = 0;
    int second = 0;
    const bool is_right = cursor.digits(2, 0, 23, hour) && cursor.mark(':') &&
                          cursor.digits(2, 0, 59, minute) && cursor.mark(':') &&
                          cursor.digits(2, 0, 59, second);
    out = std::chrono::hours{hour} + minutes{minute} + std::chrono::seconds{second};
    return is_right && read_fraction(cursor, out);
}

bool read_offset(Cursor& cursor, minutes& out) {
    if (cursor.mark('Z')) return true;
    const bool is_east = cursor.mark('+');
    if (!is_east && !cursor.mark('-')) return false;
    int hour = 0;
    int minute = 0;
    if (!cursor.digits(2, 0, 23, hour) || !cursor.mark(':') || !cursor.digits(2, 0, 59, minute)) {
        return false;
    }
    out = std::chrono::hours{hour} + minutes{minute};
    if (!is_east) out = -out;
    return true;
}

bool read_time_of_day(Cursor& cursor, minutes& out) {
    int hour = 0;
    int minute = 0;
    if (!cursor.digits(2, 0, 24, hour) || !cursor.mark(':') || !cursor.digits(2, 0, 59, minute)) {
        return false;
    }
    out = std::chrono::hours{hour} + minutes{minute};
    return out <= std::chrono::hours{24};
}

std::string padded(long long value, std::size_t width) {
    std::string digits = std::to_string(value);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string time_of_day_text(minutes time) {
    return padded(time.count() / 60, 2) + ":" + padded(time.count() % 60, 2);
}

void add_window(std::vector<HoursWindow>& weekly, std::uint8_t day, minutes from, minutes to) {
    for (HoursWindow& window : weekly) {
        if (window.from != from || window.to != to) continue;
        window.days = static_cast<std::uint8_t>(window.days | day);
        return;
    }
    weekly.push_back({day, from, to});
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    Cursor cursor{text};
    Date date;
    if (!read_date(cursor, date) || !cursor.is_done()) return std::nullopt;
    return date;
}

std::string to_text(Date date) {
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<unsigned>(date.month()), 2) + "-" +
           padded(static_cast<unsigned>(date.day()), 2);
}

std::optional<UtcTime> parse_instant(std::string_view text) {
    Cursor cursor{text};
    Date date;
    milliseconds time{};
    minutes offset{};
    const bool is_right = read_date(cursor, date) && cursor.mark('T') && read_time(cursor, time) &&
                          read_offset(cursor, offset) && cursor.is_done();
    if (!is_right) return std::nullopt;
    return UtcTime{std::chrono::sys_days{date}} + time - offset;
}

std::string to_text(UtcTime instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const auto time = instant - day;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).count();
    const auto fraction = (time % std::chrono::seconds{1}).count();
    std::string text = to_text(Date{day}) + "T" + padded(seconds / 3600, 2) + ":" +
                       padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2);
    if (fraction != 0) text += "." + padded(fraction, 3);
    return text + "Z";
}

std::optional<When> parse_when(std::string_view text) {
    if (const auto date = parse_date(text)) return When::on(*date);
    if (const auto instant = parse_instant(text)) return When::at(*instant);
    return std::nullopt;
}

std::string to_text(const When& when) {
    return when.instant ? to_text(*when.instant) : to_text(when.day);
}

std::optional<unsigned> parse_weekday(std::string_view text) {
    const auto found = std::ranges::find(kWeekdays, text);
    if (found == kWeekdays.end()) return std::nullopt;
    return static_cast<unsigned>(found - kWeekdays.begin());
}

std::string_view weekday_name(unsigned monday_is_0) { return kWeekdays.at(monday_is_0); }

bool add_hours(std::vector<HoursWindow>& weekly, unsigned monday_is_0, std::string_view text) {
    const auto day = static_cast<std::uint8_t>(1U << monday_is_0);
    Cursor cursor{text};
    minutes end{-1};
    do {
        minutes from{};
        minutes to{};
        if (!read_time_of_day(cursor, from) || !cursor.mark('-') || !read_time_of_day(cursor, to)) {
            return false;
        }
        if (from < end || to <= from) return false;
        add_window(weekly, day, from, to);
        end = to;
    } while (cursor.mark(','));
    return cursor.is_done();
}

std::string hours_text(const std::vector<HoursWindow>& weekly, unsigned monday_is_0) {
    std::vector<HoursWindow> of_day;
    for (const HoursWindow& window : weekly) {
        if (((window.days >> monday_is_0) & 1U) != 0) of_day.push_back(window);
    }
    std::ranges::sort(of_day, {}, &HoursWindow::from);
    std::string text;
    for (const HoursWindow& window : of_day) {
        if (!text.empty()) text += ",";
        text += time_of_day_text(window.from) + "-" + time_of_day_text(window.to);
    }
    return text;
}

}  // namespace bellwether::compliance::policy
