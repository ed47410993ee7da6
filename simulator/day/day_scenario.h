#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "compliance/abandonment_account.h"

// One campaign's day as plain data: what `sim run` reads from its file (docs/guide/simulator.md).
// The defaults are the file's. Seconds and hours as the file says them; times count from 0 h.

namespace bellwether::simulator {

/// A lognormal, by the mean and standard deviation of the value itself before any truncation.
struct Spread {
    double mean = 0;  ///< > 0
    double sd = 0;    ///< >= 0
};

struct Range {
    double low = 0;
    double high = 0;  ///< >= low
};

/// From `at_h` on the value is another one. Lists of these are in rising order of time.
template <class T>
struct ChangeAt {
    double at_h = 0;
    T value{};
};

struct DayScenario {
    struct Agents {
        int count = 0;               ///< >= 1
        double breaks_per_hour = 0;  ///< unplanned, per agent
        double break_s = 300;
        std::vector<ChangeAt<int>> count_changes;
    };
    struct Drift {
        double amplitude = 0;  ///< of the answer rate, 0..1
        double period_h = 3;   ///< > 0
    };
    struct Line {
        double live = 0.2;  ///< chance that a person answers before the timeout, 0..1
        double machine = 0.25;
        double fast_fail = 0.08;
        Spread ring_live_s{12, 6};
        Spread ring_machine_s{18, 4};
        int no_answer_s = 25;  ///< the ring limit
        Range verdict_s{1.0, 2.5};
        Range greeting_s{0.6, 1.4};
        Drift drift;
        std::vector<ChangeAt<double>> live_changes;
        int min_ring_s = 15;
        bool ring_release = true;
    };
    struct Talk {
        double mean_s = 60;
        double cv = 1.0;
        std::vector<ChangeAt<double>> mean_changes;
    };
    enum class WrapShape { Exponential, Lognormal };
    struct Wrap {
        double mean_s = 15;  ///< 0: none
        WrapShape shape = WrapShape::Exponential;
        double cv = 0.8;  ///< read by the lognormal shape
    };
    struct Cap {
        double abandonment = 0.03;  ///< 0 < cap <= 1
        compliance::AccountWindow window;
        double connect_within_s = 2.0;
    };
    struct Trunk {
        int lines = 0;   ///< 0: no limit
        double cps = 0;  ///< calls per second; 0: no limit
    };
    struct Ratio {
        double level = 2.0;
        bool guard = true;
    };
    struct Vicidial {
        double max_level = 3.0;
        bool available_only = false;
        bool count_all_but_wrap = true;
    };
    struct Pacing {
        bool safeguards = false;
    };

    std::string name;
    double hours = 8.0;
    std::int64_t list_size = 0;  ///< 0: endless
    Agents agents;
    Line line;
    Talk talk;
    Wrap wrap;
    Cap cap;
    Trunk trunk;
    Ratio ratio;
    Vicidial vicidial;
    Pacing pacing;
};

}  // namespace bellwether::simulator

namespace bellwether {
template <>
inline constexpr auto kEnumNames<simulator::DayScenario::WrapShape> = names("EXPONENTIAL",
                                                                            "LOGNORMAL");
}  // namespace bellwether
