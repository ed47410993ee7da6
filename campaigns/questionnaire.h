#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.h"

namespace bellwether::campaigns {

enum class QuestionType {
    Note,       ///< a prompt without an answer
    SelectOne,  ///< one key, one choice
    Integer,    ///< digits, ended by the terminator key or by silence
};

struct Choice {
    char key = '0';     ///< 0-9, * or #
    std::string value;  ///< the code that is stored
    std::string label;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("key", self.key);
        visit("value", self.value);
        visit("label", self.label);
    }
    friend bool operator==(const Choice&, const Choice&) = default;
};

struct Question {
    QuestionType type = QuestionType::Note;
    std::string name;             ///< column name in the data, unique
    std::string label;            ///< the text
    std::string prompt;           ///< audio file, relative to the questionnaire's folder
    std::vector<Choice> choices;  ///< SelectOne: at least one, keys distinct
    std::int64_t min = 0;         ///< Integer: 0 <= min <= max
    std::int64_t max = 0;
    char terminator = '#';            ///< Integer: ends the digits
    std::chrono::seconds timeout{5};  ///< of silence after the prompt, or between digits; >= 1
    int retries = 2;                  ///< times the question is asked again; >= 0

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("type", self.type);
        visit("name", self.name);
        visit("label", self.label);
        visit("prompt", self.prompt);
        visit("choices", self.choices);
        visit("min", self.min);
        visit("max", self.max);
        visit("terminator", self.terminator);
        visit("timeout_s", self.timeout);
        visit("retries", self.retries);
    }
    friend bool operator==(const Question&, const Question&) = default;
};

/// A keypad questionnaire: its questions in order. Later issues add branches; the form stays.
struct Questionnaire {
    std::string name;
    std::vector<Question> questions;            ///< at least one that is not a Note
    std::optional<std::string> invalid_prompt;  ///< played before a question is asked again
    std::optional<char> opt_out_key;  ///< in force at every question; no choice may use it
    std::optional<std::string> opt_out_prompt;  ///< played once the opt-out is durable

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("questions", self.questions);
        visit("invalid_prompt", self.invalid_prompt);
        visit("opt_out_key", self.opt_out_key);
        visit("opt_out_prompt", self.opt_out_prompt);
    }
    friend bool operator==(const Questionnaire&, const Questionnaire&) = default;
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::QuestionType> = names("NOTE", "SELECT_ONE", "INTEGER");
}  // namespace bellwether
