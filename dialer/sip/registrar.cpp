#include "dialer/sip/registrar.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/check.h"
#include "dialer/sip/digest.h"
#include "dialer/sip/sip_text.h"

namespace bellwether::sip {
namespace {

RegisterReply plain(int status, std::string_view phrase) {
    return {.status = status,
            .phrase = phrase,
            .www_authenticate = {},
            .contact = {},
            .min_expires = {}};
}

// The count of the response; 1 for the old form without qop, whose nonce then serves once.
std::optional<std::uint32_t> count_of(const DigestCredentials& digest) {
    if (digest.qop.empty()) return 1;
    std::uint32_t nc = 0;
    const char* end = digest.nc.data() + digest.nc.size();
    const auto result = std::from_chars(digest.nc.data(), end, nc, 16);
    if (result.ec != std::errc{} || result.ptr != end || nc == 0) return std::nullopt;
    return nc;
}

}  // namespace

Registrar::Registrar(Config config, std::function<void(Event)> emit)
    : config_{std::move(config)}, emit_{std::move(emit)}, nonces_{config_.key} {
    BW_CHECK(config_.expires_min.count() > 0);
    BW_CHECK(config_.expires_min <= config_.expires_max);
}

void Registrar::set_accounts(std::vector<Account> accounts) {
    std::map<std::string, std::string, std::less<>> wanted;
    for (auto& account : accounts) {
        BW_CHECK(is_md5_hex(account.ha1_md5));
        wanted[std::move(account.user)] = std::move(account.ha1_md5);
    }
    std::vector<std::string> gone;
    for (const auto& [user, binding] : bindings_) {
        const auto found = wanted.find(user);
        if (found == wanted.end() || found->second != ha1_by_user_[user]) gone.push_back(user);
    }
    ha1_by_user_ = std::move(wanted);
    for (const auto& user : gone) lose(user, PhoneLostReason::Unregistered);
}

RegisterReply Registrar::handle(const RegisterRequest& request, Elapsed now) {
    if (request.user.empty()) {
        emit_(RegisterRefused{request.user, request.source_ip, RegisterRefusal::Malformed});
        return plain(400, "Bad Request");
    }
    if (locks_.locked(request.user, request.source_ip, now)) {
        emit_(RegisterRefused{request.user, request.source_ip, RegisterRefusal::Locked});
        return plain(403, "Forbidden");
    }
    if (!request.credentials) return challenge(request, false, now);

    switch (check(request, now)) {
        case Verdict::TryAgain:
            return challenge(request, true, now);
        case Verdict::Wrong:
            return refuse(request, now);
        case Verdict::Good:
            break;
    }
    locks_.succeeded(request.user, request.source_ip);
    return bind(request, now);
}

RegisterReply Registrar::challenge(const RegisterRequest& request, bool stale, Elapsed now) {
    auto reply = plain(401, "Unauthorized");
    reply.www_authenticate = "Digest realm=\"" + config_.realm + "\", nonce=\"" +
                             nonces_.issue(request.source_ip, now) +
                             "\", algorithm=MD5, qop=\"auth\"" + (stale ? ", stale=true" : "");
    return reply;
}

// The response is computed for unknown users too, and compared before anything else is looked at,
// so that neither the answer nor its delay tells who exists.
Registrar::Verdict Registrar::check(const RegisterRequest& request, Elapsed now) {
    const auto& digest = *request.credentials;
    if (nonces_.judge(digest.nonce, request.source_ip, now) != NonceState::Good)
        return Verdict::TryAgain;

    const std::string expected = digest_response(DigestAlgorithm::Md5, ha1_of(request.user),
                                                 {.method = "REGISTER",
                                                  .uri = digest.uri,
                                                  .nonce = digest.nonce,
                                                  .qop = digest.qop,
                                                  .nc = digest.nc,
                                                  .cnonce = digest.cnonce});
    const bool known = ha1_by_user_.contains(request.user);
    const bool right = equal_in_constant_time(digest.response, expected);
    const bool usable =
        (digest.algorithm.empty() || equal_ignoring_case(digest.algorithm, "MD5")) &&
        (digest.qop.empty() || equal_ignoring_case(digest.qop, "auth"));
    const auto nc = count_of(digest);
    if (!known || !right || !usable || !nc || !digest.uri_is_request_uri) return Verdict::Wrong;
    if (digest.realm != config_.realm || digest.username != request.user) return Verdict::Wrong;
    return nonces_.use(digest.nonce, *nc, now) ? Verdict::Good : Verdict::TryAgain;
}

std::string Registrar::ha1_of(const std::string& user) const {
    const std::string nobody = digest_ha1(DigestAlgorithm::Md5, user, config_.realm, config_.key);
    const auto found = ha1_by_user_.find(user);
    return found != ha1_by_user_.end() ? found->second : nobody;
}

RegisterReply Registrar::refuse(const RegisterRequest& request, Elapsed now) {
    const bool locked_now = locks_.failed(request.user, request.source_ip, now);
    emit_(RegisterRefused{request.user, request.source_ip, RegisterRefusal::BadCredentials});
    return locked_now ? plain(403, "Forbidden") : challenge(request, false, now);
}

RegisterReply Registrar::bind(const RegisterRequest& request, Elapsed now) {
    if (request.contact_uri.empty() && !request.all_contacts)
        return binding_reply(request.user, now);

    const auto wish = request.expires.value_or(config_.expires_max.count());
    if (wish <= 0) {
        lose(request.user, PhoneLostReason::Unregistered);
        return plain(200, "OK");
    }
    if (request.all_contacts) return plain(400, "Bad Request");  // RFC 3261 §10.3: "*" only with 0
    if (wish < config_.expires_min.count()) {
        auto reply = plain(423, "Interval Too Brief");
        reply.min_expires = config_.expires_min.count();
        return reply;
    }

    const std::chrono::seconds granted{std::min<std::int64_t>(wish, config_.expires_max.count())};
    auto& binding = bindings_[request.user];
    const bool news =
        binding.contact_uri != request.contact_uri || binding.next_hop != request.next_hop;
    binding = {request.contact_uri, request.next_hop, now + granted};
    if (news) emit_(PhoneRegistered{request.user, granted});
    return binding_reply(request.user, now);
}

RegisterReply Registrar::binding_reply(std::string_view user, Elapsed now) const {
    auto reply = plain(200, "OK");
    if (const Binding* binding = find(user)) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(binding->expires_at - now);
        reply.contact = "<" + binding->contact_uri + ">;expires=" + std::to_string(left.count());
    }
    return reply;
}

void Registrar::lose(const std::string& user, PhoneLostReason reason) {
    if (bindings_.erase(user) > 0) emit_(PhoneLost{user, reason});
}

void Registrar::expire(Elapsed now) {
    std::vector<std::string> gone;
    for (const auto& [user, binding] : bindings_) {
        if (binding.expires_at <= now) gone.push_back(user);
    }
    for (const auto& user : gone) lose(user, PhoneLostReason::Expired);
}

const Binding* Registrar::find(std::string_view user) const {
    const auto found = bindings_.find(user);
    return found != bindings_.end() ? &found->second : nullptr;
}

std::vector<std::string> Registrar::users() const {
    std::vector<std::string> names;
    for (const auto& [user, binding] : bindings_) names.push_back(user);
    return names;
}

}  // namespace bellwether::sip
