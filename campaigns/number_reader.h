#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/phone_number.h"
#include "base/result.h"
#include "campaigns/phone_normaliser.h"

namespace bellwether::campaigns {

/// One number as it stands in a list.
struct NumberText {
    std::string_view text;
    std::string_view phone_code;  ///< its country code, from a column of its own; may be empty
    std::string_view region;      ///< ISO 3166, for numbers without a country code; may be empty
};

struct NumberRead {
    PhoneNumber number;
    bool plus_added = false;  ///< it had a country code, and no plus sign before it
};

/// What a spreadsheet does to numbers that it takes for quantities: 2.02555E+09, 2025550101.0. The
/// digits, or their end, are lost or changed. Says so with the mend; none if nothing of the kind.
[[nodiscard]] std::optional<std::string_view> spreadsheet_damage(std::string_view text);

/// A number of a list as E.164. A country code from a column of its own counts first; then what
/// NumberRules says; then, where a region is given, the same digits with the plus sign that a
/// spreadsheet took away, if that is a valid number.
///
/// Fails with InvalidInput and the reason in words, which name a spreadsheet's damage (lost digits,
/// a lost zero at the front) where that is what it looks like. Never repeats the number.
[[nodiscard]] Result<NumberRead> read_number(const NumberRules& rules, const NumberText& number);

/// VICIdial's packed alternate numbers, "number_code_note!number_code_note": views into `packed`.
/// Source: VICIDIAL_IN_new_leads_file.pl, --help, of VICIdial 2.4.
struct PackedNumber {
    std::string_view text;
    std::string_view phone_code;
    std::string_view note;
};
[[nodiscard]] std::vector<PackedNumber> unpack_numbers(std::string_view packed);

}  // namespace bellwether::campaigns
