#include "campaigns/form/flow.h"

#include <algorithm>

#include "base/xml_text.h"
#include "campaigns/form/text_functions.h"

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

constexpr int kRowHeight = 46;
constexpr int kBoxHeight = 30;
constexpr int kBoxWidth = 420;
constexpr int kIndent = 24;
constexpr int kLeft = 90;
constexpr int kTop = 60;
constexpr std::size_t kTitleBytes = 54;
constexpr std::size_t kConditionBytes = 40;

std::string shortened(const std::string& text, std::size_t bytes) {
    return text.size() <= bytes ? text : cut(text, bytes) + "…";
}

std::string n(int number) { return std::to_string(number); }

class Drawing {
public:
    explicit Drawing(const Flow& flow) : flow_{flow} {}

    std::string draw(std::string_view title) {
        const int width = kLeft + kBoxWidth + 420;
        const int height = y(flow_.nodes.size()) + kRowHeight;
        out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + n(width) + "\" height=\"" +
               n(height) + "\" font-family=\"sans-serif\" font-size=\"13\">\n";
        text(kLeft, 30, title, "font-size=\"18\" font-weight=\"bold\"");
        for (std::size_t i = 0; i < flow_.nodes.size(); ++i) draw_node(i);
        text(kLeft + 8, y(flow_.nodes.size()) + 20, "end", "fill=\"#555\"");
        for (const Flow::Edge& edge : flow_.edges) draw_edge(edge);
        return std::move(out_) + "</svg>\n";
    }

private:
    static int y(std::size_t node) { return kTop + static_cast<int>(node) * kRowHeight; }
    int x(std::size_t node) const {
        return node < flow_.nodes.size() ? kLeft + flow_.nodes[node].depth * kIndent : kLeft;
    }

    void text(int left, int base, std::string_view words, std::string_view style) {
        out_ += "<text x=\"" + n(left) + "\" y=\"" + n(base) + "\" " + std::string{style} + '>' +
                xml_escaped(words) + "</text>\n";
    }

    void draw_node(std::size_t i) {
        const Flow::Node& node = flow_.nodes[i];
        out_ += "<rect x=\"" + n(x(i)) + "\" y=\"" + n(y(i)) + "\" width=\"" + n(kBoxWidth) +
                "\" height=\"" + n(kBoxHeight) + "\" rx=\"5\" fill=\"#f4f6fa\" stroke=\"#456\"/>\n";
        text(x(i) + 8, y(i) + 20, node.name, "font-weight=\"bold\"");
        text(x(i) + 120, y(i) + 20, shortened(node.title, kTitleBytes), "fill=\"#333\"");
    }

    void draw_edge(const Flow::Edge& edge) {
        if (edge.kind == Flow::EdgeKind::Next && edge.to == edge.from + 1) {
            if (!edge.condition.empty()) {
                text(x(edge.from) + kBoxWidth + 12, y(edge.from) + 14,
                     "if " + shortened(edge.condition, kConditionBytes),
                     "fill=\"#06c\" font-size=\"11\"");
            }
            return line(x(edge.to) + 14, y(edge.from) + kBoxHeight, y(edge.to));
        }
        const bool back = edge.kind == Flow::EdgeKind::Again;
        const int side = back ? kLeft - 24 : x(edge.from) + kBoxWidth;
        const int bend = back ? -50 : 40 + 6 * static_cast<int>(edge.to - edge.from);
        const int from = y(edge.from) + kBoxHeight / 2;
        const int to = y(edge.to) + kBoxHeight / 2;
        out_ += "<path d=\"M" + n(side) + ' ' + n(from) + " C" + n(side + bend) + ' ' + n(from) +
                ' ' + n(side + bend) + ' ' + n(to) + ' ' + n(side) + ' ' + n(to) +
                "\" fill=\"none\" stroke=\"" + (back ? "#a50" : "#999") + "\"/>\n";
        if (back)
            text(4, (from + to) / 2, shortened(edge.condition, 12),
                 "fill=\"#a50\" font-size=\"11\"");
    }

    void line(int left, int from, int to) {
        out_ += "<line x1=\"" + n(left) + "\" y1=\"" + n(from) + "\" x2=\"" + n(left) + "\" y2=\"" +
                n(to) + "\" stroke=\"#456\"/>\n";
    }

    const Flow& flow_;
    std::string out_;
};

}  // namespace

Flow flow_of(const Form& form) { return FlowMaker{form}.make(); }

std::string svg_of(const Flow& flow, std::string_view title) { return Drawing{flow}.draw(title); }

}  // namespace bellwether::campaigns::form
