#include "simulator/plot/png.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

#include "answer-detect/crc32.h"
#include "base/check.h"

namespace bellwether::simulator {
namespace {

void put_big_endian(std::string& to, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) to += static_cast<char>((value >> shift) & 0xFFU);
}

void put_little_endian(std::string& to, std::uint16_t value) {
    to += static_cast<char>(value & 0xFFU);
    to += static_cast<char>(value >> 8U);
}

void put_chunk(std::string& to, std::string_view type, const std::string& data) {
    put_big_endian(to, static_cast<std::uint32_t>(data.size()));
    const std::string body = std::string{type} + data;
    to += body;
    put_big_endian(to, answer_detect::crc32(std::as_bytes(std::span{body})));
}

std::uint32_t adler32(const std::string& data) {
    constexpr std::uint32_t kPrime = 65'521;  // RFC 1950, 8.2
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const char c : data) {
        a = (a + static_cast<unsigned char>(c)) % kPrime;
        b = (b + a) % kPrime;
    }
    return b << 16U | a;
}

/// A zlib stream of stored blocks.
std::string stored(const std::string& data) {
    constexpr std::size_t kBlockMost = 65'535;
    std::string out = "\x78\x01";
    for (std::size_t at = 0; at < data.size() || at == 0; at += kBlockMost) {
        const std::string block = data.substr(at, kBlockMost);
        const bool is_last = at + kBlockMost >= data.size();
        out += static_cast<char>(is_last ? 1 : 0);
        const auto length = static_cast<std::uint16_t>(block.size());
        put_little_endian(out, length);
        put_little_endian(out, static_cast<std::uint16_t>(~length));
        out += block;
    }
    put_big_endian(out, adler32(data));
    return out;
}

}  // namespace

std::string png_of(const Pixels& pixels) {
    const auto width = static_cast<std::size_t>(pixels.width);
    const auto height = static_cast<std::size_t>(pixels.height);
    BW_CHECK(pixels.width > 0 && pixels.height > 0 && pixels.colours.size() == width * height);
    BW_CHECK(!pixels.palette.empty() && pixels.palette.size() <= 256);
    std::string header;
    put_big_endian(header, static_cast<std::uint32_t>(pixels.width));
    put_big_endian(header, static_cast<std::uint32_t>(pixels.height));
    header += '\x08';  // bits a pixel
    header += '\x03';  // by palette
    header.append(3, '\0');
    std::string palette;
    for (const auto& colour : pixels.palette) {
        for (const std::uint8_t part : colour) palette += static_cast<char>(part);
    }
    std::string rows;
    for (std::size_t y = 0; y < height; ++y) {
        rows += '\0';  // no filter
        for (std::size_t x = 0; x < width; ++x) {
            const std::uint8_t colour = pixels.colours[y * width + x];
            BW_CHECK(colour < pixels.palette.size());
            rows += static_cast<char>(colour);
        }
    }
    std::string png = "\x89PNG\r\n\x1a\n";
    put_chunk(png, "IHDR", header);
    put_chunk(png, "PLTE", palette);
    put_chunk(png, "IDAT", stored(rows));
    put_chunk(png, "IEND", {});
    return png;
}

std::string base64(const std::string& bytes) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            group = group << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            out += i <= count ? kDigits[(group >> (18 - 6 * i)) & 0x3FU] : '=';
        }
    }
    return out;
}

}  // namespace bellwether::simulator
