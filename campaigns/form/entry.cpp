#include "campaigns/form/entry.h"

#include <algorithm>
#include <cmath>

#include "campaigns/cell_text.h"
#include "campaigns/form/calendar.h"
#include "campaigns/form/keys.h"
#include "campaigns/utf8.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kEntryKeysMax = 64;
constexpr std::size_t kDateKeys = 8;
constexpr std::size_t kTimeKeys = 4;
constexpr std::size_t kTextMax = 16'384;  // bytes; an hour of typing
// A value counts as on a step of its range within this share of a step: 0.1 has no exact double.
constexpr double kStepTolerance = 1e-9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

int number_of(std::string_view digits) {
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

Entry no_match() { return {.kind = Entry::Kind::NoMatch, .value = {}}; }
Entry value(std::string text) { return {.kind = Entry::Kind::Given, .value = std::move(text)}; }

/// Stored as the shortest decimal that reads back to the same double; research/surveys.md 1.3.
Entry decimal_value(std::string_view digits) {
    const double number = text_number(digits);
    return std::isfinite(number) ? value(number_text(number)) : no_match();
}

/// `-?digits[.digits]`, as read_typed() takes numbers.
bool is_number(std::string_view text, bool fraction) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto point = text.find('.');
    if (point == std::string_view::npos) return all_digits(text);
    return fraction && all_digits(text.substr(0, point)) && all_digits(text.substr(point + 1));
}

class EntryReader {
public:
    EntryReader(const Form& form, const Picture& picture, const ItemId& item)
        : form_{form}, picture_{picture}, item_{item}, row_{form.rows[item.row]} {}

    Entry keys(std::string_view keys) const {
        if (is_select(row_.type)) {
            const Entry whole = select(keys, {});
            if (whole.kind == Entry::Kind::Given) return checked(whole);
        }
        const bool ended = row_.line.terminator != '\0' && keys.ends_with(row_.line.terminator);
        if (ended) keys.remove_suffix(1);
        if (keys.empty()) return {.kind = Entry::Kind::Empty, .value = {}};
        if (keys.size() > kEntryKeysMax || keys.size() < row_.line.digits_min) return no_match();
        if (row_.line.digits_max > 0 && keys.size() > row_.line.digits_max) return no_match();
        return checked(by_type(keys));
    }

    Entry typed(std::string_view given) const {
        const std::string_view text = trimmed(given);
        if (text.empty()) return {.kind = Entry::Kind::Empty, .value = {}};
        const bool has_zero = text.find('\0') != std::string_view::npos;
        if (text.size() > kTextMax || has_zero || first_invalid_utf8(text)) return no_match();
        return checked(typed_by_type(text));
    }

    std::vector<std::pair<std::string, std::uint32_t>> choice_keys() const {
        const auto presented = picture_.presented(item_);
        const auto keys = keys_of(form_, row_, presented);
        std::vector<std::pair<std::string, std::uint32_t>> pairs;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (!keys[i].empty()) pairs.emplace_back(keys[i], presented[i]);
        }
        return pairs;
    }

private:
    Entry checked(Entry entry) const {
        if (entry.kind != Entry::Kind::Given || picture_.allows(item_, entry.value)) return entry;
        return {.kind = Entry::Kind::Refused, .value = {}};
    }

    Entry by_type(std::string_view keys) const {
        switch (row_.type) {
            case RowType::SelectOne:
            case RowType::SelectMultiple:
                return select(keys, {});
            case RowType::Integer:
                return all_digits(keys) ? value(canonical_decimal(keys)) : no_match();
            case RowType::Decimal:
                return decimal(keys);
            case RowType::Range:
                return range(decimal(keys));
            case RowType::Date:
                return date(keys);
            case RowType::Time:
                return time(keys);
            default:
                return no_match();  // spoken, not typed
        }
    }

    Entry decimal(std::string_view keys) const {
        const auto point = std::min(keys.find('*'), keys.size());
        const std::string_view whole = keys.substr(0, point);
        if (!all_digits(whole)) return no_match();
        if (point == keys.size()) return decimal_value(whole);
        const std::string_view fraction = keys.substr(point + 1);
        if (!all_digits(fraction) || fraction.size() > row_.line.decimals) return no_match();
        return decimal_value(std::string{whole} + '.' + std::string{fraction});
    }

    Entry range(Entry entry) const {
        if (entry.kind != Entry::Kind::Given) return entry;
        const double number = text_number(entry.value);
        const double steps = (number - row_.range_start) / row_.range_step;
        const bool on_step = std::fabs(steps - std::round(steps)) <= kStepTolerance;
        const bool inside = number >= row_.range_start && number <= row_.range_end;
        return on_step && inside ? entry : no_match();
    }

    Entry date(std::string_view keys) const {
        if (keys.size() != kDateKeys || !all_digits(keys)) return no_match();
        const std::string format = date_format(form_, row_, picture_.language());
        const auto part = [&](char sign, std::size_t length) {
            return number_of(keys.substr(format.find(sign), length));
        };
        const CivilDate date{.year = part('y', 4), .month = part('m', 2), .day = part('d', 2)};
        return exists(date) ? value(to_text(date)) : no_match();
    }

    static Entry time(std::string_view keys) {
        if (keys.size() != kTimeKeys || !all_digits(keys)) return no_match();
        const std::string text = std::string{keys.substr(0, 2)} + ':' + std::string{keys.substr(2)};
        return parse_time(text) ? value(text) : no_match();
    }

    /// Chosen indexes into the list as the stored value; no match if they exclude each other.
    Entry chosen(std::vector<std::uint32_t> indexes) const {
        const auto& choices = form_.lists[row_.list].choices;
        std::ranges::sort(indexes);
        indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
        std::string names;
        for (const std::uint32_t i : indexes) {
            if (choices[i].exclusive && indexes.size() > 1) return no_match();
            names += (names.empty() ? "" : " ") + choices[i].name;
        }
        return names.empty() ? no_match() : value(std::move(names));
    }

    /// `keys` as keys of choices after those in `before`. Longer keys first; a list whose keys
    /// begin one another is a finding of lint.
    Entry select(std::string_view keys, std::vector<std::uint32_t> before) const {
        const auto known = choice_keys();
        const auto find = [&](std::string_view key) {
            return std::ranges::find(known, key,
                                     [](const auto& k) { return std::string_view{k.first}; });
        };
        if (row_.type == RowType::SelectOne) {
            const auto choice = find(keys);
            return choice == known.end() ? no_match() : chosen({choice->second});
        }
        while (!keys.empty()) {
            std::size_t length = std::min<std::size_t>(2, keys.size());
            while (length > 0 && find(keys.substr(0, length)) == known.end()) --length;
            if (length == 0) return no_match();
            before.push_back(find(keys.substr(0, length))->second);
            keys.remove_prefix(length);
        }
        return chosen(std::move(before));
    }

    Entry typed_by_type(std::string_view text) const {
        switch (row_.type) {
            case RowType::SelectOne:
            case RowType::SelectMultiple:
                return typed_choices(text);
            case RowType::Integer:
                return is_number(text, false) ? value(canonical_decimal(text)) : no_match();
            case RowType::Decimal:
                return is_number(text, true) ? decimal_value(text) : no_match();
            case RowType::Range:
                return is_number(text, true) ? range(decimal_value(text)) : no_match();
            case RowType::Date:
                return parse_date(text) ? value(std::string{text}) : no_match();
            case RowType::Time:
                return text.size() == 5 && parse_time(text) ? value(std::string{text}) : no_match();
            default:
                return value(std::string{text});
        }
    }

    Entry typed_choices(std::string_view text) const {
        const auto words = words_of(text);
        if (row_.type == RowType::SelectOne && words.size() != 1) return no_match();
        const auto available = picture_.available(item_);
        const auto& choices = form_.lists[row_.list].choices;
        std::vector<std::uint32_t> indexes;
        for (const std::string_view word : words) {
            const auto named = std::ranges::find_if(
                available, [&](std::uint32_t i) { return choices[i].name == word; });
            if (named == available.end()) return select(text, {});
            indexes.push_back(*named);
        }
        return chosen(std::move(indexes));
    }

    const Form& form_;
    const Picture& picture_;
    const ItemId& item_;
    const Row& row_;
};

}  // namespace

Entry read_keys(const Form& form, const Picture& picture, const ItemId& item,
                std::string_view keys) {
    return EntryReader{form, picture, item}.keys(keys);
}

Entry read_typed(const Form& form, const Picture& picture, const ItemId& item,
                 std::string_view text) {
    return EntryReader{form, picture, item}.typed(text);
}

bool closes(const Form& form, const Picture& picture, const ItemId& item, std::string_view keys) {
    const Row& row = form.rows[item.row];
    if (keys.empty()) return false;
    if (keys.size() > kEntryKeysMax) return true;
    if (row.type == RowType::SelectOne) {
        const auto known = EntryReader{form, picture, item}.choice_keys();
        const auto longer = [&](const auto& key) {
            return key.first.size() > keys.size() && key.first.starts_with(keys);
        };
        return std::ranges::none_of(known, longer);
    }
    const bool owned = owns_key(form, row, row.line.terminator);
    if (row.line.terminator != '\0' && keys.ends_with(row.line.terminator) && !owned) return true;
    if (row.line.digits_max > 0 && keys.size() >= row.line.digits_max) return true;
    if (row.type == RowType::Date) return keys.size() >= kDateKeys;
    if (row.type == RowType::Time) return keys.size() >= kTimeKeys;
    const bool one_digit = row.range_end < 10 && row.range_step == std::floor(row.range_step);
    return row.type == RowType::Range && one_digit;
}

std::string date_format(const Form& form, const Row& row, std::size_t language) {
    if (!row.line.date_format.empty()) return row.line.date_format;
    return form.languages[language].starts_with("hu") ? "yyyymmdd" : "ddmmyyyy";
}

}  // namespace bellwether::campaigns::form
