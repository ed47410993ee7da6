#include "campaigns/aapor/code_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "campaigns/aapor/assigned_codes.h"
#include "campaigns/form/table.h"

namespace bellwether::campaigns::aapor {
namespace {

constexpr int kRankMin = 10;
constexpr int kRankMax = 109;

const std::array<form::KnownColumn, 6> kColumns{
    {{"code"}, {"label"}, {"class"}, {"household"}, {"rank"}, {"edition"}}};

std::optional<int> rank_of(std::string_view text) {
    int rank = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rank);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (rank < kRankMin || rank > kRankMax) return std::nullopt;
    return rank;
}

void read_row(const form::Table& sheet, const form::Table::Row& row, CodeTable& table) {
    Code code{.code = sheet.cell(row, "code"), .label = sheet.cell(row, "label")};
    if (code.code.empty()) sheet.problem(row, "code", "is empty", "write a code, as 2.11");
    if (find_code(table, code.code) != nullptr) {
        sheet.problem(row, "code", "\"" + code.code + "\" is there twice", "keep one of the rows");
    }
    if (const auto counts_as = enum_from_name<Class>(sheet.cell(row, "class"))) {
        code.counts_as = *counts_as;
    } else {
        sheet.problem(row, "class", "is no class of the rates", "write one of I P R NC O UH UO NE");
    }
    const auto& household = sheet.cell(row, "household");
    if (!household.empty() && household != "yes") {
        sheet.problem(row, "household", "is neither yes nor empty", "write yes, or nothing");
    }
    code.household = household == "yes";
    if (const auto rank = rank_of(sheet.cell(row, "rank"))) {
        code.rank = *rank;
    } else {
        sheet.problem(row, "rank", "is not a whole number from 10 to 109",
                      "write the level times ten, plus the place in it");
    }
    const auto& edition = sheet.cell(row, "edition");
    if (table.codes.empty()) table.edition = edition;
    if (edition.empty() || edition != table.edition) {
        sheet.problem(row, "edition", "is not the edition of the first row",
                      "codes of several editions do not go together: name one in every row");
    }
    table.codes.push_back(std::move(code));
}

}  // namespace

tl::expected<CodeTable, std::vector<SheetProblem>> read_code_table(std::string_view name,
                                                                   std::string_view text) {
    form::Findings findings;
    const form::Table sheet{name, text, kColumns, form::OtherColumns::Warn, findings};
    CodeTable table;
    for (const auto& row : sheet.rows()) read_row(sheet, row, table);
    for (const auto code : kAssigned) {
        if (find_code(table, code) != nullptr) continue;
        findings.problems.push_back({std::string{name}, 0, "code",
                                     "lacks \"" + std::string{code} + "\"",
                                     "the program gives this code: add its row"});
    }
    if (!findings.problems.empty()) return tl::unexpected(std::move(findings.problems));
    return table;
}

const Code* find_code(const CodeTable& table, std::string_view code) {
    const auto found = std::ranges::find(table.codes, code, &Code::code);
    return found == table.codes.end() ? nullptr : &*found;
}

}  // namespace bellwether::campaigns::aapor
