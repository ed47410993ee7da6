#include "dialer/app/files/toml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "base/nearest_name.h"
#include "dialer/app/files/units.h"

namespace bellwether::app {

namespace {

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

}  // namespace

TomlReader::TomlReader(const TomlTable& table, std::string where, const std::string& file,
                       Problems& problems, int line)
    : table_{table}, where_{std::move(where)}, file_{file}, problems_{problems}, line_{line} {}

std::string TomlReader::enum_spelling(std::string_view word) {
    std::string upper{word};
    std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
        return c == '-' || c == ' '
                   ? '_'
                   : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return upper;
}

std::string TomlReader::not_one_of(std::string_view word, const std::vector<std::string>& allowed) {
    if (const auto near = nearest_name(word, views(allowed))) {
        return fmt::format("\"{}\" is not known: did you mean {}?", word, *near);
    }
    return fmt::format("\"{}\" is not known: write {}", word, fmt::join(allowed, ", "));
}

std::string TomlReader::name_of_key(std::string_view key) const {
    return where_.empty() ? std::string{key} : fmt::format("{}.{}", where_, key);
}

bool TomlReader::has(std::string_view key) const {
    return std::any_of(table_.entries.begin(), table_.entries.end(),
                       [&](const TomlEntry& entry) { return entry.key == key; });
}

bool TomlReader::is_text(std::string_view key) const {
    return std::any_of(table_.entries.begin(), table_.entries.end(), [&](const TomlEntry& entry) {
        return entry.key == key && std::holds_alternative<std::string>(entry.node.value);
    });
}

int TomlReader::line_of(std::string_view key) const {
    for (const TomlEntry& entry : table_.entries) {
        if (entry.key == key) return entry.node.line;
    }
    return line_;
}

void TomlReader::problem_at(int line, std::string text) {
    problems_.push_back({file_, line, std::move(text)});
}

void TomlReader::problem(std::string_view key, std::string_view text) {
    problem_at(line_of(key), fmt::format("{} {}", name_of_key(key), text));
}

void TomlReader::require(std::string_view key, std::string_view example) {
    if (!has(key)) problem(key, fmt::format("is missing: write {}", example));
}

const TomlNode* TomlReader::find(std::string_view key) {
    asked_.emplace_back(key);
    for (const TomlEntry& entry : table_.entries) {
        if (entry.key == key) return &entry.node;
    }
    return nullptr;
}

template <class T>
const T* TomlReader::find_as(std::string_view key, std::string_view expected) {
    const TomlNode* node = find(key);
    if (node == nullptr) return nullptr;
    const T* value = std::get_if<T>(&node->value);
    if (value == nullptr) problem(key, fmt::format("must be {}", expected));
    return value;
}

bool TomlReader::text(std::string_view key, std::string& out) {
    if (const auto* value = find_as<std::string>(key, "text in quotes")) out = *value;
    return has(key);
}

bool TomlReader::text(std::string_view key, std::optional<std::string>& out) {
    if (const auto* value = find_as<std::string>(key, "text in quotes")) out = *value;
    return has(key);
}

bool TomlReader::boolean(std::string_view key, bool& out) {
    if (const auto* value = find_as<bool>(key, "true or false")) out = *value;
    return has(key);
}

bool TomlReader::integer(std::string_view key, std::int64_t low, std::int64_t high,
                         std::int64_t& out) {
    const auto* value = find_as<std::int64_t>(key, "a whole number");
    if (value == nullptr) return has(key);
    if (*value < low || *value > high) {
        problem(key, fmt::format("is {}: must be {} to {}", *value, low, high));
    } else {
        out = *value;
    }
    return true;
}

bool TomlReader::integer(std::string_view key, std::int64_t low, std::int64_t high, int& out) {
    std::int64_t wide = out;
    const bool there = integer(key, low, high, wide);
    out = static_cast<int>(wide);
    return there;
}

bool TomlReader::port(std::string_view key, int low, std::uint16_t& out) {
    std::int64_t wide = out;
    const bool there = integer(key, low, 65'535, wide);
    out = static_cast<std::uint16_t>(wide);
    return there;
}

std::optional<double> TomlReader::number_of(std::string_view key, const TomlNode& node, double low,
                                            double high) {
    double value = 0;
    if (const auto* integer = std::get_if<std::int64_t>(&node.value)) {
        value = static_cast<double>(*integer);
    } else if (const auto* floating = std::get_if<double>(&node.value)) {
        value = *floating;
    } else {
        problem(key, "must be a number without quotes");
        return std::nullopt;
    }
    if (value >= low && value <= high) return value;
    problem(key, fmt::format("is {}: must be {} to {}", format_number(value), format_number(low),
                             format_number(high)));
    return std::nullopt;
}

bool TomlReader::number(std::string_view key, double low, double high, double& out) {
    const TomlNode* node = find(key);
    if (node == nullptr) return false;
    out = number_of(key, *node, low, high).value_or(out);
    return true;
}

bool TomlReader::whole(std::string_view key, int low, int high, int& out) {
    double value = out;
    const bool there = number(key, low, high, value);
    if (value != std::floor(value)) {
        problem(key, fmt::format("is {}: must be a whole number", format_number(value)));
        return there;
    }
    out = static_cast<int>(value);
    return there;
}

bool TomlReader::numbers(std::string_view key, std::size_t count, double low, double high,
                         std::vector<double>& out) {
    const auto expected = fmt::format("a list of {} numbers", count);
    const auto* array = find_as<TomlArray>(key, expected);
    if (array == nullptr) return has(key);
    if (array->size() != count) {
        problem(key, fmt::format("must be {}", expected));
        return true;
    }
    std::vector<double> values;
    for (const TomlNode& node : *array) {
        const auto value = number_of(key, node, low, high);
        if (!value) return true;
        values.push_back(*value);
    }
    out = std::move(values);
    return true;
}

bool TomlReader::parsed(std::string_view key,
                        const std::function<Result<void>(const std::string&)>& parse) {
    const auto* value = find_as<std::string>(key, "text in quotes");
    if (value == nullptr) return has(key);
    if (const auto result = parse(*value); !result) problem(key, result.error().detail);
    return true;
}

bool TomlReader::duration(std::string_view key, Milliseconds low, Milliseconds high,
                          Milliseconds& out) {
    return parsed(key, [&](const std::string& text) -> Result<void> {
        const auto value = parse_duration(text);
        if (!value)
            return fail(value.error().code, fmt::format("\"{}\" {}", text, value.error().detail));
        if (*value < low || *value > high) {
            return fail(Errc::InvalidInput,
                        fmt::format("is {}: must be {} to {}", text, format_duration(low),
                                    format_duration(high)));
        }
        out = *value;
        return {};
    });
}

bool TomlReader::duration(std::string_view key, Milliseconds low, Milliseconds high,
                          std::chrono::seconds& out) {
    Milliseconds fine = out;
    const bool there = duration(key, low, high, fine);
    if (fine.count() % 1000 != 0) {
        problem(key, "must be whole seconds");
        return there;
    }
    out = std::chrono::duration_cast<std::chrono::seconds>(fine);
    return there;
}

bool TomlReader::percent(std::string_view key, Probability& out) {
    return parsed(key, [&](const std::string& text) -> Result<void> {
        const auto value = parse_percent(text);
        if (!value)
            return fail(value.error().code, fmt::format("\"{}\" {}", text, value.error().detail));
        out = *value;
        return {};
    });
}

bool TomlReader::texts(std::string_view key, std::vector<std::string>& out) {
    const auto* array = find_as<TomlArray>(key, "a list of texts, as [\"a\", \"b\"]");
    if (array == nullptr) return has(key);
    std::vector<std::string> values;
    for (const TomlNode& node : *array) {
        const auto* value = std::get_if<std::string>(&node.value);
        if (value == nullptr) {
            problem(key, "must be a list of texts, as [\"a\", \"b\"]");
            return true;
        }
        values.push_back(*value);
    }
    out = std::move(values);
    return true;
}

bool TomlReader::date(std::string_view key, std::optional<std::chrono::year_month_day>& out) {
    const auto* value = find_as<TomlDate>(key, "a date without quotes, as 2026-11-22");
    if (value == nullptr) return has(key);
    if (value->date && value->date->ok()) {
        out = value->date;
    } else {
        problem(key, "must be a date without a time, as 2026-11-22");
    }
    return true;
}

bool TomlReader::section(std::string_view key, const std::function<void(TomlReader&)>& read) {
    const auto* table =
        find_as<TomlTable>(key, fmt::format("a table: write [{}] above its keys", key));
    if (table == nullptr) return has(key);
    TomlReader reader(*table, name_of_key(key), file_, problems_, line_of(key));
    read(reader);
    reader.finish();
    return true;
}

bool TomlReader::sections(std::string_view key, const std::function<void(TomlReader&)>& read) {
    const auto* array = find_as<TomlArray>(key, "a list of tables, as [{…}, {…}]");
    if (array == nullptr) return has(key);
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto* table = std::get_if<TomlTable>(&(*array)[i].value);
        if (table == nullptr) {
            problem(key, "must be a list of tables, as [{…}, {…}]");
            return true;
        }
        TomlReader reader(*table, fmt::format("{}[{}]", name_of_key(key), i + 1), file_, problems_,
                          (*array)[i].line);
        read(reader);
        reader.finish();
    }
    return true;
}

void TomlReader::remaining(
    const std::function<void(const std::string&, const std::string&, int)>& visit) {
    for (const TomlEntry& entry : table_.entries) {
        if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
        asked_.push_back(entry.key);
        if (const auto* text = std::get_if<std::string>(&entry.node.value)) {
            visit(entry.key, *text, entry.node.line);
        } else {
            problem(entry.key, "must be text in quotes");
        }
    }
}

void TomlReader::remaining_integers(
    std::int64_t low, std::int64_t high,
    const std::function<void(const std::string&, int, int)>& visit) {
    for (const TomlEntry& entry : table_.entries) {
        if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
        int value = static_cast<int>(low) - 1;
        integer(entry.key, low, high, value);
        if (value >= low) visit(entry.key, value, entry.node.line);
    }
}

void TomlReader::ignore_rest() {
    for (const TomlEntry& entry : table_.entries) asked_.push_back(entry.key);
}

void TomlReader::finish() {
    for (const TomlEntry& entry : table_.entries) {
        if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
        const auto near = nearest_name(entry.key, views(asked_));
        const std::string mend = !near ? fmt::format("known here: {}", fmt::join(asked_, ", "))
                                       : fmt::format("did you mean {}?", *near);
        problem(entry.key, "is not known: " + mend);
    }
}

}  // namespace bellwether::app
