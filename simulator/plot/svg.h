#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/plot/png.h"

namespace bellwether::simulator {

/// A place on the picture: user units (px), x to the right, y downwards.
struct Point {
    double x = 0;
    double y = 0;
};

/// How something is drawn. Colours as `#rrggbb`; an empty colour draws nothing.
struct Style {
    std::string_view fill;
    std::string_view stroke;
    double width = 1;         ///< of the stroke
    std::string_view dashes;  ///< as SVG's stroke-dasharray; empty: solid
    double opacity = 1;       ///< 0..1
};

struct TextStyle {
    enum class Anchor { Start, Middle, End };
    Anchor anchor = Anchor::Start;
    double size = 12;  ///< px
    bool bold = false;
    std::string_view fill = "#333333";
    double turned = 0;  ///< degrees clockwise about the point
};

/// Writes a picture as SVG 1.1, nothing but shapes, text and PNG, so that every viewer shows it
/// alike. Numbers are written with at most two decimals and never depend on the locale; the same
/// calls give the same text. Cannot fail; text is escaped. Source: W3C, Scalable Vector
/// Graphics 1.1 (2nd edition), chapters 5, 9, 10.
class Svg {
public:
    /// @param title  read out by a screen reader, shown when pointed at.
    Svg(double width, double height, std::string_view title);

    void rectangle(Point corner, double width, double height, const Style& style);
    void line(Point from, Point to, const Style& style);
    /// Fewer than two points draw nothing.
    void polyline(const std::vector<Point>& points, const Style& style);
    void circle(Point centre, double radius, const Style& style);
    /// A picture stretched to fill a rectangle, within the document itself.
    void image(Point corner, double width, double height, const Pixels& pixels);
    void text(Point at, std::string_view text, const TextStyle& style = {});

    [[nodiscard]] std::string finish() &&;  ///< the whole document

private:
    void attribute(std::string_view name, double value);
    void attribute(std::string_view name, std::string_view value);
    void paint(const Style& style);

    std::string out_;
};

/// A number as SVG wants it: at most `decimals` decimals, no exponent, no needless zeros.
[[nodiscard]] std::string plain_number(double value, int decimals = 2);

}  // namespace bellwether::simulator
