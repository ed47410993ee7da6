#pragma once

#include <algorithm>
#include <span>

#include "base/rng.h"
#include "dialer/engine/events.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// The way from phones to the engine: what a phone does is reported at once, unless the carrier
/// stalls, and then everything comes late and in order.
class Wire {
public:
    explicit Wire(VirtualDriver& driver) : driver_{driver} {}

    void after(Duration delay, Agenda::Happening what) { driver_.after(delay, std::move(what)); }

    void tell(const engine::Event& event) {
        const Duration late = stalled_until_ - driver_.now().elapsed;
        if (late <= Duration::zero()) return driver_.deliver(event);
        driver_.after(late, [this, event] { driver_.deliver(event); });
    }

    void stall(Duration length) {
        stalled_until_ = std::max(stalled_until_, driver_.now().elapsed + length);
    }

    /// What people see of the engine on their pages.
    [[nodiscard]] const engine::EngineState& state() const { return driver_.engine().state(); }
    [[nodiscard]] UtcTime utc() const { return driver_.now().utc; }
    [[nodiscard]] Instant now() const { return driver_.now().elapsed; }

private:
    VirtualDriver& driver_;
    Instant stalled_until_{};
};

/// Draws an index by relative weights; checked: their sum is > 0.
[[nodiscard]] inline std::size_t draw(Rng& rng, std::span<const double> weights) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    BW_CHECK(sum > 0);
    double rest = rng.uniform() * sum;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        if (rest < weights[i]) return i;
        rest -= weights[i];
    }
    return weights.size() - 1;
}

}  // namespace bellwether::simulator
