#include <algorithm>
#include <array>

#include "campaigns/cell_text.h"
#include "campaigns/form/line_rules.h"
#include "campaigns/form/sheets.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::form {
namespace {

// Without any other word on it, a form is taken to be in English, as its column names are.
constexpr std::string_view kLanguageOtherwise = "en";

// Source: research/surveys.md 2.3.
const std::vector<CommandKeys>& default_commands() {
    static const std::vector<CommandKeys> kCommands{
        {Command::Repeat, "*"},    {Command::Back, "*2"},   {Command::Language, "*3"},
        {Command::DontKnow, "*7"}, {Command::Refuse, "*8"}, {Command::OptOut, "*9"},
        {Command::Agent, "*0"}};
    return kCommands;
}

class SettingsReader {
public:
    SettingsReader(const Tables& tables, Form& form) : tables_{tables}, form_{form} {}

    LineRules read() {
        const Table::Row* row = tables_.settings_row();
        read_languages(row);
        form_.name = "questionnaire";
        form_.title = form_.name;
        form_.commands = default_commands();
        form_.invalid_audio = ByLanguage(form_.languages.size());
        form_.opt_out_audio = form_.invalid_audio;
        LineRules rules;
        if (row != nullptr) read_row(*row, rules);
        return rules;
    }

private:
    const Table& table() const { return tables_.settings; }

    void read_languages(const Table::Row* row) {
        std::string first =
            row == nullptr ? "" : language_code(table().cell(*row, "default_language"));
        std::vector<std::string> found;
        bool plain = false;  // a label without a language is in the default one
        for (const Table* sheet : {&tables_.survey, &tables_.choices, &tables_.settings}) {
            for (const Table::Column& column : sheet->columns()) {
                if (!column.language.empty()) found.push_back(column.language);
                plain = plain || (column.name == "label" && column.language.empty());
            }
        }
        if (first.empty()) first = plain || found.empty() ? kLanguageOtherwise : found.front();
        form_.languages.push_back(std::move(first));
        for (const std::string& code : found) {
            if (std::ranges::find(form_.languages, code) == form_.languages.end()) {
                form_.languages.push_back(code);
            }
        }
        for (std::size_t i = 0; i < form_.languages.size(); ++i) form_.line_languages.push_back(i);
    }

    void read_row(const Table::Row& row, LineRules& rules) {
        for (std::size_t i = 1; i < table().rows().size(); ++i) {
            table().problem(table().rows()[i], "", "a second row of settings",
                            "keep one row below the header");
        }
        form_.title = table().cell(row, "form_title");
        form_.name = table().cell(row, "form_id");
        if (form_.name.empty()) form_.name = form_.title.empty() ? "questionnaire" : form_.title;
        if (form_.title.empty()) form_.title = form_.name;
        form_.version = table().cell(row, "version");
        read_line_rules(table(), row, rules);
        rules.invalid_audio = escalation_of(form_, table(), row, "tel::invalid_audio");
        rules.noinput_audio = escalation_of(form_, table(), row, "tel::noinput_audio");
        form_.opt_out_audio = audio_of(form_, table(), row, "tel::opt_out_audio");
        form_.handover_audio = audio_of(form_, table(), row, "tel::handover_audio");
        form_.probes = texts_of(form_, table(), row, "tel::probes");
        read_offered_languages(row);
        read_commands(row);
        read_opt_out_key(row);
        read_numbers(row);
        note_ignored(row);
    }

    void read_offered_languages(const Table::Row& row) {
        const std::string& cell = table().cell(row, "tel::languages");
        if (cell.empty()) return;
        form_.line_languages.clear();
        for (const std::string_view word : words_of(cell)) {
            const auto at = std::ranges::find(form_.languages, lower_case(word));
            if (at == form_.languages.end()) {
                table().problem(row, "tel::languages",
                                "no column is in the language '" + std::string{word} + "'",
                                "give codes of the languages the labels have, blanks between");
                continue;
            }
            form_.line_languages.push_back(static_cast<std::size_t>(at - form_.languages.begin()));
        }
    }

    void read_commands(const Table::Row& row) {
        const std::string& cell = table().cell(row, "tel::commands");
        if (cell.empty()) return;
        form_.commands.clear();
        for (const std::string_view pair : words_of(cell)) {
            const auto equals = std::min(pair.find('='), pair.size());
            const auto command = enum_from_name<Command>(pair.substr(0, equals));
            const std::string keys{pair.substr(std::min(equals + 1, pair.size()))};
            const bool fits = is_key_string(keys) && (keys.front() == '*' || keys.front() == '#');
            if (command && fits && !taken(*command, keys)) {
                form_.commands.push_back({*command, keys});
                continue;
            }
            table().problem(row, "tel::commands",
                            "'" + std::string{pair.substr(0, 64)} + "' does not fit",
                            "write pairs such as repeat=* back=*2 language=*3 dk=*7 refuse=*8 "
                            "optout=*9 agent=*0, each command and each key once");
        }
    }

    bool taken(Command command, const std::string& keys) const {
        return std::ranges::any_of(form_.commands, [&](const CommandKeys& other) {
            return other.command == command || other.keys == keys;
        });
    }

    /// One key that opts out at once, without the other commands: how questionnaires said it before
    /// there were commands.
    void read_opt_out_key(const Table::Row& row) {
        const std::string& key = table().cell(row, "tel::opt_out_key");
        if (key.empty()) return;
        if (!is_keypad_key(key)) {
            table().problem(row, "tel::opt_out_key", "'" + key.substr(0, 64) + "' is not a key",
                            "give one of 0 to 9, * or #");
            return;
        }
        if (table().cell(row, "tel::commands").empty()) form_.commands.clear();
        std::erase_if(form_.commands,
                      [](const CommandKeys& c) { return c.command == Command::OptOut; });
        if (taken(Command::OptOut, key)) {
            table().problem(row, "tel::opt_out_key",
                            "tel::commands gives this key to another command",
                            "give one of them another key");
        }
        form_.commands.push_back({Command::OptOut, key});
        form_.confirm_opt_out = false;
    }

    void read_numbers(const Table::Row& row) {
        form_.optout_keeps_partial =
            yes_or_no(table().cell(row, "tel::optout_keeps_partial")).value_or(false);
        if (const auto seed = number(row, "tel::seed", 1, 2147483646)) {
            form_.seed = static_cast<std::uint32_t>(*seed);
        }
        if (const auto limit = number(row, "tel::max_call_s", 1, 86'400)) {
            form_.max_call = std::chrono::seconds{static_cast<int>(*limit)};
        }
        if (const auto wait = number(row, "tel::handover_wait_s", 1, 600)) {
            form_.handover_wait = std::chrono::seconds{static_cast<int>(*wait)};
        }
        if (const auto hold = number(row, "tel::quota_hold_s", 0, 86'400)) {
            form_.quota_hold = std::chrono::seconds{static_cast<int>(*hold)};
        }
        form_.quota_counts_partials =
            yes_or_no(table().cell(row, "tel::quota_count_partials")).value_or(false);
    }

    std::optional<double> number(const Table::Row& row, std::string_view column, double min,
                                 double max) {
        const std::string& cell = table().cell(row, column);
        if (cell.empty()) return std::nullopt;
        const double value = text_number(cell);
        if (value >= min && value <= max) return value;
        table().problem(row, column, "'" + cell.substr(0, 64) + "' does not fit",
                        "give a whole number from " + number_text(min) + " to " + number_text(max));
        return std::nullopt;
    }

    void note_ignored(const Table::Row& row) {
        constexpr std::array<std::string_view, 8> kIgnored{
            "style",     "instance_name", "submission_url",          "public_key",
            "auto_send", "auto_delete",   "allow_choice_duplicates", "tel::wrapup"};
        for (const std::string_view column : kIgnored) {
            if (table().cell(row, column).empty()) continue;
            table().notice(row, column, "the setting has no meaning here and is passed over",
                           "nothing, if it serves another program");
        }
    }

    const Tables& tables_;
    Form& form_;
};

}  // namespace

LineRules read_settings(const Tables& tables, Form& form) {
    return SettingsReader{tables, form}.read();
}

}  // namespace bellwether::campaigns::form
