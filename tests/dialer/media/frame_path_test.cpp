// The frame path allocates nothing and takes no lock: counted on the media thread itself
// (call_counts.h).

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "call_counts.h"
#include "station.h"

namespace bellwether::media::test {
namespace {

/// Compares the counts of one frame with those of the frame before, on the media thread.
class Auditor : public FrameTap {
public:
    void on_frame(const TapFrame&) noexcept override {
        if (frames_ > kSettled) {
            allocated_ += allocations_here() - allocations_before_;
            locked_ += locks_here() - locks_before_;
        }
        allocations_before_ = allocations_here();
        locks_before_ = locks_here();
        counts_anything_ = allocations_before_ > 0 && locks_before_ > 0;
        ++frames_;
    }

    [[nodiscard]] std::uint64_t frames() const { return frames_; }
    [[nodiscard]] std::uint64_t allocated() const { return allocated_; }
    [[nodiscard]] std::uint64_t locked() const { return locked_; }
    [[nodiscard]] bool counts_anything() const { return counts_anything_; }

private:
    static constexpr std::uint64_t kSettled = 40;  // commands of the beginning may allocate

    std::atomic<std::uint64_t> frames_{0};
    std::atomic<std::uint64_t> allocated_{0};
    std::atomic<std::uint64_t> locked_{0};
    std::atomic<bool> counts_anything_{false};
    std::uint64_t allocations_before_ = 0;
    std::uint64_t locks_before_ = 0;
};

TEST(FramePath, AllocatesNothingAndTakesNoLock) {
    if (!kCountsCalls) GTEST_SKIP() << "the sanitizer stands in for operator new itself";
    const TempFolder folder;
    Station dialer;
    Station world{{.comfort_noise = true}};
    dialer.load_tone(440);
    for (std::uint64_t i = 0; i < 3; ++i) {
        world.load_tone(600 + 100.0 * static_cast<double>(i));
        connect(dialer, CallId{10 + i}, world, CallId{i});
        world.engine->play(CallId{i}, i, {std::to_string(600 + 100 * i)});
    }
    // All that a leg can do at a time: a conference with a whisperer, a prompt, a recording, a
    // spoken answer, and music on hold.
    dialer.engine->bridge(CallId{10}, CallId{11});
    ASSERT_TRUE(dialer.engine->join_with(CallId{12}, CallId{11}, Role::Whisper));
    ASSERT_TRUE(dialer.engine->start_recording(CallId{10}, folder / "call.wav"));
    ASSERT_TRUE(dialer.engine->record_answer(
        CallId{10}, {.file = folder / "answer.wav", .rules = {.min = milliseconds{60'000}}}));
    dialer.engine->play(CallId{10}, 1, {"440"});
    ASSERT_TRUE(dialer.engine->hold(CallId{12}));
    const auto auditor = std::make_shared<Auditor>();
    dialer.engine->set_tap(CallId{10}, auditor);
    const auto ear = world.listen(CallId{0});
    ear->wait_for_frames(200);
    EXPECT_GT(auditor->frames(), 100U);
    EXPECT_TRUE(auditor->counts_anything()) << "commands allocate, and the test's event log locks";
    EXPECT_EQ(auditor->allocated(), 0U);
    EXPECT_EQ(auditor->locked(), 0U);
}

}  // namespace
}  // namespace bellwether::media::test
