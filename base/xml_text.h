#pragma once

#include <string>
#include <string_view>

namespace bellwether {

/// `text` as it may stand in XML, between tags or in an attribute's double quotes. A control
/// character becomes a space: XML 1.0 allows none, not even escaped.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace bellwether
