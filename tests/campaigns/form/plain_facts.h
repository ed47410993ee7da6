#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "campaigns/form/evaluate.h"

namespace bellwether::campaigns::form {

/// Facts without a form behind them: names are bound to values given by the test.
class PlainFacts final : public Facts {
public:
    std::map<std::string, std::string> values_by_name;
    std::map<std::string, NodeSet> sets_by_name;

    /// Parses, binds and evaluates; the text of the value, or "error".
    std::string result(std::string_view source) {
        auto expression = parse_expression(source);
        if (!expression) return "error";
        names_.clear();
        for (Node& node : expression->nodes) {
            if (node.op != Op::Reference) continue;
            if (sets_by_name.contains(node.text)) node.op = Op::ReferenceSet;
            node.row = static_cast<RowIndex>(names_.size());
            names_.push_back(node.text);
        }
        return to_text(evaluate(*expression, *this));
    }

    std::string value(RowIndex row) const override { return values_by_name.at(names_.at(row)); }
    NodeSet values(RowIndex row) const override { return sets_by_name.at(names_.at(row)); }
    std::size_t instances(RowIndex) const override { return 0; }
    std::string indexed(RowIndex, std::span<const Instance>) const override { return ""; }
    std::string own() const override { return values_by_name.at("."); }
    std::string kept() const override { return ""; }
    std::size_t position(int) const override { return 1; }
    std::string contact(std::string_view) const override { return ""; }
    std::string tel(std::string_view) const override { return ""; }
    std::string choice_column(std::string_view) const override { return ""; }
    std::string choice_label(RowIndex, std::string_view) const override { return ""; }
    std::string missing(RowIndex) const override { return ""; }
    std::string now() const override { return "2026-11-22T18:30:00+01:00"; }
    double random() const override { return 0.5; }
    std::string language() const override { return "en"; }

private:
    std::vector<std::string> names_;
};

}  // namespace bellwether::campaigns::form
