#include "simulator/world/world.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/check.h"

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

// After the order to shut down, calls run out by themselves; nothing in a scenario lasts longer.
constexpr Duration kRunsOutWithin = 6h;

}  // namespace

World::World(const Scenario& scenario, const RunOptions& options)
    : scenario_{scenario},
      options_{options},
      driver_{scenario.start, *this},
      wire_{driver_},
      store_{driver_, complaints_, scenario.seed},
      people_{wire_, scenario_},
      agents_{wire_, scenario_},
      floor_{wire_, scenario_},
      interviewers_{wire_, scenario_},
      invariants_{store_, complaints_},
      recorder_{options.journal},
      faults_{scenario.seed, "faults"},
      operator_{scenario.seed, "operator"} {}

RunReport run(const Scenario& scenario, const RunOptions& options) {
    return World{scenario, options}.run();
}

RunReport World::run() {
    fill_lists();
    driver_.after_for_good(Duration::zero(), [this] { start_process(true); });
    plan_faults();
    driver_.run_until(scenario_.start.elapsed + scenario_.length);
    if (!driver_.halted()) close();

    report_.complaint = complaints_.first();
    report_.events = driver_.events();
    report_.trace_hash = recorder_.hash();
    report_.journal = recorder_.take();
    for (const CampaignPlan& plan : scenario_.campaigns)
        report_.counted[plan.spec.id] = store_.quota_counted(plan.spec.id);
    return std::move(report_);
}

void World::fill_lists() {
    for (const CampaignPlan& plan : scenario_.campaigns) {
        store_.add_campaign(plan.spec.id, plan.spec.client);
    }
    for (const CampaignPlan& plan : scenario_.campaigns) {
        for (int i = 0; i < plan.contacts; ++i) add_contacts(plan);
    }
}

void World::add_contacts(const CampaignPlan& plan, int priority) {
    const ContactId contact{++contacts_given_};
    NumberId number{contacts_given_};
    // A number may stand in several lists, but only once in each (imports drop duplicates).
    if (!numbers_.empty() && operator_.happens(scenario_.shared_numbers)) {
        const NumberId other = numbers_[operator_.below(numbers_.size())];
        const auto& contacts = store_.contacts();
        const bool in_this_list = std::ranges::any_of(contacts, [&](const auto& row) {
            return row.first.first == plan.spec.id && row.second.number == other;
        });
        if (!in_this_list) number = other;
    }
    numbers_.push_back(number);
    store_.add_contact(plan.spec.id, contact, number, priority);
}

// --- the process ---

void World::start_process(bool first) {
    const Epoch epoch = store_.begin_epoch();
    const auto alive = store_.attempts_alive();
    if (options_.check_invariants) invariants_.restarted(alive);
    engine::Engine engine;
    recorder_.begin_segment(driver_.events() + 1, engine.state());
    driver_.start(std::move(engine));
    shutdown_ready_ = false;

    driver_.deliver(
        engine::EngineStarted{.epoch = epoch,
                              .trunk_lines = scenario_.trunk_lines,
                              .trunk_calls_per_second = scenario_.trunk_calls_per_second});
    // As dialer/app/service/service.cpp restores: nothing is dialed before the lost attempts are
    // settled.
    std::vector<CampaignId> running;
    for (const CampaignPlan& plan : scenario_.campaigns) {
        engine::CampaignRunState run_state = store_.run_state(plan.spec.id);
        if (first || run_state == engine::CampaignRunState::Running) {
            running.push_back(plan.spec.id);
            run_state = engine::CampaignRunState::Stopped;
        }
        driver_.deliver(engine::CampaignApplied{.spec = plan.spec,
                                                .run_state = run_state,
                                                .accounts = store_.accounts(plan.spec.id),
                                                .counted = store_.quota_counted(plan.spec.id)});
    }
    for (const engine::AttemptFoundAlive& found : alive) driver_.deliver(found);
    for (const CampaignId campaign : running) give_order(engine::CampaignOrder::Start, campaign);
    if (!first) ++report_.restarts;
    if (first) floor_.expect_callers(scenario_.length);
    agents_.everybody_signs_in();
    if (closing_) driver_.deliver(engine::ShutdownOrdered{true});
}

void World::kill_process() {
    if (!driver_.running()) return;
    driver_.kill();
    store_.crash();
    people_.crash();
    agents_.crash();
    floor_.crash();
}

void World::close() {
    closing_ = true;
    agents_.no_more();
    floor_.no_more();
    const Instant end = driver_.now().elapsed + kRunsOutWithin;
    driver_.after_for_good(Duration::zero(), [this] {
        if (!driver_.running()) return start_process(false);
        driver_.deliver(engine::ShutdownOrdered{true});
    });
    if (operator_.happens(Probability{0.3})) {  // a second signal ends at once
        driver_.after_for_good(seconds(0.1, 30),
                               [this] { driver_.deliver(engine::ShutdownOrdered{false}); });
    }
    driver_.run_until(end);
    if (driver_.halted()) return;
    if (!shutdown_ready_) return complaints_.add("end", "a shutdown was ordered and never ends");
    if (options_.check_invariants) invariants_.check_end(driver_.engine().state());
}

// --- what the engine orders ---

void World::carry_out(const Step& step) {
    const engine::EngineState& state = driver_.engine().state();
    recorder_.record(step, state);
    if (options_.check_invariants) {
        invariants_.check(step, state, driver_.engine().next_deadline());
    }
    report_.actions += step.actions.size();
    store_.submit(step.actions, step.now.utc);
    for (const engine::Action& action : step.actions) {
        count(action);
        dispatch(action);
    }
    if (complaints_.first()) {
        report_.failed_at = step.now;
        report_.failed_seq = step.seq;
        driver_.halt();
    }
}

void World::dispatch(const engine::Action& action) {
    if (const auto* place = std::get_if<engine::PlaceCall>(&action)) {
        people_.place(*place);
    } else if (const auto* ring = std::get_if<engine::RingAgent>(&action)) {
        agents_.ring(*ring);
    } else if (const auto* end = std::get_if<engine::HangUp>(&action)) {
        // A leg that is neither has ended by itself, and the report of it is on its way.
        if (!people_.hang_up(end->call) && !floor_.hang_up(end->call))
            (void)agents_.hang_up(end->call);
    } else if (const auto* bridge = std::get_if<engine::Bridge>(&action)) {
        people_.bridge(bridge->contact_call);
    } else if (const auto* unbridge = std::get_if<engine::Unbridge>(&action)) {
        people_.unbridge(unbridge->contact_call);
    } else if (const auto* play = std::get_if<engine::Play>(&action)) {
        people_.play(*play);
        floor_.play(*play);
    } else if (const auto* stop = std::get_if<engine::StopPlaying>(&action)) {
        people_.stop_playing(stop->call);
        floor_.stop_playing(stop->call);
    } else if (const auto* answer = std::get_if<engine::RecordAnswer>(&action)) {
        people_.record(*answer);
    } else if (const auto* target = std::get_if<engine::RingTarget>(&action)) {
        floor_.ring(target->call);
    } else if (const auto* listener = std::get_if<engine::RingSupervisor>(&action)) {
        floor_.ring(listener->call);
    } else if (const auto* taken = std::get_if<engine::AnswerCall>(&action)) {
        floor_.answer(taken->call);
    } else if (const auto* shown = std::get_if<engine::ShowContact>(&action)) {
        interviewers_.show(*shown);
    } else if (const auto* agent = std::get_if<engine::StoreAgentState>(&action)) {
        agents_.state_changed(*agent);
        floor_.state_changed(*agent);
    } else if (std::holds_alternative<engine::ShutdownReady>(action)) {
        shutdown_ready_ = true;
        // A store that failed has ended the service before its time: the supervisor restarts it.
        if (!closing_) driver_.after_for_good(1s, [this] { kill_and_restart(); });
    }
}

void World::count(const engine::Action& action) {
    if (std::holds_alternative<engine::PlaceCall>(action)) ++report_.calls;
    if (std::holds_alternative<engine::Bridge>(action)) ++report_.bridges;
    if (std::holds_alternative<engine::StoreAnswers>(action)) ++report_.answers_stored;
    if (const auto* outcome = std::get_if<engine::StoreOutcome>(&action)) {
        ++report_.outcomes[outcome->outcome];
    }
    const auto* state = std::get_if<engine::StoreCampaignState>(&action);
    if (state != nullptr && state->state == engine::CampaignRunState::Finished)
        report_.finished[state->campaign] = driver_.now().elapsed;
}

}  // namespace bellwether::simulator
