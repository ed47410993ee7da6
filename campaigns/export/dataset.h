#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/form/form.h"

// What all writers of data files write: variables with their codes, and a row per interview. A
// writer adds nothing to it and looks nowhere else. Rules: research/surveys.md 5.3.

namespace bellwether::campaigns::exports {

/// Codes of item nonresponse, in every format that can bear them; of a number that people answered
/// with one of these see free_codes_of_answers().
inline constexpr std::int64_t kNoAnswer = -7;  ///< asked; no key, no valid key, or left empty
inline constexpr std::int64_t kDontKnow = -8;
inline constexpr std::int64_t kRefused = -9;

enum class Kind : std::uint8_t {
    Single,    ///< one code of its categories
    Multiple,  ///< any of its categories
    Number,
    Date,  ///< YYYY-MM-DD
    Time,  ///< HH:MM
    Text,
};

/// What a variable is for, where programs ask.
enum class Use : std::uint8_t { Answer, Administration, Serial, BaseWeight, Weight };

/// One code and what it means.
struct Category {
    std::int64_t code = 0;
    form::ByLanguage labels;
    std::string choice_name;  ///< in the questionnaire; empty: a code of item nonresponse
    bool is_missing = false;
};

struct Variable {
    std::string name;  ///< ASCII letters, digits and _; at most 32; unique whatever the case
    Kind kind = Kind::Text;
    Use use = Use::Answer;
    form::ByLanguage labels;
    /// Single and Multiple: the choices in the order of their sheet; Single, Multiple and Number:
    /// behind them the codes of item nonresponse. Codes are unique.
    std::vector<Category> categories;
    std::vector<std::string> part_names;  ///< Multiple: of each category that is not missing
    int decimals = 0;                     ///< Number: as many as any value has
    double low = 0;                       ///< Number: bounds of its values; 0..0 without any
    double high = 0;
    std::string key;               ///< `visit[1]/spent`; empty: not of the questionnaire
    std::uint64_t source_row = 0;  ///< in survey.csv; 0: not of the questionnaire
    std::string relevant;          ///< as its author wrote it; may be empty
    std::string constraint;
};

/// One value. What was not asked is Empty.
struct Cell {
    enum class State : std::uint8_t { Empty, Value, Missing };
    State state = State::Empty;
    std::int64_t code = 0;            ///< Value of a Single; Missing: kNoAnswer, …
    std::vector<std::int64_t> codes;  ///< Value of a Multiple: those mentioned; may be none
    std::string text;                 ///< Value of any other: canonical

    friend bool operator==(const Cell&, const Cell&) = default;
};

/// A survey's data with its description.
struct Dataset {
    std::string name;   ///< of the files: ASCII letters, digits, - and _
    std::string title;  ///< of the questionnaire
    std::string version;
    std::vector<std::string> languages;  ///< labels are in this order
    std::vector<Variable> variables;
    std::vector<std::vector<Cell>> rows;  ///< each as long as `variables`
    std::int64_t answers_left_out = 0;    ///< stored under keys that the questionnaire lacks now
    std::string weighting;                ///< one sentence; empty: not weighted
};

/// The text in the first language that has one.
[[nodiscard]] const std::string& text_of(const form::ByLanguage& labels);

}  // namespace bellwether::campaigns::exports

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::exports::Kind> = names("SINGLE", "MULTIPLE", "NUMBER",
                                                                   "DATE", "TIME", "TEXT");
}  // namespace bellwether
