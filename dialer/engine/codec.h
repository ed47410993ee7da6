#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "dialer/engine/state.h"

namespace bellwether::engine {

/// A value of the engine as journal text. `text` is one JSON object whose first key is "is" with
/// the value's name; ids are strings, enums upper case, instants and UTC times integers
/// (microseconds, milliseconds). `personal` holds the fields that stand for a person (keys pressed,
/// answers) as a JSON array in the order of their appearance, empty when there are none; `text`
/// names them by position.
struct Encoded {
    std::string text;
    std::string personal;

    friend bool operator==(const Encoded&, const Encoded&) = default;
};

[[nodiscard]] Encoded encode(const Event& event);
[[nodiscard]] Encoded encode(const Action& action);
[[nodiscard]] Encoded encode(const EngineState& state);
/// On what a verdict rests, as one JSON object.
[[nodiscard]] std::string encode(const answer_detect::Evidence& evidence);

/// The inverse. A field that is missing was unknown to the version that wrote the text: it has its
/// default, which is how that version behaved (docs/decisions/0035). A personal field that was
/// erased reads as empty. Errors: Corrupt, naming the field that is of another type.
[[nodiscard]] Result<Event> decode_event(std::string_view text, std::string_view personal);
[[nodiscard]] Result<EngineState> decode_state(std::string_view text, std::string_view personal);

}  // namespace bellwether::engine
