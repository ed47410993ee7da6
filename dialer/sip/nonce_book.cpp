#include "dialer/sip/nonce_book.h"

#include <charconv>
#include <optional>

#include "base/check.h"
#include "dialer/sip/digest.h"

namespace bellwether::sip {
namespace {

// A nonce is issued(16 hex) serial(16 hex) signature(32 hex: 128 bits of the HMAC).
constexpr std::size_t kField = 16;
constexpr std::size_t kBody = 2 * kField;
constexpr std::size_t kSignature = 32;

std::string hex16(std::uint64_t value) {
    char text[kField];
    for (std::size_t i = kField; i-- > 0; value >>= 4U) text[i] = "0123456789abcdef"[value & 15U];
    return {text, kField};
}

std::optional<std::uint64_t> parse_hex16(std::string_view text) {
    std::uint64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string NonceBook::signature(std::string_view body, std::string_view source_ip) const {
    std::string text{body};
    text += source_ip;
    return hmac_hex(key_, text).substr(0, kSignature);
}

std::string NonceBook::issue(std::string_view source_ip, Elapsed now) {
    const std::string body = hex16(static_cast<std::uint64_t>(now.count())) + hex16(++serial_);
    return body + signature(body, source_ip);
}

NonceState NonceBook::judge(std::string_view nonce, std::string_view source_ip, Elapsed now) const {
    if (nonce.size() != kBody + kSignature) return NonceState::Stale;
    const auto body = nonce.substr(0, kBody);
    if (!equal_in_constant_time(nonce.substr(kBody), signature(body, source_ip)))
        return NonceState::Stale;

    const auto issued = parse_hex16(body.substr(0, kField));
    BW_CHECK(issued.has_value());  // we signed it
    const Elapsed age = now - Elapsed{static_cast<std::int64_t>(*issued)};
    return age > kNonceLife ? NonceState::Stale : NonceState::Good;
}

bool NonceBook::use(std::string_view nonce, std::uint32_t nc, Elapsed now) {
    forget_old(now);
    BW_CHECK(nonce.size() == kBody + kSignature);
    const auto issued = parse_hex16(nonce.substr(0, kField));
    const auto serial = parse_hex16(nonce.substr(kField, kField));
    BW_CHECK(issued.has_value() && serial.has_value());

    auto& used = used_.try_emplace(*serial, Used{Elapsed{static_cast<std::int64_t>(*issued)}, 0})
                     .first->second;
    if (nc <= used.nc) return false;
    used.nc = nc;
    return true;
}

void NonceBook::forget_old(Elapsed now) {
    while (!used_.empty() && now - used_.begin()->second.issued > kNonceLife) {
        used_.erase(used_.begin());
    }
}

}  // namespace bellwether::sip
