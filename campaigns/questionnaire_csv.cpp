#include "campaigns/questionnaire_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "campaigns/cell_text.h"
#include "campaigns/choice_lists.h"
#include "campaigns/integer_range.h"
#include "campaigns/sheet.h"

namespace bellwether::campaigns {
namespace {

constexpr std::size_t kNameMax = 64;  // bytes; longer column names break statistics programs
constexpr int kTimeoutMax = 60;       // seconds; longer silence is nobody there
constexpr int kRetriesMax = 9;

enum SurveyColumn : std::size_t {
    kType,
    kName,
    kLabel,
    kAudio,
    kConstraint,
    kTimeout,
    kRetries,
    kTerminator
};
constexpr std::array<SheetColumn, 8> kSurveyColumns{{{"type", "command", true},
                                                     {"name", {}, true},
                                                     {"label", "caption"},
                                                     {"audio", "media::audio", true},
                                                     {"constraint"},
                                                     {"tel::timeout_s"},
                                                     {"tel::retries"},
                                                     {"tel::terminator"}}};

enum SettingsColumn : std::size_t { kTitle, kFormId, kOptOutKey, kOptOutAudio, kInvalidAudio };
constexpr std::array<SheetColumn, 5> kSettingsColumns{{{"form_title"},
                                                       {"form_id"},
                                                       {"tel::opt_out_key"},
                                                       {"tel::opt_out_audio"},
                                                       {"tel::invalid_audio"}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_name(std::string_view text) {
    const auto may_follow = [](char c) {
        return is_letter(c) || is_digit(c) || c == '.' || c == '-';
    };
    return !text.empty() && text.size() <= kNameMax && is_letter(text.front()) &&
           std::ranges::all_of(text, may_follow);
}

/// A file name relative to the questionnaire's folder that cannot lead out of it.
bool stays_in_folder(std::string_view path) {
    if (path.starts_with('/') || path.find('\\') != std::string_view::npos) return false;
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        if (path.substr(0, slash) == "..") return false;
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return true;
}

std::optional<int> whole_number(std::string_view text, int min, int max) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (number < min || number > max) return std::nullopt;
    return number;
}

/// Turns the three sheets into a questionnaire, collecting problems as it goes. Settings and
/// choices come first, because the survey's rows refer to them.
class QuestionnaireReader {
public:
    explicit QuestionnaireReader(const QuestionnaireSheets& texts)
        : texts_{texts},
          settings_{read_sheet("settings.csv", texts.settings, kSettingsColumns, problems_)},
          survey_{read_sheet("survey.csv", texts.survey, kSurveyColumns, problems_)} {}

    tl::expected<Questionnaire, std::vector<SheetProblem>> read() {
        read_settings();
        const ChoiceLists lists{texts_.choices, form_.opt_out_key, problems_};
        for (const Sheet::Row& row : survey_.rows) read_question(row, lists);
        check_whole();
        if (problems_.empty()) return std::move(form_);
        sort_problems();
        return tl::unexpected{std::move(problems_)};
    }

private:
    void report(const Sheet& sheet, const Sheet::Row& row, std::size_t column, std::string what,
                std::string mend) {
        problems_.push_back(sheet.problem(row, column, std::move(what), std::move(mend)));
    }

    void sort_problems() {
        const auto place = [](const SheetProblem& problem) {
            const int sheet = problem.sheet == "survey.csv"    ? 0
                              : problem.sheet == "choices.csv" ? 1
                                                               : 2;
            return std::pair{sheet, problem.row};
        };
        std::ranges::stable_sort(problems_, {}, place);
    }

    // settings.csv

    void read_settings() {
        form_.name = "questionnaire";
        if (settings_.rows.empty()) return;
        const Sheet::Row& row = settings_.rows.front();
        if (!row.cells[kTitle].empty()) form_.name = row.cells[kTitle];
        if (!row.cells[kFormId].empty()) form_.name = row.cells[kFormId];
        read_opt_out(row);
        form_.invalid_prompt = optional_audio(settings_, row, kInvalidAudio);
        for (std::size_t i = 1; i < settings_.rows.size(); ++i) {
            problems_.push_back({.sheet = settings_.name,
                                 .row = settings_.rows[i].number,
                                 .column = "",
                                 .what = "a second row of settings",
                                 .mend = "keep one row below the header"});
        }
    }

    void read_opt_out(const Sheet::Row& row) {
        const std::string& key = row.cells[kOptOutKey];
        form_.opt_out_prompt = optional_audio(settings_, row, kOptOutAudio);
        if (is_keypad_key(key)) {
            form_.opt_out_key = key.front();
        } else if (!key.empty()) {
            report(settings_, row, kOptOutKey, "'" + key + "' is not a key",
                   "give one of 0 to 9, * or #");
        } else if (form_.opt_out_prompt) {
            report(settings_, row, kOptOutAudio,
                   "the prompt confirms an opt-out that no key asks for",
                   "give tel::opt_out_key, or take the prompt out");
        }
    }

    std::optional<std::string> optional_audio(const Sheet& sheet, const Sheet::Row& row,
                                              std::size_t column) {
        const std::string& path = row.cells[column];
        if (path.empty()) return std::nullopt;
        if (!stays_in_folder(path)) {
            report(sheet, row, column, "the file lies outside the questionnaire's folder",
                   "put it into the folder and give its name from there, with /");
        }
        return path;
    }

    // survey.csv

    void read_question(const Sheet::Row& row, const ChoiceLists& lists) {
        Question question;
        const bool known = read_type(row, lists, question);
        read_name(row, question);
        question.label = row.cells[kLabel];
        read_prompt(row, question);
        if (known) read_keypad_cells(row, question);
        form_.questions.push_back(std::move(question));
    }

    bool read_type(const Sheet::Row& row, const ChoiceLists& lists, Question& question) {
        std::vector<std::string_view> type = words_of(row.cells[kType]);
        std::string word = type.empty() ? "" : lower_case(type.front());
        if (word == "note" && type.size() == 1) return true;
        if (word == "integer" && type.size() == 1) {
            question.type = QuestionType::Integer;
            return true;
        }
        if (word == "select" && type.size() > 1 && lower_case(type[1]) == "one") {
            type.erase(type.begin());
            word = "select_one";
        }
        if (word == "select_one" || word == "select1") {
            question.type = QuestionType::SelectOne;
            return read_list(row, type, lists, question);
        }
        report(
            survey_, row, kType,
            word.empty() ? "the type is missing" : "'" + row.cells[kType] + "' is not known here",
            "use note, integer, or select_one and the name of a list");
        return false;
    }

    bool read_list(const Sheet::Row& row, const std::vector<std::string_view>& type,
                   const ChoiceLists& lists, Question& question) {
        if (type.size() != 2) {
            report(survey_, row, kType, "select_one needs the name of one list, and nothing else",
                   "write select_one LIST");
            return false;
        }
        const std::vector<Choice>* choices = lists.find(type[1]);
        if (choices == nullptr) {
            report(survey_, row, kType, "choices.csv has no list '" + std::string{type[1]} + "'",
                   "add its choices, or correct the name");
            return false;
        }
        question.choices = *choices;
        return true;
    }

    void read_name(const Sheet::Row& row, Question& question) {
        question.name = row.cells[kName];
        if (question.name.empty() && question.type == QuestionType::Note) {
            question.name = "note_" + std::to_string(row.number);  // nothing is stored under it
        }
        if (!is_name(question.name)) {
            report(survey_, row, kName, "the name is missing or cannot be a column name",
                   "begin with a letter or _, go on with letters, digits, _ . or -, at most 64");
            return;
        }
        const auto [earlier, is_new] = row_of_name_.try_emplace(question.name, row.number);
        if (is_new) return;
        report(survey_, row, kName,
               "row " + std::to_string(earlier->second) + " has this name already",
               "give each question its own name");
    }

    void read_prompt(const Sheet::Row& row, Question& question) {
        const auto prompt = optional_audio(survey_, row, kAudio);
        if (!prompt) {
            report(survey_, row, kAudio, "the question has no prompt",
                   "give the name of its WAV file");
        }
        question.prompt = prompt.value_or("");
    }

    void read_keypad_cells(const Sheet::Row& row, Question& question) {
        if (question.type == QuestionType::Integer) {
            read_constraint(row, question);
            read_terminator(row, question);
        } else {
            refuse_cell(row, kConstraint, "has a meaning for type integer only");
            refuse_cell(row, kTerminator, "has a meaning for type integer only");
        }
        if (question.type == QuestionType::Note) {
            refuse_cell(row, kTimeout, "has no meaning for a note");
            refuse_cell(row, kRetries, "has no meaning for a note");
            return;
        }
        question.timeout = std::chrono::seconds{
            number_cell(row, kTimeout, 1, kTimeoutMax, static_cast<int>(question.timeout.count()))};
        question.retries = number_cell(row, kRetries, 0, kRetriesMax, question.retries);
    }

    void refuse_cell(const Sheet::Row& row, std::size_t column, const char* why) {
        if (row.cells[column].empty()) return;
        report(survey_, row, column, std::string{"the cell "} + why, "empty it");
    }

    int number_cell(const Sheet::Row& row, std::size_t column, int min, int max, int otherwise) {
        const std::string& text = row.cells[column];
        if (text.empty()) return otherwise;
        const auto number = whole_number(text, min, max);
        if (!number) {
            report(
                survey_, row, column, "'" + text + "' does not fit",
                "give a whole number from " + std::to_string(min) + " to " + std::to_string(max));
        }
        return number.value_or(otherwise);
    }

    void read_constraint(const Sheet::Row& row, Question& question) {
        const std::string& text = row.cells[kConstraint];
        IntegerRange range;
        if (!text.empty()) {
            const auto parsed = parse_integer_range(text);
            if (!parsed) {
                report(survey_, row, kConstraint, parsed.error().detail,
                       "for example: . >= 18 and . <= 99");
            }
            range = parsed.value_or(range);
        }
        question.min = range.min;
        question.max = range.max;
    }

    void read_terminator(const Sheet::Row& row, Question& question) {
        const std::string& text = row.cells[kTerminator];
        if (text == "#" || text == "*") {
            question.terminator = text.front();
        } else if (!text.empty()) {
            report(survey_, row, kTerminator, "'" + text + "' cannot end a number", "give # or *");
        }
        if (!form_.opt_out_key) return;
        if (*form_.opt_out_key == question.terminator) {
            report(survey_, row, kTerminator, "the key that ends the number is the opt-out key",
                   "give one of them another key");
        } else if (is_digit(*form_.opt_out_key)) {
            report(survey_, row, kType, "a number is typed here, and the opt-out key is a digit",
                   "make * or # the opt-out key");
        }
    }

    void check_whole() {
        const auto wants_answer = [](const Question& question) {
            return question.type != QuestionType::Note;
        };
        // A row of unknown type may have been meant as a question, so only a sheet read without
        // fault counts.
        if (!problems_.empty() || std::ranges::any_of(form_.questions, wants_answer)) return;
        problems_.push_back({.sheet = survey_.name,
                             .row = 0,
                             .column = "",
                             .what = "the sheet asks no question",
                             .mend = "add a row of type integer or select_one"});
    }

    std::vector<SheetProblem> problems_;  // before the sheets: reading them adds to it
    const QuestionnaireSheets texts_;
    Sheet settings_;
    Sheet survey_;
    std::map<std::string, std::uint64_t> row_of_name_;
    Questionnaire form_;
};

}  // namespace

tl::expected<Questionnaire, std::vector<SheetProblem>> read_questionnaire(
    const QuestionnaireSheets& sheets) {
    return QuestionnaireReader{sheets}.read();
}

}  // namespace bellwether::campaigns
