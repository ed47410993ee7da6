#include "dialer/media/recorder.h"

#include <fmt/format.h>
#include <sndfile.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "dialer/media/named_thread.h"

namespace bellwether::media {
namespace {

constexpr std::chrono::milliseconds kWritePeriod{200};  // a twenty-fifth of the ring
constexpr std::array<std::int16_t, 2 * kFrameSamples> kSilence{};

}  // namespace

struct Recording::File {
    SNDFILE* handle = nullptr;
    std::string path;
    bool failed = false;  // reported once; the call goes on

    ~File() {
        if (handle != nullptr) sf_close(handle);
    }
};

Recording::Recording(std::unique_ptr<File> file) : file_{std::move(file)}, ring_(kRingFrames) {}

Recording::~Recording() = default;

void Recording::push(const Frame& left, const Frame& right) noexcept {
    const auto number = pushed_++;
    const auto tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == kRingFrames) {
        lost_.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    Slot& slot = ring_[tail % kRingFrames];
    slot.number = number;
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
        slot.samples[2 * i] = left[i];
        slot.samples[2 * i + 1] = right[i];
    }
    tail_.store(tail + 1, std::memory_order_release);
}

bool Recording::write_pending() {
    // Read first: whatever was pushed before finish() is then visible below.
    const bool finished = finished_.load(std::memory_order_acquire);
    const auto tail = tail_.load(std::memory_order_acquire);
    auto head = head_.load(std::memory_order_relaxed);
    for (; head != tail; ++head) {
        const Slot& slot = ring_[head % kRingFrames];
        while (written_ < slot.number) write_samples(kSilence.data());
        write_samples(slot.samples.data());
        head_.store(head + 1, std::memory_order_release);
    }
    return finished;
}

void Recording::write_samples(const std::int16_t* samples) {
    ++written_;
    const auto frames = static_cast<sf_count_t>(kFrameSamples);
    if (file_->failed || sf_writef_short(file_->handle, samples, frames) == frames) return;
    file_->failed = true;
    spdlog::error("recording_failed file={} error={}", file_->path, sf_strerror(file_->handle));
}

Recorder::Recorder() : thread_{named_thread("record", [this] { run(); })} {}

Recorder::~Recorder() { stop(); }

Result<std::shared_ptr<Recording>> Recorder::open(const std::filesystem::path& path) {
    SF_INFO info{};
    info.samplerate = kSampleRate;
    info.channels = 2;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    auto file = std::make_unique<Recording::File>();
    file->path = path.string();
    file->handle = sf_open(path.c_str(), SFM_WRITE, &info);
    if (file->handle == nullptr) {
        return fail(Errc::Unavailable, fmt::format("cannot record into '{}': {}", path.string(),
                                                   sf_strerror(nullptr)));
    }
    std::shared_ptr<Recording> recording{new Recording{std::move(file)}};
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
            if (!recording->write_pending()) continue;
            recording->file_.reset();  // closed here, whoever still holds the recording
            done.push_back(recording);
        }
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
        recording->file_.reset();
    }
    recordings_.clear();
}

}  // namespace bellwether::media
