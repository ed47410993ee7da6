#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dialer/app/files/problem.h"

namespace bellwether::app {

struct TomlNode;
struct TomlEntry;

struct TomlTable {
    std::vector<TomlEntry> entries;  ///< by line; keys are unique
};
using TomlArray = std::vector<TomlNode>;

/// A date without a time; of any other date or time only that it is one: no setting takes it, but
/// the reader must be able to say so.
struct TomlDate {
    std::optional<std::chrono::year_month_day> date;
};

/// A TOML value as plain data, with the line it stands on. Keeps the parser behind one .cpp.
struct TomlNode {
    std::variant<bool, std::int64_t, double, std::string, TomlArray, TomlTable, TomlDate> value;
    int line = 0;  ///< from 1
};

struct TomlEntry {
    std::string key;
    TomlNode node;
};

/// Larger files are refused: no configuration comes near, and a wrong path (a contact list) does.
inline constexpr std::size_t kTomlBytesMax = std::size_t{1} << 20;

/// @param file  named in problems. A syntax error is one problem, with its line.
[[nodiscard]] Checked<TomlTable> parse_toml(std::string_view text, const std::string& file);

/// A basic string as TOML writes it, in its quotes.
[[nodiscard]] std::string toml_quoted(std::string_view text);

}  // namespace bellwether::app
