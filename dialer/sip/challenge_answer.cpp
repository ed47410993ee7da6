#include "dialer/sip/challenge_answer.h"

#include <sofia-sip/msg_header.h>

#include <algorithm>

#include "dialer/sip/digest_challenge.h"
#include "dialer/sip/digest_client.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {
namespace {

bool allowed(std::string_view realm, std::span<const std::string> realms) {
    return realms.empty() || std::find(realms.begin(), realms.end(), realm) != realms.end();
}

}  // namespace

std::vector<std::string> answers_to_challenge(const sip_t& reply,
                                              std::span<const std::string> realms,
                                              std::string_view user, std::string_view password) {
    std::vector<std::string> answers;
    for (const msg_auth_t* list : {reply.sip_www_authenticate, reply.sip_proxy_authenticate}) {
        for (const msg_auth_t* each = list; each != nullptr; each = each->au_next) {
            if (!equal_ignoring_case(text_of(each->au_scheme), "Digest")) continue;
            const auto params = params_of(each->au_params);
            const auto challenge = parse_challenge(params);
            if (!challenge || !allowed(challenge->realm, realms)) continue;
            // The stack wants the realm as it stands in the challenge, quotes and all.
            const auto quoted = text_of(msg_header_find_param(each->au_common, "realm="));
            auto answer = digest_credentials(quoted, user, password);
            if (std::find(answers.begin(), answers.end(), answer) == answers.end()) {
                answers.push_back(std::move(answer));
            }
        }
    }
    return answers;
}

}  // namespace bellwether::sip
