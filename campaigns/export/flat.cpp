#include "campaigns/export/flat.h"

#include <algorithm>

namespace bellwether::campaigns::exports {

std::vector<FlatColumn> flat_columns(const Dataset& data) {
    std::vector<FlatColumn> columns;
    for (std::size_t i = 0; i < data.variables.size(); ++i) {
        const Variable& variable = data.variables[i];
        if (variable.kind != Kind::Multiple) {
            columns.push_back({i, nullptr, variable.name});
            continue;
        }
        std::size_t part = 0;
        for (const auto& category : variable.categories) {
            if (!category.is_missing)
                columns.push_back({i, &category, variable.part_names.at(part++)});
        }
    }
    return columns;
}

bool is_text(const Variable& variable) {
    return variable.kind == Kind::Text || variable.kind == Kind::Date ||
           variable.kind == Kind::Time;
}

std::string flat_text(const FlatColumn& column, const Cell& cell) {
    if (cell.state == Cell::State::Empty) return {};
    if (cell.state == Cell::State::Missing) return std::to_string(cell.code);
    if (column.part != nullptr)
        return std::ranges::count(cell.codes, column.part->code) != 0 ? "1" : "0";
    return cell.text.empty() ? std::to_string(cell.code) : cell.text;
}

std::string flat_label(const Dataset& data, const FlatColumn& column, std::size_t language) {
    const Variable& variable = data.variables[column.variable];
    const auto in = [&](const form::ByLanguage& labels) {
        return language < labels.size() && !labels[language].empty() ? labels[language]
                                                                     : text_of(labels);
    };
    if (column.part == nullptr) return in(variable.labels);
    return in(variable.labels) + ": " + in(column.part->labels);
}

std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        line.push_back(is_control ? ' ' : c);
    }
    return line;
}

std::string quoted(std::string_view text) {
    std::string field = "\"";
    for (const char c : text) {
        if (c == '"') field.push_back('"');
        field.push_back(c);
    }
    return field + '"';
}

std::string cut_to(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return std::string{text};
    std::size_t end = bytes_max;
    // A byte 10xxxxxx goes on with a code point (RFC 3629 §3).
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string{text.substr(0, end)};
}

std::string plain_csv(const Dataset& data) {
    const auto columns = flat_columns(data);
    std::string csv;
    for (const auto& column : columns) {
        if (!csv.empty()) csv += ',';
        csv += column.name;
    }
    csv += '\n';
    for (const auto& row : data.rows) {
        bool is_first = true;
        for (const auto& column : columns) {
            if (!is_first) csv += ',';
            is_first = false;
            const std::string text = flat_text(column, row[column.variable]);
            if (text.empty()) continue;
            csv += is_text(data.variables[column.variable]) ? quoted(on_one_line(text)) : text;
        }
        csv += '\n';
    }
    return csv;
}

}  // namespace bellwether::campaigns::exports
