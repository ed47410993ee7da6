#include "campaigns/import/quexml_jumps.h"

#include <utility>

namespace bellwether::campaigns::import {
namespace {

// What a questionnaire bears: each condition is looked at whenever an answer changes.
constexpr std::size_t kJumpsMax = 1000;
constexpr std::size_t kConditionsMax = 200'000;  // of all rows together

/// Rows that begin or end a group hold no question: a jump goes past what is in them.
bool is_asked(const SheetRows::Row& row) {
    const auto type = row.find("type");
    return type != row.end() && type->second != "begin_group" && type->second != "end_group";
}

void put(std::vector<SheetRows::Row>& rows, std::vector<std::vector<std::string>>& conditions) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (conditions[i].empty() || !is_asked(rows[i])) continue;
        conditions[i].insert(conditions[i].begin(), rows[i]["relevant"]);
        rows[i]["relevant"] = all_of(conditions[i]);
    }
}

}  // namespace

void Jumps::mark(const std::string& target, std::size_t next_row) {
    if (!target.empty()) targets_.try_emplace(target, next_row);
}

void Jumps::add(std::size_t from, std::string condition, std::string target, std::uint64_t line) {
    jumps_.push_back({from, std::move(condition), std::move(target), line});
}

void Jumps::apply(std::vector<SheetRows::Row>& rows, std::vector<ImportNote>& lost) const {
    std::vector<std::vector<std::string>> conditions(rows.size());
    std::size_t made = 0;
    std::size_t taken = 0;
    for (const Jump& jump : jumps_) {
        const auto target = targets_.find(jump.target);
        if (target == targets_.end()) {
            lost.push_back({jump.line, "the jump to '" + jump.target + "', which is not there",
                            "write the condition into the column relevant"});
            continue;
        }
        if (target->second <= jump.from) {
            lost.push_back({jump.line, "the jump back to '" + jump.target + "'",
                            "a questionnaire goes forward: repeat the questions in a repeat"});
            continue;
        }
        made += target->second - jump.from;
        if (made > kConditionsMax || ++taken > kJumpsMax) {
            lost.push_back({jump.line, "a jump: the document has too many",
                            "write the condition into the column relevant"});
            break;
        }
        for (std::size_t i = jump.from + 1; i < target->second; ++i)
            conditions[i].push_back("not(" + jump.condition + ")");
    }
    put(rows, conditions);
}

}  // namespace bellwether::campaigns::import
