#pragma once

#include <cstdint>

#include "compliance/suppression/list_kind.h"

namespace bellwether::compliance::suppression {

/// By how much a full list of this format may shrink against the version before it, in percent of
/// that one, before somebody has to answer for it: 2 for the FTC's and the Canadian, 10 for the
/// others (the TPS removes 125,000 on some days). Source: research/compliance.md §2.1.
[[nodiscard]] constexpr int shrink_percent_max(ListFormat format) {
    const bool is_national =
        format == ListFormat::Ftc || format == ListFormat::FtcXml || format == ListFormat::Ca;
    return is_national ? 2 : 10;
}

/// Has a full list shrunk by more than its format may? Decided on the exact counts.
[[nodiscard]] constexpr bool shrinks_too_much(ListFormat format, std::uint64_t before,
                                              std::uint64_t now) {
    if (now >= before) return false;
    return (before - now) * 100 > before * static_cast<std::uint64_t>(shrink_percent_max(format));
}

}  // namespace bellwether::compliance::suppression
