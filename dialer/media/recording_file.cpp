#include "dialer/media/recording_file.h"

#include <fmt/format.h>
#include <sndfile.h>
#include <sodium.h>

#include <array>
#include <fstream>
#include <system_error>
#include <utility>

namespace bellwether::media {
namespace {

std::string hexadecimal(std::span<const unsigned char> bytes) {
    std::string text;
    for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
}

int sndfile_format(RecordingFormat format) {
    return SF_FORMAT_PCM_16 | (format == RecordingFormat::Flac ? SF_FORMAT_FLAC : SF_FORMAT_WAV);
}

}  // namespace

Result<std::string> sha256_of_file(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::array<char, 65'536> block{};
    while (stream) {
        stream.read(block.data(), block.size());
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(block.data()),
                                  static_cast<unsigned long long>(stream.gcount()));
    }
    if (!stream.eof()) {
        return fail(Errc::Unavailable, fmt::format("cannot read '{}'", file.string()));
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state, digest.data());
    return hexadecimal(digest);
}

struct RecordingFile::State {
    std::filesystem::path path;
    std::filesystem::path part;
    sf_count_t channels = 1;
    SNDFILE* handle = nullptr;
    std::string failure;  // why the disk refused; empty: it did not

    ~State() {
        if (handle != nullptr) sf_close(handle);
    }
};

RecordingFile::RecordingFile(std::unique_ptr<State> state) : state_{std::move(state)} {}
RecordingFile::RecordingFile(RecordingFile&&) noexcept = default;
RecordingFile& RecordingFile::operator=(RecordingFile&&) noexcept = default;
RecordingFile::~RecordingFile() = default;

Result<RecordingFile> RecordingFile::create(const std::filesystem::path& file,
                                            RecordingFormat format, int channels) {
    auto state = std::make_unique<State>();
    state->path = file;
    state->part = file.string() + std::string{kUnfinishedSuffix};
    state->channels = channels;
    std::error_code error;
    for (const auto& taken : {state->path, state->part}) {
        if (!std::filesystem::exists(taken, error)) continue;
        return fail(Errc::Conflict,
                    fmt::format("'{}' exists; recordings are not written over", taken.string()));
    }
    SF_INFO info{};
    info.samplerate = kSampleRate;
    info.channels = channels;
    info.format = sndfile_format(format);
    state->handle = sf_open(state->part.c_str(), SFM_WRITE, &info);
    if (state->handle == nullptr) {
        return fail(Errc::Unavailable, fmt::format("cannot record into '{}': {}", file.string(),
                                                   sf_strerror(nullptr)));
    }
    return RecordingFile{std::move(state)};
}

bool RecordingFile::write(std::span<const std::int16_t> samples) {
    if (!state_->failure.empty()) return false;
    const auto frames = static_cast<sf_count_t>(samples.size()) / state_->channels;
    if (sf_writef_short(state_->handle, samples.data(), frames) == frames) return true;
    state_->failure = sf_strerror(state_->handle);
    return false;
}

void RecordingFile::update_header() {
    sf_command(state_->handle, SFC_UPDATE_HEADER_NOW, nullptr, 0);
}

Result<std::string> RecordingFile::close() {
    const int closed = sf_close(std::exchange(state_->handle, nullptr));
    if (state_->failure.empty() && closed != SF_ERR_NO_ERROR) {
        state_->failure = sf_error_number(closed);
    }
    if (!state_->failure.empty()) {
        return fail(Errc::Exhausted,
                    fmt::format("'{}' could not be written to its end: {}; see whether the disk "
                                "is full",
                                state_->part.string(), state_->failure));
    }
    auto digest = sha256_of_file(state_->part);
    if (!digest) return digest;
    std::error_code error;
    std::filesystem::rename(state_->part, state_->path, error);
    if (error) {
        return fail(Errc::Unavailable, fmt::format("'{}' cannot be renamed: {}",
                                                   state_->part.string(), error.message()));
    }
    return digest;
}

const std::filesystem::path& RecordingFile::path() const { return state_->path; }

}  // namespace bellwether::media
