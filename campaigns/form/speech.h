#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "campaigns/form/picture.h"

namespace bellwether::campaigns::form {

// What the line says. A reference is the name of a recording, relative to the questionnaire's
// folder, or `tts:LANGUAGE:HASH` for a text that a speech program has to say.

/// A text to be spoken.
struct SpokenText {
    std::string language;
    std::string text;
    friend auto operator<=>(const SpokenText&, const SpokenText&) = default;
};
/// The first 16 bytes of the SHA-256 of the text, in hexadecimal, after `tts:LANGUAGE:`.
[[nodiscard]] std::string reference_of(const SpokenText& spoken);

/// What the program says of its own; each in en, ru, nl and hu, and in English for every other.
enum class BuiltIn : std::uint8_t {
    Invalid,        ///< that key is not offered here
    NoInput,        ///< nothing was heard
    OptOutConfirm,  ///< you will not be called again; press 2 to go on
    OptOutDone,
    ConfirmBefore,  ///< you entered
    ConfirmAfter,   ///< press 1 to keep it, 2 to enter it again
    Another,        ///< is there (another) one? 1 yes, 2 no
    Point,          ///< of a decimal number
    NoAgent,        ///< none is free: 1 goes on by keypad, 2 is called back
    TimeIsUp,       ///< thank you, we have to end here
    Unusual,        ///< the soft constraint has no message of its own
    SameAgain,      ///< if it is right, enter it again
    CallBack,       ///< you will be called back
    AnythingElse,   ///< never on the line: the interviewer's question for further choices
};
[[nodiscard]] std::string_view built_in(BuiltIn what, std::string_view language);

/// Does any row lack a recording in the language, so that its text is spoken? Where none does, the
/// program says nothing of its own either: one voice, no speech program.
[[nodiscard]] bool speaks(const Form& form, std::size_t language);

/// The prompts of an item, with its choices and keys where they are read out.
[[nodiscard]] std::vector<std::string> prompts_of(const Form& form, const Picture& picture,
                                                  const ItemId& item);
/// What is said after a failed entry, before the item is asked again.
/// @param failures  1: the first.
[[nodiscard]] std::vector<std::string> failure_prompts(const Form& form, const Picture& picture,
                                                       const ItemId& item, bool no_input,
                                                       bool refused, int failures);
/// What is said of an entry that fails the soft constraint, before the item is asked again.
[[nodiscard]] std::vector<std::string> doubt_prompts(const Form& form, const Picture& picture,
                                                     const ItemId& item);
/// A value read back.
[[nodiscard]] std::vector<std::string> confirm_prompts(const Form& form, const Picture& picture,
                                                       const ItemId& item, std::string_view value);
/// Of the program's own texts one; empty where the form is all recordings.
[[nodiscard]] std::vector<std::string> built_in_prompts(const Form& form, std::size_t language,
                                                        BuiltIn what);
[[nodiscard]] std::vector<std::string> opted_out_prompts(const Form& form, std::size_t language);

/// Is there anything to say in a text: a letter or a digit?
[[nodiscard]] bool has_words(std::string_view text);

/// The texts that a value is spoken by: numbers up to 100 whole, others digit by digit, a decimal
/// with its point, dates and times by their numbers, any other text as it stands.
[[nodiscard]] std::vector<std::string> spoken_parts(std::string_view value,
                                                    std::string_view language);

/// The texts in which a choice and its key are offered: "For yes," "press 1."
struct OfferTexts {
    std::string choice;
    std::string key;
};
[[nodiscard]] OfferTexts offer_texts(std::string_view label, std::string_view key,
                                     std::string_view language, PromptOrder order);
/// Are the choices of a row said after its label, on the line?
[[nodiscard]] bool offers_choices(const Form& form, const Row& row, std::size_t language);

}  // namespace bellwether::campaigns::form
