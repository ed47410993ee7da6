#include "dialer/store/evidence_webhook.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>

namespace bellwether::store {

namespace {

using Clock = std::chrono::steady_clock;

struct Target {
    std::string host;
    std::string port = "80";
    std::string path = "/";
};

Result<Target> read_url(std::string_view url) {
    constexpr std::string_view kScheme = "http://";
    if (!url.starts_with(kScheme))
        return fail(Errc::InvalidInput, "a webhook is written http://host:port/path");
    url.remove_prefix(kScheme.size());
    Target target;
    const auto slash = url.find('/');
    if (slash != std::string_view::npos) target.path = url.substr(slash);
    const std::string_view place = url.substr(0, slash);
    const auto colon = place.find(':');
    target.host = place.substr(0, colon);
    if (colon != std::string_view::npos) target.port = place.substr(colon + 1);
    if (target.host.empty() || target.port.empty())
        return fail(Errc::InvalidInput, "a webhook is written http://host:port/path");
    return target;
}

/// One TCP connection that gives up at a deadline.
class Connection {
public:
    explicit Connection(Clock::time_point deadline) : deadline_{deadline} {}
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool open(const Target& target) {
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (getaddrinfo(target.host.c_str(), target.port.c_str(), &wanted, &found) != 0)
            return false;
        const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> list{found, freeaddrinfo};
        for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
            if (connect_to(*one)) return true;
        }
        return false;
    }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            } else if (errno != EAGAIN || !wait_for(POLLOUT)) {
                return false;
            }
        }
        return true;
    }

    /// What has come by the first line's end.
    std::string first_line() {
        std::string line;
        std::array<char, 512> piece;
        while (line.find('\n') == std::string::npos && line.size() < 4096) {
            const ssize_t size = ::recv(socket_, piece.data(), piece.size(), 0);
            if (size > 0) {
                line.append(piece.data(), static_cast<std::size_t>(size));
            } else if (size == 0 || errno != EAGAIN || !wait_for(POLLIN)) {
                break;
            }
        }
        return line;
    }

private:
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

    bool connect_to(const addrinfo& address) {
        close();
        socket_ = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (socket_ < 0) return false;
        if (::connect(socket_, address.ai_addr, address.ai_addrlen) == 0) return true;
        if (errno != EINPROGRESS || !wait_for(POLLOUT)) return false;
        int error = 0;
        socklen_t size = sizeof error;
        return getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
    }

    bool wait_for(short what) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
        if (left.count() <= 0) return false;
        pollfd watched{socket_, what, 0};
        return ::poll(&watched, 1, static_cast<int>(left.count())) > 0;
    }

    const Clock::time_point deadline_;
    int socket_ = -1;
};

std::string request_of(const Target& target, std::string_view text) {
    return "POST " + target.path + " HTTP/1.1\r\nHost: " + target.host + ":" + target.port +
           "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " +
           std::to_string(text.size()) + "\r\nConnection: close\r\n\r\n" + std::string{text};
}

}  // namespace

Result<void> post_to_webhook(const std::string& url, std::string_view text) {
    const auto target = read_url(url);
    if (!target) return tl::unexpected(target.error());
    Connection connection{Clock::now() + kWebhookWithin};
    const bool sent = connection.open(*target) && connection.send(request_of(*target, text));
    const std::string line = sent ? connection.first_line() : std::string{};
    const bool accepted = line.starts_with("HTTP/1.") && line.size() > 9 && line[9] == '2';
    if (!accepted)
        return fail(Errc::Unavailable, "the webhook of the checkpoints did not accept one");
    return {};
}

}  // namespace bellwether::store
