#pragma once

#include "dialer/app/files/campaign_file.h"
#include "dialer/app/handlers/backend.h"

namespace bellwether::app {

/// What a campaign file wants of the house, which has each once: the names of the campaign and of
/// its lists, and the numbers that people see. A number is one client organisation's: who calls it
/// back must be known to the one that he means.
///
/// @param is_asked_for_client  the answer goes to one organisation: it names no other's campaign
/// @return everything that another organisation has; empty: nothing. Errors: the store's.
[[nodiscard]] Result<Problems> claimed_by_others(Backend& backend, const CampaignFile& file,
                                                 const std::string& file_name,
                                                 bool is_asked_for_client);

}  // namespace bellwether::app
