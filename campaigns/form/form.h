#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/form/expression.h"
#include "campaigns/sheet_problem.h"

namespace bellwether::campaigns::form {

/// The texts of a questionnaire's files. An absent file is an empty text: only survey.csv is
/// required. What a journal keeps of a form: reading them again gives the same form.
struct FormSheets {
    std::string survey;
    std::string choices;
    std::string settings;
    std::string quotas{};  ///< checked by campaigns/quota, not by the form

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("survey", self.survey);
        visit("choices", self.choices);
        visit("settings", self.settings);
        visit("quotas", self.quotas);
    }
    friend bool operator==(const FormSheets&, const FormSheets&) = default;
};

enum class RowType : std::uint8_t {
    Note,
    SelectOne,
    SelectMultiple,
    Integer,
    Decimal,
    Range,
    Date,
    Time,
    Text,
    Audio,
    Calculate,
    Start,
    End,
    Today,
    DeviceId,
    UserName,
    PhoneNumber,  ///< filled by the engine
    Group,
    Repeat,
};

/// One text per language of the form, in the order of Form::languages; empty: none.
using ByLanguage = std::vector<std::string>;

/// A text with merge fields: literal parts and references by turns.
struct TextPart {
    std::string text;      ///< literal; empty where `reference` is not
    Expression reference;  ///< one reference; empty where `text` is not
};
using Template = std::vector<TextPart>;

enum class Fixed : std::uint8_t { No, First, Last };

struct Choice {
    std::string name;
    ByLanguage label;
    ByLanguage audio;
    std::vector<std::string> columns;  ///< by Form::choice_columns
    std::string key;                   ///< of tel::key; empty: none given
    std::string code;                  ///< of the export; empty: made there
    Fixed fixed = Fixed::No;           ///< its place when the list is shuffled
    bool exclusive = false;            ///< goes with no other choice
    std::string missing;  ///< "dk", "refused": this choice is item nonresponse; or empty
    std::uint64_t sheet_row = 0;
};

struct ChoiceList {
    std::string name;
    std::vector<Choice> choices;
};

enum class Barge : std::uint8_t { Yes, No, After };
enum class OnExhausted : std::uint8_t { ByRequired, Skip, HangUp, Agent };
enum class PromptOrder : std::uint8_t { ChoiceThenKey, KeyThenChoice };

/// How a row behaves on the line: the tel:: columns, defaults of research/surveys.md 2.2.
struct LineRules {
    std::vector<std::pair<std::string, std::string>> keys;  ///< choice name, key
    std::optional<std::chrono::milliseconds> timeout;       ///< none: by type
    std::chrono::milliseconds interdigit{2000};
    int retries = 2;             ///< further tries after the first
    char terminator = '#';       ///< '\0': none, then digits_max > 0
    std::size_t digits_min = 0;  ///< 0: by type
    std::size_t digits_max = 0;  ///< the entry closes there; 0: it does not
    std::size_t decimals = SIZE_MAX;
    Barge barge = Barge::Yes;
    std::chrono::milliseconds barge_after{0};
    bool flush = false;
    std::vector<ByLanguage> invalid_audio;  ///< first failure, second failure
    std::vector<ByLanguage> noinput_audio;
    bool confirm = false;
    std::chrono::seconds record_max{60};
    std::chrono::milliseconds record_silence{4000};
    std::chrono::milliseconds record_min{500};
    bool beep = true;
    std::string date_format;  ///< empty: by language
    bool dont_know = true;
    bool refuse = true;
    bool no_back = false;
    int max_repeats = 5;
    PromptOrder prompt_order = PromptOrder::ChoiceThenKey;
    bool interviewer = true;  ///< asked by interviewers
    bool ivr = true;          ///< asked by keypad
    OnExhausted on_exhausted = OnExhausted::ByRequired;
};

enum class Disposition : std::uint8_t { None, Partial, Complete, Screened, Refused };

/// A default: a text as it stands, or an expression.
struct DefaultValue {
    std::string text;
    Expression expression;
};

struct Row {
    RowType type = RowType::Note;
    std::string name;
    std::uint64_t sheet_row = 0;  ///< of survey.csv, from 1, the header's
    RowIndex parent = kNoRow;     ///< the group or repeat it stands in
    RowIndex home = kNoRow;       ///< the innermost repeat it stands in
    RowIndex end = 0;             ///< one behind its last descendant; itself + 1 if it has none

    std::vector<Template> label;      ///< by language
    std::vector<Template> label_ivr;  ///< what the line says instead, where it is given
    ByLanguage audio;                 ///< recordings of the label
    ByLanguage hint;
    ByLanguage guidance_hint;
    ByLanguage help;  ///< for the interviewer, where he asks for it
    std::vector<Template> constraint_message;
    std::vector<Template> soft_message;
    std::vector<Template> required_message;

    Expression relevant;  ///< empty: true
    Expression constraint;
    Expression soft_constraint;  ///< false: the entry is unusual, and is asked about once
    bool required = false;
    Expression required_if;  ///< where it is an expression
    Expression calculation;
    Expression choice_filter;
    Expression repeat_count;
    DefaultValue initial;
    bool read_only = false;
    std::string appearance;

    bool randomize = false;
    bool has_seed = false;
    Expression seed;  ///< empty with has_seed: seed_number
    double seed_number = 0;
    double range_start = 1;  ///< Range
    double range_end = 10;
    double range_step = 1;

    std::size_t list = SIZE_MAX;  ///< selects: of Form::lists
    LineRules line;
    Disposition disposition = Disposition::None;
    std::string aapor;    ///< of the disposition, where the sheet gives one
    int max_repeat = 50;  ///< Repeat: instances at most
};

enum class Command : std::uint8_t { Repeat, Back, Language, DontKnow, Refuse, OptOut, Agent };

struct CommandKeys {
    Command command = Command::Repeat;
    std::string keys;  ///< one or two of 0-9 * #
};

/// A questionnaire, read and checked. Plain data; it does not change.
struct Form {
    FormSheets sheets;  ///< what it was read from
    std::string name;
    std::string title;
    std::string version;
    std::vector<std::string> languages;  ///< BCP 47 tags in lower case; at least one
    std::size_t default_language = 0;
    std::vector<std::size_t> line_languages;  ///< offered by the language key, in order
    std::vector<Row> rows;                    ///< in the order of the sheet
    std::vector<RowIndex> order;              ///< so that each row stands behind what it depends on
    std::vector<ChoiceList> lists;
    std::vector<std::string> choice_columns;
    std::vector<CommandKeys> commands;
    bool confirm_opt_out = true;  ///< ask before the opt-out is carried out
    ByLanguage opt_out_audio;     ///< played once the opt-out is durable
    ByLanguage invalid_audio;     ///< of the whole form
    ByLanguage handover_audio;    ///< while an agent is looked for; empty: the built-in pattern
    ByLanguage probes;            ///< for interviewers, `|` between them; empty: built in
    RowIndex language_question = kNoRow;
    RowIndex partial_at = kNoRow;
    bool optout_keeps_partial = false;
    std::optional<std::uint32_t> seed;         ///< of every interview: tests and demonstrations
    std::chrono::seconds max_call{0};          ///< 0: no limit
    std::chrono::seconds handover_wait{30};    ///< for an agent; source: research/surveys.md 7
    std::chrono::seconds quota_hold{0};        ///< an interview that broke off keeps its places
    bool quota_counts_partials = false;        ///< PARTIAL counts in its cells as COMPLETE does
    std::vector<std::string> contact_columns;  ///< that expressions and texts refer to, sorted
    std::vector<SheetProblem> notices;         ///< what was passed over, or looks like a slip
};

/// Is the row asked: does it want an answer, now and then?
[[nodiscard]] bool is_question(const Row& row);
/// Does the row hold others?
[[nodiscard]] bool is_container(RowType type);
[[nodiscard]] bool is_select(RowType type);
/// Is the row filled by the engine (start, today, …)?
[[nodiscard]] bool is_metadata(RowType type);

/// The row of a name; kNoRow: none.
[[nodiscard]] RowIndex find_row(const Form& form, std::string_view name);
/// The choice of a select's list; null: none of this name.
[[nodiscard]] const Choice* find_choice(const Form& form, const Row& row, std::string_view name);
/// The repeats that a row stands in, outermost first; not the row itself.
[[nodiscard]] std::vector<RowIndex> repeats_of(const Form& form, RowIndex row);

/// `text` in `language`, else in the form's default language, else the first there is; empty: none.
[[nodiscard]] const std::string& in_language(const Form& form, const ByLanguage& texts,
                                             std::size_t language);
[[nodiscard]] const Template& in_language(const Form& form, const std::vector<Template>& texts,
                                          std::size_t language);
/// What the line says of a row, by language: the label for the line, else the label.
[[nodiscard]] std::vector<Template> line_label(const Row& row);
/// The text as its author wrote it, references as ${name}.
[[nodiscard]] std::string source_of(const Template& text);

}  // namespace bellwether::campaigns::form

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::form::RowType> =
    names("NOTE", "SELECT_ONE", "SELECT_MULTIPLE", "INTEGER", "DECIMAL", "RANGE", "DATE", "TIME",
          "TEXT", "AUDIO", "CALCULATE", "START", "END", "TODAY", "DEVICEID", "USERNAME",
          "PHONENUMBER", "GROUP", "REPEAT");
template <>
inline constexpr auto kEnumNames<campaigns::form::Command> = names("repeat", "back", "language",
                                                                   "dk", "refuse", "optout",
                                                                   "agent");
}  // namespace bellwether
