#include "campaigns/export/spss.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace bellwether::campaigns::exports {
namespace {

constexpr std::size_t kVariableLabelMax = 255;  // bytes; Command Syntax Reference
constexpr std::size_t kValueLabelMax = 120;
constexpr std::size_t kStringMax = 32'767;
constexpr int kNumberWidthMax = 40;
constexpr std::size_t kLiteralMax = 160;  // of one piece of a label, so that its line is short

/// A string of the syntax; a long one in pieces joined by +, so that no line is too long. Labels
/// never end with a period outside quotes: only commands do.
std::string literal(std::string_view text, std::size_t bytes_max) {
    std::string rest = cut_to(on_one_line(text), bytes_max);
    std::string result;
    do {
        const std::string piece = cut_to(rest, kLiteralMax / 2);
        rest.erase(0, piece.size());
        if (!result.empty()) result += " +\n    ";
        result += '\'';
        for (const char c : piece) {
            if (c == '\'') result += '\'';
            result += c;
        }
        result += '\'';
    } while (!rest.empty());
    return result;
}

/// Bytes of the widest text of a column, at least 1.
std::size_t width_of(const Dataset& data, std::size_t variable) {
    std::size_t width = 1;
    for (const auto& row : data.rows) width = std::max(width, row[variable].text.size());
    return std::min(width, kStringMax);
}

/// Of a number, with sign and point.
int digits_of(const Variable& variable) {
    int digits = 1;
    double widest = std::max(-variable.low, variable.high);
    for (const auto& category : variable.categories)
        widest = std::max(widest, -static_cast<double>(category.code));
    for (double size = widest; size >= 10; size /= 10) ++digits;
    const int with_point = variable.decimals == 0 ? 0 : variable.decimals + 1;
    return std::min(std::max(digits + 1, 2) + with_point, kNumberWidthMax);
}

int code_width(const Variable& variable) {
    std::size_t width = 2;  // of the codes of item nonresponse
    for (const auto& category : variable.categories)
        width = std::max(width, std::to_string(category.code).size());
    return static_cast<int>(width);
}

std::string format_of(const Dataset& data, const FlatColumn& column) {
    const Variable& variable = data.variables[column.variable];
    switch (variable.kind) {
        case Kind::Single:
            return "F" + std::to_string(code_width(variable)) + ".0";
        case Kind::Multiple:
            return "F2.0";
        case Kind::Number:
            return "F" + std::to_string(digits_of(variable)) + "." +
                   std::to_string(variable.decimals);
        case Kind::Date:
            return "SDATE10";
        case Kind::Time:
            return "TIME5";
        case Kind::Text:
            break;
    }
    return "A" + std::to_string(width_of(data, column.variable));
}

/// Of a choice of several its own words first: what must be shortened is the question.
std::string label_of(const Dataset& data, const FlatColumn& column) {
    const std::string whole = on_one_line(flat_label(data, column, 0));
    if (column.part == nullptr || whole.size() <= kVariableLabelMax) return whole;
    const std::string choice = ": " + cut_to(text_of(column.part->labels), kValueLabelMax);
    const auto& question = text_of(data.variables[column.variable].labels);
    return cut_to(question, kVariableLabelMax - choice.size()) + choice;
}

/// The lowest and the highest code of item nonresponse; none: the variable has no such codes.
std::optional<std::pair<std::int64_t, std::int64_t>> nonresponse_range(const Variable& variable) {
    std::optional<std::pair<std::int64_t, std::int64_t>> range;
    for (const auto& category : variable.categories) {
        if (!category.is_missing) continue;
        const auto [low, high] = range.value_or(std::pair{category.code, category.code});
        range = {std::min(low, category.code), std::max(high, category.code)};
    }
    return range;
}

class SyntaxWriter {
public:
    explicit SyntaxWriter(const Dataset& data) : data_{data}, columns_{flat_columns(data)} {}

    std::string write() {
        head();
        labels();
        value_labels();
        missing_values();
        levels();
        multiple_response();
        if (!data_.weighting.empty())
            text_ += "WEIGHT BY " + data_.variables.at(weight_column()).name + ".\n";
        text_ += "EXECUTE.\n";
        return std::move(text_);
    }

private:
    [[nodiscard]] std::size_t weight_column() const {
        const auto found = std::ranges::find(data_.variables, Use::Weight, &Variable::use);
        return static_cast<std::size_t>(found - data_.variables.begin());
    }

    void head() {
        text_ +=
            "* Encoding: UTF-8.\nSET DECIMAL=DOT.\nGET DATA\n  /TYPE=TXT\n  /FILE='" + data_.name +
            ".csv'\n  /ENCODING='UTF8'\n  /ARRANGEMENT=DELIMITED\n  /DELCASE=LINE\n  /FIRSTCASE=2\n"
            "  /DELIMITERS=\",\"\n  /QUALIFIER='\"'\n  /VARIABLES=";
        for (const auto& column : columns_)
            text_ += "\n    " + column.name + " " + format_of(data_, column);
        text_ += ".\n";
    }

    void labels() {
        text_ += "VARIABLE LABELS";
        for (const auto& column : columns_) {
            text_ += "\n  " + column.name + "\n    " +
                     literal(label_of(data_, column), kVariableLabelMax);
        }
        text_ += ".\n";
    }

    void value_labels() {
        for (const auto& column : columns_) {
            const Variable& variable = data_.variables[column.variable];
            if (variable.categories.empty()) continue;
            text_ += "VALUE LABELS " + column.name;
            if (column.part != nullptr) text_ += " 0 'Not mentioned' 1 'Mentioned'";
            for (const auto& category : variable.categories) {
                if (column.part != nullptr && !category.is_missing) continue;
                text_ += "\n  " + std::to_string(category.code) + " " +
                         literal(text_of(category.labels), kValueLabelMax);
            }
            text_ += ".\n";
        }
    }

    void missing_values() {
        for (const auto& column : columns_) {
            const auto range = nonresponse_range(data_.variables[column.variable]);
            if (!range) continue;
            text_ += "MISSING VALUES " + column.name + " (" + std::to_string(range->first) +
                     " THRU " + std::to_string(range->second) + ").\n";
        }
    }

    void levels() {
        for (const auto& column : columns_) {
            const Kind kind = data_.variables[column.variable].kind;
            if (kind == Kind::Single || kind == Kind::Multiple)
                text_ += "VARIABLE LEVEL " + column.name + " (NOMINAL).\n";
            if (kind == Kind::Number) text_ += "VARIABLE LEVEL " + column.name + " (SCALE).\n";
        }
    }

    void multiple_response() {
        for (const auto& variable : data_.variables) {
            if (variable.part_names.size() < 2) continue;  // a set of one is none
            text_ += "MRSETS /MDGROUP NAME=$" + variable.name + " LABEL=\n    " +
                     literal(text_of(variable.labels), kVariableLabelMax) +
                     "\n  CATEGORYLABELS=VARLABELS VALUE=1 VARIABLES=";
            for (const auto& part : variable.part_names) text_ += "\n    " + part;
            text_ += ".\n";
        }
    }

    const Dataset& data_;
    std::vector<FlatColumn> columns_;
    std::string text_;
};

}  // namespace

std::vector<OutputFile> spss_files(const Dataset& data) {
    return {{data.name + ".csv", plain_csv(data)},
            {data.name + ".sps", SyntaxWriter{data}.write()}};
}

}  // namespace bellwether::campaigns::exports
