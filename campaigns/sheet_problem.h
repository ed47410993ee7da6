#pragma once

#include <cstdint>
#include <string>

namespace bellwether::campaigns {

/// One thing that is wrong with a sheet, and how to mend it.
struct SheetProblem {
    std::string sheet;      ///< "survey.csv", "choices.csv", "settings.csv" or "quotas.csv"
    std::uint64_t row = 0;  ///< from 1, the header's; 0: the sheet as a whole
    std::string column;     ///< the column's name; empty: the row as a whole
    std::string what;
    std::string mend;

    friend bool operator==(const SheetProblem&, const SheetProblem&) = default;
};

/// "survey.csv, row 3, column constraint: … ; …"
[[nodiscard]] std::string describe(const SheetProblem& problem);

}  // namespace bellwether::campaigns
