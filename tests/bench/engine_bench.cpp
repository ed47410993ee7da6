// Calls per second of the real engine in the simulated world (design.md §9: 50,000 progressive),
// without the journal's text and without invariants, as a comparison of pacing runs it.
//
// Usage: engine_bench [--contacts N]; prints one line per mode.

#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>

#include "simulator/world/scenario.h"
#include "simulator/world/world.h"

namespace {

using namespace bellwether;
using namespace bellwether::simulator;
using namespace std::chrono_literals;

constexpr int kContactsByDefault = 200'000;
constexpr int kAgents = 25;

Scenario scenario(pacing::DialMode mode, int contacts) {
    Scenario scenario;
    scenario.start = {Instant{1h}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}}};
    scenario.trunk_lines = 1000;
    scenario.trunk_calls_per_second = 1000;
    CampaignPlan plan;
    plan.spec.id = CampaignId{1};
    plan.spec.client = ClientId{1};
    plan.spec.mode = mode;
    plan.spec.caller_ids = {"+12025550100"};
    plan.spec.lines_max = 200;
    plan.spec.calls_per_second = 1000;
    plan.spec.wrap_up = 15s;
    plan.spec.safe_harbour_prompt = "safe.wav";
    plan.spec.hours.zone = {.name = "Etc/UTC", .offsets = {{UtcTime{}, 0s}}};
    plan.spec.hours.windows = {{.days = 0x7f, .from = 0min, .to = 24h}};
    plan.contacts = contacts;
    if (mode == pacing::DialMode::Unattended) {
        plan.spec.notice_prompt = "notice.wav";
    } else {
        plan.agents = kAgents;
    }
    scenario.campaigns = {plan};
    scenario.agents = {.break_chance = 0, .answers_phone = 1, .signs_out = 0};
    // As long as the list lasts: an agent takes about two minutes a call, and most calls fail.
    scenario.people.answers = 0.10;
    scenario.people.rings_out = 0.57;
    scenario.length = 24h * 365;
    return scenario;
}

void measure(std::string_view name, pacing::DialMode mode, int contacts) {
    const auto begin = std::chrono::steady_clock::now();
    const RunReport report = run(scenario(mode, contacts), {.check_invariants = false});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (report.complaint) {
        std::cerr << report.complaint->promise << ": " << report.complaint->detail << '\n';
        std::exit(1);
    }
    std::cout << std::left << std::setw(12) << name << std::right << std::setw(9) << report.calls
              << " calls " << std::setw(10) << report.events << " events " << std::fixed
              << std::setprecision(2) << std::setw(8) << took.count() << " s "
              << std::setprecision(0) << std::setw(10)
              << static_cast<double>(report.calls) / took.count() << " calls/s\n";
}

}  // namespace

int main(int argc, char** argv) {
    int contacts = kContactsByDefault;
    if (argc == 3 && std::string_view{argv[1]} == "--contacts") contacts = std::atoi(argv[2]);
    if (contacts < 1) {
        std::cerr << "usage: engine_bench [--contacts N]\n";
        return 2;
    }
    measure("progressive", pacing::DialMode::Progressive, contacts);
    measure("ratio", pacing::DialMode::Ratio, contacts);
    measure("unattended", pacing::DialMode::Unattended, contacts);
    return 0;
}
