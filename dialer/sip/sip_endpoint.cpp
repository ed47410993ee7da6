#include "dialer/sip/sip_endpoint.h"

#include <arpa/inet.h>
#include <sofia-sip/su.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <ctime>
#include <future>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "base/check.h"
#include "dialer/sip/digest_client.h"
#include "dialer/sip/endpoint_thread.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/stack_log.h"
#include "dialer/sip/tls_files.h"

namespace bellwether::sip {
namespace {

bool is_ipv4(const std::string& host) {
    in_addr address{};
    return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

bool breaks_quotes(const std::string& text) {
    return !safe_in_header(text) || text.find_first_of("\"\\") != std::string::npos;
}

Result<void> check_trunk(const TrunkConfig& trunk, std::chrono::seconds session_min) {
    const auto wrong = [&](const std::string& what) {
        return fail(Errc::InvalidInput, "trunk '" + trunk.name + "' " + what);
    };
    if (trunk.host.empty() || trunk.host.find_first_of(" \"<>@;?\r\n") != std::string::npos)
        return wrong("has no usable host");
    if (breaks_quotes(trunk.username))
        return wrong("has a user name with a quote or control character");
    if (trunk.weight < 1 || trunk.lines < 1 || !(trunk.calls_per_second > 0))
        return wrong("needs a weight, lines and calls_per_second above 0");
    if (trunk.session_expires.count() != 0 && trunk.session_expires < session_min) {
        return wrong("has a session_expires below " + std::to_string(session_min.count()) +
                     " s: set 0 for none, or at least that");
    }
    if (trunk.srv && is_ipv4(trunk.host)) return wrong("has srv, but an address for its host");
    if (trunk.transport != Transport::Tls) return {};
    if (trunk.tls.name.empty() && is_ipv4(trunk.host)) {
        return wrong(
            "is known by address only: set tls_name to the name in the carrier's certificate");
    }
    return check_tls_files(trunk.tls, std::time(nullptr));
}

Result<void> check_trunks(const std::vector<TrunkConfig>& trunks,
                          std::chrono::seconds session_min) {
    if (trunks.size() > kTrunksMax) {
        return fail(Errc::InvalidInput,
                    "there are more than " + std::to_string(kTrunksMax) + " trunks");
    }
    std::set<std::string> names;
    for (const TrunkConfig& trunk : trunks) {
        if (!names.insert(trunk.name).second)
            return fail(Errc::InvalidInput, "two trunks are called '" + trunk.name + "'");
        if (auto checked = check_trunk(trunk, session_min); !checked) return checked;
    }
    return {};
}

Result<void> check_config(const EndpointConfig& config) {
    if (!is_ipv4(config.bind_host)) {
        return fail(Errc::InvalidInput,
                    "the SIP address '" + config.bind_host +
                        "' is not an IPv4 address; give one of this machine's, such as "
                        "127.0.0.1");
    }
    if (config.realm.empty() || breaks_quotes(config.realm)) {
        return fail(Errc::InvalidInput,
                    "the SIP realm is empty or holds a quote or control character");
    }
    if (config.registration_min.count() < 1 || config.registration_min > config.registration_max) {
        return fail(Errc::InvalidInput,
                    "registration_min must be between 1 s and registration_max");
    }
    if (config.silence_max < std::chrono::seconds{1}) {
        return fail(Errc::InvalidInput, "silence_max must be at least 1 s");
    }
    return check_trunks(config.trunks, config.session_min);
}

// The library says only that it could not bind; the system says why.
Result<void> check_port(const EndpointConfig& config, int type) {
    const int probe = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return fail(Errc::Exhausted, "no socket for SIP: " + std::system_category().message(errno));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(config.port);
    inet_pton(AF_INET, config.bind_host.c_str(), &address.sin_addr);
    const int on = 1;  // a TCP port in TIME_WAIT is free to us, as it is to the stack
    if (type == SOCK_STREAM) setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const int outcome = bind(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const int why = errno;
    close(probe);
    if (outcome == 0) return {};

    const std::string where = std::string{type == SOCK_STREAM ? "TCP " : "UDP "} +
                              config.bind_host + ":" + std::to_string(config.port);
    if (why == EADDRINUSE) {
        return fail(Errc::Unavailable,
                    "the SIP port " + where +
                        " is in use by another program; stop that program or set another "
                        "SIP port");
    }
    return fail(Errc::Unavailable, "cannot listen for SIP on " + where + ": " +
                                       std::system_category().message(why) +
                                       "; set an address of this machine");
}

}  // namespace

class SipEndpoint::Impl {
public:
    Impl(EndpointConfig config, std::function<void(Event)> on_event) {
        shared_.config = std::move(config);
        shared_.on_event = std::move(on_event);
    }
    ~Impl() { stop(); }

    Result<void> start() {
        std::promise<Result<std::uint16_t>> opened;
        auto port = opened.get_future();
        thread_ = std::thread{[this, &opened] { run(opened); }};
        auto result = port.get();
        if (!result) {
            thread_.join();
            return tl::unexpected<Error>{result.error()};
        }
        port_ = *result;
        return {};
    }

    void push(Command command) { shared_.commands.push(std::move(command)); }

    void stop() {
        const std::lock_guard lock{stop_mutex_};
        if (!thread_.joinable()) return;
        BW_CHECK(std::this_thread::get_id() != thread_.get_id());
        push(StopCommand{});
        thread_.join();
    }

    std::uint16_t port() const { return port_; }
    const RegisteredUsers& registered() const { return shared_.registered; }
    const AtomicCounters& counters() const { return shared_.counters; }
    const TrunkBoard& trunks() const { return shared_.trunks; }

private:
    void run(std::promise<Result<std::uint16_t>>& opened) {
        EndpointThread endpoint{shared_};
        auto port = endpoint.open();
        const bool usable = port.has_value();
        opened.set_value(std::move(port));  // `opened` is gone from here on
        if (usable) endpoint.run();
    }

    SharedState shared_;
    std::uint16_t port_ = 0;
    std::mutex stop_mutex_;
    std::thread thread_;
};

Result<std::unique_ptr<SipEndpoint>> SipEndpoint::start(EndpointConfig config,
                                                        std::function<void(Event)> on_event) {
    BW_CHECK(on_event != nullptr);
    if (auto ok = check_config(config); !ok) return tl::unexpected<Error>{ok.error()};
    if (auto ok = check_port(config, SOCK_DGRAM); !ok) return tl::unexpected<Error>{ok.error()};
    if (needs_tcp(config)) {
        if (auto ok = check_port(config, SOCK_STREAM); !ok)
            return tl::unexpected<Error>{ok.error()};
    }

    static const int library = su_init();
    BW_CHECK(library == 0);
    silence_stack_log();
    if (auto ok = install_digest_client(); !ok) return tl::unexpected<Error>{ok.error()};

    auto impl = std::make_unique<Impl>(std::move(config), std::move(on_event));
    if (auto ok = impl->start(); !ok) return tl::unexpected<Error>{ok.error()};
    return std::unique_ptr<SipEndpoint>{new SipEndpoint{std::move(impl)}};
}

SipEndpoint::SipEndpoint(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
SipEndpoint::~SipEndpoint() = default;

std::uint16_t SipEndpoint::port() const { return impl_->port(); }

void SipEndpoint::invite(TrunkInvite invite) { impl_->push(std::move(invite)); }
void SipEndpoint::invite(PhoneInvite invite) { impl_->push(std::move(invite)); }
void SipEndpoint::invite(UriInvite invite) { impl_->push(std::move(invite)); }

void SipEndpoint::hang_up(CallId call, HangUp how) {
    impl_->push(HangUpCommand{call, std::move(how)});
}
void SipEndpoint::hold(CallId call, std::string sdp) {
    impl_->push(HoldCommand{call, true, std::move(sdp)});
}
void SipEndpoint::resume(CallId call, std::string sdp) {
    impl_->push(HoldCommand{call, false, std::move(sdp)});
}
void SipEndpoint::ring(CallId call) { impl_->push(RingCommand{call}); }
void SipEndpoint::early_media(CallId call, std::string sdp) {
    impl_->push(EarlyMediaCommand{call, std::move(sdp)});
}
void SipEndpoint::answer(CallId call, std::string sdp) {
    impl_->push(AnswerCommand{call, std::move(sdp)});
}
void SipEndpoint::reject(CallId call, int status, Headers headers) {
    BW_CHECK(status >= 300 && status <= 699);
    impl_->push(RejectCommand{call, status, std::move(headers)});
}

void SipEndpoint::set_accounts(std::vector<Account> accounts) {
    for (const auto& account : accounts) BW_CHECK(is_md5_hex(account.ha1_md5));
    impl_->push(SetAccountsCommand{std::move(accounts)});
}
bool SipEndpoint::is_registered(std::string_view user) const {
    return impl_->registered().contains(user);
}
std::vector<std::string> SipEndpoint::registered_users() const { return impl_->registered().all(); }

void SipEndpoint::register_at(RegisterClient client) { impl_->push(std::move(client)); }
void SipEndpoint::unregister(std::string user) { impl_->push(UnregisterCommand{std::move(user)}); }

Counters SipEndpoint::counters() const {
    const auto& now = impl_->counters();
    return {.invites_sent = now.invites_sent,
            .invites_refused = now.invites_refused,
            .requests_refused = now.requests_refused,
            .registers_refused = now.registers_refused,
            .extra_answers = now.extra_answers,
            .commands_refused = now.commands_refused,
            .failovers = now.failovers,
            .late_answers = now.late_answers};
}

std::vector<TrunkStatus> SipEndpoint::trunks() const { return impl_->trunks().all(); }

void SipEndpoint::stop() { impl_->stop(); }

}  // namespace bellwether::sip
