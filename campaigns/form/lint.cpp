#include "campaigns/form/lint.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "campaigns/form/keys.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/prompt_list.h"
#include "campaigns/form/simulate.h"
#include "campaigns/form/speech.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kSpokenOptionsMax = 9;  // source: research/surveys.md 2.5
// Interviews to simulate: odd, so that the median is one of them. Each item of each looks at all
// rows, so long forms get fewer: a form of 1,000 rows is linted within some ten seconds.
constexpr std::size_t kSimulatedMax = 201;
constexpr std::size_t kSimulatedMin = 5;
constexpr std::size_t kRowsTimesItems = 1'000'000;
constexpr std::uint64_t kSeed = 20'260'122;
constexpr std::size_t kCapitalsMin = 12;  // letters; shorter labels may be an abbreviation

/// Does the expression ask nothing of the interview, so that its value is known now?
bool is_constant(const Expression& expression) {
    return std::ranges::all_of(expression.nodes, [](const Node& node) {
        const bool plain = node.op == Op::Number || node.op == Op::Text || node.op == Op::Negate ||
                           node.op == Op::And || node.op == Op::Or || node.op == Op::Chain;
        const bool fixed_call = node.op == Op::Call && node.function != Function::Random &&
                                node.function != Function::Now &&
                                node.function != Function::Today && node.function != Function::Once;
        return plain || fixed_call;
    });
}

bool refers_only_to_own(const Expression& expression) {
    return std::ranges::none_of(expression.nodes, [](const Node& node) {
        return node.op == Op::Reference || node.op == Op::ReferenceSet ||
               node.op == Op::RepeatSet || node.op == Op::Contact || node.op == Op::Tel;
    });
}

std::string at_character(const Node& node) {
    return "at character " + std::to_string(node.at + 1) + ": ";
}

class Linter {
public:
    Linter(const Form& form, const AudioSeconds& audio)
        : form_{form}, audio_{audio}, picture_{form, nobody_} {}

    LintReport run() {
        for (RowIndex i = 0; i < form_.rows.size(); ++i) {
            row_ = i;
            check_relevance();
            check_expressions();
            if (form_.rows[i].line.ivr) check_on_the_line();
            check_for_interviewers();
        }
        const PromptList prompts = list_prompts(form_);
        check_recordings(prompts);
        append(prompts.problems);
        append(form_.notices);
        simulate_interviews();
        std::ranges::stable_sort(report_.findings, {}, &SheetProblem::row);
        return std::move(report_);
    }

private:
    const Row& row() const { return form_.rows[row_]; }

    void append(const std::vector<SheetProblem>& findings) {
        report_.findings.insert(report_.findings.end(), findings.begin(), findings.end());
    }

    void find(std::string_view column, std::string what, std::string mend) {
        report_.findings.push_back({.sheet = "survey.csv",
                                    .row = row().sheet_row,
                                    .column = std::string{column},
                                    .what = std::move(what),
                                    .mend = std::move(mend)});
    }

    void check_relevance() {
        const Expression& relevant = row().relevant;
        if (relevant.empty() || !is_constant(relevant) || row().home != kNoRow) return;
        if (to_boolean(picture_.evaluate_at({row_, {}}, relevant))) return;
        find("relevant", "the condition is always false: the row is never asked",
             "correct the condition, or take the row out");
    }

    void check_expressions() {
        for (const auto& [column, expression] :
             {std::pair{"relevant", &row().relevant}, std::pair{"calculation", &row().calculation},
              std::pair{"constraint", &row().constraint},
              std::pair{"tel::soft_constraint", &row().soft_constraint},
              std::pair{"choice_filter", &row().choice_filter}}) {
            for (const Node& node : expression->nodes) {
                check_comparison(column, *expression, node);
                check_truth(column, *expression, node);
            }
        }
        const Expression& relevant = row().relevant;
        if (!relevant.empty() && relevant.root().op == Op::Reference)
            bare(relevant.root(), "relevant");
    }

    /// A text that is compared with a select and is none of its choices can never be equal.
    void check_comparison(std::string_view column, const Expression& expression, const Node& node) {
        const bool equality =
            node.op == Op::Chain && (node.text == "=" || node.text == "!=" || node.text == "!");
        const bool selected = node.op == Op::Call && node.function == Function::Selected;
        if ((!equality && !selected) || node.args.size() != 2) return;
        const Node* reference = &expression.nodes[node.args[0]];
        const Node* text = &expression.nodes[node.args[1]];
        if (equality && reference->op == Op::Text) std::swap(reference, text);
        if (reference->op != Op::Reference || text->op != Op::Text || text->text.empty()) return;
        const Row& asked = form_.rows[reference->row];
        if (!is_select(asked.type) || find_choice(form_, asked, text->text) != nullptr) return;
        if (equality && asked.type == RowType::SelectMultiple &&
            text->text.find(' ') != std::string::npos)
            return;
        find(column,
             at_character(*text) + "'" + text->text + "' is no choice of '" + asked.name +
                 "': this never holds",
             "correct the name of the choice");
    }

    void check_truth(std::string_view column, const Expression& expression, const Node& node) {
        if (node.op != Op::And && node.op != Op::Or) return;
        for (const std::uint32_t arg : node.args) bare(expression.nodes[arg], column);
    }

    void bare(const Node& node, std::string_view column) {
        if (node.op != Op::Reference) return;
        find(column,
             at_character(node) + "${" + node.text +
                 "} by itself holds for every answer, also 'no' and 0",
             "compare it: ${" + node.text + "} = 'yes', or != ''");
    }

    // --- on the line ---

    void check_on_the_line() {
        if (is_select(row().type) && !row().read_only) check_choices();
        check_typed_numbers();
        const bool no_way_out = !row().line.dont_know && !row().line.refuse;
        if (is_question(row()) && row().required && no_way_out) {
            find("required", "nobody can go on without an answer here",
                 "let tel::dk or tel::refuse be yes");
        }
        if (row().disposition == Disposition::Partial && in_a_branch()) {
            find("tel::disposition",
                 "the row that makes an interview partial is not asked of everybody",
                 "mark a row outside of conditions and repeats");
        }
    }

    bool in_a_branch() const {
        for (RowIndex at = row_; at != kNoRow; at = form_.rows[at].parent) {
            if (!form_.rows[at].relevant.empty() || form_.rows[at].type == RowType::Repeat)
                return true;
        }
        return false;
    }

    void check_choices() {
        const auto& choices = form_.lists[row().list].choices;
        if (choices.size() > kSpokenOptionsMax) {
            find("type", std::to_string(choices.size()) + " choices are more than people remember",
                 "filter them, or ask in two questions");
        }
        const auto is_exclusive = [](const Choice& choice) { return choice.exclusive; };
        if (row().type == RowType::SelectMultiple && std::ranges::none_of(choices, is_exclusive)) {
            find("type", "nothing can be pressed by who wants none of the choices",
                 "add a choice 'none' with tel::exclusive yes");
        }
        check_keys();
    }

    void check_keys() {
        const auto& choices = form_.lists[row().list].choices;
        std::vector<std::uint32_t> all(choices.size());
        for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
        const auto keys = keys_of(form_, row(), all);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i].empty() && row().choice_filter.empty()) {
                find("tel::keys", "no key chooses '" + choices[i].name + "'",
                     "give it one in tel::keys");
            }
        }
        std::vector<std::string> sorted = keys;
        std::ranges::sort(sorted);
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            if (sorted[i - 1].empty() || !sorted[i].starts_with(sorted[i - 1]) ||
                sorted[i] == sorted[i - 1])
                continue;
            find("tel::keys",
                 "key " + sorted[i - 1] + " begins key " + sorted[i] +
                     ": the shorter one waits for a pause",
                 "give keys of one length");
        }
        for (const char key : {'*', '#'}) {
            if (!owns_key(form_, row(), key)) continue;
            find("tel::keys",
                 std::string{"a choice has the key "} + key + ": its commands do not work here",
                 "give the choice a digit, and see that people can still opt out");
        }
    }

    /// A keypad has no minus sign.
    void check_typed_numbers() {
        const bool number = row().type == RowType::Integer || row().type == RowType::Decimal;
        if (!number || row().constraint.empty() || !refers_only_to_own(row().constraint)) return;
        if (row().home != kNoRow) return;
        const auto allowed = [&](std::string_view value) {
            return picture_.allows({row_, {}}, std::string{value});
        };
        constexpr std::array<std::string_view, 9> kPressed{"0",  "0.5", "1",   "2",   "5",
                                                           "10", "50",  "100", "1000"};
        constexpr std::array<std::string_view, 4> kNegative{"-0.5", "-1", "-10", "-100"};
        if (std::ranges::any_of(kPressed, allowed) || std::ranges::none_of(kNegative, allowed))
            return;
        find("constraint", "only numbers below 0 are taken, and a keypad has no minus sign",
             "ask for the number without its sign");
    }

    void check_recordings(const PromptList& prompts) {
        if (audio_.empty()) return;
        for (const ListedPrompt& prompt : prompts.prompts) {
            if (!prompt.text.empty() || audio_.contains(prompt.reference)) continue;
            report_.findings.push_back(
                {.sheet = prompt.sheet,
                 .row = prompt.row,
                 .column = prompt.column,
                 .what = "the recording " + prompt.reference + " is not there",
                 .mend = "add the file, or correct its name"});
        }
    }

    // --- for interviewers ---

    void check_for_interviewers() {
        for (const Template& label : row().label) {
            std::size_t letters = 0;
            bool small = false;
            for (const char c : source_of(label)) {
                letters += c >= 'A' && c <= 'Z' ? 1 : 0;
                small = small || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
            }
            if (small || letters < kCapitalsMin) continue;
            return find("label", "a text in capitals means 'do not read' to interviewers",
                        "write it in small letters, or make it a hint");
        }
    }

    // --- the whole ---

    /// By itself or through calculations.
    [[nodiscard]] bool reads_contact(const Expression& expression) const {
        return std::ranges::any_of(expression.nodes, [&](const Node& node) {
            if (node.op == Op::Contact) return true;
            return node.row != kNoRow && form_.rows[node.row].type == RowType::Calculate &&
                   reads_contact(form_.rows[node.row].calculation);
        });
    }

    /// Does the condition of the row, or of a group around it, ask for a column of the list?
    [[nodiscard]] bool hangs_on_contact(RowIndex asked) const {
        for (RowIndex around = asked; around != kNoRow; around = form_.rows[around].parent) {
            if (reads_contact(form_.rows[around].relevant)) return true;
        }
        return false;
    }

    void simulate_interviews() {
        const std::size_t rows = form_.rows.size();
        const std::size_t wanted =
            std::clamp(kRowsTimesItems / (rows * rows) | 1, kSimulatedMin, kSimulatedMax);
        Simulation simulation = simulate(form_, audio_, wanted, kSeed);
        const std::size_t count = simulation.items.size();
        for (row_ = 0; row_ < form_.rows.size(); ++row_) {
            const bool presented = row().type < RowType::Calculate;
            if (!presented || simulation.reached[row_] || simulation.cut || !row().line.ivr)
                continue;
            if (hangs_on_contact(row_)) continue;  // nobody's columns are simulated
            find("", "none of " + std::to_string(count) + " simulated interviews came to this row",
                 "see whether its condition, and those of the groups around it, can hold");
        }
        if (simulation.cut) {
            report_.findings.push_back(
                {.sheet = "survey.csv",
                 .row = 0,
                 .column = {},
                 .what = "the questionnaire is too large to be walked through: what is said of its "
                         "length is of its beginning",
                 .mend = "filter lists in two questions, or let repeats have fewer instances"});
        }
        std::ranges::sort(simulation.items);
        std::ranges::sort(simulation.seconds);
        report_.simulated = count;
        report_.items_median = simulation.items[count / 2];
        report_.items_longest = simulation.items.back();
        report_.seconds_median = simulation.seconds[count / 2];
        report_.seconds_longest = simulation.seconds.back();
    }

    const Form& form_;
    const AudioSeconds& audio_;
    const Answers nobody_;
    const Picture picture_;  // before anything is asked
    RowIndex row_ = 0;
    LintReport report_;
};

}  // namespace

LintReport lint(const Form& form, const AudioSeconds& audio) { return Linter{form, audio}.run(); }

}  // namespace bellwether::campaigns::form
