#include "dialer/app/service/call_ear.h"

#include <gtest/gtest.h>

#include <optional>
#include <variant>
#include <vector>

#include "answer-detect/calibration.h"
#include "answer-detect/network.h"
#include "answer-detect/shipped_weights.h"
#include "tests/answer-detect/sounds.h"

namespace bellwether::app {
namespace {

using answer_detect::GreetingModel;
using answer_detect::Mode;
using answer_detect::Sound;
using answer_detect::Verdict;

constexpr CallId kCall{7};

// The shipped network, so prejudiced that every voice is what the test needs.
GreetingModel prejudiced(float log_odds) {
    const auto shipped = GreetingModel::parse(answer_detect::shipped_weights()).value();
    answer_detect::Calibration calibration;
    calibration.offset.fill(log_odds);
    return {shipped.network(), calibration, shipped.training_set()};
}

struct Told {
    std::vector<engine::Event> events;

    template <class Kind>
    [[nodiscard]] std::vector<Kind> all() const {
        std::vector<Kind> found;
        for (const engine::Event& event : events) {
            if (const auto* one = std::get_if<Kind>(&event)) found.push_back(*one);
        }
        return found;
    }
};

/// What an ear tells of a leg that is answered after `early_frames`, in frames of one kind.
Told listen(const GreetingModel* model, Mode mode, const Sound& sound, std::size_t early_frames,
            media::FrameState state = media::FrameState::Audio) {
    Told told;
    CallEar ear(kCall, model, answer_detect::policy_of(mode),
                [&told](engine::Event event) { told.events.push_back(std::move(event)); });
    const auto pcm = sound.pcm();
    for (std::size_t n = 0; n * media::kFrameSamples < pcm.size(); ++n) {
        if (n == early_frames) ear.answered({.ring_s = 4, .early_media = early_frames > 0});
        ear.on_frame({kCall, answer_detect::frame_of(pcm, n), state, n});
    }
    return told;
}

Sound greeting_then_beep() {
    Sound sound;
    sound.silence(0.4);
    for (int word = 0; word < 14; ++word) sound.vowel(0.25).silence(0.1);
    return sound.silence(0.5).tone({1000}, 0.5, -12).silence(1.0).noise(-62);
}

TEST(CallEar, TellsAMachineAndWhenItsBeepHasEnded) {
    const GreetingModel model = prejudiced(20);
    const Told told = listen(&model, Mode::Balanced, greeting_then_beep(), 0);
    const auto verdicts = told.all<engine::AnswerDetected>();
    ASSERT_EQ(verdicts.size(), 1U);
    EXPECT_EQ(verdicts[0].call, kCall);
    EXPECT_EQ(verdicts[0].verdict, Verdict::Machine);
    EXPECT_GT(verdicts[0].p_machine, 0.99);
    EXPECT_NEAR(verdicts[0].evidence.onset_s, 0.4, 0.2);
    EXPECT_EQ(told.all<engine::MessageMayBegin>().size(), 1U);
}

TEST(CallEar, TellsAPersonAndTheEndOfHisGreetingAndOffersNoMessage) {
    const GreetingModel model = prejudiced(-20);
    Sound hello;
    hello.silence(0.3).vowel(0.4).silence(3).noise(-62);
    const Told told = listen(&model, Mode::Balanced, hello, 0);
    const auto verdicts = told.all<engine::AnswerDetected>();
    ASSERT_EQ(verdicts.size(), 1U);
    EXPECT_EQ(verdicts[0].verdict, Verdict::Human);
    EXPECT_EQ(told.all<engine::GreetingEnded>().size(), 1U);
    EXPECT_TRUE(told.all<engine::MessageMayBegin>().empty());
}

TEST(CallEar, HearsTheNetworkBeforeTheAnswerAndWithoutAModel) {
    Sound busy;
    busy.silence(0.4);
    for (int i = 0; i < 6; ++i) busy.tone({425}, 0.48).silence(0.48);
    busy.noise(-60);
    const Told told = listen(nullptr, Mode::Tones, busy, 100'000);
    const auto verdicts = told.all<engine::AnswerDetected>();
    ASSERT_EQ(verdicts.size(), 1U);
    EXPECT_EQ(verdicts[0].verdict, Verdict::Busy);
    EXPECT_TRUE(verdicts[0].code.empty());
}

TEST(CallEar, TellsTheCodeOfANetworksAnnouncement) {
    Sound vacant;  // VC: 985.2 Hz long, 1370.6 Hz short, 1776.7 Hz long (SR-2275, ITU-T E.180)
    vacant.silence(0.5).tone({985.2}, 0.38).tone({1370.6}, 0.276).tone({1776.7}, 0.38);
    vacant.silence(1).noise(-62);
    const Told told = listen(nullptr, Mode::Tones, vacant, 0);
    const auto verdicts = told.all<engine::AnswerDetected>();
    ASSERT_EQ(verdicts.size(), 1U);
    EXPECT_EQ(verdicts[0].verdict, Verdict::Sit);
    EXPECT_EQ(verdicts[0].code, "VC");
}

TEST(CallEar, HearsNothingInFramesThatAreNoAudio) {
    const GreetingModel model = prejudiced(20);
    for (const auto state :
         {media::FrameState::Lost, media::FrameState::ComfortNoise, media::FrameState::Silence}) {
        const Told told = listen(&model, Mode::Balanced, greeting_then_beep(), 0, state);
        for (const auto& detected : told.all<engine::AnswerDetected>())
            EXPECT_EQ(detected.verdict, Verdict::NoSpeech);
        EXPECT_TRUE(told.all<engine::MessageMayBegin>().empty());
    }
}

}  // namespace
}  // namespace bellwether::app
