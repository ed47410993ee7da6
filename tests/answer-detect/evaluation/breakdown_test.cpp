#include "answer-detect/evaluation/breakdown.h"

#include <gtest/gtest.h>

namespace bellwether::answer_detect::evaluation {
namespace {

using training::ClipClass;
using training::LabelledClip;

LabelledClip easy_greeting() {
    LabelledClip clip;
    clip.cls = ClipClass::Human;
    clip.lang = "en";
    clip.noise = "street";
    clip.source = "prompt:somebody";
    clip.snr_db = 25;
    clip.level_dbm0 = -20;
    clip.speech_start = 0.5;
    clip.greet_end = 1.3;
    return clip;
}

Heard heard_as(Verdict verdict) {
    Heard heard;
    heard.verdict = verdict;
    return heard;
}

TEST(IsCleanShort, NeedsAllFourConditions) {
    EXPECT_TRUE(is_clean_short(easy_greeting()));
    LabelledClip noisy = easy_greeting();
    noisy.snr_db = 19;
    LabelledClip faint = easy_greeting();
    faint.level_dbm0 = -28;
    LabelledClip late = easy_greeting();
    late.speech_start = 1.6;
    late.greet_end = 2.0;
    LabelledClip longer = easy_greeting();
    longer.greet_end = 1.6;
    for (const auto& clip : {noisy, faint, late, longer}) EXPECT_FALSE(is_clean_short(clip));
}

TEST(Breakdown, CountsByEachProperty) {
    Breakdown breakdown;
    breakdown.add(easy_greeting(), 6, heard_as(Verdict::Human));
    breakdown.add(easy_greeting(), 6, heard_as(Verdict::Machine));
    LabelledClip machine = easy_greeting();
    machine.cls = ClipClass::Machine;
    machine.lang = "ru";
    machine.greet_end = 9;  // beyond the end of the clip
    breakdown.add(machine, 8, heard_as(Verdict::Machine));

    const auto& tables = breakdown.tables();
    const auto& english = tables.at("language").at("en");
    EXPECT_EQ(english.human_to_machine.count, 1);
    EXPECT_EQ(english.human_to_machine.of, 2);
    EXPECT_EQ(english.machine_recall.of, 0);
    EXPECT_EQ(tables.at("language").at("ru").machine_recall.count, 1);
    EXPECT_EQ(tables.at("noise").at("street").human_to_machine.of, 2);
    EXPECT_EQ(tables.at("snr_db").at("20 to 30").human_to_machine.of, 2);
    EXPECT_EQ(tables.at("level_dbm0").at("-20 to -15").human_to_machine.of, 2);
    EXPECT_EQ(tables.at("source").at("prompt").human_to_machine.of, 2);
    EXPECT_EQ(tables.at("greeting_s").at("under 1").human_to_machine.of, 2);
    EXPECT_EQ(tables.at("greeting_s").at("beyond the clip").machine_recall.of, 1);
    EXPECT_EQ(tables.at("clean_short").at("yes").human_to_machine.of, 2);
}

TEST(Breakdown, LeavesOutWhatIsNeitherPersonNorMachine) {
    Breakdown breakdown;
    LabelledClip fax;
    fax.cls = ClipClass::Fax;
    breakdown.add(fax, 6, heard_as(Verdict::Fax));
    LabelledClip screener;
    screener.cls = ClipClass::Machine;
    screener.sub = "screen";
    breakdown.add(screener, 6, heard_as(Verdict::Machine));
    EXPECT_TRUE(breakdown.tables().empty());
}

}  // namespace
}  // namespace bellwether::answer_detect::evaluation
