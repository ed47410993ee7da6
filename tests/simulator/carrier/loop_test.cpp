#include "simulator/carrier/loop.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <vector>

namespace bellwether::carrier {
namespace {

using std::chrono::milliseconds;

TEST(Loop, RunsWhatWasPostedBeforeItStartedInOrder) {
    Loop loop;
    std::vector<int> seen;
    for (int i = 0; i < 5; ++i) loop.post([&seen, i] { seen.push_back(i); });
    loop.start();
    loop.finish();
    EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(Loop, TimersRunWhenDueNotWhenSet) {
    Loop loop;
    std::promise<std::vector<int>> done;
    std::vector<int> seen;
    loop.after(milliseconds{30}, [&] {
        seen.push_back(3);
        done.set_value(seen);
    });
    loop.after(milliseconds{10}, [&] { seen.push_back(1); });
    loop.after(milliseconds{10}, [&] { seen.push_back(2); });
    loop.start();
    auto result = done.get_future();
    ASSERT_EQ(result.wait_for(std::chrono::seconds{5}), std::future_status::ready);
    EXPECT_EQ(result.get(), (std::vector<int>{1, 2, 3}));
}

TEST(Loop, FinishRunsWhatIsPostedAndDropsTimers) {
    Loop loop;
    bool posted = false;
    bool timed = false;
    loop.start();
    loop.after(std::chrono::hours{1}, [&] { timed = true; });
    loop.post([&] { posted = true; });
    loop.finish();
    EXPECT_TRUE(posted);
    EXPECT_FALSE(timed);
    loop.post([&] { posted = false; });
    loop.finish();
    EXPECT_TRUE(posted);
}

}  // namespace
}  // namespace bellwether::carrier
