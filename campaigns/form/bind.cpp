#include <algorithm>
#include <map>
#include <set>

#include "base/nearest_name.h"
#include "campaigns/form/sheets.h"

namespace bellwether::campaigns::form {
namespace {

/// What an expression of a row may refer to besides contact and telephone fields.
struct Place {
    std::string_view column;
    bool own = false;      ///< `.`
    bool choices = false;  ///< bare names
    bool rows = true;      ///< other rows
    bool earlier = false;  ///< of the questions, only earlier ones
    bool outside = false;  ///< it stands at no row
};

constexpr int kSuggestionsMax = 50;  // each looks at all names; a hostile sheet has no end of slips

class Binder {
public:
    Binder(const Table& table, const Form& form) : table_{table}, form_{form} {
        for (RowIndex i = 0; i < form.rows.size(); ++i) row_of_.try_emplace(form.rows[i].name, i);
        for (const std::string_view name : {"name", "label", "list_name"})
            choice_columns_.emplace(name);
        choice_columns_.insert(form.choice_columns.begin(), form.choice_columns.end());
    }

    /// @param form  the one it was made with.
    void bind(Form& form) {
        for (RowIndex i = 0; i < form.rows.size(); ++i) bind_row(form.rows[i], i);
        form.contact_columns.assign(contact_columns_.begin(), contact_columns_.end());
    }

    void bind_outside(const Table::Row& row, std::string_view column, Expression& expression) {
        at_ = kNoRow;
        row_ = row;
        bind(expression, {.column = column, .outside = true});
    }

    [[nodiscard]] const std::set<std::string>& contact_columns() const { return contact_columns_; }

private:
    void bind_row(Row& row, RowIndex index) {
        at_ = index;
        row_ = place_of(row);
        bind(row.relevant, {.column = "relevant"});
        bind(row.constraint, {.column = "constraint", .own = true, .earlier = true});
        bind(row.soft_constraint, {.column = "tel::soft_constraint", .own = true, .earlier = true});
        bind(row.required_if, {.column = "required"});
        bind(row.calculation, {.column = "calculation"});
        bind(row.choice_filter, {.column = "choice_filter", .choices = true});
        bind(row.repeat_count, {.column = "repeat_count"});
        bind(row.seed, {.column = "parameters"});
        bind(row.initial.expression, {.column = "default", .rows = false});
        bind(row.label, "label");
        bind(row.label_ivr, "tel::label_ivr");
        bind(row.soft_message, "tel::soft_message");
        bind(row.constraint_message, "constraint_message");
        bind(row.required_message, "required_message");
    }

    void bind(std::vector<Template>& templates, std::string_view column) {
        for (Template& parts : templates) {
            for (TextPart& part : parts) bind(part.reference, {.column = column});
        }
    }

    void report(const Node& node, std::string what, std::string mend) {
        table_.problem(row_, place_.column,
                       "at character " + std::to_string(node.at + 1) + ": " + std::move(what),
                       std::move(mend));
    }

    void bind(Expression& expression, const Place& place) {
        if (expression.empty()) return;
        place_ = place;
        allowed_.assign(expression.nodes.size(), Arg::Plain);
        // Children stand before their parents, so from the back each parent comes first.
        for (std::size_t i = expression.nodes.size(); i-- > 0;) bind_node(expression, i);
    }

    enum class Arg : std::uint8_t { Plain, Set, CountedSet, Asked, Level, Indexed, RepeatName };

    void bind_node(Expression& expression, std::size_t i) {
        Node& node = expression.nodes[i];
        switch (node.op) {
            case Op::Call:
                return bind_call(expression, node);
            case Op::Reference:
                return bind_reference(node, allowed_[i]);
            case Op::Parents:
                return bind_parents(node, allowed_[i]);
            case Op::Contact:
                contact_columns_.insert(node.text);
                return;
            case Op::Own:
                if (!place_.own) {
                    report(node,
                           "'.' is the answer that is being checked, and only a constraint has one",
                           "refer to the question with ${name}");
                }
                return;
            case Op::ChoiceColumn:
                return bind_choice_column(node);
            default:
                return;
        }
    }

    void bind_call(Expression& expression, Node& node) {
        const bool of_a_row = node.function == Function::Once || node.function == Function::Random;
        if (place_.outside && of_a_row) {
            report(node, std::string{rule_of(node.function).name} + "() belongs to one row",
                   "put it into a calculation, and refer to that");
        }
        for (std::size_t i = 0; i < node.args.size(); ++i) {
            allowed_[node.args[i]] = role_of(node, i);
            check_role(expression.nodes[node.args[i]], role_of(node, i));
        }
        if (node.function == Function::IndexedRepeat) return check_indexed(expression, node);
        if (node.function != Function::ChoiceName) return;
        node.row = find(node.text);
        if (node.row == kNoRow || !is_select(form_.rows[node.row].type)) {
            report(node, "jr:choice-name() names no select question",
                   "correct the name in the quotes");
        }
    }

    static Arg role_of(const Node& node, std::size_t i) {
        switch (node.function) {
            case Function::Count:
                return Arg::CountedSet;
            case Function::Missing:
                return Arg::Asked;
            case Function::Position:
                return Arg::Level;
            case Function::IndexedRepeat:
                if (i == 0) return Arg::Indexed;
                return i % 2 == 1 ? Arg::RepeatName : Arg::Plain;
            default:
                return rule_of(node.function).takes_sets ? Arg::Set : Arg::Plain;
        }
    }

    void check_role(const Node& arg, Arg role) {
        const bool reference = arg.op == Op::Reference;
        if (role == Arg::Asked && !reference) {
            report(arg, "missing() takes a question", "write missing(${question})");
        }
        if (role == Arg::Level && arg.op != Op::Parents) {
            report(arg, "position() takes ..", "write position(..)");
        }
        if ((role == Arg::Indexed || role == Arg::RepeatName) && !reference) {
            report(arg, "indexed-repeat() takes a question, then pairs of a repeat and a number",
                   "write indexed-repeat(${question}, ${repeat}, number)");
        }
        const bool set = reference || arg.op == Op::ReferenceSet || arg.op == Op::RepeatSet;
        if (role == Arg::CountedSet && !set) {
            report(arg, "count() takes a reference", "write count(${repeat})");
        }
    }

    void check_indexed(const Expression& expression, const Node& node) {
        if (node.args.size() % 2 == 0) {
            report(node, "indexed-repeat() lacks the number of an instance",
                   "give pairs of a repeat and a number");
        }
        const Node& asked = expression.nodes[node.args[0]];
        const RowIndex target = asked.op == Op::Reference ? find(asked.text) : kNoRow;
        if (target == kNoRow) return;
        const auto repeats = repeats_of(form_, target);
        for (std::size_t i = 1; i < node.args.size(); i += 2) {
            const RowIndex repeat = find(expression.nodes[node.args[i]].text);
            if (std::ranges::find(repeats, repeat) != repeats.end()) continue;
            report(expression.nodes[node.args[i]], "the question does not stand in this repeat",
                   "name a repeat around the question");
        }
    }

    RowIndex find(std::string_view name) const {
        const auto row = row_of_.find(name);
        return row == row_of_.end() ? kNoRow : row->second;
    }

    void bind_reference(Node& node, Arg role) {
        node.row = find(node.text);
        if (node.row == kNoRow) return report_unknown(node);
        if (!place_.rows) {
            return report(node, "a default is set before anything is asked",
                          "use a calculation, or only ${contact.…} and ${tel.…}");
        }
        const Row& target = form_.rows[node.row];
        if (role == Arg::RepeatName) return;  // checked with the call
        if (target.type == RowType::Repeat && role == Arg::CountedSet) {
            node.op = Op::RepeatSet;
            return check_shuffle(node);
        }
        if (is_container(target.type)) {
            return report(node, "'" + node.text + "' is a group and has no value",
                          "refer to a question, or count(${repeat})");
        }
        if (role != Arg::Indexed && !inside_same_repeats(target)) {
            if (role != Arg::Set && role != Arg::CountedSet) {
                return report(node, "'" + node.text + "' has many values here, one per repeat",
                              "use sum, min, max, count, join or indexed-repeat");
            }
            node.op = Op::ReferenceSet;
        }
        check_order(node);
        check_shuffle(node);
    }

    void report_unknown(const Node& node) {
        std::vector<std::string_view> names;
        if (++unknown_ <= kSuggestionsMax) {
            for (const auto& [name, row] : row_of_) names.push_back(name);
        }
        const auto nearest = nearest_name(node.text, names);
        report(node, "there is no row '" + node.text.substr(0, 64) + "'",
               nearest ? "did you mean '" + std::string{*nearest} + "'?" : "correct the name");
    }

    bool inside_same_repeats(const Row& target) const {
        for (RowIndex at = at_ == kNoRow ? kNoRow : form_.rows[at_].home;;
             at = form_.rows[at].home) {
            if (at == target.home) return true;
            if (at == kNoRow) return false;
        }
    }

    void check_order(const Node& node) {
        const bool earlier = at_ == kNoRow || node.row <= at_;
        if (earlier || !is_question(form_.rows[node.row])) return;
        if (place_.earlier) {
            return report(node, "'" + node.text + "' is asked later",
                          "a constraint compares with earlier answers");
        }
        if (place_.column == "relevant") {
            table_.notice(row_, place_.column,
                          "'" + node.text + "' is asked later: its answer is still empty here",
                          "move one of the rows");
        }
    }

    /// Blocks of a shuffled group come in any order, so none may lean on another.
    void check_shuffle(const Node& node) {
        for (RowIndex group = node.row; group != kNoRow; group = form_.rows[group].parent) {
            if (!form_.rows[group].randomize || form_.rows[group].type != RowType::Group) continue;
            if (at_ <= group || at_ >= form_.rows[group].end) continue;
            if (block_of(group, at_) == block_of(group, node.row)) continue;
            report(node, "'" + node.text + "' stands in the same shuffled group and may come later",
                   "take one of the rows out of the shuffled group");
        }
    }

    /// The direct child of `group` in which `row` stands.
    RowIndex block_of(RowIndex group, RowIndex row) const {
        while (form_.rows[row].parent != group) row = form_.rows[row].parent;
        return row;
    }

    void bind_parents(Node& node, Arg role) {
        if (role != Arg::Level) {
            return report(node, "'..' has a meaning in position() only", "write position(..)");
        }
        RowIndex at = at_ == kNoRow ? kNoRow : form_.rows[at_].parent;
        int repeats = 0;
        for (int level = 1; at != kNoRow; ++level, at = form_.rows[at].parent) {
            const bool repeat = form_.rows[at].type == RowType::Repeat;
            repeats += repeat ? 1 : 0;
            if (level < static_cast<int>(node.number)) continue;
            if (!repeat) break;
            node.number = repeats;
            return;
        }
        report(node, "'..' leads to no repeat from here",
               "count the groups between the row and the repeat: one .. each");
    }

    void bind_choice_column(const Node& node) {
        if (!place_.choices) {
            return report(node, "a bare name has a meaning in choice_filter only",
                          "refer to a question with ${name}, put text in quotes");
        }
        if (choice_columns_.contains(node.text)) return;
        report(node, "choices.csv has no column '" + node.text.substr(0, 64) + "'",
               "add the column, or correct the name");
    }

    const Table& table_;
    const Form& form_;
    std::map<std::string, RowIndex, std::less<>> row_of_;
    std::set<std::string, std::less<>> choice_columns_;
    std::set<std::string> contact_columns_;
    int unknown_ = 0;  // names that were not found so far
    RowIndex at_ = 0;  // kNoRow: outside all rows
    Table::Row row_;   // of the table, for messages
    Place place_;
    std::vector<Arg> allowed_;  // of each node of the expression at hand
};

}  // namespace

void bind_names(const Table& survey, Form& form) { Binder{survey, form}.bind(form); }

void bind_outside(const Table& table, const Table::Row& row, std::string_view column,
                  const Form& form, Expression& expression,
                  std::set<std::string, std::less<>>& contact_columns) {
    Binder binder{table, form};
    binder.bind_outside(row, column, expression);
    contact_columns.insert(binder.contact_columns().begin(), binder.contact_columns().end());
}

}  // namespace bellwether::campaigns::form
