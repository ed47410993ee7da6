#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/form/interview.h"

namespace bellwether::campaigns::form {

/// Settles an item and takes back whatever that overtakes, and what that overtakes in turn, until
/// nothing more is (research/surveys.md 1.9, Commit).
/// @return what to make durable: the answer, what was cleared, values that once() keeps.
[[nodiscard]] std::vector<AnswerChange> commit(const Form& form, Answers& answers, Mark mark);

/// The clearing alone: after earlier answers were loaded, or a group was closed.
[[nodiscard]] std::vector<AnswerChange> clear_overtaken(const Form& form, Answers& answers);

/// Sets the defaults that are expressions; they are computed once in an interview.
[[nodiscard]] std::vector<AnswerChange> set_defaults(const Form& form, Answers& answers);

/// Under this key the language that an interview went over to is kept, by a key or at the form's
/// question for it. Items have other names (research/surveys.md 1.2).
inline constexpr std::string_view kLanguageKey = "tel.language";
/// That language; empty: it stayed with that of its contact.
[[nodiscard]] std::string stored_language(const Form& form, std::span<const StoredAnswer> answers);

/// Puts earlier answers back, and the language. Those that the form does not take any more, it
/// having been changed since, are passed over.
void restore(const Form& form, Answers& answers, std::span<const StoredAnswer> earlier);

/// How an interview that stops now ends: PARTIAL or REFUSED (research/surveys.md 1.11).
[[nodiscard]] InterviewEnd early_end(const Form& form, const Answers& answers, EndCause cause);

/// The end that a note with a disposition makes; none: the interview goes on.
[[nodiscard]] std::optional<InterviewEnd> end_at_note(const Row& row);

}  // namespace bellwether::campaigns::form
