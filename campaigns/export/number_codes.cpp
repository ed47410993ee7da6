#include "campaigns/export/number_codes.h"

#include <algorithm>

#include "campaigns/form/values.h"

namespace bellwether::campaigns::exports {
namespace {

/// Would the range that SPSS declares missing hold one of the answers?
bool holds_answer(const Dataset& data, std::size_t column, std::int64_t shift) {
    return std::ranges::any_of(data.rows, [&](const std::vector<Cell>& row) {
        if (row[column].state != Cell::State::Value) return false;
        const double number = form::text_number(row[column].text);
        return number >= static_cast<double>(kRefused - shift) &&
               number <= static_cast<double>(kNoAnswer - shift);
    });
}

}  // namespace

void free_codes_of_answers(Dataset& data, std::size_t column) {
    Variable& variable = data.variables[column];
    if (variable.kind != Kind::Number || variable.categories.empty()) return;
    std::int64_t shift = 0;
    // 90 + 900 + …: fewer turns than answers, as each turn's range holds one of its own.
    for (std::int64_t nines = 90; holds_answer(data, column, shift); nines *= 10) shift += nines;
    if (shift == 0) return;
    for (auto& category : variable.categories) category.code -= shift;
    for (auto& row : data.rows) {
        if (row[column].state == Cell::State::Missing) row[column].code -= shift;
    }
}

}  // namespace bellwether::campaigns::exports
