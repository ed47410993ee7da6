#include "answer-detect/message_moment.h"

#include <gtest/gtest.h>

#include <vector>

namespace bellwether::answer_detect {
namespace {

/// Frames until the moment comes, at most `frames`; 0: it does not.
int moment_after(MessageMoment& moment, const Evidence& evidence, int frames) {
    for (int i = 1; i <= frames; ++i) {
        if (moment.push({}, evidence, true)) return i;
    }
    return 0;
}

TEST(MessageMoment, IsSixtyMillisecondsAfterTheBeep) {
    MessageMoment moment;
    const std::vector<Event> ended{{.kind = EventKind::BeepEnd}};
    EXPECT_FALSE(moment.push(ended, {}, true));
    EXPECT_EQ(moment_after(moment, {}, 50), 3);
    EXPECT_EQ(moment_after(moment, {}, 50), 0) << "once";
}

TEST(MessageMoment, WaitsForTheSecondOfTwoBeeps) {
    MessageMoment moment;
    const std::vector<Event> ended{{.kind = EventKind::BeepEnd}};
    const std::vector<Event> started{{.kind = EventKind::BeepStart}};
    EXPECT_FALSE(moment.push(ended, {}, true));
    EXPECT_FALSE(moment.push(started, {}, true));
    EXPECT_EQ(moment_after(moment, {}, 50), 0);
    EXPECT_FALSE(moment.push(ended, {}, true));
    EXPECT_EQ(moment_after(moment, {}, 50), 3);
}

TEST(MessageMoment, IsSilenceAfterALongGreeting) {
    MessageMoment moment;
    EXPECT_FALSE(moment.push({}, {.speech_s = 3.9, .pause_s = 5}, true)) << "too short a greeting";
    EXPECT_FALSE(moment.push({}, {.speech_s = 8, .pause_s = 1.5}, true)) << "it may go on";
    EXPECT_TRUE(moment.push({}, {.speech_s = 8, .pause_s = 1.6}, true));
}

TEST(MessageMoment, NeverComesWhileNoMachineIsKnown) {
    MessageMoment moment;
    const std::vector<Event> ended{{.kind = EventKind::BeepEnd}};
    EXPECT_FALSE(moment.push(ended, {}, false));
    for (int i = 0; i < 100; ++i)
        EXPECT_FALSE(moment.push({}, {.speech_s = 9, .pause_s = 9}, false));
    EXPECT_TRUE(moment.push({}, {}, true)) << "the beep was before the verdict";
}

}  // namespace
}  // namespace bellwether::answer_detect
