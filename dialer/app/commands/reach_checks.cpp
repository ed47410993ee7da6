#include "dialer/app/commands/reach_checks.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kSyncs = 64;
constexpr std::size_t kBlock = 4096;  // one page of the store's log
/// Slower than this in the middle, and a busy evening's attempts queue up behind the disk: 300
/// calls/s in groups of a few need about that (design.md §9).
constexpr double kSlowSyncMs = 20;

class Socket {
public:
    explicit Socket(int descriptor) : descriptor_{descriptor} {}
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int get() const { return descriptor_; }

private:
    int descriptor_;
};

struct FreeAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

/// A socket that talks to the host alone; none with what is wrong in `fault`.
std::unique_ptr<Socket> connect_to(const std::string& host, std::uint16_t port, int type,
                                   std::string& fault) {
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = type;
    addrinfo* found = nullptr;
    const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    const std::unique_ptr<addrinfo, FreeAddresses> list{found};
    if (error != 0) {
        fault = fmt::format("{} has no address: {}", host, ::gai_strerror(error));
        return nullptr;
    }
    auto socket =
        std::make_unique<Socket>(::socket(list->ai_family, list->ai_socktype | SOCK_CLOEXEC, 0));
    if (::connect(socket->get(), list->ai_addr, list->ai_addrlen) != 0) {
        fault = fmt::format("{}:{} cannot be reached: {}", host, port,
                            std::generic_category().message(errno));
        return nullptr;
    }
    return socket;
}

/// RFC 3261 §11.1. The address that answers come back to is the socket's own.
std::string options_request(const Socket& socket, const sip::TrunkConfig& trunk) {
    sockaddr_in own{};
    socklen_t size = sizeof own;
    ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&own), &size);
    std::array<char, INET_ADDRSTRLEN> text{};
    ::inet_ntop(AF_INET, &own.sin_addr, text.data(), text.size());
    std::random_device random;
    const std::string tag = fmt::format("{:08x}{:08x}", random(), random());
    const std::string at = fmt::format("{}:{}", text.data(), ntohs(own.sin_port));
    return fmt::format(
        "OPTIONS sip:{0}:{1} SIP/2.0\r\n"
        "Via: SIP/2.0/UDP {2};rport;branch=z9hG4bK{3}\r\n"
        "Max-Forwards: 70\r\n"
        "From: <sip:doctor@{2}>;tag={3}\r\n"
        "To: <sip:{0}:{1}>\r\n"
        "Call-ID: {3}@bellwether\r\n"
        "CSeq: 1 OPTIONS\r\n"
        "Contact: <sip:doctor@{2}>\r\n"
        "Accept: application/sdp\r\n"
        "Content-Length: 0\r\n\r\n",
        trunk.host, trunk.port, at, tag);
}

/// The first line of an answer that comes in time.
std::optional<std::string> answer_of(const Socket& socket, const std::string& request,
                                     milliseconds patience) {
    if (::send(socket.get(), request.data(), request.size(), 0) < 0) return std::nullopt;
    pollfd waiting{socket.get(), POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return std::nullopt;
    std::array<char, 2048> bytes{};
    const auto count = ::recv(socket.get(), bytes.data(), bytes.size(), 0);
    if (count <= 0) return std::nullopt;
    const std::string text{bytes.data(), static_cast<std::size_t>(count)};
    if (!text.starts_with("SIP/2.0 ")) return std::nullopt;
    return text.substr(8, text.find('\r') - 8);
}

fs::path existing(fs::path folder) {
    std::error_code ignored;
    folder = fs::absolute(folder, ignored);
    while (!fs::exists(folder, ignored) && folder.has_relative_path())
        folder = folder.parent_path();
    return folder;
}

/// Milliseconds of each forced write, sorted; empty if the file cannot be written.
std::vector<double> time_syncs(const fs::path& file) {
    const Socket out{::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600)};
    std::vector<double> times;
    const std::array<char, kBlock> block{};
    for (int i = 0; out.get() >= 0 && i < kSyncs; ++i) {
        const auto begun = Clock::now();
        if (::write(out.get(), block.data(), block.size()) < 0 || ::fdatasync(out.get()) != 0)
            break;
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    }
    std::error_code ignored;
    fs::remove(file, ignored);
    std::sort(times.begin(), times.end());
    return times;
}

/// A trunk over TCP or TLS: is anybody there to connect to?
Check check_connection(const sip::TrunkConfig& trunk, const std::string& name) {
    std::string fault;
    const auto socket = connect_to(trunk.host, trunk.port, SOCK_STREAM, fault);
    if (!socket) return {name, CheckResult::Warning, fault + ": see its host and port"};
    return {name, CheckResult::Ok, fmt::format("{}:{} takes connections", trunk.host, trunk.port)};
}

}  // namespace

Check check_trunk_answers(const sip::TrunkConfig& trunk, milliseconds patience) {
    const std::string name = fmt::format("trunk {} answers", trunk.name);
    if (trunk.transport != sip::Transport::Udp) return check_connection(trunk, name);
    std::string fault;
    const auto socket = connect_to(trunk.host, trunk.port, SOCK_DGRAM, fault);
    if (!socket) return {name, CheckResult::Failed, fault + ": see its host"};
    const auto begun = Clock::now();
    for (int i = 0; i < 2; ++i) {
        const auto answer = answer_of(*socket, options_request(*socket, trunk), patience / 2);
        if (!answer) continue;
        const double ms = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
        return {name, CheckResult::Ok,
                fmt::format("{}:{} answered OPTIONS with {} in {:.0f} ms", trunk.host, trunk.port,
                            *answer, ms)};
    }
    return {name, CheckResult::Warning,
            fmt::format("{}:{} did not answer OPTIONS over UDP: is the host right, does a firewall "
                        "stand between, does the carrier know our address?",
                        trunk.host, trunk.port)};
}

Check check_write_speed(const Config& config) {
    const fs::path folder = existing(config.store.parent_path());
    const auto times = time_syncs(folder / fmt::format(".doctor-{}", ::getpid()));
    if (times.empty())
        return {"disk speed", CheckResult::Failed, folder.string() + " cannot be written to"};
    const double middle = times[times.size() / 2];
    const std::string detail =
        fmt::format("a forced write takes {:.1f} ms, the slowest of {} {:.1f} ms", middle,
                    times.size(), times.back());
    if (middle > kSlowSyncMs) {
        return {"disk speed", CheckResult::Warning,
                detail + ": calls wait for it; use a disk of this machine, not one in the network"};
    }
    return {"disk speed", CheckResult::Ok, detail};
}

Check check_evidence_key(const Config& config) {
    const fs::path keys = config.store.parent_path() / "evidence" / "keys";
    std::error_code error;
    if (!fs::exists(keys, error))
        return {"evidence key", CheckResult::Ok, "none yet: the first start makes it"};
    for (const auto& entry : fs::directory_iterator{keys, error}) {
        const auto open_to =
            entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all);
        if (entry.path().extension() == ".pub" || open_to == fs::perms::none) continue;
        return {"evidence key", CheckResult::Warning,
                entry.path().string() + " may be read by others: chmod 600"};
    }
    if (error) {
        return {"evidence key", CheckResult::Failed,
                fmt::format("{}: {}", keys.string(), error.message())};
    }
    return {"evidence key", CheckResult::Ok, keys.string() + " is there, for its owner alone"};
}

}  // namespace bellwether::app
