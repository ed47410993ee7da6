#include "campaigns/utf8.h"

#include <cstdint>

namespace bellwether::campaigns {
namespace {

/// One line of Unicode's table 3-7: which second bytes may follow a first byte, and how many in
/// all.
struct Lead {
    std::size_t length;  // 0: no sequence begins so
    std::uint8_t second_min = 0x80;
    std::uint8_t second_max = 0xBF;
};

Lead lead_of(std::uint8_t byte) {
    if (byte < 0x80) return {.length = 1};
    if (byte < 0xC2 || byte > 0xF4) return {.length = 0};
    if (byte < 0xE0) return {.length = 2};
    if (byte == 0xE0) return {.length = 3, .second_min = 0xA0};
    if (byte == 0xED) return {.length = 3, .second_max = 0x9F};
    if (byte < 0xF0) return {.length = 3};
    if (byte == 0xF0) return {.length = 4, .second_min = 0x90};
    if (byte == 0xF4) return {.length = 4, .second_max = 0x8F};
    return {.length = 4};
}

bool follows(std::string_view text, std::size_t at, const Lead& lead) {
    if (lead.length == 0 || text.size() - at < lead.length) return false;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const auto byte = static_cast<std::uint8_t>(text[at + i]);
        const std::uint8_t min = i == 1 ? lead.second_min : 0x80;
        const std::uint8_t max = i == 1 ? lead.second_max : 0xBF;
        if (byte < min || byte > max) return false;
    }
    return true;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const Lead lead = lead_of(static_cast<std::uint8_t>(text[at]));
        if (!follows(text, at, lead)) return at;
        at += lead.length;
    }
    return std::nullopt;
}

}  // namespace bellwether::campaigns
