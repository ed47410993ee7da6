#include "compliance/evidence/canonical_json.h"

#include <array>
#include <charconv>
#include <optional>

#include "base/check.h"

namespace bellwether::compliance::evidence {

namespace {

constexpr int kDepthMax = 32;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view kHex = "0123456789abcdef";

/// Bytes of the well-formed UTF-8 sequence at the beginning of `text`; 0: there is none (RFC 3629
/// §4: no surrogates, no overlong forms, at most U+10FFFF).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
        return byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = first == 0xED ? 0x9F : 0xBF;
        return follows(1, low, high) && follows(2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const unsigned low = first == 0xF0 ? 0x90 : 0x80;
        const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
        return follows(1, low, high) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
    }
    return 0;
}

char short_escape(char c) {
    switch (c) {
        case '"':
        case '\\':
            return c;
        case '\b':
            return 'b';
        case '\t':
            return 't';
        case '\n':
            return 'n';
        case '\f':
            return 'f';
        case '\r':
            return 'r';
        default:
            return '\0';
    }
}

void write_character(std::string_view& rest, std::string& out) {
    const char c = rest.front();
    const auto code = static_cast<unsigned char>(c);
    if (const char escape = short_escape(c); escape != '\0') {
        out += {'\\', escape};
    } else if (code < 0x20) {
        out += "\\u00";
        out += {kHex[code >> 4U], kHex[code & 15U]};
    } else {
        const std::size_t length = utf8_length(rest);
        out += length == 0 ? kReplacement : rest.substr(0, length);
        rest.remove_prefix(length == 0 ? 1 : length);
        return;
    }
    rest.remove_prefix(1);
}

void write_text(std::string_view text, std::string& out) {
    out += '"';
    while (!text.empty()) write_character(text, out);
    out += '"';
}

void write(const Value& value, std::string& out);

void write_array(const Array& array, std::string& out) {
    out += '[';
    for (const Value& item : array) {
        if (&item != array.data()) out += ',';
        write(item, out);
    }
    out += ']';
}

void write_object(const Object& object, std::string& out) {
    char before = '{';
    for (const auto& [key, member] : object) {
        out += before;
        write_text(key, out);
        out += ':';
        write(member, out);
        before = ',';
    }
    if (object.empty()) out += '{';
    out += '}';
}

void write(const Value& value, std::string& out) {
    if (const auto* truth = value.boolean()) {
        out += *truth ? "true" : "false";
    } else if (const auto* number = value.integer()) {
        out += std::to_string(*number);
    } else if (const auto* text = value.text()) {
        write_text(*text, out);
    } else if (const auto* array = value.array()) {
        write_array(*array, out);
    } else if (const auto* object = value.object()) {
        write_object(*object, out);
    } else {
        out += "null";
    }
}

/// A recursive descent over one text. Each function leaves `rest_` behind what it read; the first
/// fault is kept and ends everything.
class Parser {
public:
    explicit Parser(std::string_view text) : rest_{text} {}

    Result<Value> run() {
        Value value = read_value(0);
        skip_spaces();
        if (!rest_.empty()) note("there is text after the end of the JSON");
        if (fault_ != nullptr) return fail(Errc::InvalidInput, fault_);
        return value;
    }

private:
    void note(const char* fault) {
        if (fault_ == nullptr) fault_ = fault;
        rest_ = {};
    }

    void skip_spaces() {
        const auto end = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
    }

    bool take(std::string_view word) {
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    Value read_value(int depth) {
        skip_spaces();
        if (depth > kDepthMax) note("the JSON is nested too deeply");
        if (rest_.starts_with('"')) return read_text();
        if (take("{")) return read_object(depth);
        if (take("[")) return read_array(depth);
        if (take("true")) return true;
        if (take("false")) return false;
        if (take("null")) return nullptr;
        return read_integer();
    }

    Value read_integer() {
        std::int64_t number = 0;
        const char* const begin = rest_.data();
        const char* const end = begin + rest_.size();
        const auto [stop, error] = std::from_chars(begin, end, number);
        const std::size_t length =
            error == std::errc{} ? static_cast<std::size_t>(stop - begin) : 0;
        const bool negative = rest_.starts_with('-');
        const bool padded = length > (negative ? 2U : 1U) && rest_[negative ? 1 : 0] == '0';
        const bool fraction = length < rest_.size() &&
                              std::string_view{".eE"}.find(rest_[length]) != std::string_view::npos;
        if (length == 0 || padded || fraction || number > Value::kIntegerMax ||
            number < -Value::kIntegerMax) {
            note("the JSON holds something that is no whole number of 53 bits");
            return {};
        }
        rest_.remove_prefix(length);
        return number;
    }

    Value read_array(int depth) {
        Array array;
        skip_spaces();
        if (take("]")) return array;
        while (fault_ == nullptr) {
            array.push_back(read_value(depth + 1));
            skip_spaces();
            if (take("]")) return array;
            if (!take(",")) note("the JSON holds an array without its end");
        }
        return {};
    }

    Value read_object(int depth) {
        Object object;
        skip_spaces();
        if (take("}")) return object;
        while (fault_ == nullptr) {
            skip_spaces();
            std::string key = read_text();
            skip_spaces();
            if (!take(":")) note("the JSON holds a member without its value");
            Value member = read_value(depth + 1);
            if (!object.emplace(std::move(key), std::move(member)).second)
                note("the JSON holds the same key twice");
            skip_spaces();
            if (take("}")) return object;
            if (!take(",")) note("the JSON holds an object without its end");
        }
        return {};
    }

    std::string read_text() {
        std::string text;
        if (!take("\"")) note("the JSON lacks a quotation mark");
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (take("\"")) return text;
            if (take("\\")) {
                read_escape(text);
                continue;
            }
            const std::size_t length = utf8_length(rest_);
            if (length == 0 || static_cast<unsigned char>(c) < 0x20) {
                note("the JSON holds a byte that no text may hold");
                break;
            }
            text += rest_.substr(0, length);
            rest_.remove_prefix(length);
        }
        note("the JSON holds a text without its end");
        return {};
    }

    void read_escape(std::string& text) {
        constexpr std::string_view kEscapes = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (take("u")) return read_code(text);
        const auto which = rest_.empty() ? std::string_view::npos : kEscapes.find(rest_.front());
        if (which == std::string_view::npos) return note("the JSON holds an unknown escape");
        text += kMeanings[which];
        rest_.remove_prefix(1);
    }

    std::optional<unsigned> hex_unit() {
        unsigned unit = 0;
        if (rest_.size() < 4) return std::nullopt;
        const char* const begin = rest_.data();
        const auto [stop, error] = std::from_chars(begin, begin + 4, unit, 16);
        if (error != std::errc{} || stop != begin + 4) return std::nullopt;
        rest_.remove_prefix(4);
        return unit;
    }

    /// \uXXXX, or a pair of surrogates; one alone stands for no character and is refused.
    void read_code(std::string& text) {
        auto code = hex_unit();
        if (code && *code >= 0xD800 && *code < 0xDC00) {
            const auto low = take("\\u") ? hex_unit() : std::nullopt;
            const bool pair = low && *low >= 0xDC00 && *low < 0xE000;
            if (!pair) return note("the JSON holds half a character");
            *code = 0x10000 + ((*code - 0xD800) << 10U) + (*low - 0xDC00);
        } else if (!code || (*code >= 0xDC00 && *code < 0xE000)) {
            return note("the JSON holds half a character");
        }
        append_utf8(*code, text);
    }

    static void append_utf8(unsigned code, std::string& text) {
        const auto put = [&](unsigned byte) { text += static_cast<char>(byte); };
        const auto tail = [&](unsigned shift) { put(0x80U | ((code >> shift) & 0x3FU)); };
        if (code < 0x80) return put(code);
        if (code < 0x800) {
            put(0xC0U | (code >> 6U));
        } else if (code < 0x10000) {
            put(0xE0U | (code >> 12U));
            tail(6);
        } else {
            put(0xF0U | (code >> 18U));
            tail(12);
            tail(6);
        }
        tail(0);
    }

    std::string_view rest_;
    const char* fault_ = nullptr;
};

}  // namespace

std::int64_t Value::checked(std::int64_t number) {
    BW_CHECK(number >= -kIntegerMax && number <= kIntegerMax);
    return number;
}

const Value& Value::operator[](std::string_view key) const {
    static const Value kNull;
    const Object* const members = object();
    if (members == nullptr) return kNull;
    const auto found = members->find(key);
    return found == members->end() ? kNull : found->second;
}

std::int64_t Value::integer_or(std::string_view key, std::int64_t fallback) const {
    const auto* const number = (*this)[key].integer();
    return number == nullptr ? fallback : *number;
}

std::string Value::text_or(std::string_view key, std::string_view fallback) const {
    const auto* const found = (*this)[key].text();
    return found == nullptr ? std::string{fallback} : *found;
}

std::string encode(const Value& value) {
    std::string out;
    write(value, out);
    return out;
}

Result<Value> parse(std::string_view text) { return Parser{text}.run(); }

}  // namespace bellwether::compliance::evidence
