#include "campaigns/integer_range.h"

#include <charconv>
#include <optional>
#include <string>
#include <system_error>

namespace bellwether::campaigns {
namespace {

constexpr std::size_t kDigitsMax = 15;  // what a spreadsheet's double holds exactly
constexpr std::string_view kForm = "write it as . >= N and . <= M";

void skip_space(std::string_view& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    text.remove_prefix(first == std::string_view::npos ? text.size() : first);
}

bool take(std::string_view& text, std::string_view word) {
    skip_space(text);
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

std::optional<std::int64_t> take_number(std::string_view& text) {
    skip_space(text);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || length > kDigitsMax) return std::nullopt;
    text.remove_prefix(length);
    return number;
}

struct Sides {
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
};

/// Takes one comparison, ". >= N" or ". <= N".
Result<void> take_side(std::string_view& text, Sides& sides) {
    if (!take(text, ".")) return fail(Errc::InvalidInput, std::string{kForm});
    const bool is_min = take(text, ">=");
    if (!is_min && !take(text, "<=")) return fail(Errc::InvalidInput, std::string{kForm});

    auto& side = is_min ? sides.min : sides.max;
    if (side) return fail(Errc::InvalidInput, "one side is given twice");
    side = take_number(text);
    if (!side)
        return fail(Errc::InvalidInput, "a whole number of up to 15 digits must follow >= or <=");
    return {};
}

}  // namespace

Result<IntegerRange> parse_integer_range(std::string_view constraint) {
    Sides sides;
    std::string_view rest = constraint;
    if (auto taken = take_side(rest, sides); !taken) return tl::unexpected{taken.error()};
    if (take(rest, "and")) {
        if (auto taken = take_side(rest, sides); !taken) return tl::unexpected{taken.error()};
    }
    skip_space(rest);
    if (!rest.empty()) return fail(Errc::InvalidInput, std::string{kForm});

    IntegerRange range;
    range.min = sides.min.value_or(range.min);
    range.max = sides.max.value_or(range.max);
    if (range.min < 0) return fail(Errc::InvalidInput, "a keypad cannot type numbers below 0");
    if (range.min > range.max) {
        return fail(Errc::InvalidInput, "no number is at least " + std::to_string(range.min) +
                                            " and at most " + std::to_string(range.max));
    }
    return range;
}

}  // namespace bellwether::campaigns
