#include "dialer/media/recorder.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "dialer/media/named_thread.h"

namespace bellwether::media {
namespace {

constexpr std::chrono::milliseconds kWritePeriod{200};  // a twenty-fifth of the ring
constexpr std::uint64_t kHeaderFrames = 100;            // 2 s
// Files closed between two rounds of writing: their hashes take some 20 ms each for calls of three
// minutes, so that a burst of ends fills no ring.
constexpr std::size_t kClosedPerRound = 8;
constexpr std::array<std::int16_t, 2 * kFrameSamples> kSilence{};

double seconds_of(std::uint64_t frames) {
    return std::chrono::duration<double>{frames * kFrame}.count();
}

}  // namespace

Recording::Recording(RecordingOrder order, RecordingFile file)
    : order_{std::move(order)}, file_{std::move(file)}, ring_(kRingFrames) {}

Recording::~Recording() = default;

Recording::Slot* Recording::next_slot() noexcept {
    const auto number = pushed_++;
    const auto tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == kRingFrames) {
        lost_.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    Slot& slot = ring_[tail % kRingFrames];
    slot.number = number;
    slot.withheld = false;
    return &slot;
}

void Recording::offer() noexcept {
    tail_.store(tail_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
}

void Recording::push(const Frame& left, const Frame& right) noexcept {
    Slot* slot = next_slot();
    if (slot == nullptr) return;
    if (order_.what == RecordingOrder::What::Answer) {
        std::copy(left.begin(), left.end(), slot->samples.begin());
    } else {
        for (std::size_t i = 0; i < kFrameSamples; ++i) {
            slot->samples[2 * i] = left[i];
            slot->samples[2 * i + 1] = right[i];
        }
    }
    offer();
}

void Recording::push_withheld() noexcept {
    Slot* slot = next_slot();
    if (slot == nullptr) return;
    slot->withheld = true;
    slot->samples.fill(0);  // nothing of it, not in memory either
    offer();
}

void Recording::skip(std::uint64_t frames) noexcept {
    pushed_ += frames;
    lost_.fetch_add(frames, std::memory_order_relaxed);
}

void Recording::finish(const Ending& ending) noexcept {
    ending_ = ending;
    finished_.store(true, std::memory_order_release);
}

bool Recording::write_pending() {
    // Read first: whatever was pushed before finish() is then visible below.
    const bool finished = finished_.load(std::memory_order_acquire);
    const auto tail = tail_.load(std::memory_order_acquire);
    auto head = head_.load(std::memory_order_relaxed);
    for (; head != tail; ++head) {
        Slot& slot = ring_[head % kRingFrames];
        while (written_ < slot.number) write_frame(nullptr);
        write_frame(&slot);
        head_.store(head + 1, std::memory_order_release);
    }
    // What found no room at the very end: pushed_ stands still now.
    while (finished && written_ < pushed_) write_frame(nullptr);
    if (written_ - header_frames_ >= kHeaderFrames) {
        header_frames_ = written_;
        file_.update_header();
    }
    return finished;
}

void Recording::write_frame(const Slot* slot) {
    note(slot == nullptr ? withholding_ : slot->withheld);
    ++written_;
    const bool is_mono = order_.what == RecordingOrder::What::Answer;
    const std::span samples{slot == nullptr ? kSilence : slot->samples};
    if (file_.write(samples.first(is_mono ? kFrameSamples : samples.size())) || failed_) return;
    failed_ = true;
    spdlog::error("recording_failed call={} file={}", value_of(order_.leg), file_.path().string());
}

// A frame is about to be written: begins or ends a withheld span.
void Recording::note(bool is_withheld) {
    const double now = seconds_of(written_);
    if (is_withheld && !withholding_) withheld_.push_back({now, now});
    withholding_ = is_withheld;
    if (is_withheld) withheld_.back().to_s = seconds_of(written_ + 1);
}

Event Recording::close() {
    const auto digest = file_.close();
    if (!digest) {
        spdlog::error("recording_incomplete call={} reason=\"{}\"", value_of(order_.leg),
                      digest.error().detail);
    }
    const std::string error = digest ? std::string{} : digest.error().detail;
    if (order_.what == RecordingOrder::What::Answer) {
        return AnswerRecorded{
            .leg = order_.leg,
            .file = file_.path().string(),
            .seconds = seconds_of(written_),
            .spoken_seconds = std::chrono::duration<double>{ending_.spoken}.count(),
            .reason = ending_.reason,
            .key = ending_.key,
            .sha256 = digest.value_or(""),
            .error = error};
    }
    double withheld = 0.0;
    for (const auto& span : withheld_) withheld += span.to_s - span.from_s;
    return RecordingClosed{.leg = order_.leg,
                           .file = file_.path().string(),
                           .seconds = seconds_of(written_),
                           .paused_seconds = withheld,
                           .pauses = withheld_,
                           .frames_lost = frames_lost(),
                           .sha256 = digest.value_or(""),
                           .error = error};
}

Recorder::Recorder(std::function<void(Event)> events)
    : events_{std::move(events)}, thread_{named_thread("record", [this] { run(); })} {}

Recorder::~Recorder() { stop(); }

Result<std::shared_ptr<Recording>> Recorder::open(RecordingOrder order) {
    {
        const std::lock_guard lock{mutex_};
        if (stopping_) return fail(Errc::Unavailable, "the recorder has stopped");
    }
    const int channels = order.what == RecordingOrder::What::Answer ? 1 : 2;
    auto file = RecordingFile::create(order.file, order.format, channels);
    if (!file) return tl::unexpected<Error>{file.error()};
    std::shared_ptr<Recording> recording{new Recording{std::move(order), *std::move(file)}};
    const std::lock_guard lock{mutex_};
    if (stopping_) return fail(Errc::Unavailable, "the recorder has stopped");
    recordings_.push_back(recording);
    return recording;
}

void Recorder::run() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        wake_.wait_for(lock, kWritePeriod, [this] { return stopping_; });
        const auto current = recordings_;
        lock.unlock();  // the disk may be slow; open() must not wait for it
        std::vector<std::shared_ptr<Recording>> done;
        for (const auto& recording : current) {
            if (recording->write_pending() && done.size() < kClosedPerRound) {
                done.push_back(recording);
            }
        }
        for (const auto& recording : done) events_(recording->close());
        lock.lock();
        std::erase_if(recordings_, [&](const auto& recording) {
            return std::find(done.begin(), done.end(), recording) != done.end();
        });
    }
}

void Recorder::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    for (const auto& recording : recordings_) {
        recording->write_pending();
        events_(recording->close());
    }
    recordings_.clear();
}

}  // namespace bellwether::media
