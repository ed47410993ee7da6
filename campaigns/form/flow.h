#pragma once

#include <string>
#include <vector>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// The way through a form as a picture: what stands where, and where conditions lead past it.
struct Flow {
    struct Node {
        RowIndex row = kNoRow;
        int depth = 0;  ///< groups and repeats around it
        std::string name;
        std::string title;  ///< the label in the form's default language, references as ${name}
    };
    enum class EdgeKind { Next, Otherwise, Again };
    struct Edge {
        std::size_t from = 0;  ///< index of a node
        std::size_t to = 0;    ///< index of a node; nodes.size(): the end
        EdgeKind kind = EdgeKind::Next;
        std::string condition;  ///< under which it is taken; empty: always
    };
    std::vector<Node> nodes;  ///< notes, questions, groups and repeats, in the order of the sheet
    std::vector<Edge> edges;
};

[[nodiscard]] Flow flow_of(const Form& form);

/// The flow as an SVG document: boxes from top to bottom, ways past and back at their sides.
[[nodiscard]] std::string svg_of(const Flow& flow, std::string_view title);

}  // namespace bellwether::campaigns::form
