#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bellwether::campaigns::import {

/// A row of a tab-separated file.
struct TabRow {
    std::uint64_t line = 0;  ///< on which it begins, from 1
    std::vector<std::string> fields;
};

/// Reads tab-separated text as LimeSurvey writes and reads it: UTF-8 with or without a byte order
/// mark, or UTF-16 with one (Excel); any newlines; quotes around a field with doubled ones inside,
/// and quotes within an unquoted field as they stand. Non-breaking spaces become blanks. Empty rows
/// are left out.
///
/// A quoted field that never ends is taken to its line's end as it stands. Fails with InvalidInput,
/// naming the line, for text that is neither, a zero byte, a field over 64 KiB or a row of more
/// than 1,000 fields. O(bytes). Source: research/surveys.md 5.1.
[[nodiscard]] Result<std::vector<TabRow>> read_tab_separated(std::string_view bytes);

}  // namespace bellwether::campaigns::import
