#include <algorithm>
#include <cmath>
#include <map>

#include "campaigns/cell_text.h"
#include "campaigns/form/line_rules.h"
#include "campaigns/form/row_type.h"
#include "campaigns/form/sheets.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::form {
namespace {

// Nested deeper than this a questionnaire cannot be followed by anybody, and hostile ones would use
// up the stack.
constexpr std::size_t kGroupsMax = 64;
constexpr int kRepeatMax = 50;  // source: research/surveys.md 1.9

class RowsReader {
public:
    RowsReader(const Tables& tables, const LineRules& defaults, Form& form)
        : tables_{tables}, table_{tables.survey}, defaults_{defaults}, form_{form} {
        for (std::size_t i = 0; i < form.lists.size(); ++i) list_at_[form.lists[i].name] = i;
    }

    void read() {
        for (const std::string_view column : {"type", "name"}) {
            if (table_.rows().empty() || table_.has(column)) continue;
            table_.problem({.number = 1, .cells = {}}, column, "the column is missing", "add it");
            return;
        }
        for (const Table::Row& row : table_.rows()) read_row(row);
        for (const RowIndex open : open_) {
            table_.problem(place_of(form_.rows[open]), "type", "the group does not end",
                           form_.rows[open].type == RowType::Group ? "add an end_group row"
                                                                   : "add an end_repeat row");
            form_.rows[open].end = static_cast<RowIndex>(form_.rows.size());
        }
        check_whole();
        read_marks();
    }

private:
    void read_row(const Table::Row& cells) {
        const auto type = read_type(table_.cell(cells, "type"));
        if (!type) {
            broken_ = true;
            return table_.problem(cells, "type", type.error().what, type.error().mend);
        }
        if (type->kind != TypeCell::Kind::Row) return close(cells, type->type);
        Row row;
        row.type = type->type;
        row.sheet_row = cells.number;
        row.parent = open_.empty() ? kNoRow : open_.back();
        row.home = home();
        const auto index = static_cast<RowIndex>(form_.rows.size());
        row.end = index + 1;
        read_name(cells, row);
        read_list(cells, type->list, row);
        read_texts(cells, row);
        read_logic(cells, row);
        read_parameters_of(cells, row);
        read_line(cells, row);
        read_disposition(cells, row);
        refuse_unknown_meanings(cells);
        const bool opens = is_container(row.type);
        form_.rows.push_back(std::move(row));
        if (!opens) return;
        open_.push_back(index);
        if (open_.size() == kGroupsMax + 1) {
            table_.problem(cells, "type", "groups are nested deeper than 64 levels", "nest less");
        }
    }

    RowIndex home() const {
        const auto repeat = std::find_if(open_.rbegin(), open_.rend(), [&](RowIndex row) {
            return form_.rows[row].type == RowType::Repeat;
        });
        return repeat == open_.rend() ? kNoRow : *repeat;
    }

    void close(const Table::Row& cells, RowType type) {
        if (open_.empty() || form_.rows[open_.back()].type != type) {
            return table_.problem(
                cells, "type", "the row ends a group that is not open",
                "end groups and repeats in the reverse of the order they begin in");
        }
        form_.rows[open_.back()].end = static_cast<RowIndex>(form_.rows.size());
        open_.pop_back();
    }

    void read_name(const Table::Row& cells, Row& row) {
        row.name = table_.cell(cells, "name");
        const bool may_lack = row.type == RowType::Note || row.type == RowType::Group;
        if (row.name.empty() && may_lack) {
            const char* kind = row.type == RowType::Note ? "note_" : "group_";
            row.name = kind + std::to_string(cells.number);
        }
        if (!is_name(row.name)) {
            table_.problem(
                cells, "name", "the name is missing or cannot be a column name",
                "begin with a letter or _, go on with letters, digits, _ . or -, at most "
                "64; contact. and tel. are reserved");
            return;
        }
        const auto [earlier, is_new] = row_of_name_.try_emplace(row.name, cells.number);
        if (is_new) return;
        table_.problem(cells, "name",
                       "row " + std::to_string(earlier->second) + " has this name already",
                       "give each question its own name");
    }

    void read_list(const Table::Row& cells, const std::string& list, Row& row) {
        if (!is_select(row.type)) return;
        const auto at = list_at_.find(list);
        if (at != list_at_.end()) {
            row.list = at->second;
            return;
        }
        table_.problem(cells, "type", "choices.csv has no list '" + list + "'",
                       "add its choices, or correct the name");
    }

    std::vector<Template> templates(const Table::Row& cells, std::string_view column) {
        std::vector<Template> templates;
        for (const std::string& text : texts_of(form_, table_, cells, column)) {
            auto parts = parse_template(text);
            if (!parts) {
                table_.problem(cells, column,
                               "at character " + std::to_string(parts.error().at + 1) + ": " +
                                   parts.error().what,
                               "correct the merge field");
            }
            templates.push_back(parts ? std::move(*parts) : Template{});
        }
        return templates;
    }

    void read_texts(const Table::Row& cells, Row& row) {
        row.label = templates(cells, "label");
        row.label_ivr = templates(cells, "tel::label_ivr");
        row.audio = audio_of(form_, table_, cells, "media::audio");
        note_mixed_labels(cells, row);
        row.help = texts_of(form_, table_, cells, "tel::help");
        row.soft_message = templates(cells, "tel::soft_message");
        row.hint = texts_of(form_, table_, cells, "hint");
        row.guidance_hint = texts_of(form_, table_, cells, "guidance_hint");
        row.constraint_message = templates(cells, "constraint_message");
        row.required_message = templates(cells, "required_message");
        row.appearance = table_.cell(cells, "appearance");
        const bool spoken = row.type == RowType::Note || is_question(row);
        const auto is_empty = [](const auto& text) { return text.empty(); };
        const bool silent = std::ranges::all_of(line_label(row), is_empty) &&
                            std::ranges::all_of(row.audio, is_empty);
        if (spoken && silent) {
            table_.problem(cells, "label", "the row has neither a text nor a recording",
                           "give a label, or a file in media::audio");
        }
    }

    /// In the other languages the line says the label, which was written to be read out.
    void note_mixed_labels(const Table::Row& cells, const Row& row) {
        const auto is_given = [](const Template& text) { return !text.empty(); };
        if (std::ranges::none_of(row.label_ivr, is_given)) return;
        std::string lacking;
        for (std::size_t i = 0; i < form_.languages.size(); ++i) {
            if (is_given(row.label_ivr[i]) || !row.audio[i].empty()) continue;
            lacking += (lacking.empty() ? "" : ", ") + form_.languages[i];
        }
        if (lacking.empty()) return;
        table_.notice(
            cells, "tel::label_ivr",
            "the label for the line is not given in " + lacking + ": there the line says the label",
            "translate it too, or give a recording");
    }

    void read_logic(const Table::Row& cells, Row& row) {
        row.read_only =
            yes_or_no(table_.cell(cells, "read_only")).value_or(false) && is_question(row);
        row.relevant = expression_of(table_, cells, "relevant");
        row.constraint = expression_of(table_, cells, "constraint");
        row.soft_constraint = expression_of(table_, cells, "tel::soft_constraint");
        row.calculation = expression_of(table_, cells, "calculation");
        row.choice_filter = expression_of(table_, cells, "choice_filter");
        row.repeat_count = expression_of(table_, cells, "repeat_count");
        const std::string& required = table_.cell(cells, "required");
        if (const auto known = yes_or_no(required)) {
            row.required = *known;
        } else {
            row.required_if = expression_of(table_, cells, "required");
        }
        read_default(cells, row);
        refuse(cells, "constraint", is_question(row), "has a meaning for questions only");
        refuse(cells, "tel::soft_constraint", is_question(row), "has a meaning for questions only");
        refuse(cells, "calculation", row.type == RowType::Calculate,
               "has a meaning for type calculate only");
        refuse(cells, "choice_filter", is_select(row.type), "has a meaning for selects only");
        refuse(cells, "repeat_count", row.type == RowType::Repeat,
               "has a meaning for begin_repeat only");
        if (row.type == RowType::Calculate && table_.cell(cells, "calculation").empty()) {
            table_.problem(cells, "calculation", "the calculation is missing", "add it");
        }
    }

    void refuse(const Table::Row& cells, std::string_view column, bool allowed, const char* why) {
        if (allowed || table_.cell(cells, column).empty()) return;
        table_.problem(cells, column, std::string{"the cell "} + why, "empty it");
    }

    /// A default with a reference or a call is an expression; any other text stands for itself.
    void read_default(const Table::Row& cells, Row& row) {
        const std::string& text = table_.cell(cells, "default");
        if (text.empty()) return;
        if (row.type == RowType::Note || is_container(row.type) || row.type == RowType::Calculate) {
            return refuse(cells, "default", false, "has a meaning for questions only");
        }
        const auto expression = parse_expression(text);
        const bool dynamic = text.find("${") != std::string::npos ||
                             (expression && expression->root().op == Op::Call);
        if (dynamic) {
            row.initial.expression = expression_of(table_, cells, "default");
        } else {
            row.initial.text = text;
        }
    }

    void read_parameters_of(const Table::Row& cells, Row& row) {
        const bool shuffles = is_select(row.type) || row.type == RowType::Group;
        for (const auto& [key, value] : read_parameters(table_.cell(cells, "parameters"))) {
            if (shuffles && key == "randomize") {
                row.randomize = yes_or_no(value).value_or(false);
                if (!yes_or_no(value)) misfit(cells, "write randomize=true or randomize=false");
            } else if (shuffles && key == "seed") {
                read_seed(cells, value, row);
            } else if (row.type == RowType::Range && range_part(row, key) != nullptr) {
                const double number = text_number(value);
                if (std::isfinite(number)) {
                    *range_part(row, key) = number;
                } else {
                    misfit(cells, key + " wants a number");
                }
            } else {
                misfit(cells, "'" + key.substr(0, 64) +
                                  "' is no parameter of this type: selects and "
                                  "groups have randomize and seed, a range start, end and step");
            }
        }
        if (row.has_seed && !row.randomize) {
            misfit(cells, "a seed without randomize=true shuffles nothing");
        }
        if (row.type == RowType::Range) check_range(cells, row);
    }

    static double* range_part(Row& row, std::string_view key) {
        if (key == "start") return &row.range_start;
        if (key == "end") return &row.range_end;
        return key == "step" ? &row.range_step : nullptr;
    }

    void misfit(const Table::Row& cells, std::string mend) {
        table_.problem(cells, "parameters",
                       "'" + table_.cell(cells, "parameters").substr(0, 64) + "' does not fit",
                       std::move(mend));
    }

    void read_seed(const Table::Row& cells, const std::string& value, Row& row) {
        row.has_seed = true;
        if (!value.starts_with("${")) {
            row.seed_number = std::trunc(text_number(value));
            if (!std::isfinite(row.seed_number))
                misfit(cells, "seed wants a number or ${question}");
            return;
        }
        auto seed = parse_expression(value);
        if (!seed || seed->nodes.size() != 1)
            return misfit(cells, "seed wants a number or ${question}");
        row.seed = std::move(*seed);
    }

    void check_range(const Table::Row& cells, const Row& row) {
        const double width = std::fabs(row.range_end - row.range_start);
        const bool fits =
            row.range_step > 0 && row.range_step <= width && row.range_start <= row.range_end;
        if (!fits) misfit(cells, "the step is above 0 and not wider than from start to end");
    }

    void read_line(const Table::Row& cells, Row& row) {
        row.line = defaults_;
        read_line_rules(table_, cells, row.line);
        auto invalid = escalation_of(form_, table_, cells, "tel::invalid_audio");
        auto noinput = escalation_of(form_, table_, cells, "tel::noinput_audio");
        if (!invalid.empty()) row.line.invalid_audio = std::move(invalid);
        if (!noinput.empty()) row.line.noinput_audio = std::move(noinput);
        if (row.parent != kNoRow) {  // what holds for a group holds for its rows
            row.line.ivr = row.line.ivr && form_.rows[row.parent].line.ivr;
            row.line.interviewer = row.line.interviewer && form_.rows[row.parent].line.interviewer;
        }
        row.max_repeat = kRepeatMax;
        const std::string& max = table_.cell(cells, "tel::max_repeat");
        if (max.empty()) return;
        const double count = text_number(max);
        const bool fits = count >= 1 && count <= 1000 && count == std::floor(count);
        if (fits) row.max_repeat = static_cast<int>(count);
        if (!fits) {
            table_.problem(cells, "tel::max_repeat", "'" + max.substr(0, 64) + "' does not fit",
                           "give a whole number from 1 to 1000");
        }
    }

    void read_disposition(const Table::Row& cells, Row& row) {
        const std::string& cell = table_.cell(cells, "tel::disposition");
        if (cell.empty()) return;
        const auto colon = std::min(cell.find(':'), cell.size());
        const std::string word = lower_case(cell.substr(0, colon));
        row.aapor = cell.substr(std::min(colon + 1, cell.size()));
        if (word == "partial") row.disposition = Disposition::Partial;
        if (word == "complete") row.disposition = Disposition::Complete;
        if (word == "screened") row.disposition = Disposition::Screened;
        if (word == "refused") row.disposition = Disposition::Refused;
        const bool fits = row.type == RowType::Note ? row.disposition != Disposition::None
                                                    : row.disposition == Disposition::Partial;
        const bool code_fits = row.aapor.find_first_not_of("0123456789.") == std::string::npos;
        const bool settles = row.type == RowType::Note || row.read_only || is_question(row);
        if (fits && code_fits && settles) return;
        table_.problem(cells, "tel::disposition", "'" + cell.substr(0, 64) + "' does not fit",
                       "write partial at a question; partial, complete, screened or refused at a "
                       "note, with a code if need be: screened:4.10");
    }

    void refuse_unknown_meanings(const Table::Row& cells) {
        for (const std::string_view column : {"trigger", "save_to"}) {
            refuse(cells, column, false, "would change the questionnaire, and is not known here");
        }
        for (std::size_t i = 0; i < table_.columns().size(); ++i) {
            const Table::Column& column = table_.columns()[i];
            if (!lower_case(column.written).starts_with("instance::") || cells.cells[i].empty())
                continue;
            table_.problem(cells, column.written, "the cell has a meaning for other programs only",
                           "empty it: what it asks for would be lost");
        }
    }

    void check_whole() {
        const bool asks = std::ranges::any_of(form_.rows, is_question);
        // A row that could not be read may have been meant as a question.
        if (asks || broken_ || table_.is_broken()) return;
        table_.problem({.number = 0, .cells = {}}, "", "the sheet asks no question",
                       "add a row of type integer or select_one");
    }

    /// Settings that name a row.
    void read_marks() {
        const Table::Row* settings = tables_.settings_row();
        if (settings == nullptr) return;
        form_.partial_at = row_named(*settings, "tel::partial_at");
        form_.language_question = row_named(*settings, "tel::language_question");
        const RowIndex asked = form_.language_question;
        if (asked != kNoRow && form_.rows[asked].type != RowType::SelectOne) {
            tables_.settings.problem(*settings, "tel::language_question",
                                     "the row is no select_one",
                                     "let its choices be the codes of the languages");
        }
    }

    RowIndex row_named(const Table::Row& settings, std::string_view column) {
        const std::string& name = tables_.settings.cell(settings, column);
        if (name.empty()) return kNoRow;
        const RowIndex row = find_row(form_, name);
        if (row == kNoRow) {
            tables_.settings.problem(settings, column,
                                     "survey.csv has no row '" + name.substr(0, 64) + "'",
                                     "correct the name");
        }
        return row;
    }

    const Tables& tables_;
    const Table& table_;
    const LineRules& defaults_;
    Form& form_;
    std::map<std::string, std::size_t> list_at_;
    std::map<std::string, std::uint64_t> row_of_name_;
    std::vector<RowIndex> open_;  // groups and repeats that have begun, outermost first
    bool broken_ = false;         // a row's type could not be read
};

}  // namespace

void read_rows(const Tables& tables, const LineRules& defaults, Form& form) {
    RowsReader{tables, defaults, form}.read();
}

}  // namespace bellwether::campaigns::form
