#include <algorithm>
#include <cmath>
#include <iterator>

#include "simulator/world/world.h"

// What goes wrong in a world, and what an operator does meanwhile.

namespace bellwether::simulator {
namespace {

using engine::CampaignOrder;
using namespace std::chrono_literals;

constexpr double kRestartLeastS = 1;  // a killed process is started again by its supervisor
constexpr double kRestartMostS = 20;

}  // namespace

Duration World::seconds(double low, double high) {
    return Duration{static_cast<std::int64_t>(faults_.uniform(low, high) * 1e6)};
}

CampaignPlan& World::some_campaign() {
    return scenario_.campaigns[operator_.below(scenario_.campaigns.size())];
}

void World::plan_faults() {
    const Faults& faults = scenario_.faults;
    plan_some(faults.store_stalls, &World::store_stalls);
    plan_some(faults.carrier_stalls, &World::carrier_stalls);
    plan_some(faults.do_not_calls, &World::do_not_call);
    plan_some(faults.clock_steps, &World::clock_steps);
    plan_some(faults.mass_sign_outs, &World::mass_sign_out);
    plan_some(faults.kills, &World::kill_and_restart);
    plan_some(faults.registrations_lost, &World::registration_lost);
    plan_some(faults.store_failures, &World::store_fails);
    plan_some(faults.operator_orders, &World::operator_orders);
}

void World::plan_some(double mean, void (World::*what)()) {
    if (mean <= 0) return;
    const double length = std::chrono::duration<double>(scenario_.length).count();
    for (double at = faults_.exponential(length / mean); at < length;
         at += faults_.exponential(length / mean)) {
        driver_.after_for_good(Duration{static_cast<std::int64_t>(at * 1e6)},
                               [this, what] { (this->*what)(); });
    }
}

void World::store_stalls() { store_.stall(seconds(0.5, 30)); }

void World::carrier_stalls() { wire_.stall(seconds(0.5, 40)); }

void World::do_not_call() {
    if (!driver_.running() || numbers_.empty()) return;
    NumberId number = numbers_[faults_.below(numbers_.size())];
    const auto& live = driver_.engine().state().live_numbers;
    if (!live.empty() && faults_.happens(Probability{0.7})) {
        number = *std::next(live.begin(), static_cast<std::ptrdiff_t>(faults_.below(live.size())));
    }
    const bool for_all = faults_.happens(Probability{0.5});
    store_.add_do_not_call(number, for_all ? ClientId{} : some_campaign().spec.client);
}

void World::clock_steps() {
    const auto by = std::chrono::duration_cast<std::chrono::milliseconds>(seconds(1, 3 * 3600));
    driver_.step_clock(faults_.happens(Probability{0.5}) ? by : -by);
}

void World::mass_sign_out() { agents_.everybody_leaves(some_campaign().spec.id); }

void World::kill_and_restart() {
    if (!driver_.running()) return;
    kill_process();
    driver_.after_for_good(seconds(kRestartLeastS, kRestartMostS), [this] {
        if (!driver_.running()) start_process(false);
    });
}

void World::registration_lost() { agents_.somebody_loses_registration(); }

void World::store_fails() { store_.fail(); }

void World::give_order(CampaignOrder order, CampaignId campaign) {
    driver_.deliver(engine::CampaignOrdered{RequestId{3}, campaign, order});
}

void World::operator_orders() {
    CampaignPlan& plan = some_campaign();
    switch (operator_.below(6)) {
        case 0:
            give_order(CampaignOrder::Pause, plan.spec.id);
            break;
        case 1:
            give_order(CampaignOrder::Drain, plan.spec.id);
            break;
        case 2:
            give_order(CampaignOrder::Stop, plan.spec.id);
            break;
        case 3:
            return change_campaign(plan);
        case 4: {
            const int priority = static_cast<int>(operator_.below(3));
            for (int i = 0; i < 20; ++i) add_contacts(plan, priority);
            return driver_.deliver(engine::ContactsAdded{plan.spec.id, priority});
        }
        default:
            return give_order(CampaignOrder::Start, CampaignId{987'654});  // there is none
    }
    driver_.after_for_good(seconds(5, 300),
                           [this, id = plan.spec.id] { give_order(CampaignOrder::Start, id); });
}

void World::change_campaign(CampaignPlan& plan) {
    campaigns::CampaignSpec& spec = plan.spec;
    spec.lines_max = 1 + static_cast<int>(operator_.below(40));
    spec.calls_per_second = operator_.uniform(0.2, 20);
    spec.ratio = operator_.uniform(1, 4);
    spec.wrap_up = std::chrono::seconds{operator_.below(30)};
    spec.retry.attempts_max = 1 + static_cast<int>(operator_.below(4));
    if (spec.questionnaire && operator_.happens(Probability{0.5})) {
        std::string& survey = spec.questionnaire->sheets.survey;
        const std::string heading = survey.substr(0, survey.find('\n'));
        const auto commas = std::ranges::count(heading, ',');
        survey += "note,bye" + std::to_string(operator_.below(1'000'000)) + ",bye.wav" +
                  std::string(static_cast<std::size_t>(commas - 2), ',') + "\n";
    }
    driver_.deliver(engine::CampaignApplied{
        .request = RequestId{4}, .spec = spec, .counted = store_.quota_counted(spec.id)});
}

}  // namespace bellwether::simulator
