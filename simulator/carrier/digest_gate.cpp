#include "simulator/carrier/digest_gate.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <map>

#include "base/check.h"

namespace bellwether::carrier {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::size_t kSerialDigits = 16;

std::string md5_hex(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    const int done =
        EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_md5(), nullptr);
    BW_CHECK(done == 1);
    std::string hex;
    for (unsigned int i = 0; i < length; ++i) {
        hex += kHex[digest[i] >> 4U];
        hex += kHex[digest[i] & 15U];
    }
    return hex;
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) {
        text += part;
        text += ':';
    }
    text.pop_back();
    return text;
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

void skip(std::string_view& text, std::string_view characters) {
    text.remove_prefix(std::min(text.find_first_not_of(characters), text.size()));
}

/// Takes a token or a quoted string off the front. A quoted string left open ends with the text.
std::string take_value(std::string_view& text) {
    if (!text.starts_with('"')) {
        const std::size_t end = std::min(text.find_first_of(", \t"), text.size());
        std::string token{text.substr(0, end)};
        text.remove_prefix(end);
        return token;
    }
    std::string value;
    std::size_t at = 1;
    for (; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        value += text[at];
    }
    text.remove_prefix(std::min(at + 1, text.size()));
    return value;
}

using Parameters = std::map<std::string, std::string>;

/// The parameters of "Digest a=b, c=\"d\""; empty if it is no digest.
Parameters parse(std::string_view text) {
    constexpr std::string_view kScheme = "digest";
    skip(text, " \t");
    if (lower(text.substr(0, kScheme.size())) != kScheme) return {};
    text.remove_prefix(kScheme.size());
    Parameters parameters;
    while (true) {
        skip(text, " \t,");
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) return parameters;
        const std::string name = lower(text.substr(0, equals));
        text.remove_prefix(equals + 1);
        parameters[name] = take_value(text);
    }
}

std::string_view value_of_parameter(const Parameters& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace

std::string digest_response(const DigestFacts& facts) {
    const std::string a1 = md5_hex(joined({facts.user, facts.realm, facts.password}));
    const std::string a2 = md5_hex(joined({facts.method, facts.uri}));
    if (!facts.qop_auth) return md5_hex(joined({a1, facts.nonce, a2}));
    return md5_hex(joined({a1, facts.nonce, facts.nonce_count, facts.client_nonce, "auth", a2}));
}

std::string DigestGate::challenge() {
    ++issued_;
    return "Digest realm=\"" + secret_.realm + "\", nonce=\"" + nonce(issued_) +
           "\", algorithm=MD5, qop=\"auth\"";
}

/// The serial number in hex, and a hash over it that only the holder of the seed can make.
std::string DigestGate::nonce(std::uint64_t serial) const {
    std::string hex(kSerialDigits, '0');
    for (std::size_t i = 0; i < kSerialDigits; ++i) {
        hex[kSerialDigits - 1 - i] = kHex[(serial >> (4 * i)) & 15U];
    }
    return hex + md5_hex(hex + "/" + std::to_string(seed_) + "/" + secret_.password);
}

bool DigestGate::is_ours(std::string_view text) const {
    std::uint64_t serial = 0;
    const std::string_view hex = text.substr(0, kSerialDigits);
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), serial, 16);
    return error == std::errc{} && end == hex.data() + hex.size() && serial >= 1 &&
           serial <= issued_ && nonce(serial) == text;
}

Result<void> DigestGate::check(std::string_view authorization, std::string_view method) const {
    const Parameters parameters = parse(authorization);
    const auto value = [&](const char* name) { return value_of_parameter(parameters, name); };
    if (value("username") != secret_.user) return fail(Errc::Refused, "unknown user");
    if (value("realm") != secret_.realm) return fail(Errc::Refused, "another realm");
    if (!is_ours(value("nonce"))) return fail(Errc::Refused, "a nonce that was not issued here");
    const std::string algorithm = lower(value("algorithm"));
    if (!algorithm.empty() && algorithm != "md5") return fail(Errc::Refused, "not MD5");
    const bool qop_auth = lower(value("qop")) == "auth";
    if (!value("qop").empty() && !qop_auth) return fail(Errc::Refused, "qop is not auth");

    const std::string wanted = digest_response({.user = secret_.user,
                                                .realm = secret_.realm,
                                                .password = secret_.password,
                                                .method = method,
                                                .uri = value("uri"),
                                                .nonce = value("nonce"),
                                                .nonce_count = value("nc"),
                                                .client_nonce = value("cnonce"),
                                                .qop_auth = qop_auth});
    if (lower(value("response")) != wanted) return fail(Errc::Refused, "wrong response");
    return {};
}

}  // namespace bellwether::carrier
