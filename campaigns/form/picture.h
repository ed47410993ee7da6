#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/form/interview_state.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::form {

/// What the answers given so far make of a form: which rows are relevant, what the calculations
/// give, which choices are left, what comes next. Made anew from the answers whenever they change;
/// nothing of it is stored. Rules: research/surveys.md 1.6 to 1.9.
///
/// Refers to the form and the answers, which must outlive it and stay as they are. Making it costs
/// O(rows x instances) evaluations, each expression once.
class Picture {
public:
    Picture(const Form& form, const Answers& answers);

    /// An item in the order in which items are presented.
    struct Item {
        ItemId id;
        bool asks_for_instance = false;  ///< of a repeat without a count: is there (another) one?
        bool settled = false;
    };
    /// All relevant items: notes, questions, and questions for further instances.
    [[nodiscard]] std::vector<Item> items() const;
    /// The first that is not settled; none: the interview is complete.
    [[nodiscard]] std::optional<Item> next_item() const;

    /// Settled items that may not stay, by item.
    [[nodiscard]] std::vector<std::pair<ItemId, ClearCause>> overtaken() const;

    [[nodiscard]] bool is_relevant(const ItemId& item) const;
    /// The row in every instance that there is of the repeats around it, relevant or not.
    [[nodiscard]] std::vector<ItemId> instances_of(RowIndex row) const;
    /// The value that expressions see; empty: none.
    [[nodiscard]] std::string value(const ItemId& item) const;
    [[nodiscard]] bool is_required(const ItemId& item) const;
    /// Would `candidate` satisfy the item's constraint?
    [[nodiscard]] bool allows(const ItemId& item, const std::string& candidate) const;
    /// Would `candidate` satisfy its soft constraint?
    [[nodiscard]] bool expects(const ItemId& item, const std::string& candidate) const;
    /// Choices that the filter leaves, as indexes into the list, in the order of the sheet.
    [[nodiscard]] std::vector<std::uint32_t> available(const ItemId& item) const;
    /// The same in the order in which they are read out.
    [[nodiscard]] std::vector<std::uint32_t> presented(const ItemId& item) const;
    /// A text with its merge fields filled.
    [[nodiscard]] std::string filled(const ItemId& item, const Template& text) const;
    /// The value of an expression that stands at the item; empty text if there is no such instance.
    [[nodiscard]] Value evaluate_at(const ItemId& item, const Expression& expression) const;
    /// The value of an expression that stands outside all rows (bind_outside()).
    [[nodiscard]] Value evaluate_outside(const Expression& expression) const;

    /// What the expression of a row's default gives, before anything is asked.
    [[nodiscard]] std::string default_of(RowIndex row) const;

    /// The values of all relevant calculations, in the order of the sheet; no empty ones.
    [[nodiscard]] std::vector<std::pair<ItemId, std::string>> calculations() const;
    /// Values of calculations with once(), to be kept (Answers::kept).
    [[nodiscard]] std::vector<KeptValue> once_values() const;

    /// The language of the interview, an index into Form::languages.
    [[nodiscard]] std::size_t language() const { return language_; }
    [[nodiscard]] static std::size_t language_of(const Form& form, const Answers& answers);

private:
    friend class CellFacts;

    struct Scope {  ///< the form itself, or one instance of a repeat
        RowIndex repeat = kNoRow;
        std::uint32_t parent = 0;   ///< index of a scope; of the form: itself
        std::uint32_t ordinal = 0;  ///< among all instances of its repeat
        InstancePath path;
    };
    struct Cell {  ///< a row in a scope
        bool relevant = false;
        const Mark* mark = nullptr;
        std::string value;
        std::optional<std::vector<std::uint32_t>> choices;  ///< where there is a filter
        std::uint32_t first_child = 0;  ///< Repeat: ordinal of its first instance
        std::uint32_t children = 0;
    };

    [[nodiscard]] bool holds(const ItemId& item, const Expression& rule,
                             const std::string& candidate) const;
    void evaluate_row(RowIndex row);
    void evaluate_cell(RowIndex row, std::uint32_t scope);
    void evaluate_choices(RowIndex row, std::uint32_t scope, Cell& cell);
    void expand(RowIndex row, std::uint32_t scope, Cell& cell);
    [[nodiscard]] std::size_t count_instances(RowIndex row, std::uint32_t scope) const;
    [[nodiscard]] bool asked_in_this_mode(RowIndex row, const Cell& cell) const;
    [[nodiscard]] std::string initial_value(RowIndex row, const ItemId& id) const;
    [[nodiscard]] std::string metadata(RowType type) const;
    [[nodiscard]] std::optional<ClearCause> why_overtaken(const Mark& mark) const;
    [[nodiscard]] const std::string* kept(const ItemId& id) const;
    [[nodiscard]] ItemId id_of(RowIndex row, std::uint32_t scope) const;
    [[nodiscard]] const std::vector<std::uint32_t>& scopes_of(RowIndex repeat) const;
    /// The scope around `scope` (or itself) that is an instance of `repeat`.
    [[nodiscard]] std::optional<std::uint32_t> enclosing(std::uint32_t scope,
                                                         RowIndex repeat) const;
    [[nodiscard]] const Cell& cell(RowIndex row, std::uint32_t scope) const;
    [[nodiscard]] std::optional<std::uint32_t> scope_of(const ItemId& item) const;
    [[nodiscard]] const Cell* find_cell(const ItemId& item) const;

    void collect(RowIndex first, RowIndex end, std::uint32_t scope, bool stop_early,
                 std::vector<Item>& items) const;
    void collect_block(RowIndex row, std::uint32_t scope, bool stop_early,
                       std::vector<Item>& items) const;
    void collect_repeat(RowIndex row, std::uint32_t scope, bool stop_early,
                        std::vector<Item>& items) const;
    [[nodiscard]] std::vector<RowIndex> blocks(RowIndex first, RowIndex end) const;
    [[nodiscard]] double seed_of(RowIndex row, std::uint32_t scope) const;

    const Form& form_;
    const Answers& answers_;
    std::size_t language_ = 0;
    std::vector<Scope> scopes_;
    std::vector<std::vector<std::uint32_t>> instances_;  ///< of each repeat's row: its scopes
    std::vector<std::uint32_t> root_{0};
    std::vector<std::vector<Cell>> cells_;  ///< of each row, by the ordinal of the scope
};

}  // namespace bellwether::campaigns::form
