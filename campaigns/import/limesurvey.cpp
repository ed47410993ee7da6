#include "campaigns/import/limesurvey.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "campaigns/cell_text.h"
#include "campaigns/import/limesurvey_names.h"
#include "campaigns/import/limesurvey_quotas.h"

namespace bellwether::campaigns::import {
namespace {

constexpr std::string_view kToBeMended = "untranslated: ";

/// Attributes that change the interview and have no counterpart here.
constexpr std::array<std::string_view, 11> kLostAttributes{
    "array_filter",     "array_filter_exclude", "em_validation_q", "em_validation_sq",
    "equals_num_value", "min_num_value",        "max_num_value",   "date_min",
    "date_max",         "time_limit",           "random_group"};

/// Columns that are taken over; all others only change what a screen shows.
constexpr std::array<std::string_view, 26> kTakenColumns{"numbers_only",
                                                         "id",
                                                         "related_id",
                                                         "class",
                                                         "type/scale",
                                                         "name",
                                                         "relevance",
                                                         "text",
                                                         "help",
                                                         "language",
                                                         "validation",
                                                         "mandatory",
                                                         "other",
                                                         "default",
                                                         "same_default",
                                                         "hidden",
                                                         "equation",
                                                         "random_order",
                                                         "answer_order",
                                                         "min_answers",
                                                         "max_answers",
                                                         "exclude_all_others",
                                                         "min_num_value_n",
                                                         "max_num_value_n",
                                                         "num_value_int_only",
                                                         "assessment_value"};

struct PlainChoice {
    std::string_view name;
    std::string_view label;
};
constexpr std::array<PlainChoice, 2> kYesNo{{{"Y", "Yes"}, {"N", "No"}}};
constexpr std::array<PlainChoice, 2> kGender{{{"F", "Female"}, {"M", "Male"}}};
constexpr std::array<PlainChoice, 3> kUncertain{{{"Y", "Yes"}, {"U", "Uncertain"}, {"N", "No"}}};
constexpr std::array<PlainChoice, 3> kChange{{{"I", "Increase"}, {"S", "Same"}, {"D", "Decrease"}}};

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("-.0123456789") == std::string_view::npos;
}

class LimeImport {
public:
    LimeImport(const LimeSurvey& survey, Imported made)
        : survey_{survey},
          names_{survey},
          made_{std::move(made)},
          survey_sheet_{survey_columns()},
          choices_{choices_columns()} {}

    Imported make() {
        add_words("welcome", survey_.welcome);
        for (const LimeGroup& group : survey_.groups) add_group(group);
        add_words("thanks", survey_.thanks);
        made_.quotas = lime_quotas(survey_, names_, survey_sheet_, made_);
        note_passed_over();
        made_.survey = survey_sheet_.csv();
        made_.choices = choices_.csv();
        made_.settings = settings();
        std::ranges::stable_sort(made_.lost, {}, &ImportNote::line);
        std::ranges::stable_sort(made_.notes, {}, &ImportNote::line);
        return std::move(made_);
    }

private:
    using Row = SheetRows::Row;

    std::vector<std::string> with_languages(std::vector<std::string> before,
                                            std::vector<std::string> texts,
                                            const std::vector<std::string>& behind) const {
        for (const std::string& text : texts) {
            for (const std::string& language : survey_.languages)
                before.push_back(text + "::" + language);
        }
        before.insert(before.end(), behind.begin(), behind.end());
        return before;
    }
    std::vector<std::string> survey_columns() const {
        return with_languages(
            {"type", "name"}, {"label", "hint"},
            {"relevant", "constraint", "required", "calculation", "parameters", "default"});
    }
    std::vector<std::string> choices_columns() const {
        return with_languages({"list_name", "name"}, {"label"}, {"tel::exclusive"});
    }

    // Once each: what several rows have of one question is read for each of them.
    void lose(const LimeItem& item, std::string what, std::string mend) {
        if (said_.emplace(item.line, what).second)
            made_.lost.push_back({item.line, std::move(what), std::move(mend)});
    }
    void note(const LimeItem& item, std::string what, std::string mend = "nothing") {
        if (said_.emplace(item.line, what).second)
            made_.notes.push_back({item.line, std::move(what), std::move(mend)});
    }

    // --- texts ---

    std::string plain(const LimeItem& item, const std::string& written) {
        std::vector<std::string> left;
        const PlainText text = plain_text(names_.text(written, left));
        if (text.had_html) note(item, "HTML was taken out of the text");
        for (const std::string& piece : left) {
            lose(item, "the text has " + piece.substr(0, 80) + ", which stands there as it was",
                 "make it a calculation, and write ${its name} into the text");
        }
        return text.text;
    }

    /// @param whole  what is said before it in each language: the question of a sub-question
    void put_texts(Row& row, std::string_view column, const LimeItem& item, const LimeTexts& texts,
                   const LimeItem* whole = nullptr) {
        for (const std::string& language : survey_.languages) {
            std::string words;
            if (whole != nullptr && whole->text.contains(language))
                words = plain(*whole, whole->text.at(language));
            const auto text = texts.find(language);
            const std::string own = text == texts.end() ? "" : plain(item, text->second);
            if (!words.empty() && !own.empty()) words += ' ';
            row[std::string{column} + "::" + language] = words + own;
        }
    }

    void add_words(std::string_view name, const LimeTexts& texts) {
        if (std::ranges::all_of(texts, [](const auto& text) { return text.second.empty(); }))
            return;
        Row& row = survey_sheet_.add();
        row["type"] = "note";
        row["name"] = names_.extra(name);
        put_texts(row, "label", LimeItem{}, texts);
    }

    // --- conditions ---

    /// ExpressionScript as an expression; what cannot be translated stands there to be mended.
    std::string condition(const LimeItem& item, const std::string& script, const char* what) {
        const auto found =
            translate_script(script, [this](std::string_view name) { return names_.find(name); });
        if (found) return *found;
        lose(item,
             std::string{what} + ", at character " + std::to_string(found.error().at + 1) + ": " +
                 found.error().what,
             "write it anew where 'untranslated:' stands");
        return std::string{kToBeMended} + script;
    }

    /// Conditions joined; one that is to be mended stands alone, so that it is seen.
    static std::string joined(const std::vector<std::string>& conditions) {
        for (const std::string& one : conditions) {
            if (one.starts_with(kToBeMended)) return one;
        }
        return all_of(conditions);
    }

    std::string old_conditions(const LimeQuestion& question) {
        std::vector<std::string> all;
        for (const LimeItem& old : question.conditions) {
            const auto field = names_.field(old.name);
            std::string op{trimmed(old.cell("relevance"))};
            if (op.empty() || op == "==") op = "=";
            constexpr std::array<std::string_view, 6> kOps{"=", "!=", "<", "<=", ">", ">="};
            const std::string& value = old.cell("text");
            if (!field || std::ranges::find(kOps, op) == kOps.end() || value.starts_with("@")) {
                lose(old, "the condition on '" + old.name.substr(0, 60) + "' (" + op + ")",
                     "write it into the column relevant");
                continue;
            }
            all.push_back(*field + " " + op + " " + (is_number(value) ? value : literal_of(value)));
        }
        return all_of(all);
    }

    // --- groups and questions ---

    void add_group(const LimeGroup& group) {
        Row& row = survey_sheet_.add();
        row["type"] = "begin_group";
        const std::string name = names_.extra("group_" + group.scale);
        row["name"] = name;
        row["label::" + survey_.language] = group.name;
        row["relevant"] = condition(group, group.cell("relevance"), "the condition of the group");
        if (!group.cell("random_group").empty()) {
            lose(group, "the group is shuffled with others ('random_group')",
                 "put those groups into one with randomize=true");
        }
        const bool described =
            std::ranges::any_of(group.text, [](const auto& t) { return !t.second.empty(); });
        if (described) {
            Row& words = survey_sheet_.add();
            words["type"] = "note";
            words["name"] = names_.extra(name + "_text");
            put_texts(words, "label", group, group.text);
        }
        for (const LimeQuestion& question : group.questions) add_question(question);
        survey_sheet_.add()["type"] = "end_group";
    }

    /// A row of the question, with what all its rows have in common.
    Row& add_row(const LimeQuestion& question, const std::string& type, const std::string& name) {
        Row& row = survey_sheet_.add();
        row["type"] = type;
        row["name"] = name;
        put_texts(row, "label", question, question.text);
        put_texts(row, "hint", question, question.help);
        row["relevant"] = joined({condition(question, question.cell("relevance"), "the condition"),
                                  old_conditions(question)});
        const std::string& mandatory = question.cell("mandatory");
        if (mandatory == "Y" && type != "note") row["required"] = "yes";
        if (mandatory == "S") note(question, "a softly mandatory question is not required here");
        return row;
    }

    void add_question(const LimeQuestion& question) {
        if (!names_seen_.insert(question.name).second) {
            return lose(question, "a second question with the code '" + question.name + "'",
                        "give it another code in LimeSurvey, and export again");
        }
        check_attributes(question);
        const char type = type_of(question);
        switch (type) {
            case 'L':
            case '!':
            case 'O':
                return add_list(question);
            case 'M':
            case 'P':
                return add_multiple(question);
            case 'Y':
                return add_plain_list(question, kYesNo);
            case 'G':
                return add_plain_list(question, kGender);
            case '5':
                add_row(question, "range", names_.of(question))["parameters"] = "start=1 end=5";
                return;
            case 'N':
                return add_number(question);
            case 'S':
            case 'T':
            case 'U':
                return question.cell("numbers_only") == "1" ? add_number(question)
                                                            : add_text(question);
            case 'D':
                add_row(question, "date", names_.of(question));
                return;
            case 'X':
                add_row(question, "note", names_.of(question));
                return;
            case '*':
                return add_equation(question);
            default:
                break;
        }
        if (has_part_rows(type)) return add_parts(question, type);
        lose(question,
             "the question '" + question.name + "' has the type " + std::string{type} +
                 ", which is not taken by telephone",
             "ask for it in another way");
    }

    void check_attributes(const LimeQuestion& question) {
        for (const std::string_view attribute : kLostAttributes) {
            const std::string& value = question.cell(attribute);
            if (value.empty() || value == "0") continue;
            lose(question,
                 "the attribute " + std::string{attribute} + " of '" + question.name + "'",
                 "write it as a constraint, a filter or a condition");
        }
        for (const auto& [column, value] : question.cells) {
            const bool taken = std::ranges::find(kTakenColumns, column) != kTakenColumns.end() ||
                               std::ranges::find(kLostAttributes, column) != kLostAttributes.end();
            if (!taken && !value.empty() && value != "0") passed_over_.insert(column);
        }
        if (question.cell("hidden") == "1" && type_of(question) != '*') {
            lose(question, "'" + question.name + "' is hidden in LimeSurvey, and asked here",
                 "make it a calculation, or take it out");
        }
    }

    void note_passed_over() {
        std::string columns;
        for (const std::string& column : passed_over_)
            columns += (columns.empty() ? "" : ", ") + column;
        if (columns.empty()) return;
        made_.notes.push_back(
            {0, "attributes of the screen are passed over: " + columns.substr(0, 400), "nothing"});
    }

    void add_choice(const std::string& list, const LimeItem& answer) {
        Row& row = choices_.add();
        row["list_name"] = list;
        row["name"] = answer.name;
        put_texts(row, "label", answer, answer.text);
    }

    template <std::size_t N>
    std::string add_plain_choices(const std::array<PlainChoice, N>& choices) {
        const std::string& any = survey_.language;
        auto [list, is_new] = plain_lists_.try_emplace(std::string{choices[0].label});
        if (!is_new) return list->second;
        std::string name;
        for (const PlainChoice& choice : choices)
            name += (name.empty() ? "" : "_") + lower_case(choice.label);
        list->second = lists_.make(name);
        for (const PlainChoice& choice : choices) {
            Row& row = choices_.add();
            row["list_name"] = list->second;
            row["name"] = choice.name;
            row["label::" + any] = choice.label;
        }
        if (any != "en" || survey_.languages.size() > 1) {
            made_.notes.push_back({0, "the choices of '" + name + "' are in English",
                                   "translate them in choices.csv"});
        }
        return list->second;
    }

    template <std::size_t N>
    void add_plain_list(const LimeQuestion& question, const std::array<PlainChoice, N>& choices) {
        Row& row = add_row(question, "", names_.of(question));
        row["type"] = "select_one " + add_plain_choices(choices);
        put_default(row, question);
    }

    void put_default(Row& row, const LimeQuestion& question) {
        if (!question.cell("default").empty()) row["default"] = question.cell("default");
    }

    /// The choices of a question, of one scale. A choice without a name, or one that stands there
    /// before, is named and left out.
    std::string add_choices(const LimeQuestion& question, const std::vector<LimeItem>& items,
                            std::string_view scale, const std::string& wanted) {
        const std::string list = lists_.make(wanted);
        std::set<std::string> seen;
        for (const LimeItem& item : items) {
            if (!scale.empty() && item.scale != scale) continue;
            const bool fits = !item.name.empty() && words_of(item.name).size() == 1;
            if (fits && seen.insert(item.name).second) {
                add_choice(list, item);
            } else {
                lose(item, "an answer of '" + question.name + "' without a code of its own",
                     "give it one in LimeSurvey, and export again");
            }
        }
        if (question.cell("other") == "Y" && seen.insert("other").second) {
            Row& row = choices_.add();
            row["list_name"] = list;
            row["name"] = "other";
            for (const std::string& language : survey_.languages)
                row["label::" + language] = "Other";
        }
        if (seen.empty()) {
            lose(question, "'" + question.name + "' has no answers to choose from", "add some");
        }
        return list;
    }

    static std::string shuffled(const LimeQuestion& question) {
        const bool shuffle =
            question.cell("random_order") == "1" || question.cell("answer_order") == "random";
        return shuffle ? "randomize=true" : "";
    }

    void add_list(const LimeQuestion& question) {
        const std::string& name = names_.of(question);
        {
            Row& row = add_row(question, "", name);
            row["type"] = "select_one " + add_choices(question, question.answers, "", name);
            row["parameters"] = shuffled(question);
            put_default(row, question);
        }
        add_other(question, "${" + name + "} = 'other'");
        if (type_of(question) != 'O') return;
        Row& comment = survey_sheet_.add();
        comment["type"] = "text";
        comment["name"] = names_.of(question, "comment");
        for (const std::string& language : survey_.languages)
            comment["label::" + language] = "Your comment";
        comment["relevant"] = "${" + name + "} != ''";
    }

    void add_other(const LimeQuestion& question, const std::string& chosen) {
        if (question.cell("other") != "Y") return;
        Row& row = survey_sheet_.add();
        row["type"] = "text";
        row["name"] = names_.of(question, "other");
        for (const std::string& language : survey_.languages)
            row["label::" + language] = "Please say which other";
        row["relevant"] = chosen;
        note(question, "'other' of '" + question.name + "' is a choice and a text question",
             "word it in the questionnaire's language");
    }

    void add_multiple(const LimeQuestion& question) {
        const std::string& name = names_.of(question);
        std::string list;
        {
            Row& row = add_row(question, "", name);
            list = add_choices(question, question.parts, "", name);
            row["type"] = "select_multiple " + list;
            row["parameters"] = shuffled(question);
            std::vector<std::string> limits;
            for (const auto& [attribute, op] :
                 {std::pair{"min_answers", " >= "}, std::pair{"max_answers", " <= "}}) {
                const std::string& limit = question.cell(attribute);
                if (is_number(limit)) limits.push_back("count-selected(.)" + (op + limit));
                if (!limit.empty() && !is_number(limit))
                    lose(question, std::string{attribute} + " is no number",
                         "write it as a constraint");
            }
            row["constraint"] = all_of(limits);
        }
        std::string exclusive = question.cell("exclude_all_others");
        std::ranges::replace(exclusive, ';', ' ');
        for (const std::string_view code : words_of(exclusive)) {
            for (Row& choice : choices_.rows()) {
                if (choice["list_name"] == list && choice["name"] == code)
                    choice["tel::exclusive"] = "yes";
            }
        }
        add_other(question, "selected(${" + name + "}, 'other')");
        if (type_of(question) == 'P') {
            lose(question, "the comments to each answer of '" + question.name + "'",
                 "ask for them in text questions");
        }
    }

    void put_number(Row& row, const LimeQuestion& question) {
        row["type"] = question.cell("num_value_int_only") == "1" ? "integer" : "decimal";
        std::vector<std::string> limits;
        for (const auto& [attribute, op] :
             {std::pair{"min_num_value_n", ". >= "}, std::pair{"max_num_value_n", ". <= "}}) {
            if (question.cell(attribute).empty()) continue;
            const std::string limit = condition(question, question.cell(attribute), attribute);
            // `1` alone is "always" as a condition, and a number as a limit.
            limits.push_back(limit.starts_with(kToBeMended)
                                 ? limit
                                 : op + (limit.empty() ? question.cell(attribute) : limit));
        }
        row["constraint"] = joined(limits);
    }

    void add_number(const LimeQuestion& question) {
        Row& row = add_row(question, "decimal", names_.of(question));
        put_number(row, question);
        put_default(row, question);
    }

    void add_text(const LimeQuestion& question) {
        Row& row = add_row(question, "text", names_.of(question));
        const std::string& pattern = question.cell("validation");
        if (pattern.empty()) return;
        const auto whole = whole_pattern(pattern);
        if (whole) {
            row["constraint"] = "regex(., " + literal_of(*whole) + ")";
        } else {
            lose(question, "the validation of '" + question.name + "'",
                 "write it as a constraint with regex(., 'pattern')");
        }
    }

    void add_equation(const LimeQuestion& question) {
        const std::string& written =
            question.cell("equation").empty() ? question.cell("text") : question.cell("equation");
        const std::string script{trimmed(plain_text(written).text)};
        const bool whole = script.starts_with('{') && script.find('}') == script.size() - 1;
        Row& row = survey_sheet_.add();
        row["type"] = "calculate";
        row["name"] = names_.of(question);
        row["relevant"] = joined({condition(question, question.cell("relevance"), "the condition"),
                                  old_conditions(question)});
        if (whole || script.find('{') == std::string::npos) {
            const std::string made = condition(question, script, "the equation");
            row["calculation"] = made.empty() ? "1" : made;  // {1}: "always" as a condition
        } else {
            lose(question, "the equation of '" + question.name + "' mixes words and expressions",
                 "write it with concat() where 'untranslated:' stands");
            row["calculation"] = std::string{kToBeMended} + script;
        }
    }

    /// Arrays and their kin: one row for each sub-question.
    void add_parts(const LimeQuestion& question, char type) {
        if (question.parts.empty())
            lose(question, "'" + question.name + "' has no sub-questions", "add some");
        std::array<std::string, 2> lists;
        if (type == 'F' || type == 'H') {
            lists[0] = add_choices(question, question.answers, "", names_.of(question));
        } else if (type == '1') {
            lists[0] = add_choices(question, question.answers, "0", names_.of(question) + "_0");
            lists[1] = add_choices(question, question.answers, "1", names_.of(question) + "_1");
        } else if (type == 'C') {
            lists[0] = add_plain_choices(kUncertain);
        } else if (type == 'E') {
            lists[0] = add_plain_choices(kChange);
        }
        if (!shuffled(question).empty()) {
            lose(question, "the sub-questions of '" + question.name + "' are shuffled",
                 "put them into a group with randomize=true");
        }
        for (const LimeItem& part : question.parts) {
            if (!names_seen_.insert(question.name + "_" + part.name).second) {
                lose(part, "a second sub-question with the code '" + part.name + "'",
                     "give it another code in LimeSurvey, and export again");
            } else if (type == '1') {
                add_part(question, part, part.name + "_0", "select_one " + lists[0]);
                add_part(question, part, part.name + "_1", "select_one " + lists[1]);
            } else {
                add_part(question, part, part.name, part_type(type, lists[0]));
            }
        }
    }

    static std::string part_type(char type, const std::string& list) {
        if (type == 'A' || type == 'B') return "range";
        if (type == 'K') return "decimal";
        return type == 'Q' ? "text" : "select_one " + list;
    }

    void add_part(const LimeQuestion& question, const LimeItem& part, const std::string& suffix,
                  const std::string& type) {
        Row& row = add_row(question, type, names_.of(question, suffix));
        put_texts(row, "label", part, part.text, &question);
        row["relevant"] = joined({row["relevant"], condition(part, part.cell("relevance"),
                                                             "the condition of the sub-question")});
        const char kind = type_of(question);
        if (kind == 'A') row["parameters"] = "start=1 end=5";
        if (kind == 'B') row["parameters"] = "start=1 end=10";
        if (kind == 'K') put_number(row, question);
    }

    // --- the rest ---

    std::string settings() const {
        SheetRows sheet{{"form_title", "form_id", "default_language"}};
        Row& row = sheet.add();
        const auto title = survey_.title.find(survey_.language);
        if (title != survey_.title.end()) row["form_title"] = plain_text(title->second).text;
        row["form_id"] = survey_.id;
        row["default_language"] = survey_.language;
        return sheet.csv();
    }

    const LimeSurvey& survey_;
    LimeNames names_;
    Imported made_;
    SheetRows survey_sheet_;
    SheetRows choices_;
    Names lists_;
    std::map<std::string, std::string> plain_lists_;
    std::set<std::string> names_seen_;
    std::set<std::pair<std::uint64_t, std::string>> said_;
    std::set<std::string> passed_over_;
};

}  // namespace

Result<Imported> import_limesurvey(std::string_view bytes) {
    Imported made;
    const auto survey = read_lime_survey(bytes, made);
    if (!survey) return tl::unexpected{survey.error()};
    return LimeImport{*survey, std::move(made)}.make();
}

}  // namespace bellwether::campaigns::import
