#include "dialer/sip/fork_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellwether::sip {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

struct ForkWatchTest : testing::Test {
    std::vector<CallId> extra;
    ForkWatch watch{[this](CallId call) { extra.push_back(call); }};
};

TEST_F(ForkWatchTest, EachFurtherBranchCountsOnce) {
    watch.watch("x", CallId{1});
    watch.answered("x", "a");
    watch.answered("x", "a");
    EXPECT_THAT(extra, IsEmpty());
    watch.answered("x", "b");
    watch.answered("x", "b");
    watch.answered("x", "a");
    EXPECT_THAT(extra, ElementsAre(CallId{1}));
    watch.answered("x", "c");
    EXPECT_THAT(extra, ElementsAre(CallId{1}, CallId{1}));
}

TEST_F(ForkWatchTest, CallsOfOthersAreIgnored) {
    watch.answered("stranger", "a");
    watch.answered("stranger", "b");
    EXPECT_THAT(extra, IsEmpty());
}

TEST_F(ForkWatchTest, ALateBranchCountsUntilItCannotComeAnyMore) {
    watch.watch("x", CallId{1});
    watch.answered("x", "a");
    watch.release("x", Elapsed{0});
    watch.expire(Elapsed{kForkMemory});
    watch.answered("x", "b");
    EXPECT_THAT(extra, ElementsAre(CallId{1}));
    watch.expire(Elapsed{kForkMemory} + 1ms);
    EXPECT_EQ(watch.size(), 0U);
}

}  // namespace
}  // namespace bellwether::sip
