#include "campaigns/weighting/margins.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "campaigns/form/table.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::weighting {
namespace {

// Published shares have three decimals at best: ten of them may be 0.0005 off each way.
constexpr double kSumTolerance = 0.001;

const std::array<form::KnownColumn, 3> kColumns{{{"variable"}, {"category"}, {"share"}}};

std::optional<double> share_of(std::string_view text) {
    double share = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), share);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (!(share >= 0 && share <= 1)) return std::nullopt;
    return share;
}

void read_row(const form::Table& sheet, const form::Table::Row& row, std::vector<Margin>& margins) {
    const auto& variable = sheet.cell(row, "variable");
    const auto& category = sheet.cell(row, "category");
    if (variable.empty()) sheet.problem(row, "variable", "is empty", "name a variable of the data");
    if (category.empty())
        sheet.problem(row, "category", "is empty", "name a choice, or write its code");
    const auto share = share_of(sheet.cell(row, "share"));
    if (!share) {
        sheet.problem(row, "share", "is not a number from 0 to 1", "write 48 % as 0.48");
    }
    auto margin = std::ranges::find(margins, variable, &Margin::variable);
    if (margin == margins.end()) margin = margins.insert(margins.end(), {variable, {}});
    if (std::ranges::count(margin->targets, category, &Target::category) != 0) {
        sheet.problem(row, "category", "\"" + category + "\" is there twice",
                      "keep one of the rows");
    }
    margin->targets.push_back({category, share.value_or(0)});
}

/// Scales the shares to a sum of 1. @return their sum before
double scale(Margin& margin) {
    double sum = 0;
    for (const auto& target : margin.targets) sum += target.share;
    if (sum > 0) {
        for (auto& target : margin.targets) target.share /= sum;
    }
    return sum;
}

}  // namespace

tl::expected<std::vector<Margin>, std::vector<SheetProblem>> read_margins(std::string_view name,
                                                                          std::string_view text) {
    form::Findings findings;
    const form::Table sheet{name, text, kColumns, form::OtherColumns::Warn, findings};
    std::vector<Margin> margins;
    for (const auto& row : sheet.rows()) read_row(sheet, row, margins);
    if (margins.empty() && findings.problems.empty()) {
        findings.problems.push_back(
            {std::string{name}, 0, "", "has no row", "write columns variable, category, share"});
    }
    if (!findings.problems.empty()) return tl::unexpected(std::move(findings.problems));
    for (auto& margin : margins) {
        const double sum = scale(margin);
        if (std::abs(sum - 1) <= kSumTolerance) continue;
        findings.problems.push_back({std::string{name}, 0, "share",
                                     "adds up to " +
                                         form::number_text(form::round_half_up(sum, 4)) +
                                         " for \"" + margin.variable + "\"",
                                     "the shares of a variable must add up to 1"});
    }
    if (!findings.problems.empty()) return tl::unexpected(std::move(findings.problems));
    return margins;
}

}  // namespace bellwether::campaigns::weighting
