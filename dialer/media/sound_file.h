#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"

namespace bellwether::media {

/// A sound file open for reading: WAV, FLAC, Ogg Opus and whatever else libsndfile reads, from the
/// disk or from memory. For the threads that load; not thread-safe.
class SoundFile {
public:
    /// Fails with InvalidInput and libsndfile's reason alone: the caller knows the name and the
    /// mend.
    [[nodiscard]] static Result<SoundFile> open(const std::filesystem::path& file);
    /// @param bytes  must outlive the SoundFile
    [[nodiscard]] static Result<SoundFile> open(std::span<const std::byte> bytes);

    SoundFile(SoundFile&&) noexcept;
    SoundFile& operator=(SoundFile&&) noexcept;
    ~SoundFile();

    [[nodiscard]] int rate() const;      ///< Hz, as the file says: any number
    [[nodiscard]] int channels() const;  ///< as the file says: any number
    [[nodiscard]] int coding() const;    ///< SF_FORMAT_SUBMASK part of libsndfile's format

    /// Frames of all channels side by side, full scale 1.0; returns how many frames came, 0 at the
    /// end and where the file is damaged.
    /// @param to  room for whole frames
    std::size_t read(std::span<float> to);

private:
    struct State;
    explicit SoundFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Full scale 1.0 to 16 bits, rounded, clipped; what is no number is silence.
[[nodiscard]] std::int16_t to_pcm(float value);

}  // namespace bellwether::media
