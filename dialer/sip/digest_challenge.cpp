#include "dialer/sip/digest_challenge.h"

#include <algorithm>

#include "dialer/sip/sip_text.h"

namespace bellwether::sip {
namespace {

struct Named {
    std::string_view name;
    DigestAlgorithm algorithm;
    bool session;
};
constexpr Named kAlgorithms[] = {
    {"MD5", DigestAlgorithm::Md5, false},
    {"SHA-256", DigestAlgorithm::Sha256, false},
    {"MD5-sess", DigestAlgorithm::Md5, true},
    {"SHA-256-sess", DigestAlgorithm::Sha256, true},
};

std::string_view unquoted(std::string_view value) {
    value = trimmed(value);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
        value = value.substr(1, value.size() - 2);
    }
    return value;
}

// We write nonce and opaque back between quotes, so they may hold nothing that ends or escapes
// them.
bool safe_between_quotes(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '"' && c != '\\';
    });
}

}  // namespace

std::optional<std::string_view> digest_param(std::span<const std::string_view> params,
                                             std::string_view name) {
    for (const auto param : params) {
        const auto equals = param.find('=');
        if (equals == std::string_view::npos) continue;
        if (equal_ignoring_case(trimmed(param.substr(0, equals)), name)) {
            return unquoted(param.substr(equals + 1));
        }
    }
    return std::nullopt;
}

bool list_has_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (equal_ignoring_case(trimmed(list.substr(0, comma)), token)) return true;
        if (comma == std::string_view::npos) return false;
        list.remove_prefix(comma + 1);
    }
    return false;
}

std::optional<DigestChallenge> parse_challenge(std::span<const std::string_view> params) {
    DigestChallenge challenge;

    const auto wanted = digest_param(params, "algorithm").value_or("MD5");
    const auto* named =
        std::find_if(std::begin(kAlgorithms), std::end(kAlgorithms),
                     [&](const Named& n) { return equal_ignoring_case(n.name, wanted); });
    if (named == std::end(kAlgorithms)) return std::nullopt;
    challenge.algorithm = named->algorithm;
    challenge.session = named->session;

    const auto realm = digest_param(params, "realm");
    const auto nonce = digest_param(params, "nonce");
    if (!realm || !nonce || nonce->empty()) return std::nullopt;
    challenge.realm = *realm;
    challenge.nonce = *nonce;
    challenge.opaque = digest_param(params, "opaque");
    if (!safe_between_quotes(*realm) || !safe_between_quotes(*nonce)) return std::nullopt;
    if (!safe_between_quotes(challenge.opaque.value_or(""))) return std::nullopt;

    if (const auto qop = digest_param(params, "qop")) {
        challenge.qop_auth = list_has_token(*qop, "auth");
        if (!challenge.qop_auth) return std::nullopt;
    }
    challenge.stale = equal_ignoring_case(digest_param(params, "stale").value_or(""), "true");
    return challenge;
}

bool stronger(const DigestChallenge& a, const DigestChallenge& b) {
    if (a.algorithm != b.algorithm) return a.algorithm == DigestAlgorithm::Sha256;
    return !a.session && b.session;
}

std::string_view algorithm_name(DigestAlgorithm algorithm, bool session) {
    const auto* named = std::find_if(
        std::begin(kAlgorithms), std::end(kAlgorithms),
        [&](const Named& n) { return n.algorithm == algorithm && n.session == session; });
    return named->name;
}

}  // namespace bellwether::sip
