#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "base/ids.h"
#include "base/time.h"
#include "dialer/engine/states.h"

namespace bellwether::simulator {

/// What a stretch of a campaign came to, recorded or imagined: both are counted by these words.
struct Figures {
    std::int64_t calls = 0;         ///< INVITEs
    std::int64_t live_answers = 0;  ///< people; without a detector everybody who answered
    std::int64_t abandoned = 0;     ///< of those
    std::int64_t connected = 0;     ///< bridged to an agent
    Duration talk{};                ///< of all agents, as are the next two
    Duration wrap{};
    Duration staffed{};  ///< signed in and not paused
    Duration waited{};   ///< agents' idle time that a bridge ended
    std::int64_t waits = 0;

    [[nodiscard]] double abandonment() const;  ///< of live answers; 0 without any
    [[nodiscard]] double utilisation()
        const;  ///< (talk + wrap) / staffed; 0 where nobody was there
    [[nodiscard]] std::optional<double> mean_wait_s() const;  ///< none without a bridge
};

/// Adds up how agents spend their time.
class StaffClerk {
public:
    /// Nothing is counted from `end` on.
    explicit StaffClerk(Instant end) : end_{end} {}

    void agent_is(AgentId agent, engine::AgentState state, Instant at);
    /// Adds what was counted until `at` to the figures.
    void close(Instant at, Figures& figures);

private:
    struct Stay {
        engine::AgentState state = engine::AgentState::SignedOut;
        Instant since;
    };
    void count(const Stay& stay, Instant until);

    Instant end_;
    Figures sums_;
    std::map<AgentId, Stay> agents_;
};

}  // namespace bellwether::simulator
