#include "campaigns/text_encoding.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace bellwether::campaigns {
namespace {

// Windows-1252's 0x80 to 0x9F; the rest is Latin-1, whose bytes are the code points themselves.
constexpr std::array<std::uint16_t, 32> kWindows1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::uint16_t code_point(std::uint8_t byte, TextEncoding encoding) {
    const bool is_own = encoding == TextEncoding::Windows1252 && byte >= 0x80 && byte < 0xA0;
    return is_own ? kWindows1252[byte - 0x80U] : byte;
}

/// Below U+0800 two bytes, above it three: no byte of the table needs more.
void append_utf8(std::string& text, std::uint16_t point) {
    if (point < 0x80) {
        text += static_cast<char>(point);
        return;
    }
    if (point < 0x800) {
        text += static_cast<char>(0xC0U | (point >> 6U));
    } else {
        text += static_cast<char>(0xE0U | (point >> 12U));
        text += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
    }
    text += static_cast<char>(0x80U | (point & 0x3FU));
}

bool begins_as_utf16(std::string_view text) {
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

}  // namespace

Result<std::span<const char>> Utf8Source::next_chunk() {
    const auto chunk = source_.next_chunk();
    if (!chunk) return chunk;
    const std::string_view bytes{chunk->data(), chunk->size()};
    if (!begun_ && begins_as_utf16(bytes)) {
        return fail(Errc::InvalidInput,
                    "the file is UTF-16, as a spreadsheet's \"Unicode text\" is: save it as \"CSV "
                    "UTF-8\"");
    }
    begun_ = true;
    if (encoding_ == TextEncoding::Utf8) return chunk;
    converted_.clear();
    for (const char byte : bytes) {
        append_utf8(converted_, code_point(static_cast<std::uint8_t>(byte), encoding_));
    }
    return std::span<const char>{converted_.data(), converted_.size()};
}

}  // namespace bellwether::campaigns
