#include "simulator/plot/panel.h"

#include <algorithm>
#include <numeric>

namespace bellwether::simulator {
namespace {

constexpr double kLetters = 11;  // px
constexpr double kLabelHeight = 14;
constexpr int kMarksMost = 5;
constexpr int kHourMarksMost = 8;

std::string mark_text(double value, bool percent) {
    return percent ? plain_number(value * 100, 1) + " %" : plain_number(value, 2);
}

}  // namespace

Panel::Panel(Svg& svg, const Frame& frame, const Axis& axis, double hours)
    : svg_{svg},
      frame_{frame},
      marks_{nice_ticks(axis.highest, kMarksMost)},
      x_{0, hours, frame.left, frame.left + frame.width},
      y_{0, marks_.back(), frame.top + frame.height, frame.top} {
    grid(axis, nice_ticks(hours, kHourMarksMost));
}

void Panel::grid(const Axis& axis, const std::vector<double>& hour_marks) {
    const Style thin{.stroke = kGridColour};
    for (const double mark : marks_) {
        svg_.line({frame_.left, y_.place(mark)}, {right(), y_.place(mark)}, thin);
        svg_.text({frame_.left - 8, y_.place(mark) + 4}, mark_text(mark, axis.percent),
                  {.anchor = TextStyle::Anchor::End, .size = kLetters, .fill = kTextColour});
    }
    for (const double hour : hour_marks) {
        if (hour > x_.high()) continue;
        svg_.line({x_.place(hour), frame_.top}, {x_.place(hour), bottom()}, thin);
    }
    svg_.line({frame_.left, bottom()}, {right(), bottom()}, {.stroke = kAxisColour});
    svg_.text({frame_.left, frame_.top - 8}, axis.title, {.size = 13, .bold = true});
}

void Panel::curve(const std::vector<std::optional<double>>& values, double step_h,
                  const SeriesLook& look) {
    const Style style{.stroke = look.colour, .width = 2, .dashes = look.dashes};
    std::vector<Point> points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i]) {
            const double hour = (static_cast<double>(i) + 0.5) * step_h;
            points.push_back({x_.clipped(hour), y_.clipped(*values[i])});
            continue;
        }
        svg_.polyline(points, style);
        points.clear();
    }
    svg_.polyline(points, style);
}

void Panel::bars(const std::vector<std::optional<double>>& values, double step_h,
                 std::string_view colour) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i]) continue;
        const double from = x_.clipped(static_cast<double>(i) * step_h);
        const double to = x_.clipped(static_cast<double>(i + 1) * step_h);
        const double top = y_.clipped(*values[i]);
        svg_.rectangle({from + 0.5, top}, std::max(0.0, to - from - 1), bottom() - top,
                       {.fill = colour});
    }
}

void Panel::beyond(double limit) {
    if (limit >= y_.high()) return;
    svg_.rectangle({frame_.left, frame_.top}, frame_.width, y_.place(limit) - frame_.top,
                   {.fill = kOverCapColour});
}

void Panel::limit(double value) {
    if (value > y_.high()) return;
    svg_.line({frame_.left, y_.place(value)}, {right(), y_.place(value)},
              {.stroke = kCapColour, .width = 1.5, .dashes = "6 4"});
}

void Panel::labels(const std::vector<Label>& labels) {
    std::vector<double> wanted;
    for (const Label& label : labels) wanted.push_back(y_.clipped(label.value));
    const auto heights = spread_out(wanted, kLabelHeight, frame_.top, bottom());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        svg_.line({right() + 2, wanted[i]}, {right() + 10, heights[i]},
                  {.stroke = labels[i].look.colour});
        svg_.text({right() + 13, heights[i] + 4}, labels[i].text,
                  {.size = kLetters, .bold = true, .fill = labels[i].look.colour});
    }
}

void hour_axis(Svg& svg, const Panel::Frame& frame, double hours) {
    const Scale x{0, hours, frame.left, frame.left + frame.width};
    const double bottom = frame.top + frame.height;
    for (const double hour : nice_ticks(hours, kHourMarksMost)) {
        if (hour > hours) continue;
        svg.text({x.place(hour), bottom + 16}, plain_number(hour, 2) + " h",
                 {.anchor = TextStyle::Anchor::Middle, .size = kLetters});
    }
    svg.text({frame.left + frame.width / 2, bottom + 34}, "time since the first call of the day",
             {.anchor = TextStyle::Anchor::Middle, .size = kLetters});
}

std::vector<double> spread_out(const std::vector<double>& wanted, double apart, double top,
                               double bottom) {
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
    std::vector<double> places = wanted;
    double next = top;
    for (const std::size_t i : order) {
        places[i] = std::max(places[i], next);
        next = places[i] + apart;
    }
    double last = bottom;
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
        places[*i] = std::min(places[*i], last);
        last = places[*i] - apart;
    }
    return places;
}

}  // namespace bellwether::simulator
