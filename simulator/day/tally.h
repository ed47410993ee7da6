#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "dialer/engine/states.h"
#include "pacing/dial_mode.h"

namespace bellwether::simulator {

/// One minute of a day, or of the same minute of many days.
struct MinuteTally {
    Duration busy{};                ///< talk and wrap-up of all agents
    Duration staffed{};             ///< signed in and not on a break
    std::int64_t live_answers = 0;  ///< by the minute of the pickup, as is the next
    std::int64_t abandoned = 0;
    std::int64_t placed = 0;  ///< INVITEs
    Duration lines{};         ///< that were in flight, each for how long
    std::array<Duration, kEnumNames<pacing::DialMode>.size()> modes{};  ///< in force, by enumerator
};

/// What a day came to. Sums, so that days can be added up before anything is divided.
struct DayTally {
    Duration talk{};  ///< until the calling hours end, as are the next two and the waits
    Duration wrap{};
    Duration staffed{};
    std::int64_t live_answers = 0;  ///< people past the verdict
    std::int64_t abandoned = 0;
    std::int64_t calls = 0;       ///< INVITEs
    std::int64_t decisions = 0;   ///< by the pacing rule
    std::vector<Duration> waits;  ///< an agent's idle time before each bridge
    std::vector<MinuteTally> minutes;

    void add(const DayTally& day);

    [[nodiscard]] double utilisation() const;  ///< 0 where nobody was there
    [[nodiscard]] double talk_share() const;
    [[nodiscard]] double abandonment() const;  ///< 0 where nobody answered
};

/// Keeps a day's tally while it runs.
class DayClerk {
public:
    /// @param hours  how long calls are placed, > 0. The day begins at `begin`.
    DayClerk(Instant begin, Duration hours);

    void agent_is(AgentId agent, engine::AgentState state, Instant at);
    /// From now on so many lines are in flight (started, not yet answered or ended).
    void dialing_is(int lines, pacing::DialMode mode, Instant at);
    void call_placed(Instant at);
    void person_answered(Instant picked_up);
    void person_abandoned(Instant picked_up);

    /// To be called once, when the day's last call is over.
    [[nodiscard]] DayTally close(Instant at);

private:
    struct Stay {
        engine::AgentState state = engine::AgentState::SignedOut;
        Instant since;
    };
    /// How the campaign dials, since when.
    struct Dialing {
        int lines = 0;
        pacing::DialMode mode = pacing::DialMode::Progressive;
        Instant since;
    };
    void count(const Stay& stay, Instant until);
    void count_dialing(Instant until);
    [[nodiscard]] MinuteTally* minute_of(Instant at);

    Instant begin_;
    Instant end_;
    DayTally tally_;
    std::map<AgentId, Stay> agents_;
    Dialing dialing_;
};

}  // namespace bellwether::simulator
