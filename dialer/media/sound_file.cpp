#include "dialer/media/sound_file.h"

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace bellwether::media {
namespace {

/// Bytes as libsndfile reads a file.
struct Memory {
    std::span<const std::byte> bytes;
    sf_count_t at = 0;

    [[nodiscard]] sf_count_t size() const { return static_cast<sf_count_t>(bytes.size()); }
};

sf_count_t memory_size(void* user) { return static_cast<Memory*>(user)->size(); }

sf_count_t memory_seek(sf_count_t offset, int whence, void* user) {
    auto& memory = *static_cast<Memory*>(user);
    sf_count_t from = 0;
    if (whence == SEEK_CUR) from = memory.at;
    if (whence == SEEK_END) from = memory.size();
    memory.at = std::clamp<sf_count_t>(from + offset, 0, memory.size());
    return memory.at;
}

sf_count_t memory_read(void* to, sf_count_t count, void* user) {
    auto& memory = *static_cast<Memory*>(user);
    const auto got = std::clamp<sf_count_t>(count, 0, memory.size() - memory.at);
    if (got > 0) {
        const auto part = memory.bytes.subspan(static_cast<std::size_t>(memory.at),
                                               static_cast<std::size_t>(got));
        std::memcpy(to, part.data(), part.size());
    }
    memory.at += got;
    return got;
}

sf_count_t memory_tell(void* user) { return static_cast<Memory*>(user)->at; }

}  // namespace

struct SoundFile::State {
    Memory memory;
    SF_INFO info{};
    SNDFILE* handle = nullptr;

    ~State() {
        if (handle != nullptr) sf_close(handle);
    }
};

SoundFile::SoundFile(std::unique_ptr<State> state) : state_{std::move(state)} {}
SoundFile::SoundFile(SoundFile&&) noexcept = default;
SoundFile& SoundFile::operator=(SoundFile&&) noexcept = default;
SoundFile::~SoundFile() = default;

Result<SoundFile> SoundFile::open(const std::filesystem::path& file) {
    auto state = std::make_unique<State>();
    state->handle = sf_open(file.c_str(), SFM_READ, &state->info);
    if (state->handle == nullptr) return fail(Errc::InvalidInput, sf_strerror(nullptr));
    return SoundFile{std::move(state)};
}

Result<SoundFile> SoundFile::open(std::span<const std::byte> bytes) {
    auto state = std::make_unique<State>();
    state->memory.bytes = bytes;
    SF_VIRTUAL_IO io{memory_size, memory_seek, memory_read, nullptr, memory_tell};
    state->handle = sf_open_virtual(&io, SFM_READ, &state->info, &state->memory);
    if (state->handle == nullptr) return fail(Errc::InvalidInput, sf_strerror(nullptr));
    return SoundFile{std::move(state)};
}

int SoundFile::rate() const { return state_->info.samplerate; }
int SoundFile::channels() const { return state_->info.channels; }
int SoundFile::coding() const { return state_->info.format & SF_FORMAT_SUBMASK; }

std::size_t SoundFile::read(std::span<float> to) {
    const auto frames = static_cast<sf_count_t>(to.size()) / std::max(1, state_->info.channels);
    const auto got = sf_readf_float(state_->handle, to.data(), frames);
    return static_cast<std::size_t>(std::max<sf_count_t>(0, got));
}

std::int16_t to_pcm(float value) {
    if (!std::isfinite(value)) return 0;
    const double scaled = std::nearbyint(static_cast<double>(value) * 32'768.0);
    return static_cast<std::int16_t>(std::clamp(scaled, -32'768.0, 32'767.0));
}

}  // namespace bellwether::media
