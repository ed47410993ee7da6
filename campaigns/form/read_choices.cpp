#include <algorithm>
#include <map>
#include <set>

#include "campaigns/cell_text.h"
#include "campaigns/form/line_rules.h"
#include "campaigns/form/sheets.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kNameMax = 64;  // bytes; longer codes break statistics programs

class ChoicesReader {
public:
    ChoicesReader(const Table& table, Form& form) : table_{table}, form_{form} {
        for (std::size_t i = 0; i < table.columns().size(); ++i) {
            const Table::Column& column = table.columns()[i];
            if (column.known || column.name.empty()) continue;
            form_.choice_columns.push_back(column.name);
            kept_.push_back(i);
        }
    }

    void read() {
        for (const std::string_view column : {"list_name", "name"}) {
            if (table_.rows().empty() || table_.has(column)) continue;
            table_.problem({.number = 1, .cells = {}}, column, "the column is missing", "add it");
            return;
        }
        for (const Table::Row& row : table_.rows()) read_choice(row);
    }

private:
    void read_choice(const Table::Row& row) {
        const std::string& list_name = table_.cell(row, "list_name");
        if (list_name.empty()) {
            table_.problem(row, "list_name", "the choice belongs to no list", "name its list");
            return;
        }
        const auto [at, is_new] = list_at_.try_emplace(list_name, form_.lists.size());
        if (is_new) form_.lists.push_back({.name = list_name, .choices = {}});
        Choice choice{.name = table_.cell(row, "name"),
                      .label = {},
                      .audio = {},
                      .columns = {},
                      .key = {},
                      .code = {},
                      .missing = {}};
        choice.sheet_row = row.number;
        check_name(row, list_name, choice.name);
        choice.label = texts_of(form_, table_, row, "label");
        choice.audio = audio_of(form_, table_, row, "media::audio");
        for (const std::size_t i : kept_) {
            choice.columns.push_back(i < row.cells.size() ? row.cells[i] : std::string{});
        }
        read_telephone(row, choice);
        form_.lists[at->second].choices.push_back(std::move(choice));
    }

    void check_name(const Table::Row& row, const std::string& list, const std::string& name) {
        if (name.size() > kNameMax || words_of(name).size() != 1) {
            table_.problem(row, "name", "the name is empty, too long or has white space in it",
                           "give a short code: it is what the data will hold");
            return;
        }
        const auto [earlier, is_new] = rows_.try_emplace({list, name}, row.number);
        if (is_new) return;
        table_.problem(row, "name",
                       "the list has this name already in row " + std::to_string(earlier->second),
                       "give each choice its own name");
    }

    void read_telephone(const Table::Row& row, Choice& choice) {
        choice.key = table_.cell(row, "tel::key");
        if (!choice.key.empty() && !is_key_string(choice.key)) {
            misfit(row, "tel::key", "give one or two of 0 to 9, * and #");
            choice.key.clear();
        }
        choice.code = table_.cell(row, "tel::code");
        const std::string& fixed = table_.cell(row, "tel::fixed");
        if (fixed == "first") choice.fixed = Fixed::First;
        if (fixed == "last") choice.fixed = Fixed::Last;
        if (!fixed.empty() && choice.fixed == Fixed::No) {
            misfit(row, "tel::fixed", "write first or last");
        }
        const std::string& exclusive = table_.cell(row, "tel::exclusive");
        if (!exclusive.empty() && !yes_or_no(exclusive)) {
            misfit(row, "tel::exclusive", "write yes or no");
        }
        choice.exclusive = yes_or_no(exclusive).value_or(false);
        choice.missing = table_.cell(row, "tel::missing");
        if (!choice.missing.empty() && choice.missing != "dk" && choice.missing != "refused") {
            misfit(row, "tel::missing", "write dk or refused");
        }
    }

    void misfit(const Table::Row& row, std::string_view column, std::string mend) {
        table_.problem(row, column, "'" + table_.cell(row, column).substr(0, 64) + "' does not fit",
                       std::move(mend));
    }

    const Table& table_;
    Form& form_;
    std::vector<std::size_t> kept_;  // columns for choice_filter
    std::map<std::string, std::size_t> list_at_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> rows_;
};

}  // namespace

void read_choices(const Table& table, Form& form) { ChoicesReader{table, form}.read(); }

}  // namespace bellwether::campaigns::form
