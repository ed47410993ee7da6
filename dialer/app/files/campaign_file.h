#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/time.h"
#include "campaigns/campaign_spec.h"
#include "dialer/app/files/campaign_lists.h"
#include "dialer/app/files/campaign_terms.h"
#include "dialer/app/files/problem.h"

namespace bellwether::app {

/// Where a campaign's text comes from.
struct CampaignSource {
    std::string_view text;  ///< TOML
    std::string name;       ///< of the file, for problems
    std::filesystem::path
        folder;   ///< absolute; relative paths count from here, unless the text has a `folder` key
    UtcTime now;  ///< the zone's offsets are read around it
};

/// A campaign as its owner wrote it, checked. Ids in `spec` are 0: the store gives them.
/// Prompts in `spec` are absolute, normal paths, so that equal names of two campaigns never meet.
struct CampaignFile {
    campaigns::CampaignSpec spec;
    std::string client;             ///< client organisation
    std::vector<ListUse> lists;     ///< contact lists; not empty
    campaigns::NumberRule numbers;  ///< which of a contact's numbers is tried
    CampaignTerms terms;            ///< what the policy packs ask of a campaign
    std::filesystem::path folder;   ///< absolute; what relative paths counted from
    std::string stored_text;        ///< `text` with the `folder` key: reads the same from anywhere
};

/// Reads and checks a campaign, its questionnaire's sheets and that its audio files are WAV. Every
/// problem is reported, not only the first. The questionnaire and audio belong to the campaign by
/// path: they are read again when the service starts.
[[nodiscard]] Checked<CampaignFile> parse_campaign(const CampaignSource& source);

}  // namespace bellwether::app
