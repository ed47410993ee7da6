#include "dialer/app/sim/scenario_file.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

#include "base/maths.h"
#include "dialer/app/files/toml_reader.h"
#include "dialer/app/files/units.h"

namespace bellwether::app {

namespace {

using simulator::ChangeAt;
using simulator::DayScenario;
using simulator::Range;
using simulator::Spread;

// Bounds that are not the meaning of a key keep a slip of the unit from becoming a run of a week.
constexpr int kAgentsMost = 10'000;
constexpr double kRingMostS = 120;  // as the ring limit of a campaign
constexpr double kTalkMostS = 4 * 3600;
constexpr double kWrapMostS = 3600;
constexpr double kBreakMostS = 8 * 3600;
constexpr double kCvMost = 10;
constexpr double kVerdictMostS = 5;  // the engine waits no longer for one
constexpr int kWindowMostH = 8760;   // a year, as in a campaign
// Rings that end later are redrawn: below this share that would take for ever.
constexpr double kRingsInTimeLeast = 0.01;

template <class T>
void read_changes(TomlReader& table, double hours, std::vector<ChangeAt<T>>& changes,
                  const std::function<void(TomlReader&, T&)>& read_value) {
    table.sections("change", [&](TomlReader& entry) {
        ChangeAt<T> change;
        entry.require("at_h", "at_h = 4.0");
        const bool timed = entry.number("at_h", 0, hours, change.at_h);
        if (timed && !changes.empty() && change.at_h <= changes.back().at_h) {
            entry.problem("at_h", fmt::format("is {}: must be later than the change before it, {}",
                                              format_number(change.at_h),
                                              format_number(changes.back().at_h)));
        }
        read_value(entry, change.value);
        changes.push_back(change);
    });
}

void read_agents(TomlReader& table, double hours, DayScenario::Agents& agents) {
    table.require("count", "count = 25");
    table.whole("count", 1, kAgentsMost, agents.count);
    table.number("breaks_per_hour", 0, 60, agents.breaks_per_hour);
    table.number("break_s", 0, kBreakMostS, agents.break_s);
    read_changes<int>(table, hours, agents.count_changes, [](TomlReader& entry, int& count) {
        entry.require("count", "count = 50");
        entry.whole("count", 0, kAgentsMost, count);
    });
}

/// How many draws of such a ring end in time: 0..1.
double share_in_time(Spread ring, double limit_s) {
    const double ratio = ring.sd / ring.mean;
    const double variance = maths::log1p(ratio * ratio);
    const double distance = maths::log(limit_s / ring.mean) + variance / 2;
    if (variance <= 0) return distance >= 0 ? 1 : 0;
    return maths::normal_tail(-distance / std::sqrt(variance));
}

void read_ring(TomlReader& line, std::string_view key, double limit_s, Spread& ring) {
    line.section(key, [&](TomlReader& table) {
        table.number("mean", 0.1, kRingMostS, ring.mean);
        table.number("sd", 0, kRingMostS, ring.sd);
    });
    if (share_in_time(ring, limit_s) < kRingsInTimeLeast) {
        line.problem(
            key, fmt::format("hardly ever ends before no_answer_s, {} s", format_number(limit_s)));
    }
}

void read_range(TomlReader& table, std::string_view key, double most, Range& range) {
    std::vector<double> ends{range.low, range.high};
    table.numbers(key, 2, 0, most, ends);
    if (ends[0] > ends[1]) {
        table.problem(key, fmt::format("is [{}, {}]: the second must not be less than the first",
                                       format_number(ends[0]), format_number(ends[1])));
    }
    range = {ends[0], ends[1]};
}

void read_line(TomlReader& table, double hours, DayScenario::Line& line) {
    table.number("live", 0, 1, line.live);
    table.number("machine", 0, 1, line.machine);
    table.number("fast_fail", 0, 1, line.fast_fail);
    table.whole("no_answer_s", 5, static_cast<int>(kRingMostS), line.no_answer_s);
    read_ring(table, "ring_live_s", line.no_answer_s, line.ring_live_s);
    read_ring(table, "ring_machine_s", line.no_answer_s, line.ring_machine_s);
    read_range(table, "verdict_s", kVerdictMostS, line.verdict_s);
    read_range(table, "greeting_s", kRingMostS, line.greeting_s);
    table.section("drift", [&](TomlReader& drift) {
        drift.number("amplitude", 0, 1, line.drift.amplitude);
        drift.number("period_h", 0.01, 1000, line.drift.period_h);
    });
    read_changes<double>(table, hours, line.live_changes, [](TomlReader& entry, double& live) {
        entry.require("live", "live = 0.35");
        entry.number("live", 0, 1, live);
    });
    table.whole("min_ring_s", 0, static_cast<int>(kRingMostS), line.min_ring_s);
    table.boolean("ring_release", line.ring_release);
}

void read_talk(TomlReader& table, double hours, DayScenario::Talk& talk) {
    table.number("mean_s", 0.1, kTalkMostS, talk.mean_s);
    table.number("cv", 0, kCvMost, talk.cv);
    read_changes<double>(table, hours, talk.mean_changes, [](TomlReader& entry, double& mean_s) {
        entry.require("mean_s", "mean_s = 150");
        entry.number("mean_s", 0.1, kTalkMostS, mean_s);
    });
}

void read_wrap(TomlReader& table, DayScenario::Wrap& wrap) {
    table.number("mean_s", 0, kWrapMostS, wrap.mean_s);
    table.choice("shape", wrap.shape);
    table.number("cv", 0, kCvMost, wrap.cv);
}

Result<compliance::AccountWindow> window_of(const std::string& text) {
    using compliance::WindowKind;
    if (text == "day") return compliance::AccountWindow{WindowKind::Day, 0};
    if (text == "30d") return compliance::AccountWindow{WindowKind::ThirtyDays, 0};
    if (text == "month") return compliance::AccountWindow{WindowKind::Month, 0};
    return fail(Errc::InvalidInput,
                fmt::format("\"{}\" is not known: write \"day\", \"30d\", \"month\" or a number of "
                            "hours without quotes",
                            text));
}

void read_cap(TomlReader& table, DayScenario::Cap& cap) {
    constexpr double kAny = std::numeric_limits<double>::max();
    table.number("abandonment", -kAny, kAny, cap.abandonment);
    if (!(cap.abandonment > 0 && cap.abandonment <= 1)) {
        table.problem("abandonment", fmt::format("is {}: must be above 0 and at most 1",
                                                 format_number(cap.abandonment)));
    }
    if (table.is_text("window")) {
        table.parsed("window", [&](const std::string& text) -> Result<void> {
            const auto window = window_of(text);
            if (!window) return tl::unexpected(window.error());
            cap.window = *window;
            return {};
        });
    } else {
        int hours = 0;
        table.whole("window", 1, kWindowMostH, hours);
        if (hours > 0) cap.window = {compliance::WindowKind::Hours, hours};
    }
    table.number("connect_within_s", 0, 60, cap.connect_within_s);
}

void read_controllers(TomlReader& top, DayScenario& scenario) {
    top.section("ratio", [&](TomlReader& table) {
        table.number("level", 1, 100, scenario.ratio.level);
        table.boolean("guard", scenario.ratio.guard);
    });
    top.section("vicidial", [&](TomlReader& table) {
        table.number("max_level", 1, 100, scenario.vicidial.max_level);
        table.boolean("available_only", scenario.vicidial.available_only);
        table.boolean("count_all_but_wrap", scenario.vicidial.count_all_but_wrap);
    });
    top.section("pacing", [&](TomlReader& table) {
        table.boolean("safeguards", scenario.pacing.safeguards);
    });
}

void read_top(TomlReader& top, DayScenario& scenario) {
    top.text("name", scenario.name);
    top.number("hours", 0.01, 24, scenario.hours);
    top.integer("list_size", 0, 1'000'000'000, scenario.list_size);
    const double hours = scenario.hours;
    top.require("agents", "[agents] with count = 25");
    top.section("agents", [&](TomlReader& table) { read_agents(table, hours, scenario.agents); });
    top.section("line", [&](TomlReader& table) { read_line(table, hours, scenario.line); });
    top.section("talk", [&](TomlReader& table) { read_talk(table, hours, scenario.talk); });
    top.section("wrap", [&](TomlReader& table) { read_wrap(table, scenario.wrap); });
    top.section("cap", [&](TomlReader& table) { read_cap(table, scenario.cap); });
    top.section("trunk", [&](TomlReader& table) {
        table.whole("lines", 0, 1'000'000, scenario.trunk.lines);
        table.number("cps", 0, 1e6, scenario.trunk.cps);
    });
    read_controllers(top, scenario);
}

}  // namespace

Checked<DayScenario> parse_scenario(std::string_view text, const std::string& name) {
    auto tree = parse_toml(text, name);
    if (!tree) return tl::unexpected(tree.error());
    Problems problems;
    DayScenario scenario;
    TomlReader top(*tree, "", name, problems);
    read_top(top, scenario);
    top.finish();
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return scenario;
}

}  // namespace bellwether::app
