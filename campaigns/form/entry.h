#pragma once

#include <string>
#include <string_view>

#include "campaigns/form/picture.h"

namespace bellwether::campaigns::form {

/// What an entry at a question comes to. Rules: research/surveys.md 2.4.
struct Entry {
    enum class Kind {
        Given,
        Empty,    ///< a lone terminator, or nothing typed
        NoMatch,  ///< not what the question asks for
        Refused,  ///< the constraint is false
    } kind = Kind::NoMatch;
    std::string value;  ///< Given: canonical
};

/// Reads keys pressed at a question, with or without the terminator at their end.
[[nodiscard]] Entry read_keys(const Form& form, const Picture& picture, const ItemId& item,
                              std::string_view keys);

/// Reads what an interviewer typed: names of choices or their keys, plain numbers, YYYY-MM-DD,
/// HH:MM, text, the id of a recording.
[[nodiscard]] Entry read_typed(const Form& form, const Picture& picture, const ItemId& item,
                               std::string_view text);

/// Is the entry complete, whatever might be pressed next?
[[nodiscard]] bool closes(const Form& form, const Picture& picture, const ItemId& item,
                          std::string_view keys);

/// The order in which the keys of a date are pressed: ddmmyyyy, mmddyyyy or yyyymmdd.
[[nodiscard]] std::string date_format(const Form& form, const Row& row, std::size_t language);

}  // namespace bellwether::campaigns::form
