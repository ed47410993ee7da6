#include "simulator/plot/svg.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "base/xml_text.h"

namespace bellwether::simulator {
namespace {

std::string_view anchor_name(TextStyle::Anchor anchor) {
    switch (anchor) {
        case TextStyle::Anchor::Start:
            return "start";
        case TextStyle::Anchor::Middle:
            return "middle";
        case TextStyle::Anchor::End:
            return "end";
    }
    return "start";
}

}  // namespace

std::string plain_number(double value, int decimals) {
    BW_CHECK(std::isfinite(value));
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::fixed, decimals);
    std::string text(buffer.data(), end.ptr);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

Svg::Svg(double width, double height, std::string_view title) {
    const std::string w = plain_number(width);
    const std::string h = plain_number(height);
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"" +
        w + "\" height=\"" + h + "\" viewBox=\"0 0 " + w + " " + h +
        "\" font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\">\n<title>" +
        xml_escaped(title) + "</title>\n";
    rectangle({0, 0}, width, height, {.fill = "#ffffff"});
}

void Svg::rectangle(Point corner, double width, double height, const Style& style) {
    out_ += "<rect";
    attribute("x", corner.x);
    attribute("y", corner.y);
    attribute("width", width);
    attribute("height", height);
    paint(style);
}

void Svg::line(Point from, Point to, const Style& style) {
    out_ += "<line";
    attribute("x1", from.x);
    attribute("y1", from.y);
    attribute("x2", to.x);
    attribute("y2", to.y);
    paint(style);
}

void Svg::polyline(const std::vector<Point>& points, const Style& style) {
    if (points.size() < 2) return;
    std::string list;
    for (const Point& point : points) {
        if (!list.empty()) list += ' ';
        list += plain_number(point.x) + "," + plain_number(point.y);
    }
    out_ += "<polyline";
    attribute("points", list);
    attribute("stroke-linejoin", "round");
    paint(style);
}

void Svg::circle(Point centre, double radius, const Style& style) {
    out_ += "<circle";
    attribute("cx", centre.x);
    attribute("cy", centre.y);
    attribute("r", radius);
    paint(style);
}

void Svg::image(Point corner, double width, double height, const Pixels& pixels) {
    out_ += "<image";
    attribute("x", corner.x);
    attribute("y", corner.y);
    attribute("width", width);
    attribute("height", height);
    attribute("preserveAspectRatio", "none");
    // SVG 1.1 knows no href but XLink's.
    attribute("xlink:href", "data:image/png;base64," + base64(png_of(pixels)));
    out_ += "/>\n";
}

void Svg::text(Point at, std::string_view text, const TextStyle& style) {
    out_ += "<text";
    attribute("x", at.x);
    attribute("y", at.y);
    attribute("font-size", style.size);
    attribute("text-anchor", anchor_name(style.anchor));
    attribute("fill", style.fill);
    if (style.bold) attribute("font-weight", "bold");
    if (style.turned != 0) {
        attribute("transform", "rotate(" + plain_number(style.turned) + " " + plain_number(at.x) +
                                   " " + plain_number(at.y) + ")");
    }
    out_ += ">" + xml_escaped(text) + "</text>\n";
}

std::string Svg::finish() && {
    out_ += "</svg>\n";
    return std::move(out_);
}

void Svg::attribute(std::string_view name, double value) { attribute(name, plain_number(value)); }

void Svg::attribute(std::string_view name, std::string_view value) {
    out_ += " " + std::string(name) + "=\"" + xml_escaped(value) + "\"";
}

void Svg::paint(const Style& style) {
    attribute("fill", style.fill.empty() ? "none" : style.fill);
    if (!style.stroke.empty()) {
        attribute("stroke", style.stroke);
        attribute("stroke-width", style.width);
        if (!style.dashes.empty()) attribute("stroke-dasharray", style.dashes);
    }
    if (style.opacity < 1) attribute("opacity", style.opacity);
    out_ += "/>\n";
}

}  // namespace bellwether::simulator
