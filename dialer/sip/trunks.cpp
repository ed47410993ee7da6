#include "dialer/sip/trunks.h"

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_tag.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "dialer/sip/sip_text.h"
#include "dialer/sip/stack_log.h"
#include "dialer/sip/tls_transport.h"

namespace bellwether::sip {
namespace {

// An OPTIONS over UDP has been sent four times by then (RFC 3261 §17.1.2.2: after 0.5, 1.5, 3.5 s).
constexpr std::chrono::seconds kProbePatience{5};

// The library asks DNS for every name, and DNS does not know this one.
std::string resolvable(const std::string& host) { return host == "localhost" ? "127.0.0.1" : host; }

}  // namespace

void TrunkBoard::replace(std::vector<TrunkStatus> trunks) {
    const std::lock_guard lock{mutex_};
    trunks_ = std::move(trunks);
}

std::vector<TrunkStatus> TrunkBoard::all() const {
    const std::lock_guard lock{mutex_};
    return trunks_;
}

std::optional<TrunkFailure> trunk_failure(const Failed& how, bool heard_ringing) {
    if (heard_ringing) return std::nullopt;
    switch (how.kind) {
        case FailureKind::Unreachable:
            return TrunkFailure::Unreachable;
        case FailureKind::AuthRefused:
            return TrunkFailure::AuthRefused;
        case FailureKind::SipStatus:
            // 501 and 505 speak of the request, which would be the same elsewhere.
            if (how.status == 500 || (how.status >= 502 && how.status <= 504))
                return TrunkFailure::Status;
            return std::nullopt;
        case FailureKind::Redirected:
        case FailureKind::DestinationDenied:
        case FailureKind::NotRegistered:
        case FailureKind::LocalError:
        case FailureKind::NoTrunk:
            return std::nullopt;
    }
    return std::nullopt;
}

Trunks::Trunks(Stack& stack, TrunkBoard& board)
    : stack_{stack}, board_{board}, router_{stack.config.trunks} {
    for (const TrunkConfig& config : stack.config.trunks) {
        Trunk trunk;
        trunk.status.name = config.name;
        trunk.status.transport = config.transport;
        trunk.lines_told = config.lines;
        trunk.status.lines = config.lines;
        trunk.status.calls_per_second = config.calls_per_second;
        trunks_.push_back(std::move(trunk));
    }
    publish(monotonic_now());
}

Result<void> Trunks::open(nua_callback_f callback, nua_magic_t* magic) {
    for (TrunkIndex i = 0; i < trunks_.size(); ++i) {
        if (config(i).transport != Transport::Tls) continue;
        auto made = open_tls_transport(stack_, config(i), callback, magic);
        if (!made) return tl::unexpected{made.error()};
        trunks_[i].own_transport = *made;
    }
    return {};
}

std::vector<nua_t*> Trunks::transports() const {
    std::vector<nua_t*> all{stack_.nua};
    for (const Trunk& trunk : trunks_)
        if (trunk.own_transport != nullptr) all.push_back(trunk.own_transport);
    return all;
}

void Trunks::close() {
    for (Trunk& trunk : trunks_)
        if (trunk.own_transport != nullptr)
            nua_destroy(std::exchange(trunk.own_transport, nullptr));
}

TrunkRouter::Choice Trunks::choose(std::string_view e164, const TrunkSet& tried) {
    const auto now = monotonic_now();
    const auto choice = router_.choose(e164, tried, now);
    if (choice.verdict == TrunkRouter::Verdict::Chosen) {
        Trunk& trunk = trunks_[choice.trunk];
        ++trunk.status.invites;
        forget_old_starts(trunk, now);
        trunk.started.push_back(now);
    }
    return choice;
}

void Trunks::forget_old_starts(Trunk& trunk, Elapsed now) {
    while (!trunk.started.empty() && trunk.started.front() + std::chrono::seconds{1} <= now)
        trunk.started.pop_front();
}

const TrunkConfig& Trunks::config(TrunkIndex trunk) const { return stack_.config.trunks[trunk]; }

nua_t* Trunks::transport(TrunkIndex trunk) const {
    nua_t* own = trunks_[trunk].own_transport;
    return own != nullptr ? own : stack_.nua;
}

// The stack checks a certificate against the host of the next hop, so that a trunk known by address
// is named there and its address stands in maddr (sip2.md §3.2). What follows in the call keeps to
// that hop too, because the Contact of a carrier is an address that no certificate holds.
TrunkAddress Trunks::address(TrunkIndex trunk, const std::string& user) const {
    const TrunkConfig& own = config(trunk);
    const std::string port = own.srv ? "" : ":" + std::to_string(own.port);
    std::string parameter;
    if (own.transport == Transport::Tcp) parameter = ";transport=tcp";
    if (own.transport == Transport::Tls) parameter = ";transport=tls";

    const std::string host = resolvable(own.host);
    const std::string at_host = user.empty() ? host : user + "@" + host;
    TrunkAddress address{.request_uri = "sip:" + at_host + port + parameter, .next_hop = {}};
    if (own.transport == Transport::Tls) {
        const bool by_name = own.tls.name.empty() || own.tls.name == own.host;
        address.next_hop = by_name ? "sip:" + host + port + parameter
                                   : "sip:" + own.tls.name + port + parameter + ";maddr=" + host;
    }
    return address;
}

void Trunks::release(TrunkIndex trunk) { router_.release(trunk); }

void Trunks::worked(TrunkIndex trunk) {
    router_.worked(trunk);
    update(trunk, monotonic_now());
}

void Trunks::answered(TrunkIndex trunk) {
    ++trunks_[trunk].status.answered;
    worked(trunk);
}

void Trunks::failed(TrunkIndex trunk, const Failed& how, TrunkFailure kind) {
    const std::string name =
        how.status != 0 ? std::to_string(how.status) : std::string{name_of(kind)};
    ++trunks_[trunk].status.failed[name];
    trunks_[trunk].last_failure = how.status != 0 ? name + " " + how.phrase : how.phrase;
    const auto now = monotonic_now();
    router_.failed(trunk, kind, how.retry_after, now);
    update(trunk, now);
}

void Trunks::refused(TrunkIndex trunk, const Failed& how) {
    ++trunks_[trunk].status.failed[std::to_string(how.status)];
    worked(trunk);
}

void Trunks::tick(Elapsed now) {
    for (TrunkIndex i = 0; i < trunks_.size() && !stopped_; ++i) {
        if (config(i).options_every.count() == 0) continue;
        Trunk& trunk = trunks_[i];
        if (trunk.probe != nullptr &&
            now >= trunk.probe_sent + std::min(kProbePatience, config(i).options_every)) {
            const std::string fault = take_tls_fault();
            probe_missed(i, fault.empty() ? "OPTIONS was not answered" : "TLS: " + fault);
        }
        if (trunk.probe == nullptr && now >= trunk.next_probe) send_probe(i, now);
    }
    publish(now);
}

void Trunks::send_probe(TrunkIndex index, Elapsed now) {
    Trunk& trunk = trunks_[index];
    const TrunkAddress to = address(index, {});
    const std::string to_header = "<" + to.request_uri + ">";
    const std::string from = "<sip:" + config(index).host + ">";
    trunk.probe = nua_handle(transport(index), magic_of(kFirstTrunkProbe + index), TAG_END());
    trunk.probe_sent = now;
    trunk.next_probe = now + config(index).options_every;
    nua_options(trunk.probe, NUTAG_URL(to.request_uri.c_str()),
                TAG_IF(!to.next_hop.empty(), NUTAG_PROXY(to.next_hop.c_str())),
                SIPTAG_FROM_STR(from.c_str()), SIPTAG_TO_STR(to_header.c_str()), TAG_END());
}

// Any answer is a sign of life, but for 503: a trunk that knows no OPTIONS says 405, and one that
// asks for a password takes calls with one.
void Trunks::on_event(const StackEvent& event) {
    const TrunkIndex index = event.owner - kFirstTrunkProbe;
    Trunk& trunk = trunks_[index];
    if (event.event != nua_r_options || event.status < 200 || event.handle != trunk.probe) return;
    if (!is_from_peer(event.sip) || event.status == 503) {
        const std::string fault = take_tls_fault();
        return probe_missed(index,
                            "OPTIONS: " + (fault.empty() ? std::string{event.phrase} : fault));
    }
    trunk.probe_answered = monotonic_now();
    trunk.status.options_rtt = trunk.probe_answered - trunk.probe_sent;
    router_.options_answered(index);
    end_probe(trunk);
    update(index, monotonic_now());
}

void Trunks::end_probe(Trunk& trunk) {
    if (trunk.probe != nullptr) nua_handle_destroy(std::exchange(trunk.probe, nullptr));
}

void Trunks::probe_missed(TrunkIndex index, std::string why) {
    trunks_[index].last_failure = std::move(why);
    router_.options_missed(index);
    end_probe(trunks_[index]);
    update(index, monotonic_now());
}

void Trunks::stop() {
    stopped_ = true;
    for (Trunk& trunk : trunks_) end_probe(trunk);
}

void Trunks::update(TrunkIndex index, Elapsed now) {
    Trunk& trunk = trunks_[index];
    TrunkStatus& status = trunk.status;
    status.condition = router_.condition(index, now);
    status.up = status.condition == TrunkCondition::Up;
    status.circuit = router_.circuit(index, now);
    status.calls = router_.calls(index);
    const bool is_tried = status.circuit == Circuit::HalfOpen;
    const int usable = is_tried ? 1 : config(index).lines;
    const int lines = status.up ? usable : 0;
    status.reason = status.up && !is_tried ? std::string{} : trunk.last_failure;
    if (std::exchange(trunk.lines_told, lines) == lines) return;
    stack_.emit(TrunkState{.name = status.name,
                           .up = status.up,
                           .condition = status.condition,
                           .reason = status.reason,
                           .lines = lines,
                           .calls_per_second = status.up ? config(index).calls_per_second : 0});
}

// Readers on other threads see them as of the last tick: a copy per call would cost more than it
// tells.
void Trunks::publish(Elapsed now) {
    std::vector<TrunkStatus> board;
    for (TrunkIndex i = 0; i < trunks_.size(); ++i) {
        update(i, now);
        Trunk& trunk = trunks_[i];
        forget_old_starts(trunk, now);
        trunk.status.started_last_second = static_cast<int>(trunk.started.size());
        if (trunk.status.options_rtt) trunk.status.options_ago = now - trunk.probe_answered;
        board.push_back(trunk.status);
    }
    board_.replace(std::move(board));
}

}  // namespace bellwether::sip
