#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compliance/suppression/list_kind.h"

namespace bellwether::app {

/// "ftc-changes" as people write it; its name in the store is FTC_CHANGES.
[[nodiscard]] std::string format_word(compliance::suppression::ListFormat format);
[[nodiscard]] std::optional<compliance::suppression::ListFormat> format_from_word(
    std::string_view word);
/// Every format, with commas.
[[nodiscard]] std::string format_words();

/// "us-national"; its name in the store is US_NATIONAL.
[[nodiscard]] std::string kind_word(compliance::suppression::ListKind kind);
[[nodiscard]] std::optional<compliance::suppression::ListKind> kind_from_word(
    std::string_view word);
[[nodiscard]] std::string kind_words();

}  // namespace bellwether::app
