#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "campaigns/aapor/final_code.h"
#include "campaigns/aapor/rates.h"

namespace bellwether::campaigns::aapor {

/// What one case of the sample ended as.
struct CaseResult {
    std::string code;            ///< of the table
    double weight = 1;           ///< the base weight; > 0
    bool was_abandoned = false;  ///< at one of its attempts a person answered and nobody came
};

struct CodeCount {
    const Code* code = nullptr;
    std::int64_t cases = 0;
    double weight = 0;
};

/// One way to count: the tally with what follows from it.
struct RatesLine {
    Tally tally;
    Eligibility eligibility;
    Rates rates;
};

struct OutcomeReport {
    std::int64_t cases = 0;
    std::vector<CodeCount> codes;  ///< those that occurred, in the order of the table
    RatesLine plain;
    /// With cases of a filled quota (4.80) among the non-contacts: closed by design, not
    /// ineligible. How much the choice matters.
    RatesLine closed_by_design;
    bool is_weighted = false;  ///< base weights differ; else the next two say nothing new
    RatesLine weighted;
    RatesLine weighted_closed_by_design;
    /// No code exists for people who were hung up on by us, so they are counted apart: cases where
    /// it ever happened, and those of which nothing else is known (3.90A).
    std::int64_t ever_abandoned = 0;
    std::int64_t only_abandoned = 0;
};

/// Counts the cases and works out the rates. O(cases). Every code must stand in the table
/// (checked), which must outlive the report.
/// @param choice  must pass check()
[[nodiscard]] OutcomeReport report_outcomes(const CodeTable& table,
                                            const std::vector<CaseResult>& cases,
                                            const EChoice& choice);

}  // namespace bellwether::campaigns::aapor
