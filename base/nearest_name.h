#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace bellwether {

/// The name a person most likely meant: the one with the fewest edits (insert, delete, replace a
/// character, or swap two neighbours), case ignored. None if even that one takes more than a third
/// of the longer word, or more than 3 edits: a wild guess helps nobody. Among equals the first.
///
/// Cannot fail. O(names x length squared): for error messages, not for hot paths.
[[nodiscard]] std::optional<std::string_view> nearest_name(std::string_view text,
                                                           std::span<const std::string_view> names);

}  // namespace bellwether
