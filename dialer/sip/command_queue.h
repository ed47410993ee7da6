#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dialer/sip/sip_endpoint.h"

namespace bellwether::sip {

// What other threads ask of the sip thread, one type per request.
struct HangUpCommand {
    CallId call;
    HangUp how;
};
struct HoldCommand {
    CallId call;
    bool held;
    std::string sdp;
};
struct RingCommand {
    CallId call;
};
struct EarlyMediaCommand {
    CallId call;
    std::string sdp;
};
struct AnswerCommand {
    CallId call;
    std::string sdp;
};
struct RejectCommand {
    CallId call;
    int status;
    Headers headers;
};
struct SetAccountsCommand {
    std::vector<Account> accounts;
};
struct UnregisterCommand {
    std::string user;
};
/// Stands in for an invite that found the queue full, so that it still ends in an event.
struct OverflowCommand {
    CallId call;
};
struct StopCommand {};

using Command =
    std::variant<StopCommand, TrunkInvite, PhoneInvite, UriInvite, HangUpCommand, HoldCommand,
                 RingCommand, EarlyMediaCommand, AnswerCommand, RejectCommand, SetAccountsCommand,
                 RegisterClient, UnregisterCommand, OverflowCommand>;

/// Many threads in, the sip thread out, woken through a file descriptor its event loop can watch.
///
/// Bounded: from kInvitesMax pending commands on, an invite shrinks to an OverflowCommand;
/// kCommandsMax is checked, because a sip thread that far behind has stopped and calls can no
/// longer be ended.
class CommandQueue {
public:
    CommandQueue();
    ~CommandQueue();
    CommandQueue(const CommandQueue&) = delete;
    CommandQueue& operator=(const CommandQueue&) = delete;

    void push(Command command);
    /// Takes all commands in order and resets the descriptor. Sip thread only.
    [[nodiscard]] std::vector<Command> take();
    [[nodiscard]] int wake_fd() const { return wake_fd_; }  ///< readable while commands wait

private:
    int wake_fd_;
    std::mutex mutex_;
    std::vector<Command> pending_;
};

/// 4096 invites are over four seconds of work at the 1,000 calls/s this stack was measured at
/// (sip.md §2).
inline constexpr std::size_t kInvitesMax = 4096;
inline constexpr std::size_t kCommandsMax = 1'000'000;

}  // namespace bellwether::sip
