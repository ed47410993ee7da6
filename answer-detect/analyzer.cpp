#include "answer-detect/analyzer.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "answer-detect/beep_detector.h"
#include "answer-detect/decider.h"
#include "answer-detect/greeting_listener.h"
#include "answer-detect/tones/tone_engine.h"
#include "base/check.h"
#include "base/maths.h"

namespace bellwether::answer_detect {
namespace {

constexpr std::size_t kEventsMost = 16;  // of one frame
constexpr double kBeforeAnswerS = -1;

// Without a model, somebody is taken to have spoken after 0.3 s of sound that is no tone:
// a beep counts then.
constexpr double kSoundIsSpeechS = 0.3;
constexpr float kSoundOverNoiseDb = 10;

// Music is full of tones.
constexpr float kMusicNoBeep = 0.4F;

constexpr int kTonesEdge = 8;  // windows in a row: fewer are where a tone begins or ends

float probability(float log_odds) {
    return static_cast<float>(1 / (1 + maths::exp(-static_cast<double>(log_odds))));
}

}  // namespace

struct CallAnalyzer::Parts {
    Parts(const GreetingModel* greetings, const Policy& wanted)
        : model(greetings), policy(wanted), decider(wanted, 0) {
        if (listens()) listener.emplace(*greetings);
    }

    [[nodiscard]] bool listens() const { return policy.mode > Mode::Tones; }

    void hear(Frame frame, FrameState state);
    void hear_tones(const ToneStep& step);
    void hear_tone(const Tone& tone);
    void hear_beep(const BeepDetector::Step& step);
    void hear_greeting(FrameState state);
    void tell(const Decider::Outcome& outcome, const std::optional<Tone>& tone);
    Event& add(EventKind kind);
    void note_evidence();

    // Passed in.
    const GreetingModel* model;
    Policy policy;

    // Owned.
    ToneEngine tones;
    BeepDetector beeps;
    std::optional<GreetingListener> listener;
    Decider decider;

    // State.
    bool answered = false;
    bool told_verdict = false;        // since the answer
    std::optional<Tone> told_before;  // the answer
    double now_s = 0;                 // since the answer
    long frames = 0;
    double sound_s = 0;     // that is no tone
    int sound_windows = 0;  // in a row
    Evidence evidence;
    std::array<Event, kEventsMost> events;
    std::size_t count = 0;
};

CallAnalyzer::CallAnalyzer(const GreetingModel* model, const Policy& policy) {
    BW_CHECK(model != nullptr || policy.mode <= Mode::Tones);
    parts_ = std::make_unique<Parts>(model, policy);
    if (parts_->listens()) parts_->evidence.weights_version = model->version();
}

CallAnalyzer::~CallAnalyzer() = default;
CallAnalyzer::CallAnalyzer(CallAnalyzer&&) noexcept = default;

void CallAnalyzer::answered(const Prior& prior) {
    BW_CHECK(!parts_->answered);
    parts_->answered = true;
    parts_->decider = Decider(parts_->policy, prior_log_odds(prior));
    parts_->tones.restart();
    parts_->evidence.prior_log_odds = parts_->decider.prior_log_odds();
}

std::span<const Event> CallAnalyzer::push(Frame frame, FrameState state) {
    parts_->count = 0;
    if (parts_->policy.mode != Mode::Off) parts_->hear(frame, state);
    return std::span<const Event>{parts_->events}.first(parts_->count);
}

float CallAnalyzer::p_machine() const { return probability(parts_->decider.log_odds()); }
Verdict CallAnalyzer::verdict() const { return parts_->decider.verdict(); }
const Evidence& CallAnalyzer::evidence() const { return parts_->evidence; }

void CallAnalyzer::Parts::hear(Frame frame, FrameState state) {
    if (state == FrameState::Lost) ++evidence.frames_lost;
    if (answered) {
        ++frames;
        now_s = static_cast<double>(frames) * kFrameS;
    }
    tones.push(frame, state, [this](const ToneStep& step) { hear_tones(step); });
    if (answered && listens()) hear_greeting(state);
}

void CallAnalyzer::Parts::hear_tones(const ToneStep& step) {
    const bool sound = !tones.runs().open() && step.peaks.over_noise_db >= kSoundOverNoiseDb;
    sound_windows = sound ? sound_windows + 1 : 0;
    if (sound_windows > kTonesEdge && answered) sound_s += kHopS;
    if (step.tone) hear_tone(*step.tone);
    if (!answered) return;
    const bool spoken = decider.speech().started() && decider.music() < kMusicNoBeep;
    const bool after_speech = listens() ? spoken : sound_s >= kSoundIsSpeechS;
    hear_beep(beeps.follow(tones.runs(), step.peaks, after_speech));
}

void CallAnalyzer::Parts::hear_tone(const Tone& tone) {
    if (answered) {
        const bool after_sound = !listens() && sound_s >= kSoundIsSpeechS &&
                                 tone.kind != Verdict::Fax && tone.kind != Verdict::Sit;
        if (!after_sound) tell(decider.tone(tone.kind), tone);
        return;
    }
    if (told_before && told_before->kind == tone.kind) return;
    told_before = tone;
    Event& event = add(EventKind::Verdict);
    event.verdict = tone.kind;
    event.tone = tone;
}

void CallAnalyzer::Parts::hear_beep(const BeepDetector::Step& step) {
    if (step.started) {
        tell(decider.beep(step.started->start_s), std::nullopt);
        Event& event = add(EventKind::BeepStart);
        event.beep = step.started;
        event.since_s = step.started->start_s;
    }
    if (step.ended) {
        decider.beep_ended(step.ended->end_s);
        Event& event = add(EventKind::BeepEnd);
        event.beep = step.ended;
        event.since_s = step.ended->end_s;
    }
}

void CallAnalyzer::Parts::hear_greeting(FrameState state) {
    const std::optional<Hearing> hearing = listener->push(tones.powers(), state);
    if (!hearing) return;
    const double since_onset_s = decider.speech().since_onset_s();
    const Decider::Outcome outcome =
        decider.step(*hearing, model->calibrated(hearing->machine_logit, since_onset_s),
                     {.now_s = now_s,
                      .media = state == FrameState::Audio || state == FrameState::Lost,
                      .tone = tones.sounding(),
                      .tone_start_s = tones.sounding() ? tones.runs().open()->start_s : 0,
                      .tone_pending = tones.pending()});
    evidence.floor_dbm0 = hearing->floor_dbm0;
    note_evidence();
    tell(outcome, std::nullopt);
}

void CallAnalyzer::Parts::tell(const Decider::Outcome& outcome, const std::optional<Tone>& tone) {
    if (outcome.speech_started) add(EventKind::SpeechStart).since_s = decider.speech().onset_s();
    if (outcome.greeting_ended) add(EventKind::GreetingEnd).since_s = decider.greeting_end_s();
    if (!outcome.verdict) return;
    Event& event = add(told_verdict ? EventKind::Revised : EventKind::Verdict);
    event.verdict = *outcome.verdict;
    event.tone = tone;
    event.evidence.threshold = decider.threshold();
    evidence.threshold = decider.threshold();
    told_verdict = true;
}

Event& CallAnalyzer::Parts::add(EventKind kind) {
    BW_CHECK(count < kEventsMost);
    Event& event = events[count++];
    event = Event{};
    event.kind = kind;
    event.at_s = answered ? now_s : kBeforeAnswerS;
    event.p_machine = probability(decider.log_odds());
    event.evidence = evidence;
    return event;
}

void CallAnalyzer::Parts::note_evidence() {
    const SpeechClock& speech = decider.speech();
    evidence.onset_s = speech.onset_s();
    evidence.first_burst_s = speech.first_burst_s();
    evidence.speech_s = speech.speech_s();
    evidence.longest_run_s = speech.longest_run_s();
    evidence.bursts = speech.bursts();
    evidence.pause_s = speech.pause_s();
    evidence.snr_db = speech.snr_db();
    evidence.log_odds = decider.log_odds();
}

}  // namespace bellwether::answer_detect
