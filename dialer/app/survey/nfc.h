#pragma once

#include <string>
#include <string_view>

namespace bellwether::app {

/// Text in Normalization Form C (Unicode Standard Annex #15): what is typed on different keyboards
/// and means the same has the same bytes. Well-formed UTF-8 comes in; what is not well-formed is
/// replaced by U+FFFD. Cannot fail.
[[nodiscard]] std::string to_nfc(std::string_view text);

}  // namespace bellwether::app
