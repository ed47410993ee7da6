#include "campaigns/export/csv_files.h"

#include <utility>

namespace bellwether::campaigns::exports {
namespace {

constexpr const char* kLineEnd = "\r\n";

std::string without_zero_bytes(std::string text) {
    for (char& c : text) {
        if (c == '\0') c = ' ';
    }
    return text;
}

std::string text_field(std::string_view text) { return quoted(without_zero_bytes(harmless(text))); }

std::string data_field(const Variable& variable, const std::string& text) {
    if (text.empty()) return {};
    if (!is_text(variable)) return text;
    if (variable.use != Use::Answer) return quoted(without_zero_bytes(text));
    return text_field(text);
}

std::string data_csv(const Dataset& data) {
    const auto columns = flat_columns(data);
    std::string csv;
    for (const auto& column : columns) {
        if (!csv.empty()) csv += ',';
        csv += quoted(column.name);
    }
    csv += kLineEnd;
    for (const auto& row : data.rows) {
        bool is_first = true;
        for (const auto& column : columns) {
            if (!is_first) csv += ',';
            is_first = false;
            const auto& variable = data.variables[column.variable];
            csv += data_field(variable, flat_text(column, row[column.variable]));
        }
        csv += kLineEnd;
    }
    return csv;
}

/// What stands in every row of a column of the data.
struct Heading {
    const Variable& variable;
    const FlatColumn& column;
    std::size_t position;
    std::size_t language;
};

void add_row(std::string& csv, const Dataset& data, const Heading& heading,
             const Category* category) {
    const Variable& variable = heading.variable;
    const auto label_of = [&](const Category& one) {
        const std::string& own = one.labels.at(heading.language);
        return own.empty() ? text_of(one.labels) : own;
    };
    const bool is_part = heading.column.part != nullptr;
    csv += text_field(heading.column.name) + ',' + std::to_string(heading.position) + ',';
    csv += text_field(name_of(variable.kind)) + ',';
    csv += text_field(flat_label(data, heading.column, heading.language)) + ',';
    csv +=
        text_field(variable.key.empty() ? std::string_view{}
                                        : std::string_view{variable.labels.at(heading.language)});
    csv += ',' + text_field(data.languages.at(heading.language)) + ',';
    if (category != nullptr) {
        csv += std::to_string(category->code) + ',' + text_field(label_of(*category)) + ',';
        csv += text_field(category->is_missing ? "yes" : "") + ',';
        csv += text_field(category->choice_name);
    } else {
        csv += R"(,"","",)";
        csv += text_field(is_part ? heading.column.part->choice_name : std::string{});
    }
    csv += ',' + (variable.source_row == 0 ? std::string{} : std::to_string(variable.source_row));
    csv += ',' + text_field(variable.relevant) + ',' + text_field(variable.constraint) + kLineEnd;
}

}  // namespace

std::string harmless(std::string_view text) {
    constexpr std::string_view kBegins{"=+-@\t\r\n"};
    const bool is_risky = !text.empty() && kBegins.find(text.front()) != std::string_view::npos;
    return (is_risky ? "'" : "") + std::string{text};
}

std::string codebook_csv(const Dataset& data) {
    std::string csv =
        "variable,position,type,label,question_text,language,code,code_label,missing,"
        "choice_name,source_row,relevant,constraint";
    csv += kLineEnd;
    const auto columns = flat_columns(data);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Variable& variable = data.variables[columns[i].variable];
        for (std::size_t language = 0; language < data.languages.size(); ++language) {
            const Heading heading{variable, columns[i], i + 1, language};
            if (variable.categories.empty()) add_row(csv, data, heading, nullptr);
            const bool is_part = columns[i].part != nullptr;
            if (is_part) {
                const form::ByLanguage no(data.languages.size(), "Not mentioned");
                const form::ByLanguage yes(data.languages.size(), "Mentioned");
                for (const auto& [code, labels] : {std::pair{0, no}, std::pair{1, yes}}) {
                    const Category mention{code, labels, columns[i].part->choice_name, false};
                    add_row(csv, data, heading, &mention);
                }
            }
            for (const auto& category : variable.categories) {
                if (!is_part || category.is_missing) add_row(csv, data, heading, &category);
            }
        }
    }
    return csv;
}

std::vector<OutputFile> csv_files(const Dataset& data) {
    return {{data.name + ".csv", data_csv(data)},
            {data.name + "_codebook.csv", codebook_csv(data)}};
}

}  // namespace bellwether::campaigns::exports
