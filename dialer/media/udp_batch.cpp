#include "dialer/media/udp_batch.h"

#include <cstring>
#include <ctime>

#include "dialer/media/media_clock.h"

namespace bellwether::media {
namespace {

std::chrono::microseconds arrival_of(const msghdr& message) {
    for (const cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr;
         control = CMSG_NXTHDR(const_cast<msghdr*>(&message), const_cast<cmsghdr*>(control))) {
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SO_TIMESTAMPNS) continue;
        timespec stamp{};
        std::memcpy(&stamp, CMSG_DATA(control), sizeof stamp);
        return std::chrono::microseconds{std::int64_t{stamp.tv_sec} * 1'000'000 +
                                         stamp.tv_nsec / 1'000};
    }
    return unix_now();
}

}  // namespace

UdpBatch::UdpBatch() {
    for (std::size_t i = 0; i < kSize; ++i) {
        vectors_[i] = {buffers_[i].data(), kDatagramMax};
        messages_[i].msg_hdr.msg_iov = &vectors_[i];
        messages_[i].msg_hdr.msg_iovlen = 1;
        messages_[i].msg_hdr.msg_name = &from_[i];
        messages_[i].msg_hdr.msg_control = control_[i].data();
    }
}

std::size_t UdpBatch::receive(int socket) {
    for (auto& message : messages_) {  // the kernel writes what it used into these
        message.msg_hdr.msg_namelen = sizeof(sockaddr_in);
        message.msg_hdr.msg_controllen = control_[0].size();
    }
    const int count = ::recvmmsg(socket, messages_.data(), kSize, MSG_DONTWAIT, nullptr);
    return count < 0 ? 0 : static_cast<std::size_t>(count);
}

UdpBatch::Datagram UdpBatch::datagram(std::size_t index) const {
    const mmsghdr& message = messages_[index];
    return {.from = {ntohl(from_[index].sin_addr.s_addr), ntohs(from_[index].sin_port)},
            .octets = std::span{buffers_[index]}.first(message.msg_len),
            .arrival = arrival_of(message.msg_hdr)};
}

bool send_datagram(int socket, Endpoint to, std::span<const std::uint8_t> octets) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(to.address);
    address.sin_port = htons(to.port);
    const auto sent = ::sendto(socket, octets.data(), octets.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                               reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return sent == static_cast<ssize_t>(octets.size());
}

}  // namespace bellwether::media
