#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "dialer/sip/stack.h"

namespace bellwether::sip {

/// Registers practice phones somewhere and keeps them registered; the stack refreshes, this retries
/// after a failure and reports each change. Lives on the sip thread.
class RegistrationClient {
public:
    explicit RegistrationClient(Stack& stack) : stack_{stack} {}

    /// A second call for the same user replaces the first.
    void start(RegisterClient client);
    void stop(const std::string& user);
    void stop_all();
    void on_event(const StackEvent& event);
    void retry_due(Elapsed now);
    void abandon_all();
    [[nodiscard]] bool empty() const { return by_owner_.empty(); }

private:
    struct Registration {
        RegisterClient client;
        nua_handle_t* handle = nullptr;
        bool challenged = false;
        bool asking = false;  ///< the first REGISTER of this handle is unanswered
        bool leaving = false;
        int reported = 0;     ///< last status told; 0: none yet
        Elapsed retry_at{0};  ///< 0: no retry due
    };

    void send(std::uint64_t owner, Registration& registration);
    void report(Registration& registration, int status);
    [[nodiscard]] bool authenticate(Registration& registration, const StackEvent& event);
    void failed(Registration& registration, int status);
    void take_back(std::uint64_t owner, Registration& registration);
    void left(std::uint64_t owner, int status);
    std::map<std::uint64_t, Registration>::iterator find(const std::string& user);

    Stack& stack_;
    std::uint64_t next_owner_ = kFirstRegistration;
    std::map<std::uint64_t, Registration> by_owner_;
};

}  // namespace bellwether::sip
