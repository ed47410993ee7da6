#include "dialer/sip/digest_client.h"

// Without this the plug-in structure lacks auc_clear and the functions after it.
#define SOFIA_EXTEND_AUTH_CLIENT 1
#include <sofia-sip/auth_client_plugin.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/su_wait.h>
#include <sofia-sip/url.h>

#include <array>
#include <cstdio>
#include <mutex>

#include "dialer/sip/digest_challenge.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {
namespace {

// One per handle, scheme and realm. The library allocates it zeroed and never destroys it, so it
// holds plain C data; the strings live in ca_home.
struct DigestClient {
    auth_client_t base;  // first: the library knows the object by this part
    DigestAlgorithm algorithm;
    bool session;
    bool qop_auth;
    unsigned nc;
    int calls_to_swallow;  // further challenges of the list that was already judged as a whole
    char* nonce;
    char* opaque;
    char* cnonce;
};

DigestClient& client_of(auth_client_t* base) { return *reinterpret_cast<DigestClient*>(base); }

void store(DigestClient& client, char*& slot, std::string_view value) {
    su_free(client.base.ca_home, slot);
    slot = su_strndup(client.base.ca_home, value.data(), static_cast<isize_t>(value.size()));
}

void forget(DigestClient& client, char*& slot) {
    su_free(client.base.ca_home, slot);
    slot = nullptr;
}

bool same_scheme_and_realm(const msg_auth_t& a, const msg_auth_t& b) {
    const auto realm_a = digest_param(params_of(a.au_params), "realm");
    const auto realm_b = digest_param(params_of(b.au_params), "realm");
    return equal_ignoring_case(text_of(a.au_scheme), text_of(b.au_scheme)) && realm_a &&
           realm_a == realm_b;
}

void adopt(DigestClient& client, const DigestChallenge& challenge) {
    client.algorithm = challenge.algorithm;
    client.session = challenge.session;
    client.qop_auth = challenge.qop_auth;
    client.nc = 0;
    store(client, client.nonce, challenge.nonce);
    store(client, client.cnonce, random_hex(8));
    forget(client, client.opaque);
    if (challenge.opaque) store(client, client.opaque, *challenge.opaque);
}

constexpr std::string_view kTestUser = "user";
constexpr std::string_view kTestPassword = "pass:word";

constexpr int kResend = 2;     // answer this challenge now
constexpr int kSameAgain = 1;  // nothing new: after a refusal this means wrong credentials
constexpr int kCannotAnswer = -1;

// Several challenges of one realm arrive as several calls on the same object, and -1 from any of
// them gives up the whole list. So the first call judges the list, and the others are swallowed.
int on_challenge(auth_client_t* base, const msg_auth_t* first) noexcept {
    auto& client = client_of(base);
    if (client.calls_to_swallow > 0) {
        --client.calls_to_swallow;
        return kSameAgain;
    }

    std::optional<DigestChallenge> best;
    Params best_params;  // keeps what `best` views into
    int members = 0;
    for (const msg_auth_t* each = first; each != nullptr; each = each->au_next) {
        if (!same_scheme_and_realm(*first, *each)) continue;
        ++members;
        auto params = params_of(each->au_params);
        const auto challenge = parse_challenge(params);
        if (challenge && (!best || stronger(*challenge, *best))) {
            best = challenge;
            best_params = std::move(params);
        }
    }
    if (!best) return kCannotAnswer;

    const bool answer = best->stale || client.nonce == nullptr;
    adopt(client, *best);
    client.calls_to_swallow = members - 1;
    return answer ? kResend : kSameAgain;
}

int on_authorize(auth_client_t* base, su_home_t* home, const char* method, const url_t* url,
                 const msg_payload_t* /*body: only auth-int needs it*/,
                 msg_header_t** result) noexcept {
    auto& client = client_of(base);
    if (base->ca_user == nullptr || base->ca_pass == nullptr || base->ca_clear != 0) return 0;
    if (client.nonce == nullptr) return 0;
    char* uri = url_as_string(home, url);
    if (uri == nullptr) return -1;

    ++client.nc;
    std::array<char, 9> nc{};
    std::snprintf(nc.data(), nc.size(), "%08x", client.nc);
    const std::string realm{strip_quotes(text_of(base->ca_realm))};
    std::string ha1 = digest_ha1(client.algorithm, base->ca_user, realm, base->ca_pass);
    if (client.session)
        ha1 = digest_session_ha1(client.algorithm, ha1, client.nonce, client.cnonce);
    const DigestInput input{.method = text_of(method),
                            .uri = uri,
                            .nonce = client.nonce,
                            .qop = client.qop_auth ? "auth" : "",
                            .nc = nc.data(),
                            .cnonce = client.cnonce};

    std::string text = "Digest username=\"" + std::string{base->ca_user} + "\", realm=\"" + realm +
                       "\", nonce=\"" + client.nonce + "\", uri=\"" + uri + "\", response=\"" +
                       digest_response(client.algorithm, ha1, input) + "\", algorithm=" +
                       std::string{algorithm_name(client.algorithm, client.session)};
    // A -sess answer names its cnonce even without qop: the server needs it for HA1.
    if (client.qop_auth || client.session)
        text += ", cnonce=\"" + std::string{client.cnonce} + "\"";
    if (client.qop_auth) text += ", qop=auth, nc=" + std::string{nc.data()};
    if (client.opaque != nullptr) text += ", opaque=\"" + std::string{client.opaque} + "\"";
    su_free(home, uri);

    *result = msg_header_make(home, base->ca_credential_class, text.c_str());
    return *result != nullptr ? 0 : -1;
}

// A new nonce announced in a success: nc starts again, which the built-in client forgets.
int on_info(auth_client_t* base, const msg_auth_info_t* info) noexcept {
    auto& client = client_of(base);
    const auto params = params_of(info->ai_params);
    const auto next = digest_param(params, "nextnonce");
    if (!next || next->empty() || next->find_first_of("\"\\") != std::string_view::npos) return 0;
    store(client, client.nonce, *next);
    client.nc = 0;
    return 1;
}

int on_clear(auth_client_t* base) noexcept {
    base->ca_clear = 1;
    return 1;
}

int on_save_credentials(auth_client_t* base, const char* scheme, const char* realm,
                        const char* user, const char* pass) noexcept {
    if (scheme != nullptr && !equal_ignoring_case(scheme, "Digest")) return 0;
    if (realm != nullptr && text_of(realm) != text_of(base->ca_realm)) return 0;
    const auto plain_user = hex_decode(text_of(user));
    const auto plain_pass = hex_decode(text_of(pass));
    if (!plain_user || !plain_pass) return 0;
    return auth_client_save_credentials(base, nullptr, nullptr, plain_user->c_str(),
                                        plain_pass->c_str());
}

// The registry compares names the wrong way round: it overwrites the first entry whose name
// differs, and looks challenges up without regard to case. So "digest" in lower case replaces the
// built-in "Digest"; any other spelling, or a second plug-in, would do harm (sip2.md §1.1).
auth_client_plugin_t make_plugin() {
    auth_client_plugin_t plugin{};
    plugin.auc_plugin_size = sizeof plugin;
    plugin.auc_size = sizeof(DigestClient);
    plugin.auc_name = "digest";
    plugin.auc_challenge = on_challenge;
    plugin.auc_authorize = on_authorize;
    plugin.auc_info = on_info;
    plugin.auc_clear = on_clear;
    plugin.auc_save_credentials = on_save_credentials;
    return plugin;
}

// What a server would compute for the header the library made.
bool right_answer(const msg_auth_t& header) {
    const auto params = params_of(header.au_params);
    const auto value = [&](std::string_view name) {
        return digest_param(params, name).value_or("");
    };
    const std::string ha1 = digest_ha1(DigestAlgorithm::Sha256, kTestUser, "t", kTestPassword);
    return value("algorithm") == "SHA-256" && value("username") == kTestUser &&
           value("response") == digest_response(DigestAlgorithm::Sha256, ha1,
                                                {.method = "REGISTER",
                                                 .uri = value("uri"),
                                                 .nonce = "n",
                                                 .qop = "auth",
                                                 .nc = value("nc"),
                                                 .cnonce = value("cnonce")});
}

// Challenge in, header out, no network: is a challenge that offers both algorithms answered with
// the stronger one, for a password that holds the library's own separator?
bool self_test() {
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    auto* weak = sip_www_authenticate_make(
        home, R"(Digest realm="t", nonce="n", algorithm=MD5, qop="auth")");
    auto* strong = sip_www_authenticate_make(
        home, R"(Digest realm="t", nonce="n", algorithm=SHA-256, qop="auth")");
    auto* url = url_make(home, "sip:t");
    bool passed = false;
    if (weak != nullptr && strong != nullptr && url != nullptr) {
        weak->au_next = strong;
        auth_client_t* list = nullptr;
        msg_header_t* header = nullptr;
        auc_challenge(&list, home, weak, sip_authorization_class);
        auc_credentials(&list, home, digest_credentials("\"t\"", kTestUser, kTestPassword).c_str());
        const int made = auc_authorization_headers(&list, home, "REGISTER", url, nullptr, &header);
        passed = made > 0 && header != nullptr && right_answer(*header->sh_auth);
    }
    su_home_deinit(home);
    return passed;
}

bool install_once() {
    if (self_test()) return true;
    static const auth_client_plugin_t plugin = make_plugin();  // the library keeps the pointer
    return auc_register_plugin(&plugin) == 0 && self_test();
}

}  // namespace

Result<void> install_digest_client() {
    static const bool installed = install_once();
    if (!installed) {
        return fail(
            Errc::Unavailable,
            "the SIP library refuses our digest client (SHA-256 self-test failed); install Debian "
            "12's libsofia-sip-ua0 1.12.11");
    }
    return {};
}

std::string digest_credentials(std::string_view quoted_realm, std::string_view user,
                               std::string_view password) {
    return "Digest:" + std::string{quoted_realm} + ":" + hex_encode(user) + ":" +
           hex_encode(password);
}

}  // namespace bellwether::sip
