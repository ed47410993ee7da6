#pragma once

#include <optional>
#include <vector>

#include "campaigns/aapor/outcome_report.h"
#include "dialer/app/handlers/backend.h"
#include "dialer/store/sample_cases.h"

namespace bellwether::app {

/// How a campaign's contacts are read as the cases of a sample.
struct SampleReading {
    campaigns::aapor::CodeTable table;
    std::vector<campaigns::aapor::DispositionCode> of_house;
    std::vector<campaigns::Disposition> dispositions;  ///< of the campaign
    campaigns::aapor::CaseRules rules;
    bool released_only = false;  ///< leave out whom the campaign has not taken from its lists yet
};

/// The cases with their final codes, and those who are none.
struct SampleOutcomes {
    std::vector<campaigns::aapor::CaseResult> cases;
    std::int64_t suppressed_before_dialing = 0;  ///< on do-not-call first: not of the sample
    std::int64_t not_released = 0;               ///< left out as SampleReading says
};

/// Reads every case of the campaign. Errors: those of the store; InvalidInput: a base weight that
/// is not a positive number, or that some cases have and others have not.
[[nodiscard]] Result<SampleOutcomes> read_sample_outcomes(
    Backend& backend, CampaignId campaign, const std::optional<store::Period>& period,
    const SampleReading& reading);

/// A base weight as a list gives it; an empty text is none. Errors: InvalidInput: not a positive
/// number.
[[nodiscard]] Result<std::optional<double>> parse_base_weight(const std::string& text);

/// The code of one attempt of a case, looked at alone.
[[nodiscard]] campaigns::aapor::AttemptCode attempt_code_of(const store::SampleCase& one,
                                                            const store::SampleAttempt& attempt,
                                                            const SampleReading& reading);

/// The code of one case.
[[nodiscard]] campaigns::aapor::FinalCode final_code_of(const store::SampleCase& one,
                                                        const SampleReading& reading);

}  // namespace bellwether::app
