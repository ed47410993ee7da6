#pragma once

#include <string>

#include "base/result.h"
#include "campaigns/list_layout.h"
#include "dialer/app/files/json_text.h"
#include "dialer/store/store.h"

namespace bellwether::app {

// How a list's file is to be read, as JSON: what `list import` sends and `list map save` keeps.
// Members: `columns` (object of field to heading, or to a number without a heading), `delimiter`
// (comma, semicolon, tab, pipe), `encoding` (utf-8, latin-1, windows-1252), `heading` (false: the
// first row is a contact), `preset` (vicidial), `region`. All may be missing.

/// The members among `body`'s, and nothing else of it.
[[nodiscard]] Json layout_members(const Json& body);

/// Errors: InvalidInput, naming the member.
[[nodiscard]] Result<campaigns::ListLayout> read_layout(const Json& json);

/// The layout saved under body's `map`, or the preset of that name, with the body's own members
/// over it. Errors: NotFound: no such mapping, with the nearest name.
[[nodiscard]] Result<Json> resolve_layout(const store::Store& store, const Json& body);

}  // namespace bellwether::app
