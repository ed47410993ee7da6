#include "dialer/app/files/config_values.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>

#include "dialer/app/files/toml_tree.h"

namespace bellwether::app {
namespace {

namespace fs = std::filesystem;

bool is_ipv4(const std::string& text) {
    in_addr address{};
    return inet_pton(AF_INET, text.c_str(), &address) == 1;
}

}  // namespace

void read_ipv4(TomlReader& table, std::string_view key, std::string& out) {
    table.parsed(key, [&](const std::string& text) -> Result<void> {
        if (!is_ipv4(text)) {
            return fail(Errc::InvalidInput,
                        fmt::format("\"{}\" is not an IPv4 address, as \"192.0.2.1\"", text));
        }
        out = text;
        return {};
    });
}

/// Text that goes into SIP or log lines: not empty, printable, no quote.
void read_word(TomlReader& table, std::string_view key, std::string& out) {
    table.parsed(key, [&](const std::string& text) -> Result<void> {
        const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
            return c > ' ' && c < '\x7f' && c != '"' && c != '\\';
        });
        if (text.empty() || !plain) {
            return fail(Errc::InvalidInput, "must be one word of plain letters, digits and signs");
        }
        out = text;
        return {};
    });
}

void read_path(TomlReader& table, std::string_view key, const fs::path& folder, fs::path& out) {
    std::string text;
    if (table.text(key, text) && !text.empty()) out = (folder / text).lexically_normal();
}

std::string quoted_list(const std::vector<std::string>& words) {
    std::vector<std::string> quoted;
    for (const std::string& word : words) quoted.push_back(toml_quoted(word));
    return fmt::format("[{}]", fmt::join(quoted, ", "));
}

}  // namespace bellwether::app
