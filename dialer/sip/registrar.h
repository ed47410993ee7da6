#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialer/sip/login_locks.h"
#include "dialer/sip/nonce_book.h"
#include "dialer/sip/sip_endpoint.h"
#include "dialer/sip/sip_event.h"

namespace bellwether::sip {

/// The digest of a request, as sent. Empty: absent.
struct DigestCredentials {
    std::string username;
    std::string realm;
    std::string nonce;
    std::string uri;
    std::string response;
    std::string algorithm;
    std::string qop;
    std::string nc;
    std::string cnonce;
    bool uri_is_request_uri = false;  ///< compared by SIP's rules by whoever parsed the request
};

/// What the registrar needs to know of one REGISTER.
struct RegisterRequest {
    std::string user;           ///< user of To, the address of record
    std::string source_ip;      ///< where the packet really came from
    std::string contact_uri;    ///< empty: none, the phone only asks
    std::string next_hop;       ///< "sip:192.0.2.7:5060": where calls to this contact must be sent
    bool all_contacts = false;  ///< "Contact: *"
    std::optional<std::int64_t> expires;
    std::optional<DigestCredentials> credentials;
};

struct RegisterReply {
    int status;
    std::string_view phrase;
    std::string www_authenticate;  ///< empty: none
    std::string contact;           ///< empty: none
    std::optional<std::int64_t> min_expires;
};

/// Where a phone can be reached.
struct Binding {
    std::string contact_uri;
    std::string next_hop;
    Elapsed expires_at;
};

/// The agents' phones: who may register, who is registered and where. Offers MD5 only, because
/// libre's phones give up on a challenge that also names SHA-256 (sip2.md §2.2). One binding per
/// user: the latest.
///
/// Not responsible for parsing or sending. Told the time; emits PhoneRegistered (first time, and
/// when the contact changes), PhoneLost and RegisterRefused. Lives on the sip thread.
class Registrar {
public:
    struct Config {
        std::string realm;
        std::chrono::seconds expires_min;
        std::chrono::seconds expires_max;
        std::string key;  ///< secret of this run
    };

    Registrar(Config config, std::function<void(Event)> emit);

    void set_accounts(std::vector<Account> accounts);
    [[nodiscard]] RegisterReply handle(const RegisterRequest& request, Elapsed now);
    void expire(Elapsed now);

    [[nodiscard]] const Binding* find(std::string_view user) const;  ///< null: not registered
    [[nodiscard]] std::vector<std::string> users() const;            ///< registered, sorted

private:
    enum class Verdict { Good, Wrong, TryAgain };

    RegisterReply challenge(const RegisterRequest& request, bool stale, Elapsed now);
    Verdict check(const RegisterRequest& request, Elapsed now);
    std::string ha1_of(const std::string& user) const;
    RegisterReply refuse(const RegisterRequest& request, Elapsed now);
    RegisterReply bind(const RegisterRequest& request, Elapsed now);
    RegisterReply binding_reply(std::string_view user, Elapsed now) const;
    void lose(const std::string& user, PhoneLostReason reason);

    Config config_;
    std::function<void(Event)> emit_;
    NonceBook nonces_;
    LoginLocks locks_;
    std::map<std::string, std::string, std::less<>> ha1_by_user_;
    std::map<std::string, Binding, std::less<>> bindings_;
};

}  // namespace bellwether::sip
