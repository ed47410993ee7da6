#include "dialer/media/recorder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "dialer/media/answer_take.h"
#include "dialer/media/prompt_library.h"
#include "dialer/media/recording_repair.h"
#include "sox.h"
#include "support.h"
#include "wav_files.h"

namespace bellwether::media::test {
namespace {

constexpr CallId kCall{7};

/// Frames of two steady tones, one a side.
class Sides {
public:
    Sides(double left, double right)
        : left_{sine(left, 8000, 8000)}, right_{sine(right, 8000, 8000)} {}

    void next(Recording& recording) {
        Frame left;
        Frame right;
        std::copy_n(left_.begin() + at_, kFrameSamples, left.begin());
        std::copy_n(right_.begin() + at_, kFrameSamples, right.begin());
        at_ = (at_ + static_cast<std::ptrdiff_t>(kFrameSamples)) % 8000;
        recording.push(left, right);
    }

private:
    std::vector<std::int16_t> left_;
    std::vector<std::int16_t> right_;
    std::ptrdiff_t at_ = 0;
};

Frame level(std::int16_t value) {
    Frame frame;
    frame.fill(value);
    return frame;
}

TEST(Recorder, WritesBothSidesAndClosesTheFile) {
    const TempFolder folder;
    const auto path = folder / "call.wav";
    Recorder recorder{[](const Event&) {}};
    auto recording = *recorder.open({.leg = kCall, .file = path});
    for (std::int16_t i = 1; i <= 10; ++i) {
        recording->push(level(i), level(static_cast<std::int16_t>(-i)));
    }
    recording->finish();
    recorder.stop();
    const auto wav = read_wav(path);
    EXPECT_EQ(wav.rate, 8000);
    EXPECT_EQ(wav.channels, 2);
    ASSERT_EQ(wav.samples.size(), 10U * 320);
    for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_EQ(wav.samples[i * 320], static_cast<int>(i) + 1);
        EXPECT_EQ(wav.samples[i * 320 + 1], -static_cast<int>(i) - 1);
    }
}

TEST(Recorder, CountsWhatFindsNoRoomAndKeepsTheTime) {
    const TempFolder folder;
    const auto path = folder / "call.wav";
    Recorder recorder{[](const Event&) {}};
    auto recording = *recorder.open({.leg = kCall, .file = path});
    // Faster than any thread writes: some of these find the ring full.
    constexpr std::uint64_t kFrames = 20'000;
    for (std::uint64_t i = 0; i < kFrames; ++i) recording->push(level(7), level(8));
    const auto lost = recording->frames_lost();
    EXPECT_GT(lost, 0U);
    recording->finish();
    recorder.stop();
    const auto wav = read_wav(path);
    EXPECT_EQ(wav.samples.size(), kFrames * 320) << "what was lost is silence";
    std::uint64_t written = 0;
    for (std::size_t i = 0; i < wav.samples.size(); i += 320)
        written += wav.samples[i] == 7 ? 1U : 0U;
    EXPECT_EQ(written, kFrames - lost);
}

TEST(Recorder, NamesTheFileItCannotWrite) {
    Recorder recorder{[](const Event&) {}};
    const auto recording = recorder.open({.leg = kCall, .file = "/nonexistent-folder/call.wav"});
    ASSERT_FALSE(recording);
    EXPECT_EQ(recording.error().code, Errc::Unavailable);
    EXPECT_NE(recording.error().detail.find("/nonexistent-folder/call.wav"), std::string::npos);
}

TEST(Recorder, WhatIsPausedIsSilentAndItsTimesAreTold) {
    const TempFolder folder;
    const auto file = folder / "call.wav";
    EventLog log;
    Recorder recorder{log.sink()};
    const auto recording = *recorder.open({.leg = kCall, .file = file});
    EXPECT_FALSE(std::filesystem::exists(file)) << "not before it is whole";
    Sides sides{440, 1000};
    for (int n = 0; n < 50; ++n) sides.next(*recording);
    for (int n = 0; n < 25; ++n) recording->push_withheld();
    for (int n = 0; n < 25; ++n) sides.next(*recording);
    for (int n = 0; n < 10; ++n) recording->push_withheld();
    recording->finish();
    const auto closed = log.wait_for<RecordingClosed>(kCall);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->file, file.string());
    EXPECT_DOUBLE_EQ(closed->seconds, 2.2);
    EXPECT_NEAR(closed->paused_seconds, 0.7, 1e-9);
    ASSERT_EQ(closed->pauses.size(), 2U);
    EXPECT_DOUBLE_EQ(closed->pauses[0].from_s, 1.0);
    EXPECT_DOUBLE_EQ(closed->pauses[0].to_s, 1.5);
    EXPECT_DOUBLE_EQ(closed->pauses[1].from_s, 2.0);
    EXPECT_DOUBLE_EQ(closed->pauses[1].to_s, 2.2);
    EXPECT_EQ(closed->frames_lost, 0U);
    EXPECT_EQ(closed->error, "");
    // Another program's ears: 8000 of 32768 is 0.173 RMS.
    EXPECT_DOUBLE_EQ(seconds_by_sox(file.string()), 2.2);
    for (const int channel : {1, 2}) {
        EXPECT_NEAR(rms_by_sox(file.string(), channel, 0, 1.0), 0.173, 0.002);
        EXPECT_EQ(rms_by_sox(file.string(), channel, 1.0, 1.5), 0.0);
        EXPECT_NEAR(rms_by_sox(file.string(), channel, 1.5, 2.0), 0.173, 0.002);
        EXPECT_EQ(rms_by_sox(file.string(), channel, 2.0, 2.2), 0.0);
    }
    EXPECT_NEAR(frequency_by_sox(file.string(), 1, 0, 1.0), 440, 22);
    EXPECT_NEAR(frequency_by_sox(file.string(), 2, 0, 1.0), 1000, 50);
    EXPECT_EQ(printed_by("sha256sum " + file.string()).substr(0, 64), closed->sha256);
}

TEST(Recorder, WhatTheMachineMissedIsSilenceOfTheSameLength) {
    const TempFolder folder;
    const auto file = folder / "call.wav";
    EventLog log;
    Recorder recorder{log.sink()};
    const auto recording = *recorder.open({.leg = kCall, .file = file});
    Sides sides{440, 1000};
    for (int n = 0; n < 25; ++n) sides.next(*recording);
    recording->skip(50);
    for (int n = 0; n < 25; ++n) sides.next(*recording);
    recording->finish();
    const auto closed = log.wait_for<RecordingClosed>(kCall);
    ASSERT_TRUE(closed);
    EXPECT_DOUBLE_EQ(closed->seconds, 2.0);
    EXPECT_EQ(closed->frames_lost, 50U);
    EXPECT_TRUE(closed->pauses.empty());
    EXPECT_EQ(rms_by_sox(file.string(), 1, 0.5, 1.5), 0.0);
    EXPECT_NEAR(rms_by_sox(file.string(), 1, 1.5, 2.0), 0.173, 0.002);
}

TEST(Recorder, FlacIsTheSameSound) {
    const TempFolder folder;
    const auto file = (folder / "call.flac").string();
    const auto wav = (folder / "call.wav").string();
    EventLog log;
    Recorder recorder{log.sink()};
    const auto one = *recorder.open({.leg = kCall, .file = file, .format = RecordingFormat::Flac});
    const auto two = *recorder.open({.leg = CallId{8}, .file = wav});
    for (const auto& recording : {one, two}) {
        Sides sides{440, 1000};
        for (int n = 0; n < 200; ++n) sides.next(*recording);
        recording->finish();
    }
    ASSERT_TRUE(log.wait_for<RecordingClosed>(kCall));
    ASSERT_TRUE(log.wait_for<RecordingClosed>(CallId{8}));
    ASSERT_TRUE(sox(file + " -t raw " + (folder / "one.raw").string()));
    ASSERT_TRUE(sox(wav + " -t raw " + (folder / "two.raw").string()));
    EXPECT_EQ(
        printed_by("cmp " + (folder / "one.raw").string() + " " + (folder / "two.raw").string()),
        "");
    EXPECT_LT(std::filesystem::file_size(file), std::filesystem::file_size(wav));
}

TEST(Recorder, NeverWritesOverARecording) {
    const TempFolder folder;
    const auto file = folder / "call.wav";
    write_wav(file, {.rate = 8000, .channels = 1, .samples = {1, 2, 3}});
    Recorder recorder{[](const Event&) {}};
    const auto refused = recorder.open({.leg = kCall, .file = file});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::Conflict);
    EXPECT_NE(refused.error().detail.find("call.wav"), std::string::npos);
    EXPECT_EQ(read_wav(file).samples.size(), 3U);
}

TEST(Recorder, AFullDiskIsReportedAndEndsNothing) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
    const TempFolder folder;
    const auto file = folder / "call.wav";
    EventLog log;
    Recorder recorder{log.sink()};
    std::filesystem::create_symlink("/dev/full", folder / "call.wav.part");
    const auto recording = recorder.open({.leg = kCall, .file = file});
    if (!recording) {  // refused at the header already
        EXPECT_NE(recording.error().detail.find("call.wav"), std::string::npos);
        return;
    }
    Sides sides{440, 1000};
    for (int n = 0; n < 50; ++n) sides.next(**recording);
    (*recording)->finish();
    const auto closed = log.wait_for<RecordingClosed>(kCall);
    ASSERT_TRUE(closed);
    EXPECT_NE(closed->error, "");
    EXPECT_EQ(closed->sha256, "");
}

// The child records until the parent kills it, as a crash would.
[[noreturn]] void record_until_killed(const std::filesystem::path& file, int ready) {
    Recorder recorder{[](const Event&) {}};
    const auto recording = *recorder.open({.leg = kCall, .file = file});
    Sides sides{440, 1000};
    for (int n = 0; n < 250; ++n) sides.next(*recording);
    const auto part = file.string() + ".part";
    while (std::filesystem::file_size(part) < 250 * 640) std::this_thread::yield();
    (void)!::write(ready, "x", 1);
    for (;;) ::pause();
}

TEST(Recorder, AKilledProcessLeavesAReadableFileThatIsRepaired) {
    const TempFolder folder;
    const auto file = folder / "call.wav";
    std::array<int, 2> ready{};
    ASSERT_EQ(::pipe(ready.data()), 0);
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) record_until_killed(file, ready[1]);
    char mark = 0;
    ASSERT_EQ(::read(ready[0], &mark, 1), 1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    const auto part = file.string() + ".part";
    EXPECT_GE(seconds_by_sox(part), 2.0) << "the header was kept, as far as two seconds back";
    // Half a frame more, as a write that was cut leaves it.
    std::ofstream{part, std::ios::app | std::ios::binary} << "abc";

    const auto report = repair_recordings(file.parent_path());
    ASSERT_TRUE(report);
    ASSERT_EQ(report->repaired.size(), 1U);
    EXPECT_EQ(report->repaired[0].file, file);
    EXPECT_DOUBLE_EQ(report->repaired[0].seconds, 5.0);
    EXPECT_TRUE(report->left.empty());
    EXPECT_FALSE(std::filesystem::exists(part));
    EXPECT_DOUBLE_EQ(seconds_by_sox(file.string()), 5.0);
    EXPECT_NEAR(frequency_by_sox(file.string(), 2, 4.0, 5.0), 1000, 50);
    EXPECT_EQ(printed_by("sha256sum " + file.string()).substr(0, 64), report->repaired[0].sha256);
    EXPECT_TRUE(repair_recordings(file.parent_path())->repaired.empty()) << "once is enough";
}

TEST(RecordingRepair, TellsWhatItCannotMend) {
    const TempFolder folder;
    std::ofstream{folder / "a.wav.part"} << "RIFF";
    std::ofstream{folder / "b.wav.part"} << "this is no recording, and longer than a header of one";
    const auto report = repair_recordings(folder / "");
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->repaired.empty());
    ASSERT_EQ(report->left.size(), 2U);
    EXPECT_NE(report->left[0].detail.find("a.wav.part"), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(folder / "b.wav.part")) << "nothing is thrown away";
    EXPECT_TRUE(repair_recordings(folder / "not there")->repaired.empty());
}

}  // namespace
}  // namespace bellwether::media::test
