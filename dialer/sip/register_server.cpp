#include "dialer/sip/register_server.h"

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/su_alloc.h>
#include <sofia-sip/url.h>

#include <charconv>

#include "dialer/sip/digest_challenge.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {
namespace {

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

bool same_uri(std::string_view text, const url_t& request_uri) {
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    const url_t* parsed = url_make(home, std::string{text}.c_str());
    const bool same = parsed != nullptr && url_cmp(parsed, &request_uri) == 0;
    su_home_deinit(home);
    return same;
}

std::optional<DigestCredentials> credentials_of(const sip_t& sip) {
    for (const msg_auth_t* each = sip.sip_authorization; each != nullptr; each = each->au_next) {
        if (!equal_ignoring_case(text_of(each->au_scheme), "Digest")) continue;
        const auto params = params_of(each->au_params);
        const auto value = [&](std::string_view name) {
            return std::string{digest_param(params, name).value_or("")};
        };
        DigestCredentials digest{.username = value("username"),
                                 .realm = value("realm"),
                                 .nonce = value("nonce"),
                                 .uri = value("uri"),
                                 .response = value("response"),
                                 .algorithm = value("algorithm"),
                                 .qop = value("qop"),
                                 .nc = value("nc"),
                                 .cnonce = value("cnonce")};
        digest.uri_is_request_uri = same_uri(digest.uri, *sip.sip_request->rq_url);
        return digest;
    }
    return std::nullopt;
}

// The contact as a plain URI: scheme, user, host, port and parameters. Headers in it are dropped,
// they would ride on our INVITE.
std::string plain_uri(const url_t& contact) {
    if (contact.url_type != url_sip || contact.url_host == nullptr) return {};
    std::string uri = "sip:";
    if (contact.url_user != nullptr) uri += std::string{contact.url_user} + "@";
    uri += contact.url_host;
    if (contact.url_port != nullptr) uri += ":" + std::string{contact.url_port};
    if (contact.url_params != nullptr) uri += ";" + std::string{contact.url_params};
    return uri;
}

// Calls go to the address the REGISTER came from, whatever the contact says: a phone behind a NAT
// names an address we cannot reach, and a hostile one could name a third party.
std::string next_hop(const url_t& contact, const Source& source) {
    std::string port = std::to_string(source.port);
    if (text_of(contact.url_host) == source.ip) port = std::string{url_port(&contact)};
    return "sip:" + source.ip + ":" + port;
}

RegisterRequest read(const sip_t& sip, const Source& source) {
    RegisterRequest request;
    request.source_ip = source.ip;
    request.user = unescape_user(text_of(sip.sip_to->a_url->url_user));
    request.credentials = credentials_of(sip);
    if (sip.sip_expires != nullptr)
        request.expires = static_cast<std::int64_t>(sip.sip_expires->ex_delta);

    const sip_contact_t* contact = sip.sip_contact;
    if (contact == nullptr) return request;
    request.all_contacts = contact->m_url->url_type == url_any;
    if (request.all_contacts) return request;
    request.contact_uri = plain_uri(*contact->m_url);
    request.next_hop = next_hop(*contact->m_url, source);
    if (const auto own = number(text_of(contact->m_expires))) request.expires = own;
    return request;
}

}  // namespace

void serve_register(Registrar& registrar, const StackEvent& event) {
    const bool whole =
        event.sip != nullptr && event.sip->sip_to != nullptr && event.sip->sip_request != nullptr;
    RegisterReply reply{400, "Bad Request", {}, {}, {}};
    if (whole) {
        reply = registrar.handle(read(*event.sip, source_of(event.nua)), monotonic_now());
    }
    const std::string min_expires = std::to_string(reply.min_expires.value_or(0));
    nua_respond(event.handle, reply.status, reply.phrase.data(), NUTAG_WITH_THIS(event.nua),
                TAG_IF(!reply.www_authenticate.empty(),
                       SIPTAG_WWW_AUTHENTICATE_STR(reply.www_authenticate.c_str())),
                TAG_IF(!reply.contact.empty(), SIPTAG_CONTACT_STR(reply.contact.c_str())),
                TAG_IF(reply.min_expires.has_value(), SIPTAG_MIN_EXPIRES_STR(min_expires.c_str())),
                TAG_END());
    nua_handle_destroy(event.handle);
}

}  // namespace bellwether::sip
