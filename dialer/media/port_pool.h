#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "dialer/media/fd.h"

namespace bellwether::media {

class PortPool;

/// An RTP socket on an even port and its RTCP socket one above, both non-blocking and with kernel
/// receive times. Destruction closes them and returns the pair to its pool. Movable across threads.
class PortPair {
public:
    PortPair(PortPair&& other) noexcept;
    PortPair& operator=(PortPair&&) = delete;
    ~PortPair();

    [[nodiscard]] int rtp() const { return rtp_.get(); }
    [[nodiscard]] int rtcp() const { return rtcp_.get(); }
    [[nodiscard]] std::uint16_t port() const { return port_; }  ///< of RTP

private:
    friend class PortPool;
    PortPair(std::shared_ptr<PortPool> pool, Fd rtp, Fd rtcp, std::uint16_t port);

    std::shared_ptr<PortPool> pool_;
    Fd rtp_;
    Fd rtcp_;
    std::uint16_t port_;
};

/// The port pairs of a range. Thread-safe. Goes round the range, so that a port rests as long as
/// possible and late packets of its last call find nobody.
class PortPool : public std::enable_shared_from_this<PortPool> {
public:
    /// Fails with InvalidInput: host is not an IPv4 literal, or the range holds no even port with
    /// its successor.
    [[nodiscard]] static Result<std::shared_ptr<PortPool>> create(const std::string& host,
                                                                  std::uint16_t port_min,
                                                                  std::uint16_t port_max);

    /// Fails with Exhausted (all taken, here or by other programs) or Unavailable (host not of this
    /// machine, out of descriptors).
    [[nodiscard]] Result<PortPair> take();

private:
    friend class PortPair;
    PortPool(std::uint32_t address, std::uint16_t first, std::size_t pairs);
    void give_back(std::uint16_t port);
    [[nodiscard]] bool bind_pair(std::uint16_t port, Fd& rtp, Fd& rtcp, int& error) const;

    std::uint32_t address_;  // host byte order
    std::uint16_t first_;    // even
    std::mutex mutex_;
    std::vector<bool> taken_;
    std::size_t next_;
};

}  // namespace bellwether::media
