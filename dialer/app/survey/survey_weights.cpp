#include "dialer/app/survey/survey_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/nearest_name.h"
#include "campaigns/export/make_dataset.h"
#include "campaigns/weighting/base_weight.h"
#include "dialer/app/files/read_file.h"

namespace bellwether::app {

namespace {

namespace exports = campaigns::exports;
namespace weighting = campaigns::weighting;

/// Margins have tens of rows; this is thousands.
constexpr std::size_t kMarginsBytesMax = std::size_t{1} << 20;

Checked<std::vector<weighting::Margin>> read_margins_file(const std::string& file) {
    const auto text = read_file(file, kMarginsBytesMax);
    if (!text) return tl::unexpected(Problems{{file, 0, text.error().detail}});
    auto margins = weighting::read_margins(file, *text);
    if (margins) return *std::move(margins);
    Problems problems;
    for (const auto& problem : margins.error()) {
        const std::string place =
            problem.column.empty() ? std::string{} : "column " + problem.column + ": ";
        problems.push_back(
            {file, static_cast<int>(problem.row), place + problem.what + "; " + problem.mend});
    }
    return tl::unexpected(std::move(problems));
}

/// Where the variables of the margins are in the data.
Checked<std::vector<std::size_t>> find_variables(const exports::Dataset& data,
                                                 const std::vector<weighting::Margin>& margins,
                                                 const std::string& file) {
    std::vector<std::size_t> columns;
    std::vector<std::string_view> names;
    for (const auto& variable : data.variables) names.push_back(variable.name);
    Problems problems;
    for (const auto& margin : margins) {
        const auto found =
            std::ranges::find(data.variables, margin.variable, &exports::Variable::name);
        columns.push_back(static_cast<std::size_t>(found - data.variables.begin()));
        if (found == data.variables.end()) {
            const auto near = nearest_name(margin.variable, names);
            problems.push_back({file, 0,
                                fmt::format("the data have no variable \"{}\"{}", margin.variable,
                                            near ? fmt::format(": did you mean {}?", *near) : "")});
        } else if (found->kind == exports::Kind::Multiple) {
            problems.push_back(
                {file, 0,
                 fmt::format("\"{}\" may have several answers: it is no margin", margin.variable)});
        }
    }
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return columns;
}

Result<std::vector<double>> base_weights(const exports::Dataset& data) {
    std::vector<double> weights;
    std::size_t given = 0;
    for (const auto& row : data.rows) {
        const std::string& text = row[exports::kWeightVariable - 1].text;
        double weight = 1;
        if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), weight);
        if (!text.empty()) ++given;
        weights.push_back(weight);
    }
    if (given == 0 || given == data.rows.size()) return weights;
    return fail(Errc::InvalidInput,
                fmt::format("{} of {} interviews have no weight_base: give it to all, or to none",
                            data.rows.size() - given, data.rows.size()));
}

constexpr const char* kOfHouseholds = "households";  // where problems are: in no file

/// The variable of this name; null: the problem is noted.
const exports::Variable* variable_of(const exports::Dataset& data, const std::string& name,
                                     Problems& problems) {
    const auto found = std::ranges::find(data.variables, name, &exports::Variable::name);
    if (found != data.variables.end()) return &*found;
    std::vector<std::string_view> names;
    for (const auto& variable : data.variables) names.push_back(variable.name);
    const auto near = nearest_name(name, names);
    problems.push_back({kOfHouseholds, 0,
                        fmt::format("the data have no variable \"{}\"{}", name,
                                    near ? fmt::format(": did you mean {}?", *near) : "")});
    return nullptr;
}

/// A number of at least 1 in each row. Others are counted, and are a problem.
std::vector<double> counts_in(const exports::Dataset& data, const std::string& name,
                              Problems& problems) {
    std::vector<double> counts(data.rows.size(), 1);
    const exports::Variable* variable = name.empty() ? nullptr : variable_of(data, name, problems);
    if (variable == nullptr) return counts;
    const auto column = static_cast<std::size_t>(variable - data.variables.data());
    std::size_t missing = 0;
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        const std::string text = exports::category_name(*variable, data.rows[i][column]);
        double count = 0;
        std::from_chars(text.data(), text.data() + text.size(), count);
        if (count >= 1) counts[i] = count;
        missing += count >= 1 ? 0 : 1;
    }
    if (missing > 0) {
        problems.push_back(
            {kOfHouseholds, 0,
             fmt::format("{} of {} interviews have no number of at least 1 in \"{}\": name a "
                         "calculation that says what stands for it, as coalesce(${{{}}}, 1)",
                         missing, data.rows.size(), name, name)});
    }
    return counts;
}

std::string sentence_of(const std::vector<weighting::Margin>& margins,
                        const weighting::RakingRules& rules) {
    std::string names;
    for (const auto& margin : margins) names += (names.empty() ? "" : ", ") + margin.variable;
    std::string text = "Base weight raked to " + names;
    if (rules.cap) text += fmt::format(", no weight above {} times the mean", *rules.cap);
    if (rules.floor) text += fmt::format(", none below {} times the mean", *rules.floor);
    return text + ".";
}

Problems withheld(const weighting::Raked& raked, const std::string& file) {
    Problems problems{{file, 0,
                       raked.converged
                           ? "cap and floor cannot be held with these margins: weights are withheld"
                           : "the margins cannot be reached together: weights are withheld"}};
    for (const auto& residual : raked.residuals) {
        problems.push_back(
            {file, 0,
             fmt::format("{} \"{}\": target {:.4f}, reached {:.4f}", residual.variable,
                         residual.category, residual.target, residual.reached)});
    }
    return problems;
}

}  // namespace

Checked<void> weigh_households(exports::Dataset& data, const HouseholdVariables& variables) {
    Problems problems;
    const auto adults = counts_in(data, variables.adults, problems);
    const auto lines = counts_in(data, variables.lines, problems);
    const auto design = base_weights(data);
    if (!design) problems.push_back({kOfHouseholds, 0, design.error().detail});
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    std::vector<double> weights;
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        weights.push_back(
            weighting::base_weight({.design = (*design)[i], .adults = adults[i], .lines = lines[i]})
                .value());  // counts_in() has checked both
    }
    exports::set_base_weights(data, weights);
    return {};
}

Checked<weighting::Raked> weigh(exports::Dataset& data, const WeightingOrder& order) {
    const auto& file = order.margins_file;
    const auto margins = read_margins_file(file);
    if (!margins) return tl::unexpected(margins.error());
    const auto columns = find_variables(data, *margins, file);
    if (!columns) return tl::unexpected(columns.error());
    const auto base = base_weights(data);
    if (!base) return tl::unexpected(Problems{{file, 0, base.error().detail}});

    std::vector<weighting::RakedCase> cases;
    for (std::size_t i = 0; i < data.rows.size(); ++i) {
        weighting::RakedCase one{(*base)[i], {}};
        for (const std::size_t column : *columns) {
            one.categories.push_back(
                exports::category_name(data.variables[column], data.rows[i][column]));
        }
        cases.push_back(std::move(one));
    }
    auto raked = weighting::rake(cases, *margins, order.rules);
    if (!raked) {
        Problems problems;
        for (const auto& refusal : raked.error()) problems.push_back({file, 0, refusal});
        return tl::unexpected(std::move(problems));
    }
    if (raked->weights.empty()) return tl::unexpected(withheld(*raked, file));
    exports::set_weights(data, raked->weights, sentence_of(*margins, order.rules));
    return *std::move(raked);
}

}  // namespace bellwether::app
