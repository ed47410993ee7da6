#include "campaigns/form/sheets.h"

#include <algorithm>

#include "campaigns/cell_text.h"
#include "campaigns/form/line_rules.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kNameMax = 64;  // bytes; source: research/surveys.md 1.2

std::vector<KnownColumn> with_line_columns(std::vector<KnownColumn> columns) {
    columns.insert(columns.end(), line_columns().begin(), line_columns().end());
    return columns;
}

// Names and aliases: research/surveys.md 1.1, 1.2 and 1.4.
const std::vector<KnownColumn>& survey_columns() {
    static const std::vector<KnownColumn> kColumns = with_line_columns({
        {"type", false, {"command"}},
        {"name"},
        {"label", true, {"caption"}},
        {"hint", true},
        {"guidance_hint", true},
        {"media::audio", true, {"audio", "prompt"}},
        {"relevant", false, {"relevance"}},
        {"constraint"},
        {"constraint_message", true, {"constraining_message"}},
        {"required"},
        {"required_message", true, {"requiredmsg"}},
        {"calculation", false, {"calculate"}},
        {"choice_filter"},
        {"parameters"},
        {"default"},
        {"repeat_count", false, {"count", "jr:count"}},
        {"read_only", false, {"readonly"}},
        {"appearance"},
        {"trigger"},
        {"save_to"},
        {"tel::disposition"},
        {"tel::label_ivr", true},
        {"tel::help", true},
        {"tel::soft_constraint"},
        {"tel::soft_message", true},
    });
    return kColumns;
}

const std::vector<KnownColumn>& choices_columns() {
    static const std::vector<KnownColumn> kColumns{
        {"list_name", false, {"list name"}},
        {"name", false, {"value"}},
        {"label", true, {"caption"}},
        {"media::audio", true, {"audio"}},
        {"tel::key", false, {"tel::keys", "keys"}},
        {"tel::fixed"},
        {"tel::exclusive"},
        {"tel::code"},
        {"tel::missing"},
    };
    return kColumns;
}

const std::vector<KnownColumn>& settings_columns() {
    static const std::vector<KnownColumn> kColumns = with_line_columns({
        {"form_title"},
        {"form_id"},
        {"version"},
        {"default_language"},
        {"tel::commands"},
        {"tel::languages"},
        {"tel::language_question"},
        {"tel::seed"},
        {"tel::partial_at"},
        {"tel::optout_keeps_partial"},
        {"tel::wrapup"},
        {"tel::max_call_s"},
        {"tel::quota_hold_s"},
        {"tel::quota_count_partials"},
        {"tel::opt_out_key"},
        {"tel::opt_out_audio", true},
        {"tel::handover_wait_s"},
        {"tel::handover_audio", true},
        {"tel::probes", true},
        {"style"},
        {"instance_name"},
        {"submission_url"},
        {"public_key"},
        {"auto_send"},
        {"auto_delete"},
        {"allow_choice_duplicates"},
    });
    return kColumns;
}

}  // namespace

Tables::Tables(const FormSheets& sheets, Findings& findings)
    : survey{"survey.csv", sheets.survey, survey_columns(), OtherColumns::Warn, findings},
      choices{"choices.csv", sheets.choices, choices_columns(), OtherColumns::Keep, findings},
      settings{"settings.csv", sheets.settings, settings_columns(), OtherColumns::Warn, findings} {}

const Table::Row* Tables::settings_row() const {
    return settings.rows().empty() ? nullptr : &settings.rows().front();
}

ByLanguage texts_of(const Form& form, const Table& table, const Table::Row& row,
                    std::string_view name) {
    ByLanguage texts(form.languages.size());
    for (std::size_t i = 0; i < table.columns().size() && i < row.cells.size(); ++i) {
        const Table::Column& column = table.columns()[i];
        if (column.name != name || row.cells[i].empty()) continue;
        std::size_t language = form.default_language;
        if (!column.language.empty()) {
            const auto at = std::ranges::find(form.languages, column.language);
            language = static_cast<std::size_t>(at - form.languages.begin());
        }
        if (language < texts.size()) texts[language] = row.cells[i];
    }
    return texts;
}

ByLanguage audio_of(const Form& form, const Table& table, const Table::Row& row,
                    std::string_view name) {
    ByLanguage files = texts_of(form, table, row, name);
    for (const std::string& file : files) {
        if (stays_in_folder(file)) continue;
        table.problem(row, name, "the file lies outside the questionnaire's folder",
                      "put it into the folder and give its name from there, with /");
    }
    return files;
}

std::vector<ByLanguage> escalation_of(const Form& form, const Table& table, const Table::Row& row,
                                      std::string_view column) {
    const ByLanguage cells = audio_of(form, table, row, column);
    if (std::ranges::all_of(cells, &std::string::empty)) return {};
    std::vector<ByLanguage> steps{ByLanguage(cells.size()), ByLanguage(cells.size())};
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string_view cell = cells[i];
        const auto bar = cell.find('|');
        steps[0][i] = trimmed(cell.substr(0, bar));
        steps[1][i] = bar == std::string_view::npos ? steps[0][i]
                                                    : std::string{trimmed(cell.substr(bar + 1))};
    }
    return steps;
}

Expression expression_of(const Table& table, const Table::Row& row, std::string_view column) {
    const std::string& cell = table.cell(row, column);
    if (cell.empty()) return {};
    auto expression = parse_expression(cell);
    if (expression) return std::move(*expression);
    table.problem(row, column,
                  "at character " + std::to_string(expression.error().at + 1) + ": " +
                      expression.error().what,
                  "correct the expression");
    return {};
}

bool is_name(std::string_view text) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto may_follow = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
    };
    return !text.empty() && text.size() <= kNameMax && is_letter(text.front()) &&
           std::ranges::all_of(text, may_follow) && !text.starts_with("contact.") &&
           !text.starts_with("tel.");
}

tl::expected<Template, ExpressionFault> parse_template(std::string_view text) {
    Template parts;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto open = std::min(text.find("${", at), text.size());
        if (open > at)
            parts.push_back({.text = std::string{text.substr(at, open - at)}, .reference = {}});
        if (open == text.size()) break;
        const auto close = text.find('}', open);
        if (close == std::string_view::npos) {
            return tl::unexpected{
                ExpressionFault{.at = open, .what = "a reference is written ${name}"}};
        }
        auto reference = parse_expression(text.substr(open, close + 1 - open));
        if (!reference) return tl::unexpected{reference.error()};
        parts.push_back({.text = {}, .reference = std::move(*reference)});
        at = close + 1;
    }
    return parts;
}

}  // namespace bellwether::campaigns::form
