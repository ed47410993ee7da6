#include "answer-detect/decider.h"

#include <algorithm>

namespace bellwether::answer_detect {
namespace {

constexpr double kStepS = kFramesPerStep * kFrameS;

// What is no media is waited for longer: some carriers send up to 5 s of digital silence after the
// answer (research: answer-detect 2.2). 3.5 s of media are 5.5 s of nothing.
constexpr double kNoMediaWeight = 0.64;
constexpr float kClearDb =
    4.5F;  // of speech over the noise's floor; one call in a hundred has less
constexpr float kMaybeVoice = 0.3F;
constexpr double kMaybeSpeechS = 0.4;  // of a voice too weak for an onset: a person, when unsure
constexpr double kMaybeWaitS = 0.8;

constexpr double kTonesBeginningS = 0.3;

// Music has voices in it; a greeting may begin with some, or be spoken over some.
constexpr float kMusicPerStep = 0.04F / 1.0F;  // remembered for a second
constexpr float kMusicMaybe = 0.3F;            // from here on it takes away from the voice
constexpr float kMusic = 0.5F;
constexpr double kMusicS = 4.5;  // lead-ins of greetings are shorter

constexpr float kScreener = 0.9F;
constexpr int kScreenerSteps = 8;
constexpr double kScreenerAfterS = 1.0;
constexpr float kScreenerAtMachine = 0.8F;  // among machines it need only be the likelier

constexpr double kTurnPauseS = 0.5;     // a person who waits for an answer
constexpr double kMachinePauseS = 1.6;  // machines pause up to 1.35 s within their greetings

// After a verdict: what is heard must be plain to turn it round.
constexpr float kSureMachine = 5.3F;  // P = 0.995
constexpr int kSureMachineSteps = 12;
constexpr float kSureHuman = -2.0F;
constexpr int kSureHumanSteps = 10;
constexpr double kAgainUntilS = 15;  // the model has learned from beginnings
constexpr double kQuestionS = 1.5;
constexpr double kShortGreetingS = 5;
constexpr double kWordsAfterBeepS = 0.6;  // a recorder is silent after its beep; people are not
constexpr double kEchoOfBeepS = 0.3;
constexpr float kBeepLogOdds = 3.0F;  // false beeps on people: 2 in 100, docs/answer-detect.md

}  // namespace

Decider::Decider(const Policy& policy, float prior_log_odds)
    : policy_(policy), prior_log_odds_(prior_log_odds), log_odds_(prior_log_odds) {}

Decider::Outcome Decider::step(const Hearing& hearing, float log_odds, const Around& around) {
    Outcome outcome;
    if (around.tone && speech_.speech_s() <= kTonesBeginningS &&
        around.tone_start_s <= speech_.onset_s() + kTonesBeginningS) {
        speech_ = {};  // what began as a voice is a tone
    }
    music_ += kMusicPerStep * (hearing.music - music_);
    const float no_music = 1 - std::max(0.0F, music_ - kMusicMaybe);
    const float voice = around.tone ? 0.0F : hearing.voice * no_music;
    speech_.step(voice, hearing.level_dbm0, hearing.floor_dbm0, around.now_s);
    outcome.speech_started = speech_.started() && !told_start_;
    told_start_ = told_start_ || speech_.started();
    log_odds_ = log_odds + prior_log_odds_ + (beep_s_ >= 0 ? kBeepLogOdds : 0.0F);
    count(hearing, around);
    if (greeting_end_s_ < 0 && greeting_over()) {
        greeting_end_s_ = speech_.last_speech_s();
        outcome.greeting_ended = true;
    }
    settle(judge(), outcome);
    return outcome;
}

Decider::Outcome Decider::beep(double now_s) {
    Outcome outcome;
    beep_s_ = now_s;
    beep_end_s_ = -1;
    if (greeting_end_s_ < 0 && speech_.started()) {
        greeting_end_s_ = speech_.last_speech_s();
        outcome.greeting_ended = true;
    }
    return outcome;
}

Decider::Outcome Decider::tone(Verdict kind) {
    Outcome outcome;
    const bool anytime = kind == Verdict::Fax || kind == Verdict::Sit;
    const bool open =
        verdict_ == Verdict::Unsure || verdict_ == Verdict::NoSpeech || verdict_ == Verdict::Music;
    if (open && (anytime || !speech_.started())) {
        threshold_ = 0;
        settle(kind, outcome);
    }
    return outcome;
}

void Decider::count(const Hearing& hearing, const Around& around) {
    tone_pending_ = around.tone_pending;
    maybe_voice_ = hearing.voice >= kMaybeVoice && !around.tone;
    if (!spoken()) live_s_ += around.media ? kStepS : kNoMediaWeight * kStepS;
    music_s_ = music_ >= kMusic ? music_s_ + kStepS : std::max(0.0, music_s_ - kStepS);
    over_machine_ = log_odds_ > machine_threshold() ? over_machine_ + 1 : 0;
    over_screener_ = hearing.screener > kScreener ? over_screener_ + 1 : 0;
    if (over_screener_ == 0 && hearing.screener > kScreenerAtMachine && over_machine_ > 0) {
        over_screener_ = 1;
    }
    sure_machine_ = log_odds_ > kSureMachine ? sure_machine_ + 1 : 0;
    sure_human_ = log_odds_ < kSureHuman ? sure_human_ + 1 : 0;
}

// Chatter in the room is voices, too, but stands no higher than the rest of its noise.
bool Decider::spoken() const { return speech_.started() && speech_.snr_db() >= kClearDb; }

std::optional<Verdict> Decider::judge() {
    switch (verdict_) {
        case Verdict::Unsure:
        case Verdict::NoSpeech:
        case Verdict::Music:
            return spoken() ? judge_speech() : judge_silence();
        case Verdict::Human:
        case Verdict::Machine:
        case Verdict::Screener:
            return judge_again();
        default:
            return std::nullopt;  // the network's tones are never mistaken for speech
    }
}

std::optional<Verdict> Decider::judge_silence() const {
    if (music_s_ >= kMusicS) return Verdict::Music;
    if (live_s_ < policy_.no_speech_s || tone_pending_) return std::nullopt;
    if (speech_.maybe_s() >= kMaybeSpeechS && !speech_.started()) {
        return live_s_ >= policy_.no_speech_s + kMaybeWaitS ? std::optional(Verdict::Human)
                                                            : std::nullopt;
    }
    if ((maybe_voice_ && !speech_.started()) || music_s_ > 0) return std::nullopt;
    return Verdict::NoSpeech;
}

std::optional<Verdict> Decider::judge_speech() {
    const double since = speech_.since_onset_s();
    if (music_s_ >= kMusicS) return Verdict::Music;
    if (music_ >= kMusic && since < policy_.decide_after_s + kMusicS) return std::nullopt;
    if (since >= kScreenerAfterS && over_screener_ >= kScreenerSteps) return Verdict::Screener;
    threshold_ = machine_threshold();
    if (since >= policy_.machine_after_s && over_machine_ >= policy_.machine_hold_steps) {
        if (over_screener_ == 0) return Verdict::Machine;
        if (since >= kScreenerAfterS) return Verdict::Screener;
        return std::nullopt;  // it may be either
    }
    if (is_human()) return Verdict::Human;
    return std::nullopt;
}

// Whoever speaks on and on is no person who said hello: waiting longer would tell little more.
float Decider::machine_threshold() const {
    const double ramp = policy_.decide_after_s - policy_.machine_ramp_s;
    const double into = speech_.since_onset_s() - policy_.machine_ramp_s;
    const auto share = static_cast<float>(ramp > 0 ? std::clamp(into / ramp, 0.0, 1.0) : 0.0);
    return policy_.machine_log_odds +
           share * (policy_.machine_late_log_odds - policy_.machine_log_odds);
}

// The longer the pause, the less is asked for: at first human_log_odds, then human_late_log_odds,
// in the end nothing but not to be a machine.
bool Decider::is_human() {
    const double pause = speech_.pause_s();
    const bool late =
        speech_.since_onset_s() >= policy_.decide_after_s || pause >= policy_.decide_pause_s;
    if (late) return over_machine_ == 0;
    if (pause < policy_.human_pause_s) return false;
    const bool longer = pause >= policy_.human_pause_s + policy_.human_late_s;
    threshold_ = longer ? policy_.human_late_log_odds : policy_.human_log_odds;
    return log_odds_ < threshold_;
}

std::optional<Verdict> Decider::judge_again() const {
    if (turned_) return std::nullopt;
    if (verdict_ == Verdict::Human) {
        const bool machine =
            sure_machine_ >= kSureMachineSteps && speech_.since_onset_s() <= kAgainUntilS;
        return machine ? std::optional(Verdict::Machine) : std::nullopt;
    }
    if (is_person_after_all()) return Verdict::Human;
    const bool screened = verdict_ == Verdict::Machine && over_screener_ >= kScreenerSteps &&
                          speech_.since_onset_s() <= kAgainUntilS;
    return screened ? std::optional(Verdict::Screener) : std::nullopt;
}

// Signs of a person behind what was called a machine: words after the beep, where recorders are
// silent; a short word long after the greeting, and a pause for the answer; or a greeting that
// turns out to have been short.
bool Decider::is_person_after_all() const {
    if (beep_s_ >= 0) {
        return beep_end_s_ >= 0 && speech_.run_s() >= kWordsAfterBeepS &&
               speech_.last_speech_s() - speech_.run_s() > beep_end_s_ + kEchoOfBeepS;
    }
    if (speech_.pause_s() < kTurnPauseS) return false;
    const bool asks = speech_.pause_before_run_s() >= kMachinePauseS &&
                      speech_.run_s() <= kQuestionS && log_odds_ < 0;
    const double greeting_s = speech_.last_speech_s() - speech_.onset_s();
    return asks || (greeting_s <= kShortGreetingS && sure_human_ >= kSureHumanSteps);
}

bool Decider::greeting_over() const {
    const bool machine = verdict_ == Verdict::Machine || verdict_ == Verdict::Screener ||
                         (verdict_ == Verdict::Unsure && log_odds_ > 0);
    return speech_.started() && speech_.pause_s() >= (machine ? kMachinePauseS : kTurnPauseS);
}

void Decider::settle(std::optional<Verdict> found, Outcome& outcome) {
    if (!found || *found == verdict_) return;
    turned_ = verdict_ == Verdict::Human || verdict_ == Verdict::Machine;
    verdict_ = *found;
    outcome.verdict = found;
}

}  // namespace bellwether::answer_detect
