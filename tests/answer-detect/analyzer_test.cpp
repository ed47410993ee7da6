#include "answer-detect/analyzer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "answer-detect/shipped_weights.h"
#include "tests/answer-detect/sounds.h"

namespace bellwether::answer_detect {
namespace {

const GreetingModel& shipped() {
    static const GreetingModel model = GreetingModel::parse(shipped_weights()).value();
    return model;
}

struct Heard {
    std::vector<Event> events;
    Verdict verdict = Verdict::Unsure;
    float p_machine = 0;

    [[nodiscard]] std::optional<Event> first(EventKind kind) const {
        const auto found = std::find_if(events.begin(), events.end(),
                                        [kind](const Event& event) { return event.kind == kind; });
        return found == events.end() ? std::nullopt : std::optional(*found);
    }
};

Heard call(const std::vector<std::int16_t>& pcm, Mode mode, std::size_t frames_before = 0) {
    CallAnalyzer analyzer(mode > Mode::Tones ? &shipped() : nullptr, policy_of(mode));
    Heard heard;
    for (std::size_t n = 0; n * kFrameSamples < pcm.size(); ++n) {
        if (n == frames_before) analyzer.answered({});
        const Frame frame = frame_of(pcm, n);
        for (const Event& event : analyzer.push(frame, state_of(frame)))
            heard.events.push_back(event);
    }
    heard.verdict = analyzer.verdict();
    heard.p_machine = analyzer.p_machine();
    return heard;
}

Sound busy_tone() {
    Sound sound;
    sound.silence(0.4);
    for (int i = 0; i < 6; ++i) sound.tone({425}, 0.48).silence(0.48);
    return sound.noise(-60);
}

class AnalyzerModes : public testing::TestWithParam<Mode> {};

TEST_P(AnalyzerModes, TellANetworksTone) {
    const Heard heard = call(busy_tone().pcm(), GetParam());
    const auto verdict = heard.first(EventKind::Verdict);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(name_of(verdict->verdict), "BUSY");
    ASSERT_TRUE(verdict->tone);
    EXPECT_STREQ(verdict->tone->country.data(), "DE");
    EXPECT_GT(verdict->at_s, 1);
    EXPECT_LT(verdict->at_s, 3);
    EXPECT_EQ(heard.events.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Listening, AnalyzerModes,
                         testing::Values(Mode::Tones, Mode::Careful, Mode::Balanced,
                                         Mode::Background));

TEST(CallAnalyzer, HearsNothingWhenItIsOff) {
    EXPECT_TRUE(call(busy_tone().pcm(), Mode::Off).events.empty());
}

TEST(CallAnalyzer, TellsATonesVerdictBeforeTheAnswerAndBeginsAnewWithIt) {
    const std::size_t before = busy_tone().pcm().size() / kFrameSamples;
    std::vector<std::int16_t> pcm = busy_tone().pcm();
    const auto silence = Sound().silence(8).noise(-62).pcm();
    pcm.insert(pcm.end(), silence.begin(), silence.end());
    const Heard heard = call(pcm, Mode::Balanced, before);
    ASSERT_EQ(heard.events.size(), 2U);
    EXPECT_EQ(name_of(heard.events[0].verdict), "BUSY");
    EXPECT_LT(heard.events[0].at_s, 0);
    EXPECT_EQ(heard.events[1].kind, EventKind::Verdict);
    EXPECT_EQ(name_of(heard.events[1].verdict), "NO_SPEECH");
    EXPECT_NEAR(heard.events[1].at_s, 3.5, 0.1);
}

TEST(CallAnalyzer, NeverCallsSilenceAMachine) {
    const std::vector<std::vector<std::int16_t>> silences{
        Sound().silence(8).pcm(), Sound().silence(8).noise(-70).pcm(),
        Sound().silence(8).noise(-45).pcm(), Sound().silence(8).noise(-30).pcm()};
    for (const auto& pcm : silences) {
        for (const Mode mode : {Mode::Careful, Mode::Balanced, Mode::Background}) {
            EXPECT_EQ(name_of(call(pcm, mode).verdict), "NO_SPEECH");
        }
    }
}

TEST(CallAnalyzer, TellsTheBeepAfterSoundWithoutAModel) {
    const Heard heard = call(
        Sound().vowel(2).silence(0.6).tone({1000}, 0.4).silence(1).noise(-60).pcm(), Mode::Tones);
    const auto started = heard.first(EventKind::BeepStart);
    const auto ended = heard.first(EventKind::BeepEnd);
    ASSERT_TRUE(started && ended);
    EXPECT_NEAR(ended->since_s, 3.0, 0.02);
    EXPECT_NEAR(ended->beep->start_s, 2.6, 0.02);
    EXPECT_NEAR(ended->beep->hz[0], 1000, 5);
    EXPECT_LT(ended->at_s - 3.0, 0.06);
    EXPECT_EQ(name_of(heard.verdict), "UNSURE");
}

// No look-ahead: what was said at t is said by the audio before t alone.
TEST(CallAnalyzer, SaysTheSameOfACallCutOffAfterTheVerdict) {
    const auto pcm =
        Sound().silence(0.6).vowel(1.1).silence(0.3).vowel(0.6).silence(3).noise(-55).pcm();
    const Heard whole = call(pcm, Mode::Balanced);
    ASSERT_FALSE(whole.events.empty());
    for (const Event& event : whole.events) {
        const auto frames = static_cast<std::size_t>(event.at_s / kFrameS + 0.5);
        const std::vector<std::int16_t> cut(
            pcm.begin(), pcm.begin() + static_cast<std::ptrdiff_t>(frames * kFrameSamples));
        const Heard part = call(cut, Mode::Balanced);
        ASSERT_FALSE(part.events.empty());
        EXPECT_EQ(part.events.back().at_s, event.at_s);
        EXPECT_EQ(part.events.back().p_machine, event.p_machine);
    }
}

TEST(CallAnalyzer, KeepsItsEvidence) {
    const auto pcm = Sound().silence(8).noise(-50).pcm();
    CallAnalyzer analyzer(&shipped(), policy_of(Mode::Balanced));
    analyzer.answered({.diverted = true});
    for (std::size_t n = 0; n * kFrameSamples < pcm.size(); ++n) {
        analyzer.push(frame_of(pcm, n), n % 10 == 3 ? FrameState::Lost : FrameState::Audio);
    }
    EXPECT_EQ(analyzer.evidence().frames_lost, 40);
    EXPECT_EQ(analyzer.evidence().weights_version, shipped().version());
    EXPECT_FLOAT_EQ(analyzer.evidence().prior_log_odds, prior_log_odds({.diverted = true}));
    EXPECT_NEAR(analyzer.evidence().floor_dbm0, -50, 4);
    EXPECT_LT(analyzer.evidence().onset_s, 0);
}

}  // namespace
}  // namespace bellwether::answer_detect
