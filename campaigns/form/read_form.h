#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// Reads a questionnaire: the XLSForm subset of research/surveys.md 1, with the telephone columns
/// of 2.2. Whether audio files exist is not looked at here. O(n log n) in the bytes of the sheets;
/// hostile sheets cost no more. Thread-safe.
///
/// @return the form, with notices in Form::notices; or every problem, in the order of the sheets
///         (survey, choices, settings) and then of the rows.
[[nodiscard]] tl::expected<Form, std::vector<SheetProblem>> read_form(FormSheets sheets);

}  // namespace bellwether::campaigns::form
