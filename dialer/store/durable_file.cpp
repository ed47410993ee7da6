#include "dialer/store/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace bellwether::store {
namespace {

tl::unexpected<Error> failure(const std::filesystem::path& path) {
    if (errno == ENOSPC || errno == EDQUOT) {
        return fail(Errc::Exhausted, path.string() + " cannot be written: the disk is full");
    }
    return fail(Errc::Unavailable, path.string() + " cannot be written: the disk reports an error");
}

/// A file's name is as durable as the folder that holds it.
bool sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool done = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return done;
}

}  // namespace

Result<DurableFile> DurableFile::create(const std::filesystem::path& path) {
    std::filesystem::path temporary = path;
    temporary += ".tmp";
    // Nobody writes it again, not even its owner by mistake; others have no business with it.
    constexpr mode_t kMode = 0400;
    const int descriptor =
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
    if (descriptor < 0) return failure(temporary);
    return DurableFile{descriptor, path, std::move(temporary)};
}

DurableFile::DurableFile(int descriptor, std::filesystem::path path,
                         std::filesystem::path temporary)
    : descriptor_{descriptor}, path_{std::move(path)}, temporary_{std::move(temporary)} {}

DurableFile::DurableFile(DurableFile&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)},
      path_{std::move(other.path_)},
      temporary_{std::exchange(other.temporary_, {})} {}

DurableFile::~DurableFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<void> DurableFile::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return failure(temporary_);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> DurableFile::sync() {
    const bool done = ::fsync(descriptor_) == 0;
    if (!done) return failure(temporary_);
    ::close(std::exchange(descriptor_, -1));
    return {};
}

Result<void> DurableFile::keep() {
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return failure(path_);
    temporary_.clear();
    if (!sync_folder(path_.parent_path())) return failure(path_);
    return {};
}

}  // namespace bellwether::store
