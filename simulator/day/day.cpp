#include "simulator/day/day.h"

#include <cmath>
#include <utility>

#include "base/check.h"
#include "pacing/pacer.h"

namespace bellwether::simulator {
namespace {

using engine::CampaignOrder;
using engine::CampaignRunState;
using pacing::DialMode;
using namespace std::chrono_literals;

constexpr CampaignId kCampaign{1};
constexpr ClientId kClient{1};
// A reserved number for fiction, as nobody is called: NANPA, 555-0100 to 555-0199.
constexpr const char* kCallerId = "+12025550100";
// Where the scenario sets no limit: more than any scenario can use.
constexpr int kLinesWithoutLimit = 1'000'000;
constexpr double kCallsPerSecondWithoutLimit = 1e6;
// 2026-01-05, a Monday, 09:00 UTC.
constexpr UtcTime kFirstMorning{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + 9h};

Duration begin_of(int day) { return day * Duration{24h}; }

/// Counts the decisions of another rule, and measures them if there is a clock.
class MeasuredRule final : public pacing::Rule {
public:
    using Clock = std::function<std::int64_t()>;

    MeasuredRule(std::unique_ptr<pacing::Rule> rule, const Clock& clock_ns, std::int64_t& decisions,
                 std::int64_t& ns)
        : rule_{std::move(rule)}, clock_ns_{clock_ns}, decisions_{decisions}, ns_{ns} {}

    void learn(const pacing::Happening& happening, Instant at) override {
        rule_->learn(happening, at);
    }
    [[nodiscard]] pacing::Verdict decide(const pacing::Settings& settings,
                                         const pacing::Picture& picture) override {
        ++decisions_;
        if (!clock_ns_) return rule_->decide(settings, picture);
        const std::int64_t begun = clock_ns_();
        auto verdict = rule_->decide(settings, picture);
        ns_ += clock_ns_() - begun;
        return verdict;
    }

private:
    std::unique_ptr<pacing::Rule> rule_;
    const Clock& clock_ns_;
    std::int64_t& decisions_;
    std::int64_t& ns_;
};

DialMode mode_of(const DayScenario& scenario, Controller controller) {
    if (controller == Controller::Progressive) return DialMode::Progressive;
    const bool own_ratio = controller == Controller::Ratio && scenario.ratio.guard;
    return own_ratio ? DialMode::Ratio : DialMode::Predictive;
}

bool is_products(const DayScenario& scenario, Controller controller) {
    return controller == Controller::Predictive || controller == Controller::Progressive ||
           (controller == Controller::Ratio && scenario.ratio.guard);
}

/// 09:00 until so many hours later, on every day; a part after midnight stands by itself. A second
/// window's end is a whole minute, and the campaign is told the exact one (close_lines).
compliance::CallingHours calling_hours(double hours) {
    using std::chrono::minutes;
    constexpr std::uint8_t kEveryDay = 0x7f;
    constexpr minutes kDay{24h};
    const minutes open{9h};
    const minutes close = open + minutes{static_cast<std::int64_t>(std::ceil(hours * 60))};
    compliance::CallingHours calling;
    calling.zone = {"UTC", {{UtcTime{}, 0s}}};
    calling.windows.push_back({kEveryDay, open, std::min(close, kDay)});
    if (close > kDay) calling.windows.push_back({kEveryDay, minutes{0}, close - kDay});
    return calling;
}

}  // namespace

campaigns::CampaignSpec campaign_of(const DayScenario& scenario, Controller controller) {
    campaigns::CampaignSpec spec;
    spec.id = kCampaign;
    spec.client = kClient;
    spec.list = ListId{1};
    spec.name = scenario.name;
    spec.mode = mode_of(scenario, controller);
    spec.ratio = scenario.ratio.level;
    spec.lines_max = kLinesWithoutLimit;
    spec.calls_per_second = kCallsPerSecondWithoutLimit;
    spec.caller_ids = {std::string{kCallerId}};
    spec.ring_limit = std::chrono::seconds{scenario.line.no_answer_s};
    spec.connect_within = std::chrono::duration_cast<std::chrono::milliseconds>(
        from_seconds(scenario.cap.connect_within_s));
    spec.wrap_up = 0s;  // until the agent says so
    spec.abandonment = {{Probability{scenario.cap.abandonment}, scenario.cap.window}};
    spec.detection.mode = answer_detect::Mode::Balanced;
    spec.detection.audit_share = Probability{0};
    spec.ring_release = scenario.line.ring_release;
    spec.min_ring = std::chrono::seconds{scenario.line.min_ring_s};
    spec.pacing_safeguards = scenario.pacing.safeguards;
    spec.safe_harbour_prompt = "sorry";
    spec.hours = calling_hours(scenario.hours);
    return spec;
}

DayWorld::Day::Day(DayWorld& world, std::uint64_t seed, Instant at)
    : begin{at},
      clerk{at, world.hours()},
      people{world.scenario_, seed, at, world.driver_, clerk},
      agents{world.scenario_, seed, kCampaign, at, world.driver_, clerk} {}

DayWorld::DayWorld(const DayScenario& scenario, DayOptions options, int first_day)
    : scenario_{scenario},
      options_{std::move(options)},
      day_{first_day},
      driver_{{Instant{begin_of(first_day)}, kFirstMorning + std::chrono::hours{24} * first_day},
              *this},
      store_{driver_} {
    BW_CHECK(is_products(scenario, options_.controller) || options_.make_rule);
    if (options_.check) checker_ = std::make_unique<DayChecker>(kCampaign, kClient, driver_.now());
    if (options_.trace) trace_.emplace(options_.trace);
}

Duration DayWorld::hours() const { return from_seconds(scenario_.hours * 3600); }
std::int64_t DayWorld::events() const { return static_cast<std::int64_t>(driver_.events()); }

std::optional<std::string> DayWorld::complaint() const {
    return checker_ ? checker_->complaint() : std::nullopt;
}

DayTally DayWorld::run_day(std::uint64_t seed) {
    // A talk of the night before may have gone on into the morning.
    const Instant begin = std::max(Instant{begin_of(day_++)}, driver_.now().elapsed);
    const std::int64_t decisions_before = measure_.decisions;
    driver_.run_until(begin);
    days_.emplace_back(*this, seed, begin);
    driver_.after(0s, [this] { begin_day(); });
    while (!days_.back().all_home && !driver_.halted()) {
        driver_.run_until(driver_.now().elapsed + 1h);
    }
    if (trace_) trace_->flush();
    if (checker_ && !driver_.halted()) checker_->check_end(driver_.engine());
    DayTally tally = days_.back().clerk.close(driver_.now().elapsed);
    tally.decisions = measure_.decisions - decisions_before;
    return tally;
}

void DayWorld::begin_day() {
    Day& today = days_.back();
    driver_.after(hours(), [this] { close_lines(); });
    plan_changes();
    store_.begin_list(scenario_.list_size);
    if (checker_) checker_->begin_list(scenario_.list_size);
    if (!driver_.running()) start_engine();
    today.agents.staff(scenario_.agents.count);
    // After the agents' phones have been answered: they are all there at 0 h.
    driver_.after(0s, [this] {
        driver_.after(0s, [this] {
            driver_.deliver(
                engine::CampaignOrdered{.campaign = kCampaign, .order = CampaignOrder::Start});
        });
    });
}

engine::MakeRule DayWorld::make_rule() {
    return [this](CampaignId, pacing::PacerState& state) {
        std::unique_ptr<pacing::Rule> rule;
        if (is_products(scenario_, options_.controller)) {
            rule = std::make_unique<pacing::Pacer>(state);
        } else {
            rule = options_.make_rule(*this);
        }
        return std::make_unique<MeasuredRule>(std::move(rule), options_.clock_ns,
                                              measure_.decisions, measure_.ns);
    };
}

void DayWorld::start_engine() {
    driver_.start(engine::Engine{engine::EngineState{}, make_rule()});
    const DayScenario::Trunk& trunk = scenario_.trunk;
    driver_.deliver(engine::EngineStarted{
        .epoch = Epoch{1},
        .trunk_lines = trunk.lines > 0 ? trunk.lines : kLinesWithoutLimit,
        .trunk_calls_per_second = trunk.cps > 0 ? trunk.cps : kCallsPerSecondWithoutLimit});
    driver_.deliver(engine::CampaignApplied{.spec = campaign_of(scenario_, options_.controller)});
}

/// Those of numbers and talks take effect by themselves (rates.h).
void DayWorld::plan_changes() {
    DayAgents& agents = days_.back().agents;
    for (const ChangeAt<int>& change : scenario_.agents.count_changes) {
        driver_.after(from_seconds(change.at_h * 3600), [this, &agents, count = change.value] {
            if (!days_.back().hours_over) agents.staff(count);
        });
    }
}

void DayWorld::close_lines() {
    days_.back().hours_over = true;
    driver_.deliver(engine::CampaignOrdered{.campaign = kCampaign, .order = CampaignOrder::Drain});
}

/// Calls then finish, and everybody goes home.
void DayWorld::campaign_is(CampaignRunState run_state) {
    Day& today = days_.back();
    if (run_state != CampaignRunState::Stopped || !today.hours_over) return;
    driver_.after(0s, [this] { everybody_goes_home(); });
}

void DayWorld::everybody_goes_home() {
    Day& today = days_.back();
    today.calls_over = true;
    today.agents.staff(0);
    today.all_home = today.agents.all_gone();
}

void DayWorld::end_leg(CallId leg) {
    Day& today = days_.back();
    // A leg that is neither has ended by itself, and the report of it is on its way.
    if (!today.people.hang_up(leg)) (void)today.agents.hang_up(leg);
    today.all_home = today.calls_over && today.agents.all_gone();
}

void DayWorld::carry_out(const Step& step) {
    if (trace_) trace_->write(step);
    if (options_.watch) options_.watch(step);
    if (checker_) {
        checker_->check(step, driver_.engine());
        if (checker_->complaint()) driver_.halt();
    }
    for (const engine::Action& action : step.actions) dispatch(action);
    note_dialing();
}

void DayWorld::note_dialing() {
    const auto& campaigns = driver_.engine().state().campaigns;
    const auto campaign = campaigns.find(kCampaign);
    if (campaign == campaigns.end()) return;
    const bool has_decided = campaign->second.decided_at.has_value();
    days_.back().clerk.dialing_is(
        campaign->second.lines_in_flight,
        has_decided ? campaign->second.forecast.mode : campaign->second.spec.mode,
        driver_.now().elapsed);
}

void DayWorld::dispatch(const engine::Action& action) {
    Day& today = days_.back();
    store_.take(action);
    if (const auto* place = std::get_if<engine::PlaceCall>(&action)) {
        today.people.place(place->call);
    } else if (const auto* end = std::get_if<engine::HangUp>(&action)) {
        end_leg(end->call);
    } else if (const auto* bridge = std::get_if<engine::Bridge>(&action)) {
        today.agents.bridge(bridge->agent_call, today.people.bridge(bridge->contact_call));
    } else if (const auto* play = std::get_if<engine::Play>(&action)) {
        today.people.play(*play);
    } else if (const auto* outcome = std::get_if<engine::StoreOutcome>(&action)) {
        today.people.ended(*outcome);
    } else if (const auto* agent = std::get_if<engine::StoreAgentState>(&action)) {
        today.agents.state_changed(*agent);
    } else if (const auto* ring = std::get_if<engine::RingAgent>(&action)) {
        today.agents.ring(*ring);
    } else if (const auto* state = std::get_if<engine::StoreCampaignState>(&action)) {
        campaign_is(state->state);
    }
}

std::optional<Outlook::Prospect> DayWorld::prospect(std::uint64_t person) const {
    return days_.back().people.prospect(person);
}
void DayWorld::choose(std::vector<std::uint64_t> people) {
    days_.back().people.choose(std::move(people));
}
std::vector<std::uint64_t> DayWorld::chosen() const { return days_.back().people.chosen(); }
std::vector<Outlook::LiveCall> DayWorld::live_calls() const {
    return days_.back().people.live_calls();
}
std::vector<double> DayWorld::agents_free_in_s() const { return days_.back().agents.free_in_s(); }

}  // namespace bellwether::simulator
