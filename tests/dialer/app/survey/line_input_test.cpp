#include "dialer/app/survey/line_input.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace bellwether::app {
namespace {

/// A pipe with something in it; its writing end is closed unless it is kept open.
class Typed {
public:
    explicit Typed(const std::string& text, bool more_may_come = false) {
        EXPECT_EQ(pipe(ends_.data()), 0);
        EXPECT_EQ(write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
        if (!more_may_come) close(std::exchange(ends_[1], -1));
    }
    ~Typed() {
        close(ends_[0]);
        if (ends_[1] >= 0) close(ends_[1]);
    }
    [[nodiscard]] int descriptor() const { return ends_[0]; }

private:
    std::array<int, 2> ends_{-1, -1};
};

TEST(LineInput, GivesLineByLineAlsoTheLastWithoutItsEnd) {
    const Typed typed{"1\r\n\nwords"};
    LineInput input{typed.descriptor()};
    EXPECT_EQ(input.next().value(), "1");
    EXPECT_EQ(input.next().value(), "");
    EXPECT_EQ(input.next().value(), "words");
    EXPECT_EQ(input.next().value(), std::nullopt);
    EXPECT_EQ(input.next().value(), std::nullopt);
    EXPECT_FALSE(input.is_terminal());
}

TEST(LineInput, EndsWithCtrlC) {
    const Typed typed{"", true};
    LineInput input{typed.descriptor()};
    raise(SIGINT);  // before the wait
    EXPECT_EQ(input.next().value(), std::nullopt);
}

TEST(LineInput, EndsWithCtrlCAlsoWhereItWasHeldBack) {
    sigset_t held;
    sigset_t before;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    {
        const Typed typed{"", true};
        LineInput input{typed.descriptor()};
        raise(SIGINT);
        EXPECT_EQ(input.next().value(), std::nullopt);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(LineInput, NamesTheLineThatIsNoText) {
    const Typed typed{"1\n\xC3(\n"};
    LineInput input{typed.descriptor()};
    EXPECT_TRUE(input.next());
    const auto line = input.next();
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().detail, "line 2 of the input: byte 1 is not UTF-8");
}

}  // namespace
}  // namespace bellwether::app
