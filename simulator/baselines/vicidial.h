#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>

#include "pacing/rule.h"
#include "simulator/day/day_scenario.h"

namespace bellwether::simulator {

/// Adaptive pacing by the rules that VICIdial publishes, with its method ADAPT_HARD_LIMIT: a dial
/// level moved by the mean number of ready agents, and reset once the day's drop percentage is over
/// the cap. A second's tick places lines and samples; every 15th moves the level; every 60th reads
/// the drop statistics. It is written from the published rules (research: pacing A.3), not VICIdial
/// itself; a drop is what the legal rule calls abandoned, 2 s after the greeting instead of 5 s.
class Vicidial final : public pacing::Rule {
public:
    explicit Vicidial(DayScenario::Vicidial settings);  ///< checked: max_level >= 1

    void learn(const pacing::Happening& happening, Instant at) override;
    /// Between two ticks it asks for nothing.
    [[nodiscard]] pacing::Verdict decide(const pacing::Settings& settings,
                                         const pacing::Picture& picture) override;

    [[nodiscard]] double level() const {
        return level_;
    }  ///< lines per counted agent, 1..max_level

private:
    struct Sample {
        int surplus = 0;  ///< ready agents less waiting callers
        int agents = 0;
    };
    /// The drop statistics as they were read last.
    struct Drops {
        std::int64_t calls = 0;
        std::int64_t drops = 0;
    };

    [[nodiscard]] bool is_tick(Instant at);
    void sample(const pacing::Picture& picture);
    void read_drops(Instant at);
    void move_level(double cap);
    [[nodiscard]] int lines(const pacing::Picture& picture) const;
    void begin_day(Instant at);

    static constexpr std::size_t kSamples = 15;

    DayScenario::Vicidial settings_;
    double level_ = 1.0;
    std::optional<Instant> next_tick_;
    std::int64_t ticks_ = 0;
    std::array<Sample, kSamples> samples_{};  ///< a ring, by ticks_

    std::int64_t day_ = 0;  ///< counted from the engine's start
    std::int64_t calls_today_ = 0;
    std::int64_t answers_today_ = 0;
    std::int64_t drops_today_ = 0;
    std::deque<Instant> last_calls_;  ///< of the last minute, as far as read
    std::deque<Instant> last_drops_;

    Drops minute_;
    std::int64_t calls_read_ = 0;
    double drop_share_read_ = 0;  ///< of today's answers by people
};

}  // namespace bellwether::simulator
