#include "campaigns/export/triple_s.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/xml_text.h"

namespace bellwether::campaigns::exports {
namespace {

constexpr std::int64_t kCodeMax = 999;  // of a list that keeps its codes: bit strings stay readable

/// A category as Triple-S has it.
struct Value {
    std::int64_t code = 0;
    const Category* category = nullptr;
};

/// 7, 97, 997, …: the first above `highest` of three codes for item nonresponse.
std::int64_t first_missing(double highest) {
    std::int64_t first = 7;
    for (std::int64_t nines = 90; static_cast<double>(first) <= highest; nines *= 10)
        first += nines;
    return first;
}

std::vector<Value> values_of(const Variable& variable) {
    std::vector<Value> values;
    const bool keeps = std::ranges::all_of(variable.categories, [](const Category& category) {
        return category.is_missing || (category.code >= 1 && category.code <= kCodeMax);
    });
    std::int64_t highest = 0;
    for (const auto& category : variable.categories) {
        if (category.is_missing) continue;
        const auto code = keeps ? category.code : static_cast<std::int64_t>(values.size()) + 1;
        highest = std::max(highest, code);
        values.push_back({code, &category});
    }
    const bool is_number = variable.kind == Kind::Number;
    const double above =
        is_number ? std::max(0.0, std::ceil(variable.high)) : static_cast<double>(highest);
    // Codes rise as those of the export fall: no answer 7, don't know 8, refused 9.
    std::int64_t code = first_missing(above);
    for (const auto& category : variable.categories) {
        if (category.is_missing) values.push_back({code++, &category});
    }
    return values;
}

std::int64_t code_of(const std::vector<Value>& values, std::int64_t exported) {
    const auto found = std::ranges::find_if(
        values, [&](const Value& value) { return value.category->code == exported; });
    return found == values.end() ? 0 : found->code;
}

/// With exactly so many decimals.
std::string fixed(double number, int decimals) {
    const double factor = std::pow(10.0, decimals);
    const auto scaled = std::llround(std::abs(number) * factor);
    std::string digits = std::to_string(scaled);
    const auto places = static_cast<std::size_t>(decimals);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - places, ".");
    return (number < 0 && scaled != 0 ? "-" : "") + digits;
}

std::string with_decimals(const std::string& canonical, int decimals) {
    if (decimals == 0) return canonical;
    const auto point = canonical.find('.');
    const auto places = point == std::string::npos ? 0 : canonical.size() - point - 1;
    std::string text = canonical + (point == std::string::npos ? "." : "");
    return text.append(static_cast<std::size_t>(decimals) - places, '0');
}

/// YYYY-MM-DD as yyyymmdd, HH:MM as hhmmss.
std::string compact(const std::string& text, Kind kind) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits.push_back(c);
    }
    return kind == Kind::Time ? digits + "00" : digits;
}

class DataWriter {
public:
    explicit DataWriter(const Dataset& data) : data_{data} {
        for (const auto& variable : data.variables) values_.push_back(values_of(variable));
    }

    [[nodiscard]] std::string csv() const {
        std::string text;
        for (const auto& variable : data_.variables)
            text += (text.empty() ? "" : ",") + variable.name;
        text += '\n';
        for (const auto& row : data_.rows) {
            for (std::size_t i = 0; i < row.size(); ++i)
                text += (i == 0 ? "" : ",") + field(i, row[i]);
            text += '\n';
        }
        return text;
    }

    [[nodiscard]] const std::vector<Value>& values(std::size_t variable) const {
        return values_[variable];
    }

private:
    [[nodiscard]] std::string field(std::size_t index, const Cell& cell) const {
        const Variable& variable = data_.variables[index];
        if (cell.state == Cell::State::Empty) return {};
        if (variable.kind == Kind::Multiple) return quoted(bits(index, cell));
        if (cell.state == Cell::State::Missing) {
            const auto code = std::to_string(code_of(values_[index], cell.code));
            return variable.kind == Kind::Number ? with_decimals(code, variable.decimals) : code;
        }
        switch (variable.kind) {
            case Kind::Single:
                return std::to_string(code_of(values_[index], cell.code));
            case Kind::Number:
                return with_decimals(cell.text, variable.decimals);
            case Kind::Date:
            case Kind::Time:
                return compact(cell.text, variable.kind);
            default:
                return quoted(on_one_line(cell.text));
        }
    }

    [[nodiscard]] std::string bits(std::size_t index, const Cell& cell) const {
        std::int64_t highest = 0;
        for (const auto& value : values_[index]) highest = std::max(highest, value.code);
        std::string text(static_cast<std::size_t>(highest), '0');
        const auto set = [&](std::int64_t exported) {
            const auto code = code_of(values_[index], exported);
            if (code > 0) text[static_cast<std::size_t>(code) - 1] = '1';
        };
        if (cell.state == Cell::State::Missing) set(cell.code);
        for (const auto code : cell.codes) set(code);
        return text;
    }

    const Dataset& data_;
    std::vector<std::vector<Value>> values_;  // of each variable
};

class DescriptionWriter {
public:
    DescriptionWriter(const Dataset& data, const DataWriter& coded, const TripleSMoment& made)
        : data_{data}, coded_{coded} {
        text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sss version=\"2.0\" languages=\"";
        for (std::size_t i = 0; i < data.languages.size(); ++i)
            text_ += (i == 0 ? "" : " ") + xml_escaped(data.languages[i]);
        text_ += "\" modes=\"interview analysis\">\n";
        if (!made.date.empty()) text_ += "  <date>" + xml_escaped(made.date) + "</date>\n";
        if (!made.time.empty()) text_ += "  <time>" + xml_escaped(made.time) + "</time>\n";
    }

    std::string write() {
        text_ += "  <origin>Bellwether</origin>\n  <survey>\n    <name>" + xml_escaped(data_.name) +
                 "</name>\n";
        if (!data_.version.empty())
            text_ += "    <version>" + xml_escaped(data_.version) + "</version>\n";
        text_ += "    <title>" + xml_escaped(data_.title) + "</title>\n";
        text_ +=
            "    <record ident=\"A\" format=\"csv\" skip=\"1\" href=\"" + data_.name + ".csv\">\n";
        for (std::size_t i = 0; i < data_.variables.size(); ++i) add_variable(i);
        text_ += "    </record>\n  </survey>\n</sss>\n";
        return std::move(text_);
    }

private:
    static const char* type_of(Kind kind) {
        switch (kind) {
            case Kind::Single:
                return "single";
            case Kind::Multiple:
                return "multiple";
            case Kind::Number:
                return "quantity";
            case Kind::Date:
                return "date";
            case Kind::Time:
                return "time";
            case Kind::Text:
                break;
        }
        return "character";
    }

    /// A text in the first language, and the others that say something else.
    void add_texts(const form::ByLanguage& labels) {
        const std::string& first = labels.front().empty() ? text_of(labels) : labels.front();
        text_ += xml_escaped(on_one_line(first));
        for (std::size_t i = 1; i < labels.size(); ++i) {
            if (labels[i].empty() || labels[i] == first) continue;
            text_ += "<text xml:lang=\"" + xml_escaped(data_.languages[i]) + "\">" +
                     xml_escaped(on_one_line(labels[i])) + "</text>";
        }
    }

    void add_variable(std::size_t index) {
        const Variable& variable = data_.variables[index];
        const std::string ident = std::to_string(index + 1);
        text_ += "      <variable ident=\"" + ident + "\" type=\"" + type_of(variable.kind) + "\"";
        if (variable.use == Use::Serial) text_ += " use=\"serial\"";
        if (variable.use == Use::Weight && !data_.weighting.empty()) text_ += " use=\"weight\"";
        text_ += "><name>" + variable.name + "</name>\n        <label>";
        add_texts(variable.labels);
        text_ += "</label>\n        <position start=\"" + ident + "\"/>\n";
        if (variable.kind == Kind::Text) {
            text_ += "        <size>" + std::to_string(size_of(index)) + "</size>\n";
        } else {
            text_ += "        <values>";
            add_range(index);
            for (const auto& value : coded_.values(index)) add_value(variable, value);
            text_ += "</values>\n";
        }
        text_ += "      </variable>\n";
    }

    void add_value(const Variable& variable, const Value& value) {
        const std::string code = std::to_string(value.code);
        text_ += "\n          <value code=\"" +
                 (variable.kind == Kind::Number ? with_decimals(code, variable.decimals) : code) +
                 "\">";
        add_texts(value.category->labels);
        text_ += "</value>";
    }

    void add_range(std::size_t index) {
        const Variable& variable = data_.variables[index];
        if (variable.kind == Kind::Number) {
            add_ends(fixed(variable.low, variable.decimals),
                     fixed(variable.high, variable.decimals));
        } else if (variable.kind == Kind::Date || variable.kind == Kind::Time) {
            const auto [low, high] = ends_of(index);
            add_ends(low, high);
        }
    }

    void add_ends(const std::string& from, const std::string& to) {
        text_ += "<range from=\"" + from + "\" to=\"" + to + "\"/>";
    }

    /// The earliest and the latest there are.
    [[nodiscard]] std::pair<std::string, std::string> ends_of(std::size_t index) const {
        const Kind kind = data_.variables[index].kind;
        std::string low, high;
        for (const auto& row : data_.rows) {
            if (row[index].state != Cell::State::Value) continue;
            const std::string text = compact(row[index].text, kind);
            if (low.empty() || text < low) low = text;
            high = std::max(high, text);
        }
        if (low.empty()) low = high = kind == Kind::Date ? "19700101" : "000000";
        return {low, high};
    }

    /// Characters of the longest text, at least 1.
    [[nodiscard]] std::size_t size_of(std::size_t index) const {
        std::size_t size = 1;
        for (const auto& row : data_.rows) {
            const auto letters = std::ranges::count_if(row[index].text, [](char c) {
                return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // RFC 3629 §3
            });
            size = std::max(size, static_cast<std::size_t>(letters));
        }
        return size;
    }

    const Dataset& data_;
    const DataWriter& coded_;
    std::string text_;
};

std::string codes_csv(const Dataset& data, const DataWriter& coded) {
    std::string csv = "variable,code,meaning,choice_name,export_code\n";
    for (std::size_t i = 0; i < data.variables.size(); ++i) {
        for (const auto& value : coded.values(i)) {
            csv += data.variables[i].name + ',' + std::to_string(value.code) + ',' +
                   quoted(on_one_line(text_of(value.category->labels))) + ',' +
                   quoted(value.category->choice_name) + ',' +
                   std::to_string(value.category->code) + '\n';
        }
    }
    return csv;
}

}  // namespace

std::vector<OutputFile> triple_s_files(const Dataset& data, const TripleSMoment& made) {
    const DataWriter coded{data};
    return {{data.name + ".sss", DescriptionWriter{data, coded, made}.write()},
            {data.name + ".csv", coded.csv()},
            {data.name + "_codes.csv", codes_csv(data, coded)}};
}

}  // namespace bellwether::campaigns::exports
