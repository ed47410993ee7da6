#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dialer/app/files/campaign_file.h"
#include "dialer/app/files/config.h"

// Files that users write: any bytes are either understood or refused with at least one problem, and
// what is understood reads the same again.

using namespace bellwether;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto config = app::parse_config(text, "/nowhere/b.toml")) {
        const std::string printed = app::print_config(*config);
        const auto again = app::parse_config(printed, "/nowhere/b.toml");
        if (!again || app::print_config(*again) != printed) __builtin_trap();
    } else if (config.error().empty()) {
        __builtin_trap();
    }
    const auto campaign = app::parse_campaign(
        {.text = text, .name = "c.toml", .folder = "/nowhere", .now = UtcTime{}});
    if (!campaign && campaign.error().empty()) __builtin_trap();
    if (campaign) {
        const auto again = app::parse_campaign(
            {.text = campaign->stored_text, .name = "c", .folder = "/", .now = UtcTime{}});
        if (!again || again->stored_text != campaign->stored_text) __builtin_trap();
    }
    return 0;
}
