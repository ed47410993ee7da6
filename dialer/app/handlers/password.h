#pragma once

#include <string>

#include "base/result.h"

namespace bellwether::app {

/// A password for a phone: 20 of 32 letters and digits that cannot be mistaken for one another (100
/// bits), from the kernel's random source. Unavailable if that fails; there is no default to fall
/// back to.
[[nodiscard]] Result<std::string> random_password();

}  // namespace bellwether::app
