#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "campaigns/form/interview_state.h"
#include "campaigns/quota/tally.h"

namespace bellwether::campaigns::quota {

/// Whether it is worth calling somebody.
struct Reach {
    enum class Kind : std::uint8_t {
        Open,      ///< some answers of his would fill a cell
        FullNow,   ///< not while the interviews that go on hold their places
        FullOver,  ///< not any more: every place that he could take is a complete
    };
    Kind kind = Kind::Open;
    std::optional<CellIndex> cell;  ///< not Open: a full cell that stands in the way
};

/// Which contacts can still fill a cell, by their columns: somebody can if there are answers with
/// which no full cell ends his interview and an open one takes him. A counter takes whoever meets
/// no full cell anywhere. Who belongs to no cell at all fills none. What is possible is worked out
/// once for each different set of columns, by trying the answers that the cells tell apart:
/// choices, steps of a scale, and the numbers and texts that the expressions name, with their
/// neighbours. Cells over more than kTriesMax such combinations, over repeats, dates or recordings
/// are taken to be possible. So a contact may be called in vain (and is told so), but nobody is
/// passed over who could fill a cell.
///
/// A call costs about a microsecond while no cell has become full or open since the last one.
/// Refers to the form and the plan, which must outlive it. Not thread-safe.
/// Source: research/surveys.md 3.4.
class Feasibility {
public:
    Feasibility(const form::Form& form, const Plan& plan);

    [[nodiscard]] Reach reach(const std::vector<form::NamedText>& columns, const Tally& tally);
    /// Of whoever it may be: not Open once nobody at all can fill a cell.
    [[nodiscard]] Reach reach_of_anybody(const Tally& tally);
    /// The cells that somebody could fill, however full they are. Valid until the next call of
    /// this class.
    [[nodiscard]] const std::vector<CellIndex>& cells_of(
        const std::vector<form::NamedText>& columns);

    static constexpr std::size_t kTriesMax = 4'096;     ///< a few milliseconds
    static constexpr std::size_t kColumnsKept = 4'096;  ///< different sets of columns

private:
    /// Something that answers decide: a row, or (kNoRow) the language of the interview.
    struct Variable {
        form::RowIndex row = form::kNoRow;
        std::vector<std::string> values;
    };
    /// Groups that share variables.
    struct Part {
        std::vector<std::size_t> groups;
        std::vector<Variable> variables;
        bool known = true;  ///< else what is possible was not worked out
    };
    /// The matching cells of each group of a part, for some answers.
    using Pattern = std::vector<std::vector<CellIndex>>;
    using Patterns = std::vector<std::set<Pattern>>;  ///< by part

    struct Kept {
        Patterns patterns;
        std::vector<CellIndex> cells;  ///< in any of them
        std::string fullness;          ///< of the cells, when `reach` was worked out
        Reach reach;
    };
    /// What answers can do in one part.
    struct PartReach {
        bool possible = false;  ///< the interview is not ended
        bool filled = false;    ///< an open cell takes him
        bool clean = false;     ///< no full cell is met
        bool counted = false;   ///< a counter takes him, and no full cell is met
    };

    void make_parts();
    void find_variables(Part& part) const;
    [[nodiscard]] Kept& kept_for(const std::vector<form::NamedText>& columns);
    [[nodiscard]] std::set<Pattern> patterns_of(const Part& part,
                                                const std::vector<form::NamedText>& columns) const;
    [[nodiscard]] std::vector<CellIndex> cells_in(const Patterns& patterns) const;
    [[nodiscard]] PartReach look(const Part& part, const Pattern& pattern, const Tally& tally,
                                 Fullness by, std::optional<CellIndex>& full) const;
    [[nodiscard]] PartReach guess(const Part& part, const Tally& tally, Fullness by,
                                  std::optional<CellIndex>& full) const;
    [[nodiscard]] bool is_open(const Patterns& patterns, const Tally& tally, Fullness by,
                               std::optional<CellIndex>& full) const;

    const form::Form& form_;
    const Plan& plan_;
    std::vector<Part> parts_;
    std::map<std::vector<std::string>, Kept> kept_;  ///< by the values of Plan::contact_columns
};

}  // namespace bellwether::campaigns::quota
