#include "dialer/store/evidence_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace bellwether::store {

namespace {

namespace fs = std::filesystem;

class File {
public:
    File(const fs::path& path, int flags, unsigned mode = 0644)
        : descriptor_{::open(path.c_str(), flags | O_CLOEXEC, mode)} {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] bool sync() const { return ::fsync(descriptor_) == 0; }

    [[nodiscard]] bool write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

private:
    int descriptor_;
};

tl::unexpected<Error> failure(const fs::path& path, const char* what) {
    const int code = errno;
    return fail(
        code == ENOSPC || code == EDQUOT ? Errc::Exhausted : Errc::Unavailable,
        std::string{what} + " " + path.string() + ": " + std::generic_category().message(code));
}

bool make_folder_of(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    return !error;
}

/// The name itself is on the disk only when the folder is.
void sync_folder_of(const fs::path& path) {
    const File folder{path.parent_path(), O_RDONLY | O_DIRECTORY};
    static_cast<void>(folder.is_open() && folder.sync());
}

Result<void> replace(const fs::path& path, std::string_view bytes, unsigned mode, bool sync) {
    fs::path beside = path;
    beside += ".new";
    {
        File file{beside, O_WRONLY | O_CREAT | O_TRUNC, mode};
        if (!file.is_open() && errno == ENOENT && make_folder_of(path))
            return replace(path, bytes, mode, sync);
        if (!file.is_open()) return failure(beside, "cannot make");
        if (!file.write(bytes) || (sync && !file.sync())) return failure(beside, "cannot write");
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) return failure(path, "cannot replace");
    if (sync) sync_folder_of(path);
    return {};
}

}  // namespace

Result<void> write_file_whole(const fs::path& path, std::string_view bytes, unsigned mode) {
    return replace(path, bytes, mode, true);
}

Result<void> write_file_lazily(const fs::path& path, std::string_view bytes) {
    return replace(path, bytes, 0644, false);
}

Result<void> append_to_file(const fs::path& path, std::string_view bytes) {
    make_folder_of(path);
    const File file{path, O_WRONLY | O_CREAT | O_APPEND};
    if (!file.is_open()) return failure(path, "cannot open");
    if (!file.write(bytes) || !file.sync()) return failure(path, "cannot write");
    return {};
}

Result<std::string> read_whole_file(const fs::path& path) {
    const File file{path, O_RDONLY};
    if (!file.is_open() && errno == ENOENT)
        return fail(Errc::NotFound, path.string() + " is not there");
    if (!file.is_open()) return failure(path, "cannot open");
    std::string bytes;
    std::array<char, 65'536> piece;
    while (true) {
        const ssize_t size = ::read(file.get(), piece.data(), piece.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return failure(path, "cannot read");
        if (size == 0) return bytes;
        bytes.append(piece.data(), static_cast<std::size_t>(size));
    }
}

}  // namespace bellwether::store
