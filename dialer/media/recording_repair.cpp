#include "dialer/media/recording_repair.h"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "dialer/media/recording_file.h"

namespace bellwether::media {
namespace {

constexpr std::size_t kHeadBytes = 4096;  // libsndfile's head has 44; chunks before the sound fit

std::uint32_t little_endian(std::span<const std::byte> bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
        value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i]);
    }
    return value;
}

bool is_at(std::span<const std::byte> bytes, std::size_t at, std::string_view word) {
    return at + word.size() <= bytes.size() &&
           std::memcmp(bytes.data() + at, word.data(), word.size()) == 0;
}

void write_u32(std::ostream& file, std::size_t at, std::uint32_t value) {
    std::array<char, 4> octets{};
    for (auto& octet : octets) {
        octet = static_cast<char>(value & 0xFF);
        value >>= 8U;
    }
    file.seekp(static_cast<std::streamoff>(at));
    file.write(octets.data(), octets.size());
}

Result<WavMend> mend_file(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
    std::vector<std::byte> head(kHeadBytes);
    stream.read(reinterpret_cast<char*>(head.data()), kHeadBytes);
    head.resize(static_cast<std::size_t>(stream.gcount()));
    stream.clear();
    auto mend = error ? fail(Errc::Unavailable, error.message()) : mend_wav(head, size);
    if (!mend) return mend;
    write_u32(stream, 4, mend->riff_size);
    write_u32(stream, mend->data_size_at, mend->data_size);
    stream.close();
    if (!stream) return fail(Errc::Unavailable, "it cannot be written");
    std::filesystem::resize_file(file, mend->file_size, error);
    if (error) return fail(Errc::Unavailable, error.message());
    return mend;
}

Result<RepairedRecording> repair(const std::filesystem::path& part) {
    RepairedRecording result;
    result.file = part.parent_path() / part.stem();
    std::error_code error;
    if (std::filesystem::exists(result.file, error)) {
        return fail(Errc::Conflict, "a whole recording of that name exists");
    }
    if (result.file.extension() != ".flac") {
        const auto mend = mend_file(part);
        if (!mend) return tl::unexpected<Error>{mend.error()};
        result.seconds = mend->seconds;
    }
    auto digest = sha256_of_file(part);
    if (!digest) return tl::unexpected<Error>{digest.error()};
    result.sha256 = *std::move(digest);
    std::filesystem::rename(part, result.file, error);
    if (error) return fail(Errc::Unavailable, error.message());
    return result;
}

}  // namespace

// Source: Microsoft, Multimedia Programming Interface and Data Specifications 1.0, ch. 2-3.
Result<WavMend> mend_wav(std::span<const std::byte> head, std::uint64_t file_size) {
    if (!is_at(head, 0, "RIFF") || !is_at(head, 8, "WAVE")) {
        return fail(Errc::Corrupt, "it does not begin as a WAV file");
    }
    std::uint32_t bytes_per_second = 0;
    std::uint32_t frame_bytes = 0;
    for (std::size_t at = 12; at + 8 <= head.size();) {
        const std::size_t length = little_endian(head, at + 4, 4);
        if (is_at(head, at, "fmt ") && at + 24 <= head.size()) {
            bytes_per_second = little_endian(head, at + 16, 4);
            frame_bytes = little_endian(head, at + 20, 2);
        }
        if (is_at(head, at, "data") && frame_bytes > 0 && bytes_per_second > 0) {
            const std::uint64_t begin = at + 8;
            const std::uint64_t sound = (file_size - begin) / frame_bytes * frame_bytes;
            if (sound > 0xFFFF'0000U) return fail(Errc::Corrupt, "it is longer than a WAV can be");
            return WavMend{.riff_size = static_cast<std::uint32_t>(begin + sound - 8),
                           .data_size_at = at + 4,
                           .data_size = static_cast<std::uint32_t>(sound),
                           .file_size = begin + sound,
                           .seconds = static_cast<double>(sound) / bytes_per_second};
        }
        at += 8 + length + length % 2;
    }
    return fail(Errc::Corrupt, "it ends before its sound begins");
}

Result<RepairReport> repair_recordings(const std::filesystem::path& folder) {
    RepairReport report;
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) return report;
    std::vector<std::filesystem::path> parts;
    for (std::filesystem::recursive_directory_iterator at{folder, error}, end; !error && at != end;
         at.increment(error)) {
        if (at->path().extension() == kUnfinishedSuffix) parts.push_back(at->path());
    }
    if (error) {
        return fail(Errc::Unavailable,
                    fmt::format("cannot read '{}': {}", folder.string(), error.message()));
    }
    std::sort(parts.begin(), parts.end());
    for (const auto& part : parts) {
        auto repaired = repair(part);
        if (repaired) {
            report.repaired.push_back(*std::move(repaired));
        } else {
            report.left.push_back(
                {repaired.error().code,
                 fmt::format("'{}' cannot be mended: {}", part.string(), repaired.error().detail)});
        }
    }
    return report;
}

}  // namespace bellwether::media
