#include "simulator/plot/day_plot.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/check.h"
#include "simulator/plot/panel.h"

namespace bellwether::simulator {
namespace {

constexpr double kWidth = 1000;
constexpr double kLeft = 64;
constexpr double kPanelWidth = 736;
constexpr double kPanelHeight = 170;
constexpr double kGap = 46;  // between panels; holds the title of the lower one
constexpr double kTop = 104;
constexpr double kModeRow = 20;
constexpr double kOverlap = 0.4;  // px: no hairlines between neighbouring columns
constexpr std::size_t kPointsAboutHundred = 100;

using Values = std::vector<std::optional<double>>;

/// One colour a mode, by enumerator: only those with agents occur in a study.
constexpr std::array<std::string_view, kEnumNames<pacing::DialMode>.size()> kModeColours{
    "#bbbbbb", "#bbbbbb", "#e69f00", "#56b4e9", "#0072b2", "#bbbbbb"};

std::string percent(double share, int decimals = 1) {
    return plain_number(share * 100, decimals) + " %";
}

std::string lower(std::string_view name) {
    std::string out(name);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::vector<PlotMinute> stretches(const std::vector<PlotMinute>& minutes, int minutes_each) {
    std::vector<PlotMinute> sums;
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        if (i % static_cast<std::size_t>(minutes_each) == 0) sums.emplace_back();
        PlotMinute& sum = sums.back();
        const PlotMinute& minute = minutes[i];
        sum.busy_s += minute.busy_s;
        sum.staffed_s += minute.staffed_s;
        sum.live_answers += minute.live_answers;
        sum.abandoned += minute.abandoned;
        sum.lines_s += minute.lines_s;
        for (std::size_t mode = 0; mode < sum.mode_s.size(); ++mode) {
            sum.mode_s[mode] += minute.mode_s[mode];
        }
    }
    return sums;
}

std::optional<double> ratio(double part, double whole) {
    if (whole <= 0) return std::nullopt;
    return part / whole;
}

Values utilisation(const std::vector<PlotMinute>& stretches) {
    Values values;
    for (const auto& stretch : stretches)
        values.push_back(ratio(stretch.busy_s, stretch.staffed_s));
    return values;
}

Values abandonment_of_stretches(const std::vector<PlotMinute>& stretches) {
    Values values;
    for (const auto& stretch : stretches) {
        values.push_back(ratio(static_cast<double>(stretch.abandoned),
                               static_cast<double>(stretch.live_answers)));
    }
    return values;
}

Values abandonment_so_far(const std::vector<PlotMinute>& stretches) {
    Values values;
    double live = 0;
    double abandoned = 0;
    for (const auto& stretch : stretches) {
        live += static_cast<double>(stretch.live_answers);
        abandoned += static_cast<double>(stretch.abandoned);
        values.push_back(ratio(abandoned, live));
    }
    return values;
}

double highest(const Values& values) {
    double most = 0;
    for (const auto& value : values) most = std::max(most, value.value_or(0));
    return most;
}

/// What is drawn, in one place: the study cut into stretches of the day.
class StudyPicture {
public:
    explicit StudyPicture(const PlotStudy& study);
    [[nodiscard]] std::string draw() &&;

private:
    [[nodiscard]] Panel::Frame frame(int panel) const;
    void heading();
    void legend();
    void utilisation_panel();
    void abandonment_panel();
    void lines_panel();
    void mode_rows();
    void mode_row(const PlotRun& run, double top);
    void mode_legend(double top);
    [[nodiscard]] Label label(std::size_t run, double total) const;

    const PlotStudy& study_;
    int minutes_each_;
    double step_h_;
    double hours_;
    std::vector<std::vector<PlotMinute>> runs_;  ///< in stretches
    double modes_top_;
    Svg svg_;
};

double modes_top() { return kTop + 3 * (kPanelHeight + kGap); }

/// Other rules than the product's have no modes.
bool has_modes(const PlotRun& run) {
    return std::any_of(run.minutes.begin(), run.minutes.end(), [](const PlotMinute& minute) {
        return std::any_of(minute.mode_s.begin(), minute.mode_s.end(),
                           [](double seconds) { return seconds > 0; });
    });
}

double modes_height(const PlotStudy& study) {
    return kModeRow *
           static_cast<double>(std::count_if(study.runs.begin(), study.runs.end(), has_modes));
}

StudyPicture::StudyPicture(const PlotStudy& study)
    : study_{study},
      minutes_each_{minutes_per_point(study.runs.front().minutes.size())},
      step_h_{minutes_each_ / 60.0},
      hours_{static_cast<double>(study.runs.front().minutes.size()) / 60.0},
      modes_top_{modes_top()},
      svg_{kWidth, modes_top() + modes_height(study) + 48, study.title} {
    for (const PlotRun& run : study.runs) {
        BW_CHECK(run.minutes.size() == study.runs.front().minutes.size());
        runs_.push_back(stretches(run.minutes, minutes_each_));
    }
}

std::string StudyPicture::draw() && {
    heading();
    legend();
    utilisation_panel();
    abandonment_panel();
    lines_panel();
    mode_rows();
    return std::move(svg_).finish();
}

Panel::Frame StudyPicture::frame(int panel) const {
    return {kLeft, kTop + panel * (kPanelHeight + kGap), kPanelWidth, kPanelHeight};
}

void StudyPicture::heading() {
    svg_.text({kLeft, 26}, study_.title, {.size = 17, .bold = true, .fill = "#111111"});
    std::string below = plain_number(study_.days) + (study_.days == 1 ? " day" : " days together");
    below += ", a point every " + plain_number(minutes_each_) + " min";
    if (study_.runs.size() == 1) below += ", bars of 15 min";
    svg_.text({kLeft, 45}, below, {.size = 11, .fill = "#666666"});
}

void StudyPicture::legend() {
    double x = kLeft;
    for (std::size_t i = 0; i < study_.runs.size(); ++i) {
        const SeriesLook& series = look_of(i);
        svg_.line({x, 62}, {x + 34, 62},
                  {.stroke = series.colour, .width = 2.5, .dashes = series.dashes});
        svg_.text({x + 40, 66}, study_.runs[i].controller, {.size = 12});
        x += 56 + 7.2 * static_cast<double>(study_.runs[i].controller.size());
    }
}

Label StudyPicture::label(std::size_t run, double total) const {
    return {study_.runs[run].controller + " " + percent(total), total, look_of(run)};
}

void StudyPicture::utilisation_panel() {
    Panel panel(svg_, frame(0), {"Utilisation: talk and wrap-up, share of agents' time", 1.0, true},
                hours_);
    std::vector<Label> labels;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        panel.curve(utilisation(runs_[i]), step_h_, look_of(i));
        labels.push_back(label(i, study_.runs[i].utilisation));
    }
    panel.labels(labels);
}

void StudyPicture::abandonment_panel() {
    // The first answers swing the rate far; the axis shows what matters beside the cap.
    double top = 2 * study_.cap;
    for (const PlotRun& run : study_.runs) top = std::max(top, std::min(1.0, 1.3 * run.worst_day));
    Panel panel(svg_, frame(1),
                {"Abandonment: answered people whom nobody took in time, since the day began",
                 std::min(top, 1.0), true},
                hours_);
    panel.beyond(study_.cap);
    if (runs_.size() == 1) {
        constexpr int kBarMinutes = 15;
        panel.bars(abandonment_of_stretches(stretches(study_.runs.front().minutes, kBarMinutes)),
                   kBarMinutes / 60.0, "#bcd6e6");
    }
    panel.limit(study_.cap);
    std::vector<Label> labels{{"cap " + percent(study_.cap, 2), study_.cap, {kCapColour, ""}}};
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        panel.curve(abandonment_so_far(runs_[i]), step_h_, look_of(i));
        labels.push_back(label(i, study_.runs[i].abandonment));
    }
    panel.labels(labels);
}

void StudyPicture::lines_panel() {
    std::vector<Values> curves;
    double top = 0;
    for (const auto& run : runs_) {
        Values lines;
        for (std::size_t i = 0; i < run.size(); ++i) {
            const auto each = static_cast<std::size_t>(minutes_each_);
            const std::size_t minutes = study_.runs.front().minutes.size();
            const auto here = static_cast<double>(std::min(each, minutes - i * each));
            lines.emplace_back(run[i].lines_s / (60.0 * here * study_.days));
        }
        top = std::max(top, highest(lines));
        curves.push_back(std::move(lines));
    }
    Panel panel(svg_, frame(2), {"Lines in flight: dialed and not answered yet, mean", top, false},
                hours_);
    for (std::size_t i = 0; i < curves.size(); ++i) panel.curve(curves[i], step_h_, look_of(i));
}

void StudyPicture::mode_rows() {
    svg_.text({kLeft, modes_top_ - 8}, "Mode in force: share of the time",
              {.size = 13, .bold = true});
    double top = modes_top_;
    for (const PlotRun& run : study_.runs) {
        if (!has_modes(run)) continue;
        mode_row(run, top);
        top += kModeRow;
    }
    mode_legend(modes_top_ - 8);
    hour_axis(svg_, {kLeft, modes_top_, kPanelWidth, top - modes_top_}, hours_);
}

/// Each stretch of the day is a column, filled from below by the more careful modes first.
void StudyPicture::mode_row(const PlotRun& run, double top) {
    const Scale x{0, hours_, kLeft, kLeft + kPanelWidth};
    const double height = kModeRow - 4;
    const auto columns = stretches(run.minutes, minutes_each_);
    svg_.rectangle({kLeft, top}, kPanelWidth, height, {.fill = "#f2f2f2"});
    for (std::size_t i = 0; i < columns.size(); ++i) {
        double whole = 0;
        for (const double seconds : columns[i].mode_s) whole += seconds;
        if (whole <= 0) continue;
        const double from = x.clipped(static_cast<double>(i) * step_h_);
        const double to = x.clipped(static_cast<double>(i + 1) * step_h_);
        double bottom = top + height;
        for (std::size_t mode = 0; mode < columns[i].mode_s.size(); ++mode) {
            const double part = columns[i].mode_s[mode] / whole * height;
            if (part <= 0) continue;
            bottom -= part;
            svg_.rectangle({from, bottom}, to - from + kOverlap, part,
                           {.fill = kModeColours[mode]});
        }
    }
    svg_.text({kLeft + kPanelWidth + 13, top + height - 4}, run.controller, {.size = 11});
}

/// Names those modes that occur.
void StudyPicture::mode_legend(double baseline) {
    double x = kLeft + 280;
    for (std::size_t mode = 0; mode < kModeColours.size(); ++mode) {
        const auto occurs = [mode](const PlotMinute& minute) { return minute.mode_s[mode] > 0; };
        const bool found = std::any_of(runs_.begin(), runs_.end(), [&](const auto& run) {
            return std::any_of(run.begin(), run.end(), occurs);
        });
        if (!found) continue;
        const std::string name = lower(kEnumNames<pacing::DialMode>[mode]);
        svg_.rectangle({x, baseline - 10}, 14, 12, {.fill = kModeColours[mode]});
        svg_.text({x + 20, baseline}, name, {.size = 11});
        x += 40 + 7.0 * static_cast<double>(name.size());
    }
}

}  // namespace

int minutes_per_point(std::size_t minutes) {
    for (const int each : {1, 5, 10, 15, 30}) {
        if (minutes <= kPointsAboutHundred * static_cast<std::size_t>(each)) return each;
    }
    return 60;
}

std::string plot_study(const PlotStudy& study) {
    BW_CHECK(!study.runs.empty());
    BW_CHECK(!study.runs.front().minutes.empty());
    BW_CHECK(study.days >= 1);
    return StudyPicture{study}.draw();
}

}  // namespace bellwether::simulator
