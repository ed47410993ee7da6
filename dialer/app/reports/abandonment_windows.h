#pragma once

#include <string>
#include <vector>

#include "compliance/abandonment_figures.h"
#include "dialer/app/files/campaign_file.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/handlers/backend.h"
#include "dialer/store/abandonment_counts.h"

namespace bellwether::app {

/// One window of one campaign as the law measures it, counted from the attempts.
struct AbandonmentWindow {
    compliance::AbandonmentRegime regime = compliance::AbandonmentRegime::Us;
    UtcTime from;
    UtcTime to;  ///< exclusive; may lie ahead
    store::AbandonmentCounts counts;
    compliance::Rational amd_error;  ///< share of people among MACHINE verdicts
    bool is_error_assumed = false;   ///< nobody has reviewed a verdict: the cautious figure
    bool has_detector = false;       ///< somebody hung up on machines by its word
    compliance::AbandonmentFigures figures;
};

/// Every window of a campaign with agents, from its first start to `now`; none for one without
/// agents, or that never started. The regime follows the country of the caller's number.
[[nodiscard]] Result<std::vector<AbandonmentWindow>> abandonment_windows(
    const store::Store& store, const store::CampaignRecord& record, const CampaignFile& file,
    UtcTime now);

/// The same window of several campaigns as one: what a client organisation, or the whole centre,
/// answers for. The detectors' errors weigh by their verdicts. Not empty; all of one regime.
[[nodiscard]] AbandonmentWindow joined(const std::vector<AbandonmentWindow>& windows);

/// Windows of a client organisation over all its campaigns, where more than one has that window.
struct ClientWindow {
    std::string client;
    AbandonmentWindow window;
};
[[nodiscard]] std::vector<ClientWindow> client_windows(const std::vector<ClientWindow>& campaigns);

[[nodiscard]] Json window_json(const AbandonmentWindow& window);

/// Rates against the cap, one bar a window, as SVG text. `title` names the campaign.
[[nodiscard]] std::string plot_windows(const std::string& title,
                                       const std::vector<AbandonmentWindow>& windows);

/// Puts the report of each window that has closed into the evidence log: once, and once more as a
/// new version whenever a corrected verdict or a late count has changed its figures. Returns how
/// many were issued.
[[nodiscard]] Result<int> issue_windows(store::Store& store, const store::CampaignRecord& record,
                                        const std::vector<AbandonmentWindow>& windows, UtcTime now);

/// issue_windows() of every campaign; what fails is logged and tried again at the next call.
/// @param only  this campaign; 0: every one.
void issue_closed_windows(Backend& backend, CampaignId only = {});

}  // namespace bellwether::app
