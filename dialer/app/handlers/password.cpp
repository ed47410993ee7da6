#include "dialer/app/handlers/password.h"

#include <sys/random.h>

#include <array>
#include <string_view>

namespace bellwether::app {

namespace {

/// Without 0 O 1 l I; 32 of them, so that 5 bits of a byte choose one evenly.
constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
static_assert(kAlphabet.size() == 32);
constexpr std::size_t kLength = 20;

}  // namespace

Result<std::string> random_password() {
    std::array<unsigned char, kLength> bytes{};
    // Up to 256 bytes come whole or not at all (getrandom(2)).
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        return fail(Errc::Unavailable, "the kernel gives no random bytes for a password");
    }
    std::string password;
    for (const unsigned char byte : bytes) password += kAlphabet[byte % kAlphabet.size()];
    return password;
}

}  // namespace bellwether::app
