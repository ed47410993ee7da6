#include "dialer/sip/endpoint_thread.h"

#include <sofia-sip/nta_tag.h>
#include <sofia-sip/nua_tag.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/sresolv.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/tport_tag.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/check.h"
#include "dialer/sip/digest.h"
#include "dialer/sip/fork_tap.h"
#include "dialer/sip/register_server.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {
namespace {

constexpr su_duration_t kTickMs =
    100;  // how late a deadline or an expired registration may be noticed

// Room for a burst of replies: with the default 208 KiB some were lost at 2,500 calls/s (sip.md
// §2).
constexpr unsigned kReceiveBuffer = 4U << 20U;

// How long stop() waits for peers to take BYE, CANCEL and un-REGISTER before it leaves them behind.
constexpr std::chrono::seconds kStopPatience{4};

constexpr unsigned kSessionSeconds = 1800;  // RFC 4028 §4.2: recommended interval

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::mutex& library_setup_mutex() {  // nua_create initialises globals of the library without a lock
    static std::mutex mutex;
    return mutex;
}

}  // namespace

void RegisteredUsers::replace(std::vector<std::string> users) {
    const std::lock_guard lock{mutex_};
    users_ = {std::make_move_iterator(users.begin()), std::make_move_iterator(users.end())};
}

bool RegisteredUsers::contains(std::string_view user) const {
    const std::lock_guard lock{mutex_};
    return users_.contains(user);
}

std::vector<std::string> RegisteredUsers::all() const {
    const std::lock_guard lock{mutex_};
    return {users_.begin(), users_.end()};
}

EndpointThread::EndpointThread(SharedState& shared)
    : shared_{shared},
      forks_{[this](CallId call) { emit(ExtraAnswer{call}); }},
      stack_{shared.config, [this](Event event) { emit(std::move(event)); }, shared.counters,
             forks_},
      trunks_{stack_, shared.trunks},
      calls_{stack_, trunks_},
      registrar_{{.realm = shared.config.realm,
                  .expires_min = shared.config.registration_min,
                  .expires_max = shared.config.registration_max,
                  .key = random_hex(32)},
                 [this](Event event) { emit(std::move(event)); }},
      registrations_{stack_} {
    stack_.wake_at = [this](Elapsed at) { set_alarm(at); };
    calls_.recognise_phones([this](const std::string& user, const Source& from) {
        const Binding* binding = registrar_.find(user);
        return binding != nullptr &&
               binding->next_hop == "sip:" + from.ip + ":" + std::to_string(from.port);
    });
    set_fork_watch(&forks_);
}

EndpointThread::~EndpointThread() {
    set_fork_watch(nullptr);
    if (timer_ != nullptr) su_timer_destroy(timer_);
    if (alarm_timer_ != nullptr) su_timer_destroy(alarm_timer_);
    trunks_.close();
    if (stack_.nua != nullptr) nua_destroy(stack_.nua);
    if (wake_index_ > 0) su_root_deregister(stack_.root, wake_index_);
    if (stack_.root != nullptr) su_root_destroy(stack_.root);
}

Result<std::uint16_t> EndpointThread::open() {
    const std::lock_guard lock{library_setup_mutex()};
    if (!open_loop())
        return fail(Errc::Exhausted, "the SIP event loop cannot start: no file descriptors left");
    if (!open_nua()) {
        return fail(Errc::Unavailable, "the SIP stack cannot use UDP " + shared_.config.bind_host +
                                           ":" + std::to_string(shared_.config.port));
    }
    if (auto opened = trunks_.open(on_nua_event, reinterpret_cast<nua_magic_t*>(this)); !opened) {
        return tl::unexpected{opened.error()};
    }
    for (nua_t* nua : trunks_.transports()) set_nua_params(nua);
    transports_left_ = trunks_.transports().size();
    stack_.port = shared_.config.port != 0 ? shared_.config.port : read_port();
    return stack_.port;
}

bool EndpointThread::open_loop() {
    stack_.root = su_root_create(reinterpret_cast<su_root_magic_t*>(this));
    if (stack_.root == nullptr) return false;
    // The stack runs on this thread too: its own thread would double the cost of a call (sip.md
    // §2).
    su_root_threading(stack_.root, 0);

    if (su_wait_create(wake_, shared_.commands.wake_fd(), SU_WAIT_IN) != 0) return false;
    wake_index_ =
        su_root_register(stack_.root, wake_, on_wake, reinterpret_cast<su_wakeup_arg_t*>(this), 0);
    timer_ = su_timer_create(su_root_task(stack_.root), kTickMs);
    alarm_timer_ = su_timer_create(su_root_task(stack_.root), kTickMs);
    return wake_index_ > 0 && timer_ != nullptr && alarm_timer_ != nullptr &&
           su_timer_set_for_ever(timer_, on_tick, reinterpret_cast<su_timer_arg_t*>(this)) == 0;
}

bool EndpointThread::open_nua() {
    const auto& config = shared_.config;
    const std::string port = config.port != 0 ? std::to_string(config.port) : "*";
    // Without the parameter the stack takes UDP and TCP; a list of both ("udp,tcp") makes it crash.
    const char* transport = needs_tcp(config) ? "" : ";transport=udp";
    const std::string url = "sip:" + config.bind_host + ":" + port + transport;
    stack_.nua = nua_create(
        stack_.root, on_nua_event, reinterpret_cast<nua_magic_t*>(this), NUTAG_URL(url.c_str()),
        TAG_IF(!config.resolv_conf.empty(), SRESTAG_RESOLV_CONF(config.resolv_conf.c_str())),
        TPTAG_UDP_RMEM(kReceiveBuffer), NTATAG_MCLASS(tapped_message_class()),
        NTATAG_SIP_T1X64(static_cast<unsigned>(config.silence_max.count())), TAG_END());
    return stack_.nua != nullptr;
}

void EndpointThread::set_nua_params(nua_t* nua) {
    std::string allow = kAllowed;
    if (shared_.config.registrar) allow += ", REGISTER";
    nua_set_params(
        nua, NUTAG_MEDIA_ENABLE(0),  // SDP is ours
        NUTAG_AUTOACK(0), NUTAG_AUTOALERT(0), NUTAG_AUTOANSWER(0),
        NUTAG_AUTO302(0),          // a followed redirect is toll fraud
        NUTAG_MAX_RETRY_AFTER(0),  // else 5xx with Retry-After is retried unseen (sip.md §4.1)
        NUTAG_SESSION_TIMER(kSessionSeconds),
        NUTAG_MIN_SE(static_cast<unsigned>(shared_.config.session_min.count())),
        // UPDATE, where the peer takes it, carries no SDP and so cannot undo a hold (sip2.md §4.2).
        NUTAG_UPDATE_REFRESH(1),
        // REFER reaches us to be declined, UPDATE because only we can answer an offer.
        NUTAG_APPL_METHOD("REGISTER, REFER, UPDATE"), SIPTAG_ALLOW_STR(allow.c_str()),
        SIPTAG_USER_AGENT_STR(shared_.config.user_agent.c_str()), TAG_END());
    if (nua == stack_.nua) nua_get_params(nua, TAG_ANY(), TAG_END());
}

// The reply to nua_get_params, which names the port the system chose, comes as an event.
std::uint16_t EndpointThread::read_port() {
    while (stack_.port == 0) su_root_step(stack_.root, kTickMs);
    return stack_.port;
}

void EndpointThread::run() {
    while (transports_left_ > 0) su_root_step(stack_.root, kTickMs);
    emit(Stopped{});
}

void EndpointThread::on_nua_event(nua_event_t event, int status, const char* phrase, nua_t* nua,
                                  nua_magic_t* self, nua_handle_t* handle, nua_hmagic_t* owner,
                                  const sip_t* sip, tagi_t tags[]) noexcept {
    reinterpret_cast<EndpointThread*>(self)->dispatch(
        {.event = event,
         .status = status,
         .phrase = text_of(phrase),
         .nua = nua,
         .handle = handle,
         .owner = reinterpret_cast<std::uint64_t>(owner),
         .sip = sip,
         .tags = tags});
}

int EndpointThread::on_wake(su_root_magic_t* /*root*/, su_wait_t* /*wait*/,
                            su_wakeup_arg_t* self) noexcept {
    auto& thread = *reinterpret_cast<EndpointThread*>(self);
    for (auto& command : thread.shared_.commands.take()) thread.carry_out(command);
    return 0;
}

void EndpointThread::on_tick(su_root_magic_t* /*root*/, su_timer_t* /*timer*/,
                             su_timer_arg_t* self) noexcept {
    reinterpret_cast<EndpointThread*>(self)->tick();
}

void EndpointThread::dispatch(const StackEvent& event) {
    if (event.event == nua_r_shutdown) {
        if (event.status >= 200 && transports_left_ > 0) --transports_left_;
    } else if (event.event == nua_r_get_params) {
        const sip_contact_t* contact = nullptr;
        tl_gets(event.tags, NTATAG_CONTACT_REF(contact), TAG_END());
        const auto port =
            contact != nullptr ? text_of(contact->m_url->url_port) : std::string_view{};
        std::from_chars(port.data(), port.data() + port.size(), stack_.port);
    } else if (event.owner >= kFirstTrunkProbe) {
        trunks_.on_event(event);
    } else if (event.owner >= kFirstRegistration) {
        registrations_.on_event(event);
    } else if (event.owner != 0) {
        calls_.on_event(event);
    } else if (event.handle != nullptr) {
        on_unowned(event);
    }
}

// Requests from outside that belong to nothing yet. Each has a handle of its own, which is ours to
// destroy.
void EndpointThread::on_unowned(const StackEvent& event) {
    if (event.status >= 200) {  // the stack has answered: OPTIONS and the like
        nua_handle_destroy(event.handle);
        return;
    }
    switch (event.event) {
        case nua_i_invite:
            return calls_.on_new_invite(event);
        case nua_i_register:
            return serve_register(registrar_, event);
        default:
            nua_handle_destroy(event.handle);
            return;
    }
}

void EndpointThread::carry_out(Command& command) {
    if (stopping_) return refuse_while_stopping(command);
    std::visit(
        Overloaded{
            [&](StopCommand&) { begin_stop(); },
            [&](TrunkInvite& invite) { calls_.invite(invite); },
            [&](PhoneInvite& invite) { calls_.invite(invite, registrar_.find(invite.user)); },
            [&](UriInvite& invite) { calls_.invite(invite); },
            [&](TargetInvite& invite) { place(invite); },
            [&](HangUpCommand& wish) { calls_.hang_up(wish.call, wish.how); },
            [&](HoldCommand& wish) { calls_.hold(wish.call, wish.held, wish.sdp); },
            [&](AnswerTransferCommand& wish) { calls_.answer_transfer(wish.call, wish.accepted); },
            [&](SetIncomingNumbersCommand& wish) { calls_.set_incoming_numbers(wish.numbers); },
            [&](RingCommand& wish) { calls_.ring(wish.call); },
            [&](EarlyMediaCommand& wish) { calls_.early_media(wish.call, wish.sdp); },
            [&](AnswerCommand& wish) { calls_.answer(wish.call, wish.sdp); },
            [&](RejectCommand& wish) { calls_.reject(wish.call, wish.status, wish.headers); },
            [&](SetAccountsCommand& wish) { registrar_.set_accounts(std::move(wish.accounts)); },
            [&](RegisterClient& client) { registrations_.start(std::move(client)); },
            [&](UnregisterCommand& wish) { registrations_.stop(wish.user); },
            [&](OverflowCommand& overflow) {
                ++shared_.counters.commands_refused;
                calls_.fail_unsent(overflow.call, FailureKind::LocalError,
                                   "the SIP command queue is full");
            },
        },
        command);
}

void EndpointThread::place(TargetInvite& invite) {
    std::visit(
        Overloaded{[&](RegisteredUser& target) {
                       calls_.invite(PhoneInvite{invite.call, target.user, invite.caller_id,
                                                 invite.sdp, invite.headers},
                                     registrar_.find(target.user));
                   },
                   [&](SipAddress& target) {
                       calls_.invite(UriInvite{invite.call, target.uri, invite.caller_id,
                                               invite.sdp, invite.headers});
                   },
                   [&](TrunkNumber& target) {
                       calls_.invite(TrunkInvite{invite.call, target.number, invite.caller_id,
                                                 invite.sdp, invite.headers});
                   }},
        invite.target);
}

void EndpointThread::refuse_while_stopping(const Command& command) {
    const auto refuse = [&](CallId call) {
        calls_.fail_unsent(call, FailureKind::LocalError, "the SIP endpoint is stopping");
    };
    if (const auto* trunk = std::get_if<TrunkInvite>(&command)) refuse(trunk->call);
    if (const auto* phone = std::get_if<PhoneInvite>(&command)) refuse(phone->call);
    if (const auto* uri = std::get_if<UriInvite>(&command)) refuse(uri->call);
    if (const auto* target = std::get_if<TargetInvite>(&command)) refuse(target->call);
    if (const auto* overflow = std::get_if<OverflowCommand>(&command)) refuse(overflow->call);
}

void EndpointThread::tick() {
    const auto now = monotonic_now();
    calls_.check_deadlines(now);
    trunks_.tick(now);
    registrar_.expire(now);
    registrations_.retry_due(now);
    forks_.expire(now);
    if (stopping_) step_stop(now);
}

// The tick is too coarse for a call that waits for its trunk's next call of the second.
void EndpointThread::set_alarm(Elapsed at) {
    if (alarm_ && *alarm_ <= at) return;
    alarm_ = at;
    const auto wait = std::max<Elapsed>(at - monotonic_now(), Elapsed{1});
    su_timer_set_interval(alarm_timer_, on_alarm, reinterpret_cast<su_timer_arg_t*>(this),
                          wait.count());
}

void EndpointThread::on_alarm(su_root_magic_t* /*root*/, su_timer_t* /*timer*/,
                              su_timer_arg_t* self) noexcept {
    reinterpret_cast<EndpointThread*>(self)->alarm();
}

void EndpointThread::alarm() {
    alarm_.reset();
    const auto now = monotonic_now();
    calls_.check_deadlines(now);
    const auto next = calls_.next_deadline();
    if (next && *next < now + Elapsed{kTickMs}) set_alarm(*next);
}

void EndpointThread::begin_stop() {
    stopping_ = true;
    trunks_.stop();
    stop_deadline_ = monotonic_now() + kStopPatience;
    calls_.hang_up_all();
    registrations_.stop_all();
}

void EndpointThread::step_stop(Elapsed now) {
    if (shutdown_asked_) return;
    const bool idle = calls_.idle() && registrations_.empty();
    if (!idle && now < stop_deadline_) return;
    calls_.abandon_all();
    registrations_.abandon_all();
    shutdown_asked_ = true;
    for (nua_t* nua : trunks_.transports()) nua_shutdown(nua);
}

void EndpointThread::emit(Event event) {
    const bool registrations_changed =
        std::holds_alternative<PhoneRegistered>(event) || std::holds_alternative<PhoneLost>(event);
    if (registrations_changed) shared_.registered.replace(registrar_.users());
    if (std::holds_alternative<RegisterRefused>(event)) ++shared_.counters.registers_refused;
    if (std::holds_alternative<ExtraAnswer>(event)) ++shared_.counters.extra_answers;
    shared_.on_event(std::move(event));
}

}  // namespace bellwether::sip
