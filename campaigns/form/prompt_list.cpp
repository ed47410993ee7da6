#include "campaigns/form/prompt_list.h"

#include <algorithm>
#include <map>
#include <utility>

#include "campaigns/cell_text.h"
#include "campaigns/form/keys.h"
#include "campaigns/form/sheets.h"
#include "campaigns/form/speech.h"

namespace bellwether::campaigns::form {
namespace {

constexpr int kWholeNumbersMax = 100;  // spoken_parts() says more digit by digit
constexpr std::size_t kKeysByPlaceMax = 99;
constexpr int kResultDepthMax = 64;

class Lister {
public:
    explicit Lister(const Form& form) : form_{form} {}

    PromptList list() {
        for (const std::size_t language : form_.line_languages) {
            language_ = language;
            speaks_ = speaks(form_, language);
            for (const Row& row : form_.rows) list_row(row);
            list_built_in();
        }
        for (auto& [reference, prompt] : prompts_) list_.prompts.push_back(std::move(prompt));
        return std::move(list_);
    }

private:
    const std::string& code() const { return form_.languages[language_]; }

    void add(ListedPrompt prompt) {
        if (place_ != nullptr && prompt.sheet.empty()) {
            prompt.sheet = "survey.csv";
            prompt.row = place_->sheet_row;
            prompt.column = column_;
        }
        std::string reference = prompt.reference;
        prompts_.try_emplace(std::move(reference), std::move(prompt));
    }

    void add_file(const std::string& file) {
        if (!file.empty())
            add({.reference = file, .language = code(), .text = {}, .sheet = {}, .column = {}});
    }

    void add_text(std::size_t language, std::string_view text) {
        const SpokenText spoken{form_.languages[language], std::string{trimmed(text)}};
        if (!has_words(spoken.text)) return;
        add({.reference = reference_of(spoken),
             .language = spoken.language,
             .text = spoken.text,
             .sheet = {},
             .column = {}});
    }

    void list_row(const Row& row) {
        const bool said = row.type < RowType::Calculate ||
                          (row.type == RowType::Repeat && row.repeat_count.empty());
        if (!said || !row.line.ivr) return;
        place_ = &row;
        column_ = "label";
        const bool recorded = list_text_or_recording(line_label(row), row.audio);
        if (row.type == RowType::Repeat && !recorded) {
            add_text(language_, built_in(BuiltIn::Another, code()));
        }
        column_ = "type";
        if (is_select(row.type) && !row.read_only) list_choices(row);
        column_ = "constraint_message";
        list_text_or_recording(row.constraint_message, {});
        column_ = "tel::soft_message";
        if (!row.soft_constraint.empty()) list_doubt(row);
        column_ = "tel::invalid_audio";
        for (const ByLanguage& files : row.line.invalid_audio)
            add_file(in_language(form_, files, language_));
        column_ = "tel::noinput_audio";
        for (const ByLanguage& files : row.line.noinput_audio)
            add_file(in_language(form_, files, language_));
        column_ = "tel::confirm";
        if (row.line.confirm) list_confirm(row);
        place_ = nullptr;
    }

    void list_doubt(const Row& row) {
        list_text_or_recording(row.soft_message, {});
        if (!speaks_) return;
        add_text(language_, built_in(BuiltIn::Unusual, code()));
        add_text(language_, built_in(BuiltIn::SameAgain, code()));
    }

    /// @return is it a recording?
    bool list_text_or_recording(const std::vector<Template>& text, const ByLanguage& audio) {
        std::vector<std::size_t> order{language_, form_.default_language};
        for (std::size_t i = 0; i < form_.languages.size(); ++i) order.push_back(i);
        for (const std::size_t i : order) {
            if (i < audio.size() && !audio[i].empty()) {
                add_file(audio[i]);
                return true;
            }
            if (i >= text.size() || text[i].empty()) continue;
            for (const TextPart& part : text[i]) list_part(i, part);
            return false;
        }
        return false;
    }

    void list_part(std::size_t language, const TextPart& part) {
        if (part.reference.empty()) return add_text(language, part.text);
        const Node& node = part.reference.root();
        if (node.op != Op::Reference) return report(part.reference.source);
        const Row& target = form_.rows[node.row];
        if (is_select(target.type)) return list_names(language, target);
        switch (target.type) {
            case RowType::Integer:
            case RowType::Decimal:
            case RowType::Range:
            case RowType::Date:
            case RowType::Time:
                return list_numbers(language);
            case RowType::Calculate:
                return list_results(language, target.calculation, part.reference.source);
            default:
                return report(part.reference.source);
        }
    }

    void report(const std::string& field) {
        SheetProblem problem{
            .sheet = "survey.csv",
            .row = place_->sheet_row,
            .column = column_,
            .what =
                "nobody knows before the call what " + field + " will be, so it cannot be spoken",
            .mend =
                "use a recording without it, or say it by an interviewer: numbers, dates and "
                "choices can be joined from parts, other words cannot"};
        const auto& known = list_.problems;
        if (std::ranges::find(known, problem) == known.end())
            list_.problems.push_back(std::move(problem));
    }

    /// What a calculation can be spoken as: what its expression can give.
    void list_results(std::size_t language, const Expression& expression,
                      const std::string& field) {
        list_result(language, expression, expression.root(), field, 0);
    }

    void list_result(std::size_t language, const Expression& expression, const Node& node,
                     const std::string& field, int depth) {
        if (depth > kResultDepthMax) return report(field);
        const auto arg = [&](std::size_t i) -> const Node& {
            return expression.nodes[node.args[i]];
        };
        if (node.op == Op::Text) return add_text(language, node.text);
        if (node.op == Op::Number || node.op == Op::Negate || node.op == Op::Chain) {
            return list_numbers(language);
        }
        if (node.op == Op::Reference) {
            return list_part(language, TextPart{.text = {}, .reference = alone(node)});
        }
        if (node.op != Op::Call) return report(field);
        if (node.function == Function::If || node.function == Function::Coalesce) {
            const std::size_t first = node.function == Function::If ? 1 : 0;
            list_result(language, expression, arg(first), field, depth + 1);
            return list_result(language, expression, arg(first + 1), field, depth + 1);
        }
        if (node.function == Function::Once) {
            return list_result(language, expression, arg(0), field, depth + 1);
        }
        if (node.function == Function::ChoiceName)
            return list_labels(language, form_.rows[node.row]);
        if (gives_numbers(node.function)) return list_numbers(language);
        report(field);
    }

    static Expression alone(const Node& reference) {
        return {.source = "${" + reference.text + '}', .nodes = {reference}};
    }

    static bool gives_numbers(Function function) {
        const bool arithmetic = function == Function::Int || function == Function::Round ||
                                function == Function::Number || function == Function::Abs ||
                                function == Function::Pow || function == Function::Sqrt ||
                                function == Function::CountSelected ||
                                function == Function::StringLength ||
                                function == Function::Position;
        const bool over_sets = function >= Function::Sum && function <= Function::CountNonEmpty;
        const bool dates = function == Function::Today || function == Function::Date;
        return arithmetic || over_sets || dates;
    }

    void list_numbers(std::size_t language) {
        for (int n = 0; n <= kWholeNumbersMax; ++n) add_text(language, std::to_string(n));
        add_text(language, built_in(BuiltIn::Point, form_.languages[language]));
    }

    void list_names(std::size_t language, const Row& row) {
        for (const Choice& choice : form_.lists[row.list].choices) add_text(language, choice.name);
    }

    void list_labels(std::size_t language, const Row& row) {
        for (const Choice& choice : form_.lists[row.list].choices) {
            add_text(language, in_language(form_, choice.label, language));
        }
    }

    void list_choices(const Row& row) {
        if (!offers_choices(form_, row, language_)) return;
        const auto& choices = form_.lists[row.list].choices;
        const LineRules& rules = row.line;
        for (const Choice& choice : choices) {
            const std::string& file = in_language(form_, choice.audio, language_);
            const std::string& label = in_language(form_, choice.label, language_);
            if (file.empty()) {
                add_text(language_, offer_texts(label.empty() ? choice.name : label, "", code(),
                                                rules.prompt_order)
                                        .choice);
            } else {
                add({.reference = file,
                     .language = code(),
                     .text = {},
                     .sheet = "choices.csv",
                     .row = choice.sheet_row,
                     .column = "media::audio"});
            }
        }
        for (const std::string& key : all_keys(row)) {
            add_text(language_, offer_texts("", key, code(), rules.prompt_order).key);
        }
    }

    /// Keys the row's choices can have: a filter or a shuffle may give them any place.
    std::vector<std::string> all_keys(const Row& row) const {
        const std::size_t count = form_.lists[row.list].choices.size();
        std::vector<std::uint32_t> places;
        std::vector<std::string> keys;
        if (!has_automatic_keys(form_, row)) {
            for (std::uint32_t i = 0; i < count; ++i) places.push_back(i);
            return keys_of(form_, row, places);
        }
        const std::size_t fewest = row.choice_filter.empty() ? count : 1;
        for (std::size_t n = fewest; n <= std::min(count, kKeysByPlaceMax); ++n) {
            places.resize(n);
            for (std::string& key : keys_of(form_, row, places)) keys.push_back(std::move(key));
        }
        std::ranges::sort(keys);
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        return keys;
    }

    void list_confirm(const Row& row) {
        add_text(language_, built_in(BuiltIn::ConfirmBefore, code()));
        add_text(language_, built_in(BuiltIn::ConfirmAfter, code()));
        if (!is_select(row.type)) return list_numbers(language_);
        for (const Choice& choice : form_.lists[row.list].choices) {
            const std::string& file = in_language(form_, choice.audio, language_);
            const std::string& label = in_language(form_, choice.label, language_);
            if (file.empty()) {
                add_text(language_, label.empty() ? choice.name : label);
            } else {
                add_file(file);
            }
        }
    }

    void list_built_in() {
        const std::string& file = in_language(form_, form_.opt_out_audio, language_);
        if (!file.empty()) {
            add({.reference = file,
                 .language = code(),
                 .text = {},
                 .sheet = "settings.csv",
                 .row = 2,
                 .column = "tel::opt_out_audio"});
        }
        const std::string& hold = in_language(form_, form_.handover_audio, language_);
        if (!hold.empty()) {
            add({.reference = hold,
                 .language = code(),
                 .text = {},
                 .sheet = "settings.csv",
                 .row = 2,
                 .column = "tel::handover_audio"});
        }
        if (!speaks_) return;
        for (const BuiltIn text : {BuiltIn::Invalid, BuiltIn::NoInput, BuiltIn::OptOutConfirm,
                                   BuiltIn::OptOutDone, BuiltIn::NoAgent, BuiltIn::CallBack}) {
            add_text(language_, built_in(text, code()));
        }
        if (form_.max_call.count() > 0) add_text(language_, built_in(BuiltIn::TimeIsUp, code()));
    }

    const Form& form_;
    PromptList list_;
    std::map<std::string, ListedPrompt> prompts_;
    std::size_t language_ = 0;
    bool speaks_ = false;
    const Row* place_ = nullptr;  // the row at hand; null: none
    std::string column_;
};

}  // namespace

PromptList list_prompts(const Form& form) { return Lister{form}.list(); }

}  // namespace bellwether::campaigns::form
