#include "dialer/media/retention.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "wav_files.h"

namespace bellwether::media::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr seconds kNow{1'800'000'000};

std::vector<std::string> names(const std::vector<KeptRecording>& recordings) {
    std::vector<std::string> found;
    for (const auto& recording : recordings) found.push_back(recording.file.string());
    return found;
}

TEST(Retention, WhatIsOldAndFreeGoesOldestFirst) {
    const std::vector<KeptRecording> all{{"new", kNow - hours{719}},
                                         {"just over", kNow - hours{720}},
                                         {"disputed", kNow - hours{9000}, true},
                                         {"old", kNow - hours{2000}},
                                         {"of tomorrow", kNow + hours{24}}};
    const auto over = expired(all, {.keep_for = hours{720}}, kNow);
    EXPECT_EQ(names(over), (std::vector<std::string>{"old", "just over"}));
    EXPECT_TRUE(expired(all, {}, kNow).empty()) << "without a rule for ever";
}

RC_GTEST_PROP(Retention, ALongerRuleNeverDeletesMore, ()) {
    std::vector<KeptRecording> all;
    for (const int age : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-100, 5000))) {
        all.push_back({std::to_string(all.size()), kNow - hours{age}, age % 7 == 0});
    }
    const auto shorter = *rc::gen::inRange(1, 4000);
    const auto few = names(expired(all, {.keep_for = hours{shorter + 100}}, kNow));
    const auto many = names(expired(all, {.keep_for = hours{shorter}}, kNow));
    for (const auto& name : few) {
        RC_ASSERT(std::find(many.begin(), many.end(), name) != many.end());
    }
}

TEST(Retention, DeletesRecordingsAndNothingElse) {
    const TempFolder folder;
    const auto recordings = folder / "recordings";
    std::filesystem::create_directories(recordings / "2026");
    std::filesystem::create_directories(recordings / "folder.wav");
    std::ofstream{recordings / "a.wav"} << "12345";
    std::ofstream{recordings / "2026" / "b.wav"} << "123";
    std::ofstream{folder / "accounts.db"} << "keep me";
    std::filesystem::create_symlink(folder / "accounts.db", recordings / "link.wav");
    const auto deletions = delete_recordings(recordings, {{recordings / "a.wav"},
                                                          {recordings / "2026" / "b.wav"},
                                                          {recordings / "gone.wav"},
                                                          {recordings / ".." / "accounts.db"},
                                                          {recordings / "link.wav"},
                                                          {recordings / "folder.wav"},
                                                          {recordings}});
    using Outcome = Deletion::Outcome;
    std::vector<Outcome> outcomes;
    for (const auto& deletion : deletions) {
        outcomes.push_back(deletion.outcome);
        EXPECT_EQ(deletion.detail.empty(), deletion.outcome != Outcome::Kept) << deletion.file;
    }
    EXPECT_EQ(outcomes,
              (std::vector<Outcome>{Outcome::Deleted, Outcome::Deleted, Outcome::WasGone,
                                    Outcome::Kept, Outcome::Kept, Outcome::Kept, Outcome::Kept}));
    EXPECT_EQ(deletions[0].bytes, 5U);
    EXPECT_FALSE(std::filesystem::exists(recordings / "a.wav"));
    EXPECT_TRUE(std::filesystem::exists(folder / "accounts.db"));
}

}  // namespace
}  // namespace bellwether::media::test
