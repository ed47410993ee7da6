#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dialer/media/fd.h"
#include "dialer/media/frame.h"
#include "dialer/media/media_engine.h"
#include "dialer/media/rtp_packet.h"

namespace bellwether::media::test {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Generous: loaded build machines; a passing test never waits so long.
inline constexpr std::chrono::seconds kDeadline{10};

/// A sine at 8 kHz.
inline std::vector<std::int16_t> sine(double frequency, double amplitude, std::size_t samples,
                                      int rate = kSampleRate) {
    std::vector<std::int16_t> wave(samples);
    for (std::size_t n = 0; n < samples; ++n) {
        const double phase = 2.0 * std::numbers::pi * frequency * static_cast<double>(n) / rate;
        wave[n] = static_cast<std::int16_t>(std::lround(amplitude * std::sin(phase)));
    }
    return wave;
}

/// The amplitude of one frequency in a signal, by Goertzel's algorithm written out.
inline double amplitude_of(double frequency, std::span<const std::int16_t> wave) {
    const double w = 2.0 * std::numbers::pi * frequency / kSampleRate;
    double before = 0.0;
    double before_that = 0.0;
    for (const auto sample : wave) {
        const double now = sample + 2.0 * std::cos(w) * before - before_that;
        before_that = before;
        before = now;
    }
    const double real = before - before_that * std::cos(w);
    const double imaginary = before_that * std::sin(w);
    return 2.0 * std::hypot(real, imaginary) / static_cast<double>(wave.size());
}

/// Collects events of any thread; waits for them with a deadline.
class EventLog {
public:
    std::function<void(Event)> sink() {
        return [this](Event event) {
            const std::lock_guard lock{mutex_};
            events_.push_back(std::move(event));
            changed_.notify_all();
        };
    }

    /// Waits until `done` holds for all events so far; false at the deadline.
    bool wait(const std::function<bool(const std::vector<Event>&)>& done,
              steady_clock::duration limit = kDeadline) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, limit, [&] { return done(events_); });
    }

    template <class E>
    std::vector<E> all(CallId leg) {
        const std::lock_guard lock{mutex_};
        return of<E>(events_, leg);
    }

    /// Waits for the n-th event of a kind on a leg.
    template <class E>
    std::optional<E> wait_for(CallId leg, std::size_t count = 1) {
        const bool there =
            wait([&](const auto& events) { return of<E>(events, leg).size() >= count; });
        if (!there) return std::nullopt;
        return all<E>(leg)[count - 1];
    }

    std::string keys(CallId leg) {
        std::string text;
        for (const auto& pressed : all<KeyPressed>(leg)) text += pressed.key;
        return text;
    }

private:
    template <class E>
    static std::vector<E> of(const std::vector<Event>& events, CallId leg) {
        std::vector<E> found;
        for (const auto& event : events) {
            const auto* match = std::get_if<E>(&event);
            if (match != nullptr && match->leg == leg) found.push_back(*match);
        }
        return found;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Event> events_;
};

/// Keeps what a tap hears; waits for a number of samples with a deadline.
class Ear : public FrameTap {
public:
    void on_frame(const TapFrame& frame) noexcept override {
        const std::lock_guard lock{mutex_};
        gapless_ = gapless_ && frame.sequence == frames_;
        ++frames_;
        states_.push_back(frame.state);
        heard_.insert(heard_.end(), frame.samples.begin(), frame.samples.end());
        changed_.notify_all();
    }

    /// The newest `samples` once `ready` holds for them.
    std::vector<std::int16_t> wait_until(
        std::size_t samples, const std::function<bool(std::span<const std::int16_t>)>& ready) {
        std::unique_lock lock{mutex_};
        const bool met = changed_.wait_for(
            lock, kDeadline, [&] { return heard_.size() >= samples && ready(newest(samples)); });
        EXPECT_TRUE(met) << "the sound waited for did not come";
        if (heard_.size() < samples) return std::vector<std::int16_t>(samples);
        const auto found = newest(samples);
        return {found.begin(), found.end()};
    }

    std::vector<std::int16_t> wait_for_tone(double frequency, double amplitude,
                                            std::size_t samples = 1600) {
        return wait_until(samples,
                          [=](auto wave) { return amplitude_of(frequency, wave) > amplitude; });
    }

    /// Waits until so many frames more were heard.
    void wait_for_frames(std::uint64_t more) {
        std::unique_lock lock{mutex_};
        const auto wanted = frames_ + more;
        EXPECT_TRUE(changed_.wait_for(lock, kDeadline, [&] { return frames_ >= wanted; }));
    }

    std::vector<FrameState> states() {
        const std::lock_guard lock{mutex_};
        return states_;
    }
    bool gapless() {
        const std::lock_guard lock{mutex_};
        return gapless_;
    }

private:
    std::span<const std::int16_t> newest(std::size_t samples) const {
        return std::span{heard_}.last(samples);
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::int16_t> heard_;
    std::vector<FrameState> states_;
    std::uint64_t frames_ = 0;
    bool gapless_ = true;
};

/// A UDP socket on a free loopback port that speaks for a peer, packet by packet.
class Peer {
public:
    Peer() : fd_{::socket(AF_INET, SOCK_DGRAM, 0)} {
        auto address = loopback(0);
        EXPECT_EQ(::bind(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        socklen_t size = sizeof address;
        ::getsockname(fd_.get(), reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }

    [[nodiscard]] std::string sdp(const std::string& attributes = "",
                                  const std::string& formats = "0 8 101",
                                  const std::string& host = "127.0.0.1") const {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 " + host +
               "\r\nt=0 0\r\nm=audio " + std::to_string(port_) + " RTP/AVP " + formats +
               "\r\na=rtpmap:101 telephone-event/8000\r\n" + attributes;
    }

    void send(std::uint16_t to_port, std::span<const std::uint8_t> octets) const {
        const auto to = loopback(to_port);
        ::sendto(fd_.get(), octets.data(), octets.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                 sizeof to);
    }

    /// One 20 ms packet of mu-law silence or whatever octet is given.
    void send_audio(std::uint16_t to_port, std::uint16_t sequence, std::uint32_t ssrc = 77,
                    std::uint8_t octet = 0xFF) const {
        std::array<std::uint8_t, kRtpHeaderSize + kFrameSamples> packet{};
        packet.fill(octet);
        write_rtp_header({.payload_type = 0,
                          .marker = false,
                          .sequence = sequence,
                          .timestamp = std::uint32_t{sequence} * 160,
                          .ssrc = ssrc},
                         std::span{packet}.first<kRtpHeaderSize>());
        send(to_port, packet);
    }

    /// The next datagram within the deadline; empty when none came.
    std::vector<std::uint8_t> receive(milliseconds limit = kDeadline) const {
        pollfd waiting{.fd = fd_.get(), .events = POLLIN, .revents = 0};
        if (::poll(&waiting, 1, static_cast<int>(limit.count())) != 1) return {};
        std::vector<std::uint8_t> datagram(2048);
        const auto size = ::recv(fd_.get(), datagram.data(), datagram.size(), 0);
        datagram.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return datagram;
    }

private:
    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        return address;
    }

    Fd fd_;
    std::uint16_t port_ = 0;
};

/// The RTP port in an SDP of ours.
inline std::uint16_t port_in(const std::string& sdp) {
    const auto at = sdp.find("m=audio ");
    return static_cast<std::uint16_t>(std::stoi(sdp.substr(at + 8)));
}

}  // namespace bellwether::media::test
