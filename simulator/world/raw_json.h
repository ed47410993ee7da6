#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace bellwether::simulator {

// JSON cut into its pieces without reading and writing them anew, because a journal is compared
// byte for byte.

/// The members of a JSON object, each value as it stands. None if `text` is not one valid object.
[[nodiscard]] std::optional<std::vector<std::pair<std::string_view, std::string_view>>> raw_members(
    std::string_view text);

/// The items of a JSON array, each as it stands. None if `text` is not one valid array.
[[nodiscard]] std::optional<std::vector<std::string_view>> raw_items(std::string_view text);

}  // namespace bellwether::simulator
