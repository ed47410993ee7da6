#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// The keys of a select's choices. Of the row's tel::keys, else of the choice's tel::key, else by
/// place: 1 to 9, from ten choices on 01 to 99, behind that none (empty).
/// @param presented  indexes into the list, in the order in which they are read out.
/// @return one key string per presented choice.
[[nodiscard]] std::vector<std::string> keys_of(const Form& form, const Row& row,
                                               std::span<const std::uint32_t> presented);

/// Does the row give each choice its key by place?
[[nodiscard]] bool has_automatic_keys(const Form& form, const Row& row);

/// The keys of a command; none: it is off.
[[nodiscard]] std::optional<std::string> keys_of(const Form& form, Command command);

/// Does a choice of the row have a key that begins with `key`? Such keys are no commands there.
[[nodiscard]] bool owns_key(const Form& form, const Row& row, char key);

}  // namespace bellwether::campaigns::form
