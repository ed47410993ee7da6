#pragma once

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "dialer/app/commands/command_table.h"
#include "dialer/app/files/units.h"

namespace bellwether::app {

/// Reads options into variables; the first fault is kept, and nothing is read after it.
class OptionReader {
public:
    explicit OptionReader(const Given& given) : given_{given} {}

    template <class Number>
    void number(const std::string& name, Number low, Number high, Number& out) {
        const std::string text = given_.value(name);
        if (text.empty()) return;
        Number value{};
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, value);
        if (error != std::errc{} || stop != end || value < low || value > high) {
            return note(name, fmt::format("\"{}\" is not a number from {} to {}", text, low, high));
        }
        out = value;
    }

    void path(const std::string& name, std::filesystem::path& out) {
        if (given_.has(name)) out = given_.value(name);
    }

    void duration(const std::string& name, std::chrono::seconds& out) {
        if (!given_.has(name)) return;
        const auto parsed = parse_duration(given_.value(name));
        if (!parsed)
            return note(name, fmt::format("\"{}\" {}", given_.value(name), parsed.error().detail));
        out = std::chrono::ceil<std::chrono::seconds>(*parsed);
    }

    void note(const std::string& name, const std::string& fault) {
        if (!error_) error_ = Error{Errc::InvalidInput, name + ": " + fault};
    }

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    const Given& given_;
    std::optional<Error> error_;
};

}  // namespace bellwether::app
