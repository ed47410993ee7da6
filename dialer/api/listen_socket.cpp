#include "dialer/api/listen_socket.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace bellwether::api {

namespace {

namespace fs = std::filesystem;

/// Closes a descriptor at the end of a scope.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_{fd} {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] int release() { return std::exchange(fd_, -1); }

private:
    int fd_;
};

/// A short queue: the accept loop empties it at once, and more than this is an attack or a bug.
constexpr int kBacklog = 64;

tl::unexpected<Error> unavailable(const fs::path& path, std::string_view what, int error) {
    return fail(Errc::Unavailable, path.string() + ": " + std::string{what} + ": " +
                                       std::generic_category().message(error));
}

bool fill(const fs::path& path, sockaddr_un& address) {
    const std::string text = path.string();
    if (text.empty() || text.size() >= sizeof(address.sun_path)) return false;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    return true;
}

const sockaddr* as_sockaddr(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

Result<void> make_folder(const fs::path& folder) {
    if (folder.empty() || fs::exists(folder)) return {};
    std::error_code error;
    fs::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
        return unavailable(folder, "the folder cannot be made", errno);
    }
    return {};
}

/// Removes what a dead service left behind.
Result<void> clear_place(const fs::path& socket) {
    struct stat status {};
    if (::lstat(socket.c_str(), &status) != 0) return {};
    if (!S_ISSOCK(status.st_mode)) {
        return fail(Errc::Conflict,
                    socket.string() + " is there and is not a socket: move it away");
    }
    if (answers(socket)) {
        return fail(Errc::Conflict,
                    "another service answers on " + socket.string() + ": stop it first");
    }
    if (::unlink(socket.c_str()) != 0 && errno != ENOENT) {
        return unavailable(socket, "the old socket cannot be removed", errno);
    }
    return {};
}

}  // namespace

bool answers(const fs::path& socket) {
    sockaddr_un address{};
    if (!fill(socket, address)) return false;
    const Descriptor probe{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    // EAGAIN: its queue is full, so somebody is there.
    return probe.get() >= 0 &&
           (::connect(probe.get(), as_sockaddr(address), sizeof(address)) == 0 || errno == EAGAIN);
}

Result<int> listen_on(const fs::path& socket) {
    sockaddr_un address{};
    if (!fill(socket, address)) {
        return fail(Errc::Unavailable, socket.string() + ": a socket's path has 1 to " +
                                           std::to_string(sizeof(address.sun_path) - 1) + " bytes");
    }
    if (const auto made = make_folder(socket.parent_path()); !made)
        return tl::unexpected(made.error());
    if (const auto cleared = clear_place(socket); !cleared) return tl::unexpected(cleared.error());
    Descriptor fd{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (fd.get() < 0) return unavailable(socket, "no socket", errno);
    if (::bind(fd.get(), as_sockaddr(address), sizeof(address)) != 0) {
        if (errno == EADDRINUSE)
            return fail(Errc::Conflict, "another service has just taken " + socket.string());
        return unavailable(socket, "cannot be bound", errno);
    }
    // Before listen() every connect is refused, so nobody slips in while the mode is still the
    // umask's.
    if (::chmod(socket.c_str(), S_IRUSR | S_IWUSR) != 0)
        return unavailable(socket, "mode 0600", errno);
    if (::listen(fd.get(), kBacklog) != 0)
        return unavailable(socket, "cannot be listened on", errno);
    return fd.release();
}

}  // namespace bellwether::api
