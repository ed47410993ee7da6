#include "dialer/app/survey/child_program.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;

TEST(ChildProgram, GivesOutputComplaintsAndExitCode) {
    const auto end = run_program({"sh", "-c", "cat; echo out; echo err >&2; exit 3"}, {});
    ASSERT_TRUE(end);
    EXPECT_EQ(end->out, "out\n");
    EXPECT_EQ(end->err, "err\n");
    EXPECT_EQ(end->code, 3);
    EXPECT_EQ(run_program({"sh", "-c", "kill -TERM $$"}, {})->code, 143);
}

TEST(ChildProgram, HandsWordsOverWithoutAShell) {
    EXPECT_EQ(run_program({"echo", "$HOME; `id`", "a b"}, {})->out, "$HOME; `id` a b\n");
}

TEST(ChildProgram, EndsWhatPrintsTooMuchOrTakesTooLong) {
    const auto much = run_program({"yes"}, {.output_bytes_max = 10'000});
    ASSERT_FALSE(much);
    EXPECT_EQ(much.error().code, Errc::Exhausted);
    const auto slow = run_program({"cat", "/dev/zero"}, {.within = 0ms});
    ASSERT_FALSE(slow);
    EXPECT_EQ(slow.error().code, Errc::Exhausted);
}

TEST(ChildProgram, SaysWhatIsNotThere) {
    const auto end = run_program({"no-such-program-here"}, {});
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().code, Errc::NotFound);
}

}  // namespace
}  // namespace bellwether::app
