#pragma once

#include <string>
#include <string_view>

#include "campaigns/form/script.h"
#include "dialer/app/files/problem.h"

namespace bellwether::app {

/// Reads an answer file (docs/surveys.md): what a person does in an interview, as JSON. Members:
/// `language`, `contact`, `keys`, `hang_up_at`; also `now` (when the call was answered) and `seed`.
/// All may be absent.
///
/// @param file  its name, for messages.
/// @param form  whose items and languages it must name.
/// @return the script; or every problem: text that is no JSON with line and column, everything else
///         by its JSON pointer (RFC 6901). Pure; O(bytes).
[[nodiscard]] Checked<campaigns::form::Script> parse_answer_file(std::string_view text,
                                                                 const std::string& file,
                                                                 const campaigns::form::Form& form);

}  // namespace bellwether::app
