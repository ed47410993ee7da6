#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/plot/palette.h"
#include "simulator/plot/scale.h"
#include "simulator/plot/svg.h"

namespace bellwether::simulator {

/// Words beside a value.
struct Label {
    std::string text;
    double value = 0;
    SeriesLook look;
};

/// One chart over the hours of a day: a frame, a grid, a title, and lines in it. The y axis begins
/// at 0.
class Panel {
public:
    struct Frame {
        double left = 0;
        double top = 0;
        double width = 0;
        double height = 0;
    };
    struct Axis {
        std::string_view title;  ///< with the unit
        double highest = 1;      ///< the axis goes to the next mark
        bool percent = false;    ///< values are fractions, marks are written in per cent
    };

    /// Draws the frame and the grid. @param hours  length of the x axis, > 0.
    Panel(Svg& svg, const Frame& frame, const Axis& axis, double hours);

    /// A line through the values that are there, each in the middle of its stretch of `step_h`
    /// hours; broken where a value is missing. Beyond the frame it runs along its edge.
    void curve(const std::vector<std::optional<double>>& values, double step_h,
               const SeriesLook& look);
    /// Bars behind the curves, one a stretch.
    void bars(const std::vector<std::optional<double>>& values, double step_h,
              std::string_view colour);
    /// The ground beyond a limit, tinted. Call it first.
    void beyond(double limit);
    /// A dashed line across the whole panel.
    void limit(double value);
    /// Words at the right edge, near their values; never over one another (spread_out()).
    void labels(const std::vector<Label>& labels);

    [[nodiscard]] double right() const { return frame_.left + frame_.width; }
    [[nodiscard]] double bottom() const { return frame_.top + frame_.height; }

private:
    void grid(const Axis& axis, const std::vector<double>& marks);

    Svg& svg_;
    Frame frame_;
    std::vector<double> marks_;
    Scale x_;
    Scale y_;
};

/// Marks of the hours below the lowest panel, and their title.
void hour_axis(Svg& svg, const Panel::Frame& frame, double hours);

/// Heights at least `apart` from one another and as near to those wanted as a sweep brings them,
/// all within [top, bottom] if they fit. In the order of the argument.
[[nodiscard]] std::vector<double> spread_out(const std::vector<double>& wanted, double apart,
                                             double top, double bottom);

}  // namespace bellwether::simulator
