#pragma once

#include "campaigns/campaign_spec.h"
#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

/// Reads a campaign's [conversion]. Dial mode, questionnaire, retries and dispositions must be read
/// already: it says what they do not bear.
void read_conversion(TomlReader& top, campaigns::CampaignSpec& spec);

}  // namespace bellwether::app
