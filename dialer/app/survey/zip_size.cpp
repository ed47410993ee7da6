#include "dialer/app/survey/zip_size.h"

namespace bellwether::app {

namespace {

// Offsets and lengths: APPNOTE 4.3.12 (a file in the directory), 4.3.16 (the end of the directory).
constexpr std::string_view kEndMark = "PK\x05\x06";
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEndFiles = 10;
constexpr std::size_t kEndDirectory = 16;
constexpr std::string_view kFileMark = "PK\x01\x02";
constexpr std::size_t kFileBytes = 46;
constexpr std::size_t kFileUnpacked = 24;
constexpr std::size_t kFileNameLength = 28;  // then those of the extra field and the comment
constexpr std::uint64_t kZip64 = 0xFFFFFFFF;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t length) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < length; ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

}  // namespace

Result<ZipSize> zip_size(std::string_view archive) {
    const auto not_whole = fail(Errc::InvalidInput, "is not a whole zip archive");
    const auto end = archive.rfind(kEndMark);
    if (end == std::string_view::npos || archive.size() - end < kEndBytes) return not_whole;
    const auto files = number_at(archive, end + kEndFiles, 2);
    auto at = static_cast<std::size_t>(number_at(archive, end + kEndDirectory, 4));
    ZipSize size;
    for (std::uint64_t i = 0; i < files; ++i) {
        if (at > end || end - at < kFileBytes || archive.substr(at, 4) != kFileMark)
            return not_whole;
        const auto unpacked = number_at(archive, at + kFileUnpacked, 4);
        if (unpacked == kZip64) return not_whole;
        ++size.files;
        size.bytes += unpacked;
        std::size_t behind = kFileBytes;
        for (std::size_t field = 0; field < 3; ++field) {
            behind +=
                static_cast<std::size_t>(number_at(archive, at + kFileNameLength + 2 * field, 2));
        }
        at += behind;
    }
    return size;
}

}  // namespace bellwether::app
