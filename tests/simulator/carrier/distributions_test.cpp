#include "simulator/carrier/distributions.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace bellwether::carrier {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Distributions, EveryKindOfOptionIsRead) {
    Distributions of;
    for (const char* option :
         {"answer=0.5", "status_503=0", "early_media=1", "machine=0.3", "screener_accepts=0",
          "sit=0.5", "record=9", "talk=2.5", "talk_sd=0.5", "ring_limit=12", "speed=3",
          "opt_out_key=*", "keypad_for=+12025550199,+1303", "answers=1-3,7,18-90#"}) {
        EXPECT_TRUE(set_option(of, option)) << option;
    }
    EXPECT_DOUBLE_EQ(of.answer, 0.5);
    EXPECT_DOUBLE_EQ(of.fail_weights[2], 0);
    EXPECT_EQ(of.early_media, Probability{1});
    EXPECT_DOUBLE_EQ(of.machine, 0.3);
    EXPECT_EQ(of.screener_accepts, Probability{0});
    EXPECT_EQ(of.sit, Probability{0.5});
    EXPECT_EQ(of.record.mean, seconds{9});
    EXPECT_EQ(of.talk.mean, milliseconds{2500});
    EXPECT_EQ(of.talk.sd, milliseconds{500});
    EXPECT_EQ(of.ring_limit, seconds{12});
    EXPECT_DOUBLE_EQ(of.speed, 3);
    EXPECT_EQ(of.opt_out_key, '*');
    EXPECT_EQ(of.keypad_for, (std::vector<std::string>{"+12025550199", "+1303"}));
    EXPECT_EQ(of.answers, (std::vector<AnswerRange>{{1, 3, false}, {7, 7, false}, {18, 90, true}}));
}

TEST(Distributions, ALongMeanWidensTheClamp) {
    Distributions of;
    ASSERT_TRUE(set_option(of, "talk=90"));
    EXPECT_GE(of.talk.high, seconds{90});
    ASSERT_TRUE(set_option(of, "patience=1"));
    EXPECT_LE(of.patience.low, seconds{1});
}

class WrongOption : public testing::TestWithParam<const char*> {};

TEST_P(WrongOption, IsRefusedAndChangesNothing) {
    Distributions of;
    of.busy = of.no_answer = of.fail = 0;  // so that answer=0 leaves no weight at all
    const auto set = set_option(of, GetParam());
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().code, Errc::InvalidInput);
    EXPECT_DOUBLE_EQ(of.answer, 0.35);
    EXPECT_EQ(of.answers.size(), 8u);
}

INSTANTIATE_TEST_SUITE_P(Table, WrongOption,
                         testing::Values("answer", "answer=", "answer=x", "answer=-1", "answer=0",
                                         "answer=nan", "answer=inf", "anser=1", "keys_silent=1.5",
                                         "talk=0", "talk=1e9", "talk=-1", "speed=0", "speed=-2",
                                         "opt_out_key=", "opt_out_key=12", "opt_out_key=A",
                                         "answers=3-1", "answers=a", "answers=1-", "answers=-1",
                                         "answers=1-3,,2", "answers=99999999999", "=1", ""));

}  // namespace
}  // namespace bellwether::carrier
