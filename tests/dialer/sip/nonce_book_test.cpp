#include "dialer/sip/nonce_book.h"

#include <gtest/gtest.h>

namespace bellwether::sip {
namespace {

using namespace std::chrono_literals;

constexpr Elapsed kStart{1'000};

TEST(NonceBook, ANonceIsGoodForItsAddressAndItsTime) {
    NonceBook book{"key"};
    const auto nonce = book.issue("192.0.2.1", kStart);
    EXPECT_EQ(book.judge(nonce, "192.0.2.1", kStart + kNonceLife), NonceState::Good);
    EXPECT_EQ(book.judge(nonce, "192.0.2.1", kStart + kNonceLife + 1ms), NonceState::Stale);
    EXPECT_EQ(book.judge(nonce, "192.0.2.2", kStart), NonceState::Stale);
}

TEST(NonceBook, NoncesOfOthersAreStale) {
    NonceBook book{"key"};
    NonceBook earlier_run{"another key"};
    EXPECT_EQ(book.judge(earlier_run.issue("192.0.2.1", kStart), "192.0.2.1", kStart),
              NonceState::Stale);
    auto changed = book.issue("192.0.2.1", kStart);
    changed.back() = changed.back() == '0' ? '1' : '0';
    EXPECT_EQ(book.judge(changed, "192.0.2.1", kStart), NonceState::Stale);
    EXPECT_EQ(book.judge("", "192.0.2.1", kStart), NonceState::Stale);
}

TEST(NonceBook, EachNonceIsNew) {
    NonceBook book{"key"};
    EXPECT_NE(book.issue("192.0.2.1", kStart), book.issue("192.0.2.1", kStart));
}

TEST(NonceBook, CountsMustGrow) {
    NonceBook book{"key"};
    const auto nonce = book.issue("192.0.2.1", kStart);
    EXPECT_TRUE(book.use(nonce, 1, kStart));
    EXPECT_FALSE(book.use(nonce, 1, kStart));
    EXPECT_TRUE(book.use(nonce, 3, kStart));
    EXPECT_FALSE(book.use(nonce, 2, kStart));
    EXPECT_FALSE(book.use(nonce, 0, kStart));
}

TEST(NonceBook, OnlyUsedNoncesAreRememberedAndOldOnesForgotten) {
    NonceBook book{"key"};
    for (int i = 0; i < 100; ++i) (void)book.issue("192.0.2.1", kStart);
    EXPECT_EQ(book.remembered(), 0U);
    EXPECT_TRUE(book.use(book.issue("192.0.2.1", kStart), 1, kStart));
    EXPECT_EQ(book.remembered(), 1U);
    const auto later = kStart + 2 * kNonceLife;
    EXPECT_TRUE(book.use(book.issue("192.0.2.1", later), 1, later));
    EXPECT_EQ(book.remembered(), 1U);
}

}  // namespace
}  // namespace bellwether::sip
