#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "dialer/sip/calls.h"
#include "dialer/sip/command_queue.h"
#include "dialer/sip/registrar.h"
#include "dialer/sip/registration_client.h"
#include "dialer/sip/stack.h"
#include "dialer/sip/trunks.h"

namespace bellwether::sip {

/// Who is registered, for readers on other threads.
class RegisteredUsers {
public:
    void replace(std::vector<std::string> users);
    [[nodiscard]] bool contains(std::string_view user) const;
    [[nodiscard]] std::vector<std::string> all() const;

private:
    mutable std::mutex mutex_;
    std::set<std::string, std::less<>> users_;
};

/// What the sip thread and its owner share. Outlives the thread.
struct SharedState {
    EndpointConfig config;
    std::function<void(Event)> on_event;
    CommandQueue commands;
    AtomicCounters counters;
    RegisteredUsers registered;
    TrunkBoard trunks;
};

/// The sip thread's own world: event loop, stack, calls, registrar. Created, run and destroyed on
/// that thread. No application logic: the library's callbacks become Events, commands become
/// library calls.
class EndpointThread {
public:
    explicit EndpointThread(SharedState& shared);
    ~EndpointThread();
    EndpointThread(const EndpointThread&) = delete;
    EndpointThread& operator=(const EndpointThread&) = delete;

    [[nodiscard]] Result<std::uint16_t> open();  ///< the port bound
    void run();                                  ///< until a StopCommand has been carried out

private:
    static void on_nua_event(nua_event_t event, int status, const char* phrase, nua_t* nua,
                             nua_magic_t* self, nua_handle_t* handle, nua_hmagic_t* owner,
                             const sip_t* sip, tagi_t tags[]) noexcept;
    static int on_wake(su_root_magic_t* root, su_wait_t* wait, su_wakeup_arg_t* self) noexcept;
    static void on_alarm(su_root_magic_t* root, su_timer_t* timer, su_timer_arg_t* self) noexcept;
    static void on_tick(su_root_magic_t* root, su_timer_t* timer, su_timer_arg_t* self) noexcept;

    bool open_loop();
    bool open_nua();
    void set_nua_params(nua_t* nua);
    std::uint16_t read_port();

    void dispatch(const StackEvent& event);
    void on_unowned(const StackEvent& event);
    void carry_out(Command& command);
    void refuse_while_stopping(const Command& command);
    void tick();
    void set_alarm(Elapsed at);
    void alarm();
    void begin_stop();
    void step_stop(Elapsed now);
    void emit(Event event);

    SharedState& shared_;
    ForkWatch forks_;
    Stack stack_;
    Trunks trunks_;
    Calls calls_;
    Registrar registrar_;
    RegistrationClient registrations_;
    su_wait_t wake_[1];
    int wake_index_ = -1;
    su_timer_t* timer_ = nullptr;
    su_timer_t* alarm_timer_ = nullptr;
    std::optional<Elapsed> alarm_;
    bool stopping_ = false;
    bool shutdown_asked_ = false;
    std::size_t transports_left_ = 1;  ///< not shut down yet
    Elapsed stop_deadline_{0};
};

}  // namespace bellwether::sip
