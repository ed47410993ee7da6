#include "compliance/suppression/text_row.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/phone_number.h"

namespace bellwether::compliance::suppression {
namespace {

constexpr std::uint64_t kNanp = 10'000'000'000;  // +1
constexpr std::size_t kAreaDigits = 3;
constexpr std::size_t kLocalDigits = 7;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The value of at most 15 digits; none if there is anything else.
std::optional<std::uint64_t> to_number(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kAround = " \t\"'";
    const auto first = text.find_first_not_of(kAround);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kAround) - first + 1);
}

/// The part up to the next comma or tab, which goes from `rest`.
std::string_view next_field(std::string_view& rest) {
    const auto end = rest.find_first_of(",\t;");
    const auto field = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return field;
}

bool same_word(std::string_view text, std::string_view word) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(text, word, {}, lower, lower);
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return same_word(text, word); });
}

/// Digits without the blanks and marks that people write between them; at most 15 fit.
struct Digits {
    std::array<char, 16> text{};
    std::size_t count = 0;
    bool is_clean = true;

    explicit Digits(std::string_view written) {
        for (const char c : written) {
            if (std::string_view{" -.()"}.find(c) != std::string_view::npos) continue;
            if (!is_digit(c) || count == text.size()) {
                is_clean = false;
                return;
            }
            text.at(count++) = c;
        }
    }
    [[nodiscard]] std::string_view view() const { return {text.data(), count}; }
};

/// The number after the 0 or the country code.
std::string_view uk_national(std::string_view digits) {
    for (const std::string_view prefix : {"0044", "44", "0"}) {
        // 44 begins no national number, so that it is always the country's.
        if (digits.starts_with(prefix)) return digits.substr(prefix.size());
    }
    return digits;
}

}  // namespace

FoundFault read_nanp(std::string_view area, std::string_view local, ListRow& row) {
    if (area.size() != kAreaDigits || local.size() != kLocalDigits) return RowFault::Width;
    const auto area_value = to_number(area);
    const auto local_value = to_number(local);
    if (!area_value || !local_value) return RowFault::Digits;
    if (area.front() < '2') return RowFault::Plan;  // no area code begins with 0 or 1
    row = {kNanp + *area_value * 10'000'000 + *local_value, true};
    return std::nullopt;
}

FoundFault read_flat_row(std::string_view text, ListRow& row) {
    if (text.size() != kAreaDigits + 1 + kLocalDigits) return RowFault::Width;
    if (text[kAreaDigits] != ',') return RowFault::Digits;
    return read_nanp(text.substr(0, kAreaDigits), text.substr(kAreaDigits + 1), row);
}

FoundFault read_e164_row(std::string_view text, ListRow& row) {
    text = trimmed(text);
    if (!text.starts_with('+')) return RowFault::Plan;
    const auto number = PhoneNumber::parse(text);
    if (number) {
        row = {number->digits(), true};
        return std::nullopt;
    }
    if (!to_number(text.substr(1))) return RowFault::Digits;
    return text.size() > 1 && text[1] == '0' ? RowFault::Plan : RowFault::Width;
}

FoundFault read_us10_row(std::string_view text, ListRow& row) {
    text = trimmed(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    if (text.size() == kAreaDigits + kLocalDigits + 1 && text.front() == '1') text.remove_prefix(1);
    if (text.size() != kAreaDigits + kLocalDigits) return RowFault::Width;
    return read_nanp(text.substr(0, kAreaDigits), text.substr(kAreaDigits), row);
}

FoundFault read_tps_row(std::string_view text, ListRow& row) {
    text = trimmed(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    const Digits digits{text};
    if (!digits.is_clean) return RowFault::Digits;
    const std::string_view national = uk_national(digits.view());
    // Ofcom, National Telephone Numbering Plan: nine or ten digits after the 0; 04 and 06 are not
    // used.
    if (national.size() != 9 && national.size() != 10) return RowFault::Width;
    if (std::string_view{"046"}.find(national.front()) != std::string_view::npos) {
        return RowFault::Plan;
    }
    const std::uint64_t power = national.size() == 9 ? 1'000'000'000 : 10'000'000'000;
    row = {44 * power + *to_number(national), true};
    return std::nullopt;
}

FoundFault read_tps_daily_row(std::string_view text, ListRow& row) {
    std::string_view rest = text;
    std::optional<bool> is_listed;
    std::string_view number;
    for (int column = 0; column < 2; ++column) {
        const std::string_view field = next_field(rest);
        if (is_one_of(field, {"A", "ADD", "ADDED", "ADDITION"})) {
            is_listed = true;
        } else if (is_one_of(field, {"D", "DEL", "DELETE", "DELETED", "DELETION", "R", "REMOVE",
                                     "REMOVED"})) {
            is_listed = false;
        } else if (number.empty()) {
            number = field;
        }
    }
    if (!is_listed) return RowFault::Action;
    const auto fault = read_tps_row(number, row);
    row.is_listed = *is_listed;
    return fault;
}

FoundFault read_reassigned_row(std::string_view text, ListRow& row) {
    std::string_view rest = text;
    const std::string_view number = next_field(rest);
    bool is_yes = false;
    bool is_no = false;
    while (!rest.empty()) {
        const std::string_view field = next_field(rest);
        is_yes = is_yes || same_word(field, "yes");
        is_no = is_no || is_one_of(field, {"no", "no data", "no_data", "nodata"});
    }
    if (is_yes == is_no) return RowFault::Action;
    const auto fault = read_us10_row(number, row);
    row.is_listed = is_yes;
    return fault;
}

FoundFault read_change_row(const ChangeColumns& columns, std::string_view text, ListRow& row) {
    using Column = ChangeColumns::Column;
    std::string_view rest = text;
    std::string_view area;
    std::string_view number;
    std::string_view action;
    for (const Column column : columns.columns) {
        const std::string_view field = next_field(rest);
        if (column == Column::Area) area = field;
        if (column == Column::Number) number = field;
        if (column == Column::Action) action = field;
    }
    const bool is_add = same_word(action, columns.add);
    if (action.empty()) return RowFault::Width;
    if (!is_add && !same_word(action, columns.remove)) return RowFault::Action;
    const bool has_area = std::ranges::find(columns.columns, Column::Area) != columns.columns.end();
    const auto fault = has_area ? read_nanp(area, number, row) : read_us10_row(number, row);
    row.is_listed = is_add;
    return fault;
}

}  // namespace bellwether::compliance::suppression
