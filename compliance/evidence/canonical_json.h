#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace bellwether::compliance::evidence {

class Value;
using Array = std::vector<Value>;
/// Keys are of [a-z0-9_.-A-Z]: then the order of bytes is the order of RFC 8785 §3.2.3.
using Object = std::map<std::string, Value, std::less<>>;

/// A JSON value of the kinds that evidence is made of: no fractions (they go as text, exact), and
/// integers that every reader of JSON keeps whole, -(2^53-1) .. 2^53-1 (RFC 7493 §2.2).
class Value {
public:
    Value() = default;  ///< null
    Value(std::nullptr_t) {}
    Value(bool truth) : data_{truth} {}
    /// Checked: within kIntegerMax of 0. Larger ones go as text.
    template <std::integral Integer>
    requires(!std::same_as<Integer, bool>) Value(Integer number)
        : data_{checked(static_cast<std::int64_t>(number))} {}
    Value(std::string text) : data_{std::move(text)} {}
    Value(std::string_view text) : data_{std::string{text}} {}
    Value(const char* text) : data_{std::string{text}} {}
    Value(Array array) : data_{std::move(array)} {}
    Value(Object object) : data_{std::move(object)} {}

    /// The value as that type, or nullptr.
    [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&data_); }
    [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data_); }
    [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&data_); }
    [[nodiscard]] const Array* array() const { return std::get_if<Array>(&data_); }
    [[nodiscard]] const Object* object() const { return std::get_if<Object>(&data_); }
    [[nodiscard]] bool is_null() const { return data_.index() == 0; }

    /// The member of that name; null if there is none, or this is no object.
    [[nodiscard]] const Value& operator[](std::string_view key) const;

    /// Members as plain values; the fallback where it is another kind or absent.
    [[nodiscard]] std::int64_t integer_or(std::string_view key, std::int64_t fallback) const;
    [[nodiscard]] std::string text_or(std::string_view key, std::string_view fallback) const;

    friend bool operator==(const Value&, const Value&) = default;

    static constexpr std::int64_t kIntegerMax = 9'007'199'254'740'991;

private:
    static std::int64_t checked(std::int64_t number);

    std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object> data_{nullptr};
};

/// The one way to write a value (RFC 8785): sorted keys, no spaces, shortest escapes, UTF-8. Bytes
/// that are not UTF-8 become U+FFFD, so that it cannot fail.
[[nodiscard]] std::string encode(const Value& value);

/// Reads a JSON text, canonical or not. Errors: InvalidInput: not JSON, a fraction, an integer out
/// of range, a key twice, or nested deeper than 32.
[[nodiscard]] Result<Value> parse(std::string_view text);

}  // namespace bellwether::compliance::evidence
