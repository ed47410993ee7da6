#include "campaigns/number_reader.h"

#include <algorithm>
#include <string>

#include "campaigns/cell_text.h"

namespace bellwether::campaigns {
namespace {

// With fewer digits than a North American number and its country code, a number without a plus sign
// is taken for a national one, however wrong.
constexpr std::size_t kInternationalDigitsMin = 11;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (is_digit(c)) digits += c;
    }
    return digits;
}

/// Nothing but digits and what people put between them.
bool is_bare(std::string_view text) {
    constexpr std::string_view kSeparators = " -.()/";
    return std::ranges::all_of(
        text, [&](char c) { return is_digit(c) || kSeparators.find(c) != std::string_view::npos; });
}

/// 2.02555E+09, 4,42E11: one digit, a point or comma and digits, an exponent.
bool is_scientific(std::string_view text) {
    const auto exponent = text.find_first_of("eE");
    if (exponent == std::string_view::npos || exponent == 0) return false;
    const std::string_view mantissa = text.substr(0, exponent);
    std::string_view power = text.substr(exponent + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const auto is_part = [](char c) { return is_digit(c) || c == '.' || c == ','; };
    return is_digit(mantissa.front()) && std::ranges::all_of(mantissa, is_part) && !power.empty() &&
           power.size() <= 2 && std::ranges::all_of(power, is_digit);
}

/// 2025550101.0
bool is_decimal(std::string_view text) {
    const auto point = text.find('.');
    if (point == std::string_view::npos || point < 5) return false;
    const std::string_view rest = text.substr(point + 1);
    return std::ranges::all_of(text.substr(0, point), is_digit) && !rest.empty() &&
           std::ranges::all_of(rest, [](char c) { return c == '0'; });
}

std::optional<PhoneNumber> with_code(const NumberRules& rules, const NumberText& number) {
    const std::string code = digits_of(number.phone_code);
    if (code.empty() || !is_bare(number.text)) return std::nullopt;
    const auto read = rules.normalise("+" + code + digits_of(number.text), {});
    return read ? std::optional{*read} : std::nullopt;
}

/// The rules said no: is it a spreadsheet's doing?
Result<NumberRead> second_thought(const NumberRules& rules, const NumberText& number,
                                  std::string_view text, const Error& refusal) {
    if (number.region.empty() || !is_bare(text)) return tl::unexpected<Error>{refusal};
    const std::string digits = digits_of(text);
    if (digits.size() >= kInternationalDigitsMin) {
        if (const auto read = rules.normalise("+" + digits, {})) return NumberRead{*read, true};
    }
    if (!digits.empty() && !digits.starts_with('0') &&
        rules.normalise("0" + digits, number.region)) {
        return fail(Errc::InvalidInput,
                    "the zero at its front is lost, as spreadsheets lose it: format the column as "
                    "text and export it again");
    }
    return tl::unexpected<Error>{refusal};
}

}  // namespace

std::optional<std::string_view> spreadsheet_damage(std::string_view text) {
    const std::string_view cell = trimmed(text);
    if (is_scientific(cell)) {
        return "a spreadsheet turned the number into scientific notation, and its last digits are "
               "lost: format the column as text and export it again";
    }
    if (is_decimal(cell)) {
        return "the number was exported as a decimal fraction, with \".0\" behind it: format the "
               "column as text and export it again";
    }
    return std::nullopt;
}

Result<NumberRead> read_number(const NumberRules& rules, const NumberText& number) {
    const std::string_view text = trimmed(number.text);
    if (text.empty()) return fail(Errc::InvalidInput, "there is no number in this cell");
    if (const auto damage = spreadsheet_damage(text)) {
        return fail(Errc::InvalidInput, std::string{*damage});
    }
    if (const auto coded = with_code(rules, number)) return NumberRead{*coded, false};
    const auto read = rules.normalise(text, number.region);
    if (read) return NumberRead{*read, false};
    return second_thought(rules, number, text, read.error());
}

std::vector<PackedNumber> unpack_numbers(std::string_view packed) {
    std::vector<PackedNumber> numbers;
    while (!packed.empty()) {
        const auto end = std::min(packed.find('!'), packed.size());
        std::string_view entry = packed.substr(0, end);
        packed.remove_prefix(std::min(end + 1, packed.size()));
        PackedNumber number;
        for (auto* part : {&number.text, &number.phone_code}) {
            const auto bar = std::min(entry.find('_'), entry.size());
            *part = trimmed(entry.substr(0, bar));
            entry.remove_prefix(std::min(bar + 1, entry.size()));
        }
        number.note = trimmed(entry);
        if (!number.text.empty()) numbers.push_back(number);
    }
    return numbers;
}

}  // namespace bellwether::campaigns
