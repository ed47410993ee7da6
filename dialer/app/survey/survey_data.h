#pragma once

#include <string>
#include <vector>

#include "campaigns/export/make_dataset.h"
#include "campaigns/export/paradata.h"
#include "dialer/app/files/campaign_file.h"
#include "dialer/app/handlers/backend.h"
#include "dialer/app/reports/sample_outcomes.h"

namespace bellwether::app {

/// Which interviews are data.
struct SurveyScope {
    const store::CampaignRecord& campaign;
    const CampaignFile& file;
    const campaigns::form::Form& form;
    bool partials = false;  ///< AAPOR 1.2 beside 1.1
};

/// The interviews as the store holds them. Errors: those of the store; InvalidInput: a base weight
/// that is no positive number.
[[nodiscard]] Result<std::vector<campaigns::exports::CollectedInterview>> collect_interviews(
    Backend& backend, const SurveyScope& scope);

/// Every attempt of the campaign, every change of an answer and what interviewers wrote, whatever
/// became of the interview.
[[nodiscard]] Result<campaigns::exports::Paradata> collect_paradata(Backend& backend,
                                                                    const SurveyScope& scope,
                                                                    const SampleReading& reading);

}  // namespace bellwether::app
