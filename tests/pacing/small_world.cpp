#include "tests/pacing/small_world.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <queue>

#include "base/maths.h"
#include "base/rng.h"

namespace bellwether::pacing {
namespace {

constexpr double kNoAnswerS = 25;
constexpr double kMachine = 0.25;
constexpr double kFastFail = 0.08;

Instant at_s(double seconds) { return Instant{Duration{static_cast<std::int64_t>(seconds * 1e6)}}; }

enum class What { RingEnds, Verdict, Deadline, TalkEnds, WrapUpEnds, Half, Decide, Tick };

struct Due {
    double at = 0;
    std::uint64_t order = 0;  // equal times: first in, first out
    What what = What::Tick;
    std::uint64_t whose = 0;
};
struct Later {
    bool operator()(const Due& a, const Due& b) const {
        return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
};

struct SmallCall {
    double placed = 0;
    double ring_s = 0;
    RingEnd end = RingEnd::Censored;
    bool detecting = false;
    double verdict_at = 0;
    double deadline = 0;
};

struct SmallAgent {
    enum class Is { Idle, Talking, Wrapping, Gone } is = Is::Idle;
    double since = 0;
    bool leaves = false;
};

class SmallWorld {
public:
    SmallWorld(const SmallDay& day, const Settings& settings, const std::function<Rule&()>& rule,
               const Watch& watch)
        : day_{day}, settings_{settings}, rule_{rule}, watch_{watch} {}

    SmallResult run();

private:
    void happen(const Due& due);
    void ring_ends(std::uint64_t id);
    void verdict(std::uint64_t id);
    void deadline(std::uint64_t id);
    void talk_ends(std::size_t agent);
    void wrap_up_ends(std::size_t agent);
    void half_time();
    void decide();
    void serve();
    void place();
    [[nodiscard]] Picture picture() const;
    void change(std::size_t agent, SmallAgent::Is to);
    void count_time(std::size_t agent);
    [[nodiscard]] double live_now() const;
    void later(double at, What what, std::uint64_t whose = 0) {
        agenda_.push({at, ++order_, what, whose});
    }
    SmallResult::Minute& minute(double at) {
        const auto index = static_cast<std::size_t>(at / 60);
        if (result_.minutes.size() <= index) result_.minutes.resize(index + 1);
        return result_.minutes[index];
    }
    double draw_ring(double mean, double sd) {
        for (;;) {
            if (const double ring = rng_.lognormal(mean, sd); ring <= kNoAnswerS) return ring;
        }
    }

    SmallDay day_;
    Settings settings_;
    const std::function<Rule&()>& rule_;
    const Watch& watch_;
    Rng rng_{day_.seed, "small world"};
    double now_ = 0;
    double end_ = day_.hours * 3600;
    std::uint64_t order_ = 0;
    std::priority_queue<Due, std::vector<Due>, Later> agenda_;
    std::map<std::uint64_t, SmallCall> calls_;  // ringing, detecting or waiting
    std::deque<std::uint64_t> waiting_;
    std::vector<SmallAgent> agents_;
    std::uint64_t ids_ = 0;
    double last_decision_ = -1;
    bool decision_due_ = false;
    double refused_since_ = -1;
    int placed_this_second_ = 0;
    double second_ = -1;
    SmallResult result_;
};

SmallResult SmallWorld::run() {
    agents_.resize(static_cast<std::size_t>(day_.agents));
    if (day_.agents_later >= 0 || day_.live_later >= 0) later(end_ / 2, What::Half);
    later(0, What::Tick);
    while (!agenda_.empty()) {
        const Due due = agenda_.top();
        agenda_.pop();
        now_ = due.at;
        happen(due);
        if (due.what != What::Tick && due.what != What::Decide && !decision_due_ && now_ < end_) {
            decision_due_ = true;
            later(std::max(now_, last_decision_ + 0.25), What::Decide);
        }
    }
    now_ = std::max(now_, end_);
    double busy = 0;
    double signed_in = 0;
    for (std::size_t i = 0; i < agents_.size(); ++i) count_time(i);
    for (const auto& minute : result_.minutes) {
        busy += minute.busy_s;
        signed_in += minute.signed_in_s;
    }
    result_.utilisation = busy / signed_in;
    return result_;
}

void SmallWorld::happen(const Due& due) {
    switch (due.what) {
        case What::RingEnds:
            return ring_ends(due.whose);
        case What::Verdict:
            return verdict(due.whose);
        case What::Deadline:
            return deadline(due.whose);
        case What::TalkEnds:
            return talk_ends(due.whose);
        case What::WrapUpEnds:
            return wrap_up_ends(due.whose);
        case What::Half:
            return half_time();
        case What::Decide:
            decision_due_ = false;
            return decide();
        case What::Tick:
            if (now_ + 1 < end_) later(now_ + 1, What::Tick);
            if (now_ - last_decision_ >= 1) decide();
    }
}

double SmallWorld::live_now() const {
    const bool late = now_ >= end_ / 2;
    double live = late && day_.live_later >= 0 ? day_.live_later : day_.live;
    live *= 1 + day_.drift * maths::cos_of_turns(now_ / (3 * 3600) - 0.25);
    return std::min(0.9, live);
}

void SmallWorld::place() {
    const double live = live_now();
    const double machine = std::min(kMachine, 0.6 * (1 - live));
    const double fail = std::min(kFastFail, 0.5 * (1 - live - machine));
    SmallCall call{.placed = now_, .ring_s = kNoAnswerS};
    const double luck = rng_.uniform();
    if (luck < live) {
        call.end = RingEnd::Live;
        call.ring_s = draw_ring(12, 6);
    } else if (luck < live + machine) {
        call.end = RingEnd::Machine;
        call.ring_s = draw_ring(18, 4);
    } else if (luck < live + machine + fail) {
        call.end = RingEnd::FastFail;
        call.ring_s = rng_.uniform(2, 6);
    }
    ++result_.calls;
    calls_[++ids_] = call;
    later(now_ + call.ring_s, What::RingEnds, ids_);
}

void SmallWorld::ring_ends(std::uint64_t id) {
    const auto found = calls_.find(id);
    if (found == calls_.end()) return;  // released
    SmallCall& call = found->second;
    if (call.end == RingEnd::Live || call.end == RingEnd::Machine) {
        call.detecting = true;
        call.verdict_at = now_ + rng_.uniform(1.0, 2.5);
        const double greeting = rng_.uniform(0.6, 1.4);
        call.deadline = std::max(now_ + greeting + 2, call.verdict_at + 0.05);
        later(call.verdict_at, What::Verdict, id);
        return;
    }
    rule_().learn(RingEnded{call.end, call.ring_s, {ListId{1}, 0, 1}}, at_s(now_));
    calls_.erase(found);
}

void SmallWorld::verdict(std::uint64_t id) {
    const auto found = calls_.find(id);
    SmallCall& call = found->second;
    const bool human = call.end == RingEnd::Live;
    const double pickup = call.placed + call.ring_s;
    rule_().learn(RingEnded{call.end, call.ring_s, {ListId{1}, 0, 1}}, at_s(now_));
    rule_().learn(VerdictGiven{now_ - pickup, call.deadline - now_, human}, at_s(now_));
    call.detecting = false;
    if (!human) {
        calls_.erase(found);
        return;
    }
    ++result_.live_answers;
    ++minute(pickup).live_answers;
    waiting_.push_back(id);
    later(call.deadline, What::Deadline, id);
    serve();
}

void SmallWorld::deadline(std::uint64_t id) {
    const auto place = std::ranges::find(waiting_, id);
    if (place == waiting_.end()) return;
    waiting_.erase(place);
    ++result_.abandoned;
    const SmallCall& call = calls_.at(id);
    ++minute(call.placed + call.ring_s).abandoned;
    calls_.erase(id);
    rule_().learn(LiveAnswerResolved{true}, at_s(now_));
}

void SmallWorld::serve() {
    while (!waiting_.empty()) {
        std::size_t chosen = agents_.size();
        for (std::size_t i = 0; i < agents_.size(); ++i) {
            if (agents_[i].is != SmallAgent::Is::Idle) continue;
            if (chosen == agents_.size() || agents_[i].since < agents_[chosen].since) chosen = i;
        }
        if (chosen == agents_.size()) return;
        calls_.erase(waiting_.front());
        waiting_.pop_front();
        change(chosen, SmallAgent::Is::Talking);
        const double talk = std::max(2.0, rng_.lognormal(day_.talk_s, day_.talk_s));
        later(now_ + talk, What::TalkEnds, chosen);
        rule_().learn(LiveAnswerResolved{false}, at_s(now_));
    }
}

/// The time since the agent's last change, minute by minute, up to the end of the day.
void SmallWorld::count_time(std::size_t agent) {
    SmallAgent& of = agents_[agent];
    const bool busy = of.is == SmallAgent::Is::Talking || of.is == SmallAgent::Is::Wrapping;
    for (double from = of.since; of.is != SmallAgent::Is::Gone && from < std::min(now_, end_);) {
        const double to = std::min({now_, end_, (std::floor(from / 60) + 1) * 60});
        minute(from).signed_in_s += to - from;
        if (busy) minute(from).busy_s += to - from;
        from = to;
    }
    of.since = now_;
}

void SmallWorld::change(std::size_t agent, SmallAgent::Is to) {
    count_time(agent);
    agents_[agent].is = to;
}

void SmallWorld::talk_ends(std::size_t agent) {
    rule_().learn(TalkEnded{AgentId{agent + 1}, now_ - agents_[agent].since}, at_s(now_));
    change(agent, SmallAgent::Is::Wrapping);
    later(now_ + rng_.exponential(day_.wrap_up_s), What::WrapUpEnds, agent);
}

void SmallWorld::wrap_up_ends(std::size_t agent) {
    rule_().learn(WrapUpEnded{AgentId{agent + 1}, now_ - agents_[agent].since, false}, at_s(now_));
    change(agent, agents_[agent].leaves ? SmallAgent::Is::Gone : SmallAgent::Is::Idle);
    serve();
}

void SmallWorld::half_time() {
    if (day_.agents_later < 0) return;
    for (auto i = static_cast<std::size_t>(day_.agents_later); i < agents_.size(); ++i) {
        agents_[i].leaves = true;
        if (agents_[i].is == SmallAgent::Is::Idle) change(i, SmallAgent::Is::Gone);
    }
}

Picture SmallWorld::picture() const {
    Picture picture{.at = at_s(now_)};
    for (std::size_t i = 0; i < agents_.size(); ++i) {
        const SmallAgent& agent = agents_[i];
        const BusyAgent busy{AgentId{i + 1}, now_ - agent.since, agent.leaves};
        if (agent.is == SmallAgent::Is::Idle) ++picture.idle;
        if (agent.is == SmallAgent::Is::Talking) picture.talking.push_back(busy);
        if (agent.is == SmallAgent::Is::Wrapping) picture.wrapping.push_back(busy);
    }
    picture.waiting = static_cast<int>(waiting_.size());
    for (const auto& [id, call] : calls_) {
        const AnswerKey key{ListId{1}, 0, 1};
        if (call.detecting) {
            picture.detecting.push_back({call.ring_s, now_ - call.placed - call.ring_s, key});
        } else if (call.verdict_at == 0) {
            picture.ringing.push_back({CallId{id}, now_ - call.placed, key, true});
        }
    }
    picture.next.assign(50, {ListId{1}, 0, 1});
    picture.accounts.push_back(
        {day_.cap, result_.live_answers, result_.abandoned, std::max(0.0, end_ - now_)});
    if (refused_since_ >= 0) picture.lines_refused_s = now_ - refused_since_;
    return picture;
}

void SmallWorld::decide() {
    last_decision_ = now_;
    ++result_.decisions;
    const Picture seen = picture();
    if (watch_) watch_(seen);
    const Verdict verdict = rule_().decide(settings_, seen);
    int allowed = verdict.lines;
    if (day_.calls_per_s > 0) {
        if (std::floor(now_) != second_) placed_this_second_ = 0;
        second_ = std::floor(now_);
        allowed = std::min(allowed, day_.calls_per_s - placed_this_second_);
        placed_this_second_ += allowed;
        if (allowed == verdict.lines)
            refused_since_ = -1;
        else if (refused_since_ < 0)
            refused_since_ = now_;
    }
    for (int i = 0; i < allowed; ++i) place();
    for (const CallId call : verdict.release) {
        const auto found = calls_.find(value_of(call));
        rule_().learn(RingEnded{RingEnd::Censored, now_ - found->second.placed, {ListId{1}, 0, 1}},
                      at_s(now_));
        calls_.erase(found);
    }
}

}  // namespace

SmallResult run_small_day(const SmallDay& day, const Settings& settings,
                          const std::function<Rule&()>& rule, const Watch& watch) {
    return SmallWorld{day, settings, rule, watch}.run();
}

}  // namespace bellwether::pacing
