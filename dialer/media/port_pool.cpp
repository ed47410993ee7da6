#include "dialer/media/port_pool.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "dialer/media/media_clock.h"
#include "dialer/media/sdp.h"

namespace bellwether::media {
namespace {

constexpr int kExpeditedForwarding = 46 << 2;  // DSCP EF for voice, RFC 4594 §4.1

// A bound, non-blocking UDP socket; closed with errno in `error` otherwise.
Fd open_socket(std::uint32_t address, std::uint16_t port, int& error) {
    Fd fd{::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    sockaddr_in local{};
    local.sin_family = AF_INET;
    local.sin_addr.s_addr = htonl(address);
    local.sin_port = htons(port);
    const int on = 1;
    if (!fd.is_open() ||
        ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&local), sizeof local) != 0 ||
        ::setsockopt(fd.get(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0) {
        error = errno;
        return Fd{};
    }
    // A network that forbids marking still carries the call.
    (void)::setsockopt(fd.get(), IPPROTO_IP, IP_TOS, &kExpeditedForwarding,
                       sizeof kExpeditedForwarding);
    return fd;
}

}  // namespace

PortPair::PortPair(std::shared_ptr<PortPool> pool, Fd rtp, Fd rtcp, std::uint16_t port)
    : pool_{std::move(pool)}, rtp_{std::move(rtp)}, rtcp_{std::move(rtcp)}, port_{port} {}

PortPair::PortPair(PortPair&& other) noexcept = default;

PortPair::~PortPair() {
    if (!pool_) return;  // moved from
    rtp_ = Fd{};
    rtcp_ = Fd{};
    pool_->give_back(port_);
}

Result<std::shared_ptr<PortPool>> PortPool::create(const std::string& host, std::uint16_t port_min,
                                                   std::uint16_t port_max) {
    const auto address = parse_ipv4(host);
    if (!address) {
        return fail(Errc::InvalidInput,
                    fmt::format("media bind_host '{}' is not an IPv4 address", host));
    }
    const int first = port_min + port_min % 2;
    const int pairs = (port_max + 1 - first) / 2;
    if (first < 1024 || pairs < 1) {
        return fail(Errc::InvalidInput,
                    fmt::format("media ports {} to {} hold no even port from 1024 on with its "
                                "successor; RTP needs such a pair per call",
                                port_min, port_max));
    }
    return std::shared_ptr<PortPool>{
        new PortPool{*address, static_cast<std::uint16_t>(first), static_cast<std::size_t>(pairs)}};
}

// Starts anywhere in the range, so that a restarted service does not meet the packets of its last
// calls.
PortPool::PortPool(std::uint32_t address, std::uint16_t first, std::size_t pairs)
    : address_{address},
      first_{first},
      taken_(pairs, false),
      next_{static_cast<std::size_t>(monotonic_now().count()) % pairs} {}

bool PortPool::bind_pair(std::uint16_t port, Fd& rtp, Fd& rtcp, int& error) const {
    rtp = open_socket(address_, port, error);
    if (!rtp.is_open()) return false;
    rtcp = open_socket(address_, static_cast<std::uint16_t>(port + 1), error);
    return rtcp.is_open();
}

Result<PortPair> PortPool::take() {
    const std::lock_guard lock{mutex_};
    for (std::size_t tries = 0; tries < taken_.size(); ++tries) {
        const std::size_t index = next_;
        next_ = (next_ + 1) % taken_.size();
        if (taken_[index]) continue;
        const auto port = static_cast<std::uint16_t>(first_ + 2 * index);
        Fd rtp;
        Fd rtcp;
        int error = 0;
        if (bind_pair(port, rtp, rtcp, error)) {
            taken_[index] = true;
            return PortPair{shared_from_this(), std::move(rtp), std::move(rtcp), port};
        }
        if (error != EADDRINUSE) {
            return fail(Errc::Unavailable, fmt::format("cannot open a media socket on port {}: {}",
                                                       port, std::strerror(error)));
        }
    }
    return fail(Errc::Exhausted,
                fmt::format("all {} media port pairs from {} on are in use; widen the range or "
                            "lower the number of lines",
                            taken_.size(), first_));
}

void PortPool::give_back(std::uint16_t port) {
    const std::lock_guard lock{mutex_};
    taken_[static_cast<std::size_t>(port - first_) / 2] = false;
}

}  // namespace bellwether::media
