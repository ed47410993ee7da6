#pragma once

#include <cstddef>
#include <functional>

namespace bellwether::app {

/// Runs body(0) .. body(count - 1) on so many threads, the caller's among them; returns when all
/// are done. The body must not throw. Checked: threads >= 1.
void run_parallel(std::size_t threads, std::size_t count,
                  const std::function<void(std::size_t)>& body);

}  // namespace bellwether::app
