#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dialer/media/sdp.h"

namespace bellwether::media {

/// Receives what waits in a UDP socket, several datagrams per system call. One per media thread.
class UdpBatch {
public:
    static constexpr std::size_t kSize = 8;  ///< a tick brings one packet; more only after a stall

    struct Datagram {
        Endpoint from;
        std::span<const std::uint8_t> octets;  ///< at most 2048; the rest is cut off
        std::chrono::microseconds arrival;     ///< CLOCK_REALTIME, stamped by the kernel
    };

    UdpBatch();

    /// Fetches up to kSize datagrams without waiting; returns how many. Errors count as none.
    std::size_t receive(int socket);
    /// @param index  below what receive() returned; the octets are valid until the next receive()
    [[nodiscard]] Datagram datagram(std::size_t index) const;

private:
    static constexpr std::size_t kDatagramMax = 2048;  // above an Ethernet frame

    std::array<std::array<std::uint8_t, kDatagramMax>, kSize> buffers_{};
    std::array<std::array<std::byte, CMSG_SPACE(sizeof(timespec))>, kSize> control_{};
    std::array<sockaddr_in, kSize> from_{};
    std::array<iovec, kSize> vectors_{};
    std::array<mmsghdr, kSize> messages_{};
};

/// Sends one datagram without waiting; false if the kernel refused it.
bool send_datagram(int socket, Endpoint to, std::span<const std::uint8_t> octets);

}  // namespace bellwether::media
