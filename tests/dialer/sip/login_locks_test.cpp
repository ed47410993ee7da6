#include "dialer/sip/login_locks.h"

#include <gtest/gtest.h>

namespace bellwether::sip {
namespace {

using namespace std::chrono_literals;

constexpr Elapsed kStart{1'000};

TEST(LoginLocks, TheThirdFailureLocksThatUserFromThatAddress) {
    LoginLocks locks;
    EXPECT_FALSE(locks.failed("a", "192.0.2.1", kStart));
    EXPECT_FALSE(locks.failed("a", "192.0.2.1", kStart));
    EXPECT_FALSE(locks.locked("a", "192.0.2.1", kStart));
    EXPECT_TRUE(locks.failed("a", "192.0.2.1", kStart));
    EXPECT_TRUE(locks.locked("a", "192.0.2.1", kStart));
    EXPECT_FALSE(locks.locked("a", "192.0.2.2", kStart));
    EXPECT_FALSE(locks.locked("b", "192.0.2.1", kStart));
}

TEST(LoginLocks, ALockEndsByItself) {
    LoginLocks locks;
    for (int i = 0; i < kLoginFailuresMax; ++i) locks.failed("a", "192.0.2.1", kStart);
    EXPECT_TRUE(locks.locked("a", "192.0.2.1", kStart + kLoginLock - 1ms));
    EXPECT_FALSE(locks.locked("a", "192.0.2.1", kStart + kLoginLock));
    EXPECT_FALSE(locks.failed("a", "192.0.2.1", kStart + kLoginLock));  // counts from one again
}

TEST(LoginLocks, SuccessForgetsFailures) {
    LoginLocks locks;
    locks.failed("a", "192.0.2.1", kStart);
    locks.failed("a", "192.0.2.1", kStart);
    locks.succeeded("a", "192.0.2.1");
    EXPECT_FALSE(locks.failed("a", "192.0.2.1", kStart));
}

TEST(LoginLocks, AScanDoesNotEatMemory) {
    LoginLocks locks;
    for (std::size_t i = 0; i < kLoginPairsMax + 500; ++i) {
        locks.failed(std::to_string(i), "192.0.2.1", kStart);
    }
    EXPECT_LE(locks.size(), kLoginPairsMax);
}

}  // namespace
}  // namespace bellwether::sip
