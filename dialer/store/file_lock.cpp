#include "dialer/store/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

namespace bellwether::store {

namespace {

std::string holder_of(int descriptor) {
    std::array<char, 200> text{};
    const ssize_t size = pread(descriptor, text.data(), text.size(), 0);
    if (size <= 0) return "another process";
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

Result<FileLock> FileLock::take(const std::filesystem::path& path, std::string_view owner) {
    const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return fail(Errc::Unavailable, "cannot make " + path.string() +
                                           ": check that its folder exists and who owns it");
    }
    FileLock lock{descriptor};
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return fail(Errc::Conflict, "the store is in use by " + holder_of(descriptor));
    }
    const std::string holder =
        "process " + std::to_string(getpid()) + " (" + std::string{owner} + ")";
    // Only a help for the reader of an error: the lock holds whether or not this can be written.
    const bool written =
        ftruncate(descriptor, 0) == 0 && pwrite(descriptor, holder.data(), holder.size(), 0) > 0;
    static_cast<void>(written);
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace bellwether::store
