#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "dialer/sip/sip_event.h"

namespace bellwether::sip_test {

/// What an endpoint reported, in order; filled by its thread, read by the test.
class EventLog {
public:
    void add(sip::Event event);

    /// Waits for the next event of type E that no earlier call took. nullopt: none within the
    /// limit.
    template <class E>
    std::optional<E> next(std::chrono::milliseconds limit = kLimit) {
        const auto taken =
            take([](const sip::Event& e) { return std::holds_alternative<E>(e); }, limit);
        return taken ? std::optional<E>{std::get<E>(*taken)} : std::nullopt;
    }

    /// Everything reported about one call so far, one short text each: "ringing", "failed
    /// SIP_STATUS 486".
    [[nodiscard]] std::vector<std::string> story(CallId call) const;

    static constexpr std::chrono::milliseconds kLimit{10'000};

private:
    std::optional<sip::Event> take(const std::function<bool(const sip::Event&)>& wanted,
                                   std::chrono::milliseconds limit);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    struct Entry {
        sip::Event event;
        bool taken = false;
    };
    std::vector<Entry> entries_;
};

}  // namespace bellwether::sip_test
