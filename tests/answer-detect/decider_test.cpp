#include "answer-detect/decider.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace bellwether::answer_detect {
namespace {

constexpr double kStepS = 0.040;

// The thresholds that the cases below are written for, whatever the shipped ones are.
Policy plain() {
    Policy policy;
    policy.machine_log_odds = 3;
    policy.machine_late_log_odds = 1;
    policy.machine_ramp_s = 2;
    policy.machine_hold_steps = 3;
    policy.machine_after_s = 0.5;
    policy.human_log_odds = -2;
    policy.human_pause_s = 0.5;
    policy.human_late_log_odds = 0;
    policy.human_late_s = 0.5;
    policy.decide_after_s = 4;
    policy.decide_pause_s = 1.5;
    policy.no_speech_s = 3.5;
    return policy;
}

// Plays what the model hears to a decider, and keeps what it says and when.
class Call {
public:
    explicit Call(const Policy& policy = plain(), float prior = 0) : decider_(policy, prior) {}

    Call& hear(double seconds, float voice, float log_odds) {
        return hear(seconds, {.voice = voice, .level_dbm0 = -20, .floor_dbm0 = -50}, log_odds);
    }
    Call& hear(double seconds, const Hearing& hearing, float log_odds = 0) {
        for (double s = 0; s < seconds - kStepS / 2; s += kStepS) {
            around_.now_s += kStepS;
            note(decider_.step(hearing, log_odds, around_));
        }
        return *this;
    }
    Call& speech(double seconds, float log_odds) { return hear(seconds, 1, log_odds); }
    Call& pause(double seconds, float log_odds) { return hear(seconds, 0, log_odds); }
    Call& beep() {
        note(decider_.beep(around_.now_s));
        return *this;
    }
    Call& beep_end() {
        decider_.beep_ended(around_.now_s);
        return *this;
    }
    Call& tone(Verdict kind) {
        note(decider_.tone(kind));
        return *this;
    }
    Decider::Around& around() { return around_; }
    [[nodiscard]] const Decider& decider() const { return decider_; }

    std::vector<Verdict> verdicts;
    std::vector<double> at_s;
    double greeting_end_known_s = -1;

private:
    void note(const Decider::Outcome& outcome) {
        if (outcome.greeting_ended) greeting_end_known_s = around_.now_s;
        if (!outcome.verdict) return;
        verdicts.push_back(*outcome.verdict);
        at_s.push_back(around_.now_s);
    }

    Decider decider_;
    Decider::Around around_;
};

void expect_one(const Call& call, Verdict verdict, double at_s) {
    ASSERT_EQ(call.verdicts.size(), 1U);
    EXPECT_EQ(name_of(call.verdicts[0]), name_of(verdict));
    EXPECT_NEAR(call.at_s[0], at_s, 0.05);
}

TEST(Decider, CallsAClearPersonOneInTheFirstPause) {
    Call call;
    call.pause(1, 0).speech(0.8, -1).pause(1, -3);
    expect_one(call, Verdict::Human, 2.3);
    EXPECT_NEAR(call.decider().greeting_end_s(), 1.8, 0.05);
}

TEST(Decider, AsksForLessTheLongerThePauseIs) {
    Call call;
    call.speech(0.8, -1).pause(1.5, -1);
    expect_one(call, Verdict::Human, 1.8);
    Call later;
    later.speech(0.8, 0).pause(2, 0.5F);  // over all thresholds of a person: the pause decides
    expect_one(later, Verdict::Human, 2.3);
}

TEST(Decider, CallsAMachineOneThatStaysOverItsThreshold) {
    Call call;
    call.speech(1, 0).speech(0.08, 4).speech(0.04, 2).speech(1, 4);
    expect_one(call, Verdict::Machine, 1.24);
    EXPECT_EQ(call.decider().threshold(), 3);
}

TEST(Decider, NeverCallsAMachineWithinHalfASecond) {
    Call call;
    call.pause(0.4, 9).speech(1, 9);
    expect_one(call, Verdict::Machine, 0.92);
}

TEST(Decider, AsksForLessOfAMachineThatSpeaksOnAndOn) {
    Call call;
    call.speech(4, 2.1F);  // the threshold falls from 3 at 2 s to 1 at 4 s
    expect_one(call, Verdict::Machine, 3.04);
}

TEST(Decider, GivesThePersonWhatIsUnsureInTheEnd) {
    Call call;
    call.speech(6, 0.9F);
    expect_one(call, Verdict::Human, 4);
}

TEST(Decider, AddsThePriorToWhatItHears) {
    Call call(plain(), 1);
    call.speech(1.5, 2.2F);
    expect_one(call, Verdict::Machine, 0.52);
    EXPECT_FLOAT_EQ(call.decider().log_odds(), 3.2F);
}

TEST(Decider, CallsSilenceNoSpeechNeverAMachine) {
    Call call;
    call.pause(8, 9);
    expect_one(call, Verdict::NoSpeech, 3.5);
}

TEST(Decider, CallsTheChatterOfARoomNoSpeech) {
    Call call;
    const Hearing chatter{.voice = 1, .level_dbm0 = -41, .floor_dbm0 = -45};
    const Hearing murmur{.voice = 1, .level_dbm0 = -43, .floor_dbm0 = -45};
    call.hear(0.4, chatter, 5).hear(6, murmur, 5);
    expect_one(call, Verdict::NoSpeech, 3.5);
}

TEST(Decider, WaitsLongerWhereNoMediaComes) {
    Call call;
    call.around().media = false;
    call.pause(8, 9);
    expect_one(call, Verdict::NoSpeech, 5.5);
}

TEST(Decider, StartsItsClocksAtTheOnsetOfSpeech) {
    Call call;
    call.around().media = false;
    call.pause(5, 0);  // a carrier's digital silence
    call.around().media = true;
    call.speech(0.7, -1).pause(1, -3);
    expect_one(call, Verdict::Human, 6.2);
}

TEST(Decider, TakesBackNoSpeechWhenSomebodySpeaks) {
    Call call;
    call.pause(4, 0).speech(0.6, -1).pause(1, -3);
    ASSERT_EQ(call.verdicts.size(), 2U);
    EXPECT_EQ(call.verdicts[1], Verdict::Human);
}

TEST(Decider, TakesATonesBeginningForNoVoice) {
    Call call;
    call.around().tone = true;
    call.speech(2, 9);
    EXPECT_TRUE(call.verdicts.empty());
    call.tone(Verdict::Busy);
    expect_one(call, Verdict::Busy, 2);
}

TEST(Decider, TakesBackAnOnsetThatWasATonesBeginning) {
    Call call;
    call.pause(1, 0).speech(0.2, 0);
    EXPECT_TRUE(call.decider().speech().started());
    call.around().tone = true;
    call.around().tone_start_s = 1;
    call.speech(0.04, 0);
    EXPECT_FALSE(call.decider().speech().started());
    call.tone(Verdict::Ringback);
    expect_one(call, Verdict::Ringback, 1.24);
}

TEST(Decider, GivesAPersonAVoiceTooWeakForAnOnset) {
    Call call;
    const Hearing weak{.voice = 0.55F, .level_dbm0 = -40, .floor_dbm0 = -49};
    call.pause(1, 0).hear(1, weak, -1).pause(5, -1);
    expect_one(call, Verdict::Human, 4.3);
}

TEST(Decider, WaitsForAToneThatMayCome) {
    Call call;
    call.around().tone_pending = true;
    call.pause(5, 0);
    EXPECT_TRUE(call.verdicts.empty());
}

TEST(Decider, HearsNoRingingOnceSomebodySpoke) {
    Call call;
    call.speech(0.5, 0).tone(Verdict::Ringback);
    EXPECT_TRUE(call.verdicts.empty());
    call.tone(Verdict::Fax);
    expect_one(call, Verdict::Fax, 0.5);
}

TEST(Decider, NeverMistakesANetworksToneForAPerson) {
    Call call;
    call.pause(1, 0).tone(Verdict::Sit).speech(3, -9).pause(3, -9);
    expect_one(call, Verdict::Sit, 1);
}

TEST(Decider, TellsAScreenerFromAMachine) {
    Call call;
    Hearing hearing{.voice = 1, .screener = 0.95F, .level_dbm0 = -20, .floor_dbm0 = -50};
    call.hear(3, hearing, 4);
    ASSERT_FALSE(call.verdicts.empty());
    EXPECT_EQ(name_of(call.verdicts[0]), "SCREENER");
}

TEST(Decider, EndsTheGreetingOfAMachineLaterThanThatOfAPerson) {
    Call machine;
    machine.speech(2, 5).pause(3, 5);
    EXPECT_NEAR(machine.greeting_end_known_s, 3.6, 0.05);
    Call person;
    person.speech(1, -3).pause(3, -3);
    EXPECT_NEAR(person.greeting_end_known_s, 1.5, 0.05);
}

TEST(Decider, EndsTheGreetingWithTheBeep) {
    Call call;
    call.speech(2, 5).pause(0.5, 5).beep();
    EXPECT_NEAR(call.greeting_end_known_s, 2.5, 0.05);
    EXPECT_NEAR(call.decider().greeting_end_s(), 2, 0.05);
}

TEST(Decider, TurnsToAPersonWhoSpeaksAfterTheBeep) {
    Call call;
    call.speech(3, 5).pause(0.5, 5).beep().pause(0.6, 5).beep_end().pause(1, 5).speech(0.8, 5);
    ASSERT_EQ(call.verdicts.size(), 2U);
    EXPECT_EQ(call.verdicts[1], Verdict::Human);
}

TEST(Decider, TurnsToAPersonWhoAsksLongAfterTheGreeting) {
    Call call;
    call.speech(6, 5).pause(3, 1).speech(0.6, -0.5F).pause(1, -1);
    ASSERT_EQ(call.verdicts.size(), 2U);
    EXPECT_EQ(call.verdicts[1], Verdict::Human);
}

TEST(Decider, TakesASilentRecorderForNoPerson) {
    Call call;
    call.speech(6, 5).pause(8, -4);
    expect_one(call, Verdict::Machine, 0.52);
}

TEST(Decider, TurnsToAPersonWhoseGreetingWasShortAfterAll) {
    Call call;
    call.speech(3, 5).pause(1.5, -4);
    ASSERT_EQ(call.verdicts.size(), 2U);
    EXPECT_EQ(call.verdicts[1], Verdict::Human);
}

TEST(Decider, TurnsAVerdictRoundOnceAndOnlyWhenSure) {
    Call call;
    call.speech(1, -3).pause(1, -3).speech(2, 4);
    EXPECT_EQ(call.verdicts.size(), 1U);
    call.speech(1, 6);
    ASSERT_EQ(call.verdicts.size(), 2U);
    EXPECT_EQ(call.verdicts[1], Verdict::Machine);
    call.speech(2, -6).pause(2, -6);
    EXPECT_EQ(call.verdicts.size(), 2U);
}

}  // namespace
}  // namespace bellwether::answer_detect
