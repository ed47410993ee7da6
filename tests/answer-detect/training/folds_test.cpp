#include "answer-detect/training/folds.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace bellwether::answer_detect::training {
namespace {

std::vector<ClipIdentity> made_up(std::size_t count, std::size_t speakers, std::size_t texts) {
    std::vector<ClipIdentity> clips;
    for (std::size_t i = 0; i < count; ++i) {
        clips.push_back({"clip" + std::to_string(i),
                         i % 5 == 0 ? "-" : "s" + std::to_string(i * 7 % speakers),
                         i % 3 == 0 ? "" : "t" + std::to_string(i * 11 % texts)});
    }
    return clips;
}

TEST(Folds, JoinsClipsThroughSpeakersAndTexts) {
    const std::vector<ClipIdentity> clips = {{"a", "anna", "hello"}, {"b", "ben", "hello"},
                                             {"c", "ben", "yes"},    {"d", "carl", "no"},
                                             {"e", "-", ""},         {"f", "-", ""}};
    const auto fold = split(clips, 4);
    EXPECT_EQ(fold, (std::vector<std::size_t>{0, 0, 0, 1, 2, 3}));
}

RC_GTEST_PROP(Folds, HaveNoSpeakerAndNoTextInTwo, ()) {
    const auto clips =
        made_up(*rc::gen::inRange<std::size_t>(1, 120), *rc::gen::inRange<std::size_t>(1, 60),
                *rc::gen::inRange<std::size_t>(1, 60));
    const auto fold = split(clips, 5);
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        RC_ASSERT(fold[i] < 5U);
        for (const auto& word : {"speaker " + clips[i].speaker, "text " + clips[i].text}) {
            if (word == "speaker -" || word == "text ") continue;
            RC_ASSERT(seen.try_emplace(word, fold[i]).first->second == fold[i]);
        }
    }
}

TEST(Folds, DoNotDependOnTheOrderOfTheClips) {
    auto clips = made_up(60, 20, 30);
    const auto there = fold_list(clips, split(clips, 5));
    std::reverse(clips.begin(), clips.end());
    EXPECT_EQ(fold_list(clips, split(clips, 5)), there);
}

TEST(Folds, AreListedLineByLine) {
    const std::vector<ClipIdentity> clips = {{"b", "x", ""}, {"a", "x", ""}, {"c", "y", ""}};
    EXPECT_EQ(fold_list(clips, split(clips, 2)), "0 a\n0 b\n1 c\n");
}

TEST(Folds, TellWhatMustNotBeLearned) {
    Shared tested;
    tested.add({"a", "anna", "hello"});
    tested.add({"b", "-", ""});
    EXPECT_TRUE(tested.touches({"c", "anna", "no"}));
    EXPECT_TRUE(tested.touches({"d", "ben", "hello"}));
    EXPECT_FALSE(tested.touches({"e", "ben", "yes"}));
    EXPECT_FALSE(tested.touches({"f", "-", ""}));
}

}  // namespace
}  // namespace bellwether::answer_detect::training
