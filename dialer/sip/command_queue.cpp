#include "dialer/sip/command_queue.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

#include "base/check.h"

namespace bellwether::sip {
namespace {

std::optional<CallId> invited_call(const Command& command) {
    if (const auto* invite = std::get_if<TrunkInvite>(&command)) return invite->call;
    if (const auto* invite = std::get_if<PhoneInvite>(&command)) return invite->call;
    if (const auto* invite = std::get_if<UriInvite>(&command)) return invite->call;
    if (const auto* invite = std::get_if<TargetInvite>(&command)) return invite->call;
    return std::nullopt;
}

}  // namespace

CommandQueue::CommandQueue() : wake_fd_{eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)} {
    BW_CHECK(wake_fd_ >= 0);
}

CommandQueue::~CommandQueue() { close(wake_fd_); }

void CommandQueue::push(Command command) {
    bool first = false;
    {
        const std::lock_guard lock{mutex_};
        BW_CHECK(pending_.size() < kCommandsMax);
        const auto call = invited_call(command);
        if (call && pending_.size() >= kInvitesMax) command = OverflowCommand{*call};
        first = pending_.empty();
        pending_.push_back(std::move(command));
    }
    if (first) {
        const std::uint64_t one = 1;
        BW_CHECK(write(wake_fd_, &one, sizeof one) == sizeof one);
    }
}

std::vector<Command> CommandQueue::take() {
    const std::lock_guard lock{mutex_};
    std::uint64_t count = 0;
    [[maybe_unused]] const auto size =
        read(wake_fd_, &count, sizeof count);  // empty when nothing waits
    return std::exchange(pending_, {});
}

}  // namespace bellwether::sip
