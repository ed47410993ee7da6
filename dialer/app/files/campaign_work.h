#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/time.h"
#include "campaigns/campaign_spec.h"
#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

/// Reads what a campaign's file says of its schedule, its agents' work and the people who call
/// back: [schedule], [agents], [[dispositions]], [[pause_codes]], [[transfers]], [inbound].
/// `spec.hours` must be read already: times without a zone are on its clocks.
/// @param now     for times of day
/// @param folder  relative paths count from here
void read_work(TomlReader& top, UtcTime now, const std::filesystem::path& folder,
               campaigns::CampaignSpec& spec);

/// A sound file of the campaign: its absolute path, if it is one.
std::optional<std::string> read_audio(TomlReader& table, std::string_view key,
                                      const std::filesystem::path& folder);

/// A key of the telephone.
bool read_key(TomlReader& table, std::string_view name, char& out);

}  // namespace bellwether::app
