#include "dialer/app/files/toml_tree.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <utility>

namespace bellwether::app {

namespace {

TomlNode copy_node(const toml::node& node);

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

TomlTable copy_table(const toml::table& table) {
    TomlTable copy;
    copy.entries.reserve(table.size());
    for (const auto& [key, node] : table) {
        TomlNode value = copy_node(node);
        // "key = value" counts as the key's line: a table in a header has only its own.
        value.line = static_cast<int>(key.source().begin.line);
        copy.entries.push_back({std::string(key.str()), std::move(value)});
    }
    // toml++ keeps keys by name; people read problems from the top of their file.
    std::stable_sort(
        copy.entries.begin(), copy.entries.end(),
        [](const TomlEntry& a, const TomlEntry& b) { return a.node.line < b.node.line; });
    return copy;
}

TomlArray copy_array(const toml::array& array) {
    TomlArray copy;
    copy.reserve(array.size());
    for (const auto& node : array) copy.push_back(copy_node(node));
    return copy;
}

TomlNode copy_node(const toml::node& node) {
    const int line = line_of(node);
    if (const auto* table = node.as_table()) return {copy_table(*table), line};
    if (const auto* array = node.as_array()) return {copy_array(*array), line};
    if (const auto* text = node.as_string()) return {text->get(), line};
    if (const auto* integer = node.as_integer()) return {integer->get(), line};
    if (const auto* number = node.as_floating_point()) return {number->get(), line};
    if (const auto* boolean = node.as_boolean()) return {boolean->get(), line};
    if (const auto* date = node.as_date()) {
        const toml::date day = date->get();
        return {TomlDate{std::chrono::year{day.year} / day.month / day.day}, line};
    }
    return {TomlDate{}, line};
}

}  // namespace

Checked<TomlTable> parse_toml(std::string_view text, const std::string& file) {
    if (text.size() > kTomlBytesMax) {
        return tl::unexpected(
            Problems{{file, 0, "is larger than 1 MB: this is not a configuration"}});
    }
    try {
        return copy_table(toml::parse(text, std::string_view{file}));
    } catch (const toml::parse_error& error) {
        const int line = static_cast<int>(error.source().begin.line);
        return tl::unexpected(
            Problems{{file, line, "is not TOML: " + std::string(error.description())}});
    }
}

std::string toml_quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace bellwether::app
