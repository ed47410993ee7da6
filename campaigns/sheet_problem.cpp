#include "campaigns/sheet_problem.h"

namespace bellwether::campaigns {

std::string describe(const SheetProblem& problem) {
    std::string text = problem.sheet;
    if (problem.row > 0) text += ", row " + std::to_string(problem.row);
    if (!problem.column.empty()) text += ", column " + problem.column;
    return text + ": " + problem.what + "; " + problem.mend;
}

}  // namespace bellwether::campaigns
