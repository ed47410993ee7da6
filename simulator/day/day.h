#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "dialer/engine/engine.h"
#include "pacing/rule.h"
#include "simulator/day/controller.h"
#include "simulator/day/day_agents.h"
#include "simulator/day/day_checker.h"
#include "simulator/day/day_people.h"
#include "simulator/day/day_scenario.h"
#include "simulator/day/day_store.h"
#include "simulator/day/outlook.h"
#include "simulator/day/tally.h"
#include "simulator/day/trace.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// Makes the rule that stands in the product's place (simulator/baselines). `outlook` outlives it.
using MakeDayRule = std::function<std::unique_ptr<pacing::Rule>(Outlook& outlook)>;

struct DayOptions {
    Controller controller = Controller::Predictive;
    /// For the controllers that are not the product's; checked: there is one for those.
    MakeDayRule make_rule;
    TraceSink trace;                         ///< none: no trace is written
    std::function<void(const Step&)> watch;  ///< sees every event and what it led to; or none
    /// Nanoseconds of some steady clock, to measure the rule's decisions by; none: not measured.
    std::function<std::int64_t()> clock_ns;
    bool check = false;  ///< the promises R1-R8 after every event; several times slower
};

/// The production engine with one campaign, in virtual time, between a carrier, people, a detector,
/// agents and a store that this class and its parts play. Days follow one another; the engine goes
/// on from one to the next, with its accounts and all that it has learnt.
class DayWorld : private Outside, private Outlook {
public:
    /// `scenario` must outlive this. @param first_day  counts from 2026-01-05.
    DayWorld(const DayScenario& scenario, DayOptions options, int first_day);

    /// One day, 09:00 UTC until its last call is over. The next call is the next day.
    [[nodiscard]] DayTally run_day(std::uint64_t seed);

    [[nodiscard]] std::int64_t events() const;
    /// Of all decisions so far, if they were measured.
    [[nodiscard]] std::int64_t decision_ns() const { return measure_.ns; }
    /// The first broken promise, if they were checked.
    [[nodiscard]] std::optional<std::string> complaint() const;

private:
    /// Of the rule's decisions.
    struct Measure {
        std::int64_t decisions = 0;
        std::int64_t ns = 0;
    };

    /// What a day has of its own. Kept while the engine runs: what was planned may come later.
    struct Day {
        Day(DayWorld& world, std::uint64_t seed, Instant begin);

        Instant begin;
        DayClerk clerk;
        DayPeople people;
        DayAgents agents;
        bool hours_over = false;
        bool calls_over = false;  ///< after the hours: everybody is sent home
        bool all_home = false;
    };

    void carry_out(const Step& step) override;
    void dispatch(const engine::Action& action);
    void begin_day();
    void start_engine();
    void note_dialing();
    [[nodiscard]] engine::MakeRule make_rule();
    void plan_changes();
    void close_lines();
    void campaign_is(engine::CampaignRunState run_state);
    void everybody_goes_home();
    void end_leg(CallId leg);
    [[nodiscard]] Duration hours() const;

    [[nodiscard]] std::optional<Prospect> prospect(std::uint64_t person) const override;
    void choose(std::vector<std::uint64_t> people) override;
    [[nodiscard]] std::vector<std::uint64_t> chosen() const override;
    [[nodiscard]] std::vector<LiveCall> live_calls() const override;
    [[nodiscard]] std::vector<double> agents_free_in_s() const override;

    const DayScenario& scenario_;
    DayOptions options_;
    int day_;  ///< the next

    VirtualDriver driver_;
    DayStore store_;
    Measure measure_;
    std::unique_ptr<DayChecker> checker_;
    std::optional<TraceWriter> trace_;
    std::list<Day> days_;  ///< the last is today
};

/// The campaign that a day's engine runs.
[[nodiscard]] campaigns::CampaignSpec campaign_of(const DayScenario& scenario,
                                                  Controller controller);

}  // namespace bellwether::simulator
