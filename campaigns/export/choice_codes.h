#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "campaigns/export/dataset.h"
#include "campaigns/form/form.h"

namespace bellwether::campaigns::exports {

/// The categories of a list of choices, in the order of its sheet, then those of item nonresponse.
/// Codes: of the column tel::code where every choice has one; else the names themselves where all
/// are whole numbers from 0 on without leading zeros; else 1, 2, 3, …. A choice that tel::missing
/// makes item nonresponse has the code of it, and its label stands for it. Fails with every reason:
/// a code that is no whole number from 0 to 999999999, is there twice, or that only some choices
/// have. Source: research/surveys.md 5.3.
[[nodiscard]] tl::expected<std::vector<Category>, std::vector<std::string>> categories_of(
    const form::ChoiceList& list, std::size_t languages);

/// The three codes of item nonresponse, with labels in English.
[[nodiscard]] std::vector<Category> nonresponse(std::size_t languages);

}  // namespace bellwether::campaigns::exports
