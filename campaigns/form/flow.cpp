#include "campaigns/form/flow.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/xml_text.h"

namespace bellwether::campaigns::form {
namespace {

class FlowMaker {
public:
    explicit FlowMaker(const Form& form) : form_{form} {}

    Flow make() {
        for (RowIndex i = 0; i < form_.rows.size(); ++i) add_node(i);
        for (std::size_t i = 0; i < flow_.nodes.size(); ++i) add_edges(i);
        return std::move(flow_);
    }

private:
    void add_node(RowIndex index) {
        const Row& row = form_.rows[index];
        if (row.type >= RowType::Calculate && !is_container(row.type)) return;
        int depth = 0;
        for (RowIndex at = row.parent; at != kNoRow; at = form_.rows[at].parent) ++depth;
        flow_.nodes.push_back(
            {.row = index,
             .depth = depth,
             .name = row.name,
             .title = source_of(in_language(form_, row.label, form_.default_language))});
    }

    /// The first node that stands at or behind a row of the sheet.
    std::size_t node_at(RowIndex row) const {
        const auto node = std::ranges::lower_bound(flow_.nodes, row, {}, &Flow::Node::row);
        return static_cast<std::size_t>(node - flow_.nodes.begin());
    }

    void add_edges(std::size_t from) {
        const Row& row = form_.rows[flow_.nodes[from].row];
        const std::size_t past = node_at(row.end);
        const bool ends = row.type == RowType::Note && row.disposition > Disposition::Partial;
        flow_.edges.push_back({.from = from,
                               .to = ends ? flow_.nodes.size() : from + 1,
                               .condition = row.relevant.source});
        if (!row.relevant.empty() && (past != from + 1 || ends)) {
            flow_.edges.push_back({from, past, Flow::EdgeKind::Otherwise, "otherwise"});
        }
        if (row.type != RowType::Repeat || past == from + 1) return;
        const std::string count =
            row.repeat_count.empty() ? "once more" : "repeat " + row.repeat_count.source;
        flow_.edges.push_back({past - 1, from, Flow::EdgeKind::Again, count});
    }

    const Form& form_;
    Flow flow_;
};

// --- the picture; lengths in pixels ---

constexpr int kRowHeight = 62;
constexpr int kBoxHeight = 44;
constexpr int kRight = 620;  // of every box, so that ways past start and end at one line
constexpr int kIndent = 24;
constexpr int kLeft = 70;
constexpr int kTop = 86;
constexpr int kLane = 12;  // between two ways beside the boxes
constexpr int kStem = 14;  // where the way on leaves a box and meets the next, from its left edge
constexpr int kNameWidth = 112;
constexpr std::string_view kLegend =
    "down: the next; dashed: past what is not asked; brown: once more; blue: on which condition";

// Of the font that draws it, wider than most letters: what is too long is cut, never run over.
constexpr double kLetter = 7.4;
constexpr double kBoldLetter = 8.4;
constexpr double kSmallLetter = 6.4;

bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// As much of the text as fits.
std::string fitted(const std::string& text, double room, double letter) {
    const auto letters = std::ranges::count_if(text, begins_letter);
    const auto most = static_cast<std::ptrdiff_t>(room / letter);
    if (letters <= most) return text;
    std::ptrdiff_t kept = 0;
    std::size_t bytes = 0;
    while (bytes < text.size() && (!begins_letter(text[bytes]) || ++kept < most)) ++bytes;
    return text.substr(0, bytes) + "…";
}

std::string n(int number) { return std::to_string(number); }

/// Which of the ways beside the boxes run side by side: each takes the first lane that is free from
/// its one end to the other.
class Lanes {
public:
    int take(std::size_t from, std::size_t to) {
        const auto [low, high] = std::minmax(from, to);
        for (std::size_t lane = 0;; ++lane) {
            if (lane == taken_.size()) taken_.emplace_back();
            const bool is_free = std::ranges::all_of(taken_[lane], [&](const auto& other) {
                return high <= other.first || other.second <= low;
            });
            if (!is_free) continue;
            taken_[lane].emplace_back(low, high);
            return static_cast<int>(lane);
        }
    }
    int count() const { return static_cast<int>(taken_.size()); }

private:
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> taken_;
};

class Drawing {
public:
    explicit Drawing(const Flow& flow) : flow_{flow}, remarks_(flow.nodes.size()) {
        for (const Flow::Edge& edge : flow_.edges) remark(edge);
    }

    std::string draw(std::string_view title) {
        text(kLeft, 30, title, "font-size=\"18\" font-weight=\"bold\"");
        text(kLeft, 54, kLegend, "fill=\"#555\" font-size=\"11\"");
        for (std::size_t i = 0; i < flow_.nodes.size(); ++i) draw_node(i);
        text(kLeft + 8, y(flow_.nodes.size()) + 20, "end", "fill=\"#555\"");
        for (const Flow::Edge& edge : shortest_first()) draw_edge(edge);
        const int width = kRight + (past_.count() + 2) * kLane;
        const int height = y(flow_.nodes.size()) + kRowHeight / 2;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + n(width) + "\" height=\"" +
               n(height) + "\" font-family=\"sans-serif\" font-size=\"13\">\n" +
               std::string{kArrows} + out_ + "</svg>\n";
    }

private:
    static constexpr std::string_view kArrows =
        "<defs>"
        "<marker id=\"on\" viewBox=\"0 0 6 6\" refX=\"6\" refY=\"3\" markerWidth=\"6\" "
        "markerHeight=\"6\" orient=\"auto\"><path d=\"M0 0L6 3L0 6z\" fill=\"#456\"/></marker>"
        "<marker id=\"again\" viewBox=\"0 0 6 6\" refX=\"6\" refY=\"3\" markerWidth=\"6\" "
        "markerHeight=\"6\" orient=\"auto\"><path d=\"M0 0L6 3L0 6z\" fill=\"#a50\"/></marker>"
        "</defs>\n";

    static int y(std::size_t node) { return kTop + static_cast<int>(node) * kRowHeight; }
    int x(std::size_t node) const {
        if (node >= flow_.nodes.size()) return kLeft;
        // However deep, a box keeps room for its name.
        return std::min(kLeft + flow_.nodes[node].depth * kIndent, kRight - 2 * kNameWidth);
    }
    int right(std::size_t node) const { return node < flow_.nodes.size() ? kRight : kLeft + 40; }

    /// Short ways lie inside of long ones.
    std::vector<Flow::Edge> shortest_first() const {
        const auto length = [](const Flow::Edge& edge) {
            return std::max(edge.from, edge.to) - std::min(edge.from, edge.to);
        };
        std::vector<Flow::Edge> edges = flow_.edges;
        std::ranges::stable_sort(edges, {}, length);
        return edges;
    }

    /// What the second line of a box says: when it is asked, and how often.
    void remark(const Flow::Edge& edge) {
        if (edge.condition.empty() || edge.kind == Flow::EdgeKind::Otherwise) return;
        const bool back = edge.kind == Flow::EdgeKind::Again;
        std::string& line = remarks_[back ? edge.to : edge.from];
        line += (line.empty() ? "" : "; ") + (back ? edge.condition : "if " + edge.condition);
    }

    void text(int left, int base, std::string_view words, std::string_view style) {
        out_ += "<text x=\"" + n(left) + "\" y=\"" + n(base) + "\" " + std::string{style} + '>' +
                xml_escaped(words) + "</text>\n";
    }

    void draw_node(std::size_t i) {
        const Flow::Node& node = flow_.nodes[i];
        const int width = kRight - x(i);
        out_ += "<rect x=\"" + n(x(i)) + "\" y=\"" + n(y(i)) + "\" width=\"" + n(width) +
                "\" height=\"" + n(kBoxHeight) + "\" rx=\"5\" fill=\"#f4f6fa\" stroke=\"#456\"/>\n";
        const std::string name = fitted(node.name, width / 2.0, kBoldLetter);
        const auto letters = static_cast<int>(std::ranges::count_if(name, begins_letter));
        const int title = 16 + std::max(kNameWidth, static_cast<int>(letters * kBoldLetter));
        const int base = y(i) + (remarks_[i].empty() ? 27 : 18);
        text(x(i) + 8, base, name, "font-weight=\"bold\"");
        text(x(i) + title, base, fitted(node.title, width - title - 8, kLetter), "fill=\"#333\"");
        if (remarks_[i].empty()) return;
        text(x(i) + 8, y(i) + 36, fitted(remarks_[i], width - 16, kSmallLetter),
             "fill=\"#06c\" font-size=\"11\"");
    }

    void draw_edge(const Flow::Edge& edge) {
        const bool dashed = edge.kind == Flow::EdgeKind::Otherwise;
        const std::string style = std::string{" fill=\"none\" stroke=\"#456\""} +
                                  (dashed ? " stroke-dasharray=\"4 3\"" : "") +
                                  " marker-end=\"url(#on)\"/>\n";
        if (edge.kind == Flow::EdgeKind::Again) return draw_way_back(edge);
        if (edge.to == edge.from + 1) {
            const int half = (kRowHeight - kBoxHeight) / 2;
            out_ += "<path d=\"M" + n(x(edge.from) + kStem) + ' ' + n(y(edge.from) + kBoxHeight) +
                    " v" + n(half) + " H" + n(x(edge.to) + kStem) + " V" + n(y(edge.to)) + "\"" +
                    style;
            return;
        }
        const int lane = kRight + kLane * (past_.take(edge.from, edge.to) + 1);
        // Leaves lower and arrives higher than others at the same box.
        const int end = edge.to < flow_.nodes.size() ? 12 : 16;
        out_ += "<path d=\"M" + n(kRight) + ' ' + n(y(edge.from) + kBoxHeight - 12) + " H" +
                n(lane) + " V" + n(y(edge.to) + end) + " H" + n(right(edge.to)) + "\"" + style;
    }

    void draw_way_back(const Flow::Edge& edge) {
        const int lane = std::max(kLane, kLeft - kLane * (back_.take(edge.from, edge.to) + 1));
        out_ += "<path d=\"M" + n(x(edge.from)) + ' ' + n(y(edge.from) + kBoxHeight - 12) + " H" +
                n(lane) + " V" + n(y(edge.to) + 12) + " H" + n(x(edge.to)) +
                "\" fill=\"none\" stroke=\"#a50\" marker-end=\"url(#again)\"/>\n";
    }

    const Flow& flow_;
    std::vector<std::string> remarks_;  ///< of each node
    Lanes past_;
    Lanes back_;
    std::string out_;
};

}  // namespace

Flow flow_of(const Form& form) { return FlowMaker{form}.make(); }

std::string svg_of(const Flow& flow, std::string_view title) { return Drawing{flow}.draw(title); }

}  // namespace bellwether::campaigns::form
