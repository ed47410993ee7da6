#pragma once

#include <string_view>

#include "base/result.h"
#include "campaigns/import/imported.h"

namespace bellwether::campaigns::import {

/// A queXML questionnaire as sheets: sections, questions, sub-questions, notes, hints, and its
/// jumps
/// (`skipTo`) as conditions of the rows that are jumped over. Elements may come in any order; what
/// has no counterpart, a jump back among it, is in Imported::lost with its line. Pure.
///
/// Fails with InvalidInput if the text is no well-formed XML or its root no `questionnaire`.
/// Source: research/surveys.md 5.2.
[[nodiscard]] Result<Imported> import_quexml(std::string_view document);

}  // namespace bellwether::campaigns::import
