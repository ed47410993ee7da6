#pragma once

#include <map>
#include <string>
#include <vector>

#include "campaigns/import/imported.h"

namespace bellwether::campaigns::import {

/// Collects the jumps of a questionnaire while its rows are made, and turns them into conditions.
class Jumps {
public:
    /// A place that a jump may name: the next row that is made stands there.
    void mark(const std::string& target, std::size_t next_row);
    /// From the row `from` to `target`, when `condition` holds.
    void add(std::size_t from, std::string condition, std::string target, std::uint64_t line);

    /// Each row between a jump's row and its target is asked only unless the jump is taken. Jumps
    /// back and jumps to nowhere go to `lost`.
    void apply(std::vector<SheetRows::Row>& rows, std::vector<ImportNote>& lost) const;

private:
    struct Jump {
        std::size_t from = 0;
        std::string condition;
        std::string target;
        std::uint64_t line = 0;
    };
    std::map<std::string, std::size_t> targets_;
    std::vector<Jump> jumps_;
};

}  // namespace bellwether::campaigns::import
