#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/campaign_file.h"
#include "dialer/app/files/config.h"
#include "simulator/whatif/what_if.h"

namespace bellwether::app {

/// The file named on the command line and what is in it.
struct CampaignText {
    std::filesystem::path file;
    std::string text;
};
[[nodiscard]] Result<CampaignText> read_campaign_text(const std::string& file);
/// @param near  the zone's clocks are read around it.
[[nodiscard]] Checked<CampaignFile> parse(const CampaignText& campaign, UtcTime near);

/// Prints recorded and imagined figures side by side.
[[nodiscard]] ExitCode print_what_if(const simulator::Recording& recording,
                                     const campaigns::CampaignSpec& spec, std::uint64_t seed,
                                     const Output& output);

}  // namespace bellwether::app
