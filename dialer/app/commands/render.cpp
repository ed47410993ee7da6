#include "dialer/app/commands/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/phone_number.h"

namespace bellwether::app {

namespace {

using Row = std::vector<std::string>;

/// Tables with more columns stand upright: a terminal is wide enough for about so many.
constexpr std::size_t kColumnsMax = 13;

/// Characters, not bytes: continuation bytes of UTF-8 take no room on the screen.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string number_text(double number) {
    const auto tenths = static_cast<long long>(number * 10 + (number < 0 ? -0.5 : 0.5));
    return std::to_string(tenths / 10) + "." + std::to_string(std::abs(tenths % 10));
}

std::string masked(const std::string& text) {
    const auto number = PhoneNumber::parse(text);
    return number ? number->masked() : text;
}

bool is_table(const Json& value) {
    return value.is_array() && !value.empty() && value.front().is_object();
}

std::string cell(const std::string& key, const Json& value);

std::string joined(const Json& array) {
    std::string text;
    for (const auto& entry : array) text += (text.empty() ? "" : ", ") + cell("", entry);
    return text.empty() ? "-" : text;
}

std::string cell(const std::string& key, const Json& value) {
    if (value.is_null()) return "-";
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    const bool is_share =
        key == "share" || key == "cap" || key == "answer_rate" || key == "answer_seizure_ratio";
    if (value.is_number_float() && is_share) return number_text(value.get<double>() * 100) + "%";
    if (value.is_number_float() && (key == "rate" || key == "amd_error"))
        return fmt::format("{:.4g}%", value.get<double>() * 100);  // a cap is missed by less
    if (value.is_number_float()) return number_text(value.get<double>());
    if (value.is_string()) {
        const auto text = value.get<std::string>();
        if (text.empty()) return "-";
        return key == "number" || key == "phone" ? masked(text) : text;
    }
    if (value.is_array()) return joined(value);
    return value.dump();
}

/// An object's members with those of objects inside it: "pacing.limit".
void flatten(const Json& object, const std::string& prefix,
             std::vector<std::pair<std::string, std::string>>& out) {
    for (const auto& [key, value] : object.items()) {
        if (value.is_object()) {
            flatten(value, prefix + key + ".", out);
        } else if (!is_table(value)) {
            out.emplace_back(prefix + key, cell(key, value));
        }
    }
}

std::string aligned(const std::vector<Row>& rows) {
    std::vector<std::size_t> widths;
    for (const Row& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string text;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line += std::string(widths[i] - width(row[i]) + 2, ' ');
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

std::string heading(std::string key) {
    std::transform(key.begin(), key.end(), key.begin(), [](char c) {
        return c == '_' ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return key;
}

/// Rows become columns.
std::vector<Row> upright(const std::vector<Row>& rows) {
    std::vector<Row> turned(rows.front().size());
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) turned[i].push_back(row[i]);
    }
    return turned;
}

std::string table(const Json& list) {
    std::vector<std::string> keys;
    std::vector<std::vector<std::pair<std::string, std::string>>> flat;
    for (const auto& object : list) {
        flat.emplace_back();
        flatten(object, "", flat.back());
        for (const auto& [key, text] : flat.back()) {
            if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
        }
    }
    std::vector<Row> rows(1);
    for (const auto& key : keys) rows[0].push_back(heading(key));
    for (const auto& members : flat) {
        Row row(keys.size(), "-");
        for (const auto& [key, text] : members) {
            row[static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin())] =
                text;
        }
        rows.push_back(std::move(row));
    }
    return aligned(keys.size() > kColumnsMax ? upright(rows) : rows);
}

/// Lists of objects inside this one, each under its name; lists inside their objects likewise.
void add_tables(const Json& object, std::string& text) {
    for (const auto& [key, value] : object.items()) {
        if (!is_table(value)) continue;
        if (!text.empty()) text += "\n";
        text += heading(key) + "\n" + table(value);
        for (const auto& entry : value) {
            std::string inner;
            add_tables(entry, inner);
            if (!inner.empty()) text += "\n" + cell("", entry.begin().value()) + ": " + inner;
        }
    }
}

}  // namespace

std::string render(const Json& body) {
    if (!body.is_object()) return body.dump(2) + "\n";
    std::vector<std::pair<std::string, std::string>> members;
    flatten(body, "", members);
    // A list alone needs no heading above its own.
    if (members.empty() && body.size() == 1 && is_table(body.front())) {
        std::string inner;
        add_tables(body, inner);
        return inner.substr(inner.find('\n') + 1);
    }
    std::vector<Row> rows;
    for (auto& [key, text] : members) rows.push_back({key, text});
    std::string text = aligned(rows);
    add_tables(body, text);
    return text;
}

}  // namespace bellwether::app
