#pragma once

namespace bellwether::app {

/// BELLWETHER_VERSION comes from the project's CMakeLists.txt, the one place that states it.
inline constexpr const char* kVersion = BELLWETHER_VERSION;

}  // namespace bellwether::app
