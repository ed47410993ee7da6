#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

// Kinds of values that several tables of bellwether.toml share. Each leaves `out` alone when the
// key is absent, and notes a problem when its value is not of the kind.

void read_ipv4(TomlReader& table, std::string_view key, std::string& out);

/// Text that goes into SIP or log lines: not empty, printable, no quote.
void read_word(TomlReader& table, std::string_view key, std::string& out);

/// A path; a relative one counts from `folder`.
void read_path(TomlReader& table, std::string_view key, const std::filesystem::path& folder,
               std::filesystem::path& out);

/// `["a", "b"]`, as TOML.
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& words);

}  // namespace bellwether::app
