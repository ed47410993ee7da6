#pragma once

#include <cstddef>
#include <span>

namespace bellwether::answer_detect {

/// The bytes of the weights file that this program was built with (answer-detect/weights/), so
/// that it is found wherever the program stands. For GreetingModel::parse.
[[nodiscard]] std::span<const std::byte> shipped_weights();

}  // namespace bellwether::answer_detect
