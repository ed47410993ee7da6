// Recordings of whole legs: what is in the file, and how it ended.

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "dialer/media/media_engine.h"
#include "sox.h"
#include "station.h"
#include "wav_files.h"

namespace bellwether::media::test {
namespace {

constexpr CallId kContact{1};
constexpr CallId kPerson{2};

/// A dialer's leg to a person who says a tone of 1000 Hz all the time.
struct RecordedCall {
    RecordedCall() {
        person.load_tone(1000);
        connect(dialer, kContact, person, kPerson);
        ear = dialer.listen(kContact);
    }
    void speak() {
        person.engine->play(kPerson, 1, {"1000"});
        ear->wait_for_tone(1000, kAmplitude * 0.9);
    }

    const TempFolder folder;
    Station dialer;
    Station person;
    std::shared_ptr<Ear> ear;
};

TEST(RecordingOfACall, BeginsWithItsAnnouncementAndEndsWithTheLeg) {
    RecordedCall call;
    call.dialer.load_tone(440, 4000);
    const auto file = call.folder / "call.wav";
    call.speak();
    ASSERT_TRUE(call.dialer.engine->start_recording(
        kContact, {.file = file, .announcement = {"440"}, .announcement_playback = 9}));
    const auto announced = call.dialer.log.wait_for<PlaybackEnded>(kContact);
    ASSERT_TRUE(announced);
    EXPECT_EQ(announced->playback, 9U);
    EXPECT_TRUE(announced->completed);
    call.dialer.engine->close(kContact);
    const auto closed = call.dialer.log.wait_for<RecordingClosed>(kContact);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->error, "");
    EXPECT_GE(closed->seconds, 0.5);
    EXPECT_NEAR(seconds_by_sox(file.string()), closed->seconds, 1e-6);
    EXPECT_NEAR(frequency_by_sox(file.string(), 2, 0.0, 0.4), 440, 30) << "from its first moment";
    EXPECT_GT(rms_by_sox(file.string(), 1, 0.0, 0.4), 0.1) << "and what was said meanwhile";
}

// As a campaign with an announcement orders it: the person hears it, and the file begins after it.
TEST(RecordingOfACall, ThatIsAnnouncedBeforeHoldsNothingOfTheAnnouncement) {
    RecordedCall call;
    call.dialer.load_tone(440, 4000);
    const auto heard = call.person.listen(kPerson);
    const auto file = call.folder / "call.flac";
    call.speak();
    call.dialer.engine->play(kContact, 9, {"440"});
    heard->wait_for_tone(440, kAmplitude * 0.9);
    const auto announced = call.dialer.log.wait_for<PlaybackEnded>(kContact);
    ASSERT_TRUE(announced);
    ASSERT_TRUE(announced->completed);
    ASSERT_TRUE(call.dialer.engine->start_recording(
        kContact, {.file = file, .format = RecordingFormat::Flac}));
    call.ear->wait_for_frames(50);
    call.dialer.engine->close(kContact);
    const auto closed = call.dialer.log.wait_for<RecordingClosed>(kContact);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->error, "");
    EXPECT_GE(closed->seconds, 0.5);
    const auto plain = (call.folder / "plain.wav").string();
    ASSERT_TRUE(sox(file.string() + " " + plain));
    EXPECT_EQ(rms_by_sox(plain, 2, 0.0, closed->seconds), 0.0) << "what he heard";
    EXPECT_GT(rms_by_sox(plain, 1, 0.0, 0.4), 0.1) << "what he said";
}

TEST(RecordingOfACall, AnAnnouncementThatIsNotLoadedIsRefused) {
    RecordedCall call;
    const auto file = call.folder / "call.wav";
    const auto refused = call.dialer.engine->start_recording(
        kContact, {.file = file, .announcement = {"no such prompt"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::NotFound);
    EXPECT_FALSE(call.dialer.engine->start_recording(CallId{99}, file));
    EXPECT_FALSE(std::filesystem::exists(file.string() + ".part")) << "and no file is left";
}

TEST(RecordingOfACall, PausedItHoldsNeitherSpeechNorKeys) {
    RecordedCall call;
    const auto file = call.folder / "call.wav";
    ASSERT_TRUE(call.dialer.engine->start_recording(kContact, file));
    call.speak();
    call.ear->wait_for_frames(25);
    call.dialer.engine->pause_recording(kContact);
    call.ear->wait_for_frames(50);
    call.dialer.engine->resume_recording(kContact);
    call.ear->wait_for_frames(25);
    call.dialer.engine->stop_recording(kContact);
    const auto closed = call.dialer.log.wait_for<RecordingClosed>(kContact);
    ASSERT_TRUE(closed);
    ASSERT_EQ(closed->pauses.size(), 1U);
    const auto [from, to] = closed->pauses[0];
    EXPECT_GT(to - from, 0.9);
    EXPECT_DOUBLE_EQ(closed->paused_seconds, to - from);
    EXPECT_EQ(rms_by_sox(file.string(), 1, from, to), 0.0);
    EXPECT_GT(rms_by_sox(file.string(), 1, from - 0.3, from - 0.02), 0.1);
    EXPECT_GT(rms_by_sox(file.string(), 1, to + 0.02, to + 0.3), 0.1);
}

// A card number in tones, the last key held on while the recording goes on again.
TEST(RecordingOfACall, AKeyThatOutlastsThePauseIsNotRecorded) {
    RecordedCall call;
    const auto file = call.folder / "call.wav";
    Wav tone{.rate = 8000, .channels = 1, .samples = sine(770, 6000, 12'000)};
    const auto high = sine(1336, 6000, 12'000);  // 5 by ITU-T Q.23
    for (std::size_t i = 0; i < high.size(); ++i) {
        tone.samples[i] = static_cast<std::int16_t>(tone.samples[i] + high[i]);
    }
    write_wav(call.folder / "five.wav", tone);
    ASSERT_TRUE(call.person.engine->load_prompt("five", call.folder / "five.wav"));
    ASSERT_TRUE(call.dialer.engine->start_recording(kContact, file));
    call.dialer.engine->pause_recording(kContact);
    call.person.engine->play(kPerson, 1, {"five", "1000"});
    call.ear->wait_for_tone(770, 5000);
    call.dialer.engine->resume_recording(kContact);  // half a second of the key or more is left
    call.ear->wait_for_tone(1000, kAmplitude * 0.9);
    call.dialer.engine->stop_recording(kContact);
    const auto closed = call.dialer.log.wait_for<RecordingClosed>(kContact);
    ASSERT_TRUE(closed);
    const auto wav = read_wav(file);
    std::vector<std::int16_t> left;
    for (std::size_t i = 0; i < wav.samples.size(); i += 2) left.push_back(wav.samples[i]);
    double loudest = 0.0;
    for (std::size_t at = 0; at + kFrameSamples <= left.size(); at += kFrameSamples) {
        loudest = std::max(loudest, amplitude_of(770, std::span{left}.subspan(at, kFrameSamples)));
    }
    EXPECT_LT(loudest, 3500.0) << "at most the end of a frame of it";
    ASSERT_EQ(closed->pauses.size(), 1U);
    EXPECT_GT(amplitude_of(1000, std::span{left}.last(1600)), kAmplitude * 0.5);
}

TEST(SpokenAnswer, BeginsAfterTheBeepAndEndsInSilence) {
    RecordedCall call;
    const auto far_ear = call.person.listen(kPerson);
    const auto file = call.folder / "answer.wav";
    ASSERT_TRUE(call.dialer.engine->record_answer(
        kContact,
        {.file = file, .rules = {.silence_end = milliseconds{400}, .min = milliseconds{1200}}}));
    far_ear->wait_for_tone(1000, 1000, 800);  // the beep: 2283 peak
    call.person.load_tone(300, 8000);
    call.person.engine->play(kPerson, 1, {"300"});  // one second of "speech"
    const auto answer = call.dialer.log.wait_for<AnswerRecorded>(kContact);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->reason, AnswerEnd::Silence);
    EXPECT_EQ(answer->error, "");
    EXPECT_NEAR(seconds_by_sox(file.string()), answer->seconds, 1e-6);
    EXPECT_EQ(printed_by("soxi -c " + file.string()), "1\n");
    EXPECT_GT(answer->spoken_seconds, 0.5);
    EXPECT_LT(answer->spoken_seconds, 1.2);
    EXPECT_GT(rms_by_sox(file.string(), 1, 0.0, 0.9), 0.05);
    EXPECT_EQ(printed_by("sha256sum " + file.string()).substr(0, 64), answer->sha256);
}

TEST(SpokenAnswer, EndsWithAKeyOrTheCallOrAnOrder) {
    RecordedCall call;
    auto& engine = *call.dialer.engine;
    ASSERT_TRUE(engine.record_answer(kContact, {.file = call.folder / "1.wav", .beep = false}));
    call.speak();
    call.person.engine->send_digits(kPerson, "#");
    const auto by_key = call.dialer.log.wait_for<AnswerRecorded>(kContact, 1);
    ASSERT_TRUE(by_key);
    EXPECT_EQ(by_key->reason, AnswerEnd::Key);
    EXPECT_EQ(by_key->key, '#');
    EXPECT_EQ(call.dialer.log.keys(kContact), "#");
    ASSERT_TRUE(engine.record_answer(kContact, {.file = call.folder / "2.wav", .beep = false}));
    engine.stop_answer(kContact);
    EXPECT_EQ(call.dialer.log.wait_for<AnswerRecorded>(kContact, 2)->reason, AnswerEnd::Stopped);
    ASSERT_TRUE(engine.record_answer(kContact, {.file = call.folder / "3.wav"}));
    engine.close(kContact);
    EXPECT_EQ(call.dialer.log.wait_for<AnswerRecorded>(kContact, 3)->reason, AnswerEnd::HungUp);
}

}  // namespace
}  // namespace bellwether::media::test
