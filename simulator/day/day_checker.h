#pragma once

#include <optional>
#include <string>

#include "simulator/day/day_scenario.h"
#include "simulator/world/complaints.h"
#include "simulator/world/invariants.h"
#include "simulator/world/sim_store.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// Holds a simulated day to the promises R1-R8 of design.md §4 after every event, as the random
/// worlds are. A store of the world's own follows what is ordered, in a time of its own, so that
/// the run is the same with the check and without. A checked day of S3 takes six times as long.
class DayChecker : private Outside {
public:
    DayChecker(CampaignId campaign, ClientId client, Now start);

    /// A new list of so many contacts; 0: endless.
    void begin_list(std::int64_t contacts);
    void check(const Step& step, const engine::Engine& engine);
    /// After the day's last call.
    void check_end(const engine::Engine& engine);

    /// The first broken promise.
    [[nodiscard]] std::optional<std::string> complaint() const;

private:
    void carry_out(const Step&) override {}
    void follow(const Step& step);

    CampaignId campaign_;
    Complaints complaints_;
    VirtualDriver time_;  ///< runs no engine: what the store answers is heard by nobody
    SimStore store_;
    Invariants invariants_;
    std::int64_t left_ = 0;
    bool endless_ = true;
    std::uint64_t contacts_ = 0;
    std::uint64_t seq_ = 0;
};

}  // namespace bellwether::simulator
