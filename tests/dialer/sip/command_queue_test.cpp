#include "dialer/sip/command_queue.h"

#include <gtest/gtest.h>
#include <poll.h>

namespace bellwether::sip {
namespace {

bool readable(const CommandQueue& queue) {
    pollfd wait{.fd = queue.wake_fd(), .events = POLLIN, .revents = 0};
    return poll(&wait, 1, 0) == 1;
}

PhoneInvite invite(std::uint64_t call) {
    return {.call = CallId{call}, .user = "a", .caller_id = {}, .sdp = {}, .headers = {}};
}

TEST(CommandQueue, GivesCommandsInOrderAndWakesItsReader) {
    CommandQueue queue;
    EXPECT_FALSE(readable(queue));
    queue.push(RingCommand{CallId{1}});
    queue.push(HangUpCommand{CallId{2}, {}});
    EXPECT_TRUE(readable(queue));

    const auto commands = queue.take();
    ASSERT_EQ(commands.size(), 2U);
    EXPECT_EQ(std::get<RingCommand>(commands[0]).call, CallId{1});
    EXPECT_EQ(std::get<HangUpCommand>(commands[1]).call, CallId{2});
    EXPECT_FALSE(readable(queue));
    EXPECT_TRUE(queue.take().empty());
}

TEST(CommandQueue, WakesAgainAfterBeingEmptied) {
    CommandQueue queue;
    queue.push(StopCommand{});
    (void)queue.take();
    queue.push(StopCommand{});
    EXPECT_TRUE(readable(queue));
}

TEST(CommandQueue, InvitesBeyondTheLimitShrinkAndEverythingElsePasses) {
    CommandQueue queue;
    for (std::uint64_t i = 1; i <= kInvitesMax + 1; ++i) queue.push(invite(i));
    queue.push(HangUpCommand{CallId{5}, {}});

    const auto commands = queue.take();
    ASSERT_EQ(commands.size(), kInvitesMax + 2);
    EXPECT_TRUE(std::holds_alternative<PhoneInvite>(commands[kInvitesMax - 1]));
    EXPECT_EQ(std::get<OverflowCommand>(commands[kInvitesMax]).call, CallId{kInvitesMax + 1});
    EXPECT_TRUE(std::holds_alternative<HangUpCommand>(commands[kInvitesMax + 1]));
}

}  // namespace
}  // namespace bellwether::sip
