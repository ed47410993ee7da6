#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "campaigns/outcome.h"
#include "simulator/world/complaints.h"
#include "simulator/world/invariants.h"
#include "simulator/world/journal_recorder.h"
#include "simulator/world/scenario.h"
#include "simulator/world/sim_agents.h"
#include "simulator/world/sim_floor.h"
#include "simulator/world/sim_interviewers.h"
#include "simulator/world/sim_people.h"
#include "simulator/world/sim_store.h"
#include "simulator/world/virtual_driver.h"
#include "simulator/world/wire.h"

namespace bellwether::simulator {

struct RunOptions {
    bool check_invariants = true;
    JournalRecorder::Options journal;
};

/// What a run came to.
struct RunReport {
    std::optional<Complaints::Complaint> complaint;
    Now failed_at{};  ///< of the complaint
    std::uint64_t failed_seq = 0;
    std::uint64_t events = 0;
    std::uint64_t actions = 0;
    std::uint64_t trace_hash = 0;  ///< 0 unless the journal was asked for
    std::int64_t calls = 0;        ///< INVITEs
    std::int64_t bridges = 0;
    std::int64_t answers_stored = 0;
    std::int64_t restarts = 0;
    std::map<campaigns::Outcome, std::int64_t> outcomes;
    std::map<CampaignId, Instant> finished;  ///< for the last time
    /// What the quotas of each campaign came to, by what the store has.
    std::map<CampaignId, campaigns::quota::Recount> counted;
    std::vector<Segment> journal;  ///< empty unless it was to be kept
};

/// The production engine between a simulated store, trunk, people, agents and an operator, in
/// virtual time. One World is one run.
class World : private Outside {
public:
    World(const Scenario& scenario, const RunOptions& options);
    [[nodiscard]] RunReport run();

private:
    void carry_out(const Step& step) override;
    void dispatch(const engine::Action& action);
    void count(const engine::Action& action);

    void fill_lists();
    void start_process(bool first);
    void kill_process();
    void plan_faults();
    /// Lets `what` happen as often as a Poisson process with this mean, at times spread over the
    /// run.
    void plan_some(double mean, void (World::*what)());
    void close();

    // What may happen on the way; each is one happening.
    void store_stalls();
    void carrier_stalls();
    void do_not_call();
    void clock_steps();
    void mass_sign_out();
    void kill_and_restart();
    void registration_lost();
    void store_fails();
    void operator_orders();
    void give_order(engine::CampaignOrder order, CampaignId campaign);
    void change_campaign(CampaignPlan& plan);
    void add_contacts(const CampaignPlan& plan, int priority = 0);

    [[nodiscard]] Duration seconds(double low, double high);
    [[nodiscard]] CampaignPlan& some_campaign();

    Scenario scenario_;
    RunOptions options_;

    Complaints complaints_;
    VirtualDriver driver_;
    Wire wire_;
    SimStore store_;
    SimPeople people_;
    SimAgents agents_;
    SimFloor floor_;
    SimInterviewers interviewers_;
    Invariants invariants_;
    JournalRecorder recorder_;
    Rng faults_;
    Rng operator_;

    RunReport report_;
    std::uint64_t contacts_given_ = 0;
    std::vector<NumberId> numbers_;
    bool closing_ = false;
    bool shutdown_ready_ = false;
};

/// Runs the scenario from beginning to end.
[[nodiscard]] RunReport run(const Scenario& scenario, const RunOptions& options = {});

}  // namespace bellwether::simulator
