#include "answer-detect/evaluation/scores.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::answer_detect::evaluation {
namespace {

using training::ClipClass;
using training::LabelledClip;

constexpr double kLengthS = 10;

LabelledClip clip_of(ClipClass cls, std::string sub = {}) {
    LabelledClip clip;
    clip.cls = cls;
    clip.sub = std::move(sub);
    clip.speech_start = 0.5;
    clip.greet_end = 1.5;
    return clip;
}

Heard heard_as(Verdict verdict, double at_s = 2.0) {
    Heard heard;
    heard.verdict = verdict;
    if (verdict != Verdict::Unsure) heard.at_s = at_s;
    return heard;
}

/// The posterior rises in steps: `low` up to `until_s`, then `high`.
Heard with_posterior(Heard heard, double until_s, float low, float high) {
    for (int tenth = 1; tenth <= 100; ++tenth) {
        const double at_s = tenth * 0.1;
        heard.posterior.push_back({at_s, at_s <= until_s + 1e-9 ? low : high});
    }
    return heard;
}

TEST(Expected, MapsLabelsToVerdicts) {
    EXPECT_EQ(expected(clip_of(ClipClass::Human)), Verdict::Human);
    EXPECT_EQ(expected(clip_of(ClipClass::Machine, "carrier")), Verdict::Machine);
    EXPECT_EQ(expected(clip_of(ClipClass::Machine, "screen")), Verdict::Screener);
    EXPECT_EQ(expected(clip_of(ClipClass::Silence, "cn")), Verdict::NoSpeech);
    EXPECT_EQ(expected(clip_of(ClipClass::Busy, "us-busy")), Verdict::Busy);
    EXPECT_EQ(expected(clip_of(ClipClass::Busy, "us-reorder")), Verdict::Congestion);
    EXPECT_EQ(expected(clip_of(ClipClass::Fax, "cng")), Verdict::Fax);
    EXPECT_EQ(expected(clip_of(ClipClass::Sit, "VC")), Verdict::Sit);
    EXPECT_EQ(expected(clip_of(ClipClass::Ringback, "de")), Verdict::Ringback);
    EXPECT_EQ(expected(clip_of(ClipClass::Music)), Verdict::Music);
}

TEST(Scorer, CountsPeopleAndMachines) {
    Scorer scorer;
    scorer.add(clip_of(ClipClass::Human), kLengthS, heard_as(Verdict::Human));
    scorer.add(clip_of(ClipClass::Human), kLengthS, heard_as(Verdict::Machine));
    scorer.add(clip_of(ClipClass::Human), kLengthS, heard_as(Verdict::Unsure));
    scorer.add(clip_of(ClipClass::Machine), kLengthS, heard_as(Verdict::Machine));
    scorer.add(clip_of(ClipClass::Fax), kLengthS, heard_as(Verdict::Fax));
    const Scores scores = scorer.scores();
    EXPECT_EQ(scores.humans, 3);
    EXPECT_EQ(scores.machines, 1);
    EXPECT_DOUBLE_EQ(*scores.human_to_machine.value(), 1.0 / 3);
    EXPECT_DOUBLE_EQ(*scores.machine_recall.value(), 1.0);
    EXPECT_DOUBLE_EQ(*scores.accuracy.value(), 0.5);
    EXPECT_EQ(scores.by_class.at(Verdict::Human).at(Verdict::Unsure), 1);
    EXPECT_EQ(scores.by_class.at(Verdict::Fax).at(Verdict::Fax), 1);
}

TEST(Scorer, KeepsScreenersApart) {
    Scorer scorer;
    scorer.add(clip_of(ClipClass::Machine, "screen"), kLengthS, heard_as(Verdict::Machine));
    const Scores scores = scorer.scores();
    EXPECT_EQ(scores.machines, 0);
    EXPECT_EQ(scores.accuracy.of, 0);
    EXPECT_EQ(scores.by_class.at(Verdict::Screener).at(Verdict::Machine), 1);
    EXPECT_FALSE(scores.false_beeps_per_min());
}

TEST(Scorer, MeasuresTheWaitOfPeopleJudgedHuman) {
    Scorer scorer;
    scorer.add(clip_of(ClipClass::Human), kLengthS, heard_as(Verdict::Human, 2.0));
    scorer.add(clip_of(ClipClass::Human), kLengthS, heard_as(Verdict::Human, 4.0));
    scorer.add(clip_of(ClipClass::Human), kLengthS, heard_as(Verdict::Machine, 9.0));
    LabelledClip cut = clip_of(ClipClass::Human);
    cut.greet_end = kLengthS + 1;  // beyond the clip: no label at all
    scorer.add(cut, kLengthS, heard_as(Verdict::Human, 5.0));
    const Scores scores = scorer.scores();
    EXPECT_DOUBLE_EQ(*scores.after_greeting_p50_s, 1.5);
    EXPECT_DOUBLE_EQ(*scores.after_greeting_p90_s, 2.3);
    EXPECT_EQ(scores.over_2s.count, 1);
    EXPECT_EQ(scores.over_2s.of, 2);
}

TEST(Scorer, ComparesPosteriorsAtTimesAfterTheLabelledOnset) {
    Scorer scorer;  // onset 0.5 s: 1.0 s after it both say 0.2, 1.5 s after it the machine says 0.9
    scorer.add(clip_of(ClipClass::Human), kLengthS,
               with_posterior(heard_as(Verdict::Human), 10, 0.2F, 0.2F));
    scorer.add(clip_of(ClipClass::Machine), kLengthS,
               with_posterior(heard_as(Verdict::Machine), 1.9, 0.2F, 0.9F));
    const Scores scores = scorer.scores();
    EXPECT_EQ(scores.auc[0], 0.5);
    EXPECT_EQ(scores.auc[1], 1.0);
    EXPECT_EQ(scores.auc[4], 1.0);
}

TEST(Scorer, FindsBeepsThatOverlapWithinATenth) {
    LabelledClip clip = clip_of(ClipClass::Machine);
    clip.beep_start = 6.0;
    clip.beep_end = 6.4;
    const auto heard_beep = [](double start_s, double end_s) {
        Heard heard = heard_as(Verdict::Machine);
        heard.beeps.push_back({start_s, end_s, {1000, 0}});
        return heard;
    };
    Scorer scorer;
    scorer.add(clip, kLengthS, heard_beep(6.05, 6.4));
    scorer.add(clip, kLengthS, heard_beep(6.49, 6.8));  // within the tolerance
    scorer.add(clip, kLengthS, heard_beep(2.0, 2.3));   // another one, and the true one missed
    scorer.add(clip, kLengthS, heard_as(Verdict::Machine));
    LabelledClip cut = clip;
    scorer.add(cut, 5.0, heard_as(Verdict::Machine));  // the beep lies beyond the end
    const Scores scores = scorer.scores();
    EXPECT_EQ(scores.beep_recall.count, 2);
    EXPECT_EQ(scores.beep_recall.of, 4);
    EXPECT_EQ(scores.false_beeps, 1);
    EXPECT_DOUBLE_EQ(*scores.false_beeps_per_min(), 60.0 / 45.0);
}

TEST(Scorer, HasNoFiguresWithoutClips) {
    const Scores scores = Scorer{}.scores();
    EXPECT_FALSE(scores.accuracy.value());
    EXPECT_FALSE(scores.auc[0]);
    EXPECT_FALSE(scores.after_greeting_p50_s);
    EXPECT_TRUE(scores.by_class.empty());
}

}  // namespace
}  // namespace bellwether::answer_detect::evaluation
