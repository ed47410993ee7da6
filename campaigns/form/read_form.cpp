#include "campaigns/form/read_form.h"

#include <algorithm>
#include <utility>

#include "campaigns/form/sheets.h"

namespace bellwether::campaigns::form {
namespace {

int place_of_sheet(const std::string& sheet) {
    if (sheet == "survey.csv") return 0;
    return sheet == "choices.csv" ? 1 : 2;
}

void sort(std::vector<SheetProblem>& problems) {
    std::ranges::stable_sort(problems, [](const SheetProblem& a, const SheetProblem& b) {
        return std::pair{place_of_sheet(a.sheet), a.row} <
               std::pair{place_of_sheet(b.sheet), b.row};
    });
}

}  // namespace

tl::expected<Form, std::vector<SheetProblem>> read_form(FormSheets sheets) {
    Findings findings;
    Form form;
    form.sheets = std::move(sheets);
    const Tables tables{form.sheets, findings};
    const LineRules defaults = read_settings(tables, form);
    read_choices(tables.choices, form);
    read_rows(tables, defaults, form);
    bind_names(tables.survey, form);
    sort_rows(tables.survey, form);
    check_keys(tables, form);
    sort(findings.problems);
    sort(findings.notices);
    if (!findings.problems.empty()) return tl::unexpected{std::move(findings.problems)};
    form.notices = std::move(findings.notices);
    return form;
}

}  // namespace bellwether::campaigns::form
