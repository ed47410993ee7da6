#include "campaigns/weighting/raking.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"

namespace bellwether::campaigns::weighting {
namespace {

constexpr double kOutside = 1e-9;  // relative; research/surveys.md 6, step 4
constexpr const char* kNoValue = "(no value)";

/// A margin with its cases: which category each is in.
struct Cells {
    const Margin* margin = nullptr;
    std::vector<Target> targets;  ///< with the one of cases without a value, if it has its own
    std::vector<std::size_t> of;  ///< by case: index into targets
};

double sum_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum;
}

void scale_to_mean_one(std::vector<double>& weights) {
    const double factor = static_cast<double>(weights.size()) / sum_of(weights);
    for (double& weight : weights) weight *= factor;
}

std::vector<double> base_weights(const std::vector<RakedCase>& cases) {
    std::vector<double> weights;
    for (const auto& one : cases) {
        BW_CHECK(one.base > 0);
        weights.push_back(one.base);
    }
    scale_to_mean_one(weights);
    return weights;
}

/// Sorts the cases into the categories of a margin, and says what stands against it.
class CellMaker {
public:
    CellMaker(const std::vector<RakedCase>& cases, const std::vector<double>& base,
              const RakingRules& rules, std::vector<std::string>& refusals)
        : cases_{cases}, base_{base}, rules_{rules}, refusals_{refusals} {}

    Cells make(const Margin& margin, std::size_t index) {
        Cells cells{&margin, margin.targets, {}};
        std::vector<double> observed(margin.targets.size(), 0);
        std::vector<std::size_t> without;
        for (std::size_t i = 0; i < cases_.size(); ++i) {
            const std::string& category = cases_[i].categories.at(index);
            const auto found = std::ranges::find(margin.targets, category, &Target::category);
            const auto place = static_cast<std::size_t>(found - margin.targets.begin());
            cells.of.push_back(place);
            if (category.empty()) {
                without.push_back(i);
            } else if (place == margin.targets.size()) {
                add_unknown(margin, category);
            } else {
                observed[place] += base_[i];
            }
        }
        place_missing(cells, observed, without);
        check_targets(margin, observed);
        return cells;
    }

private:
    void add_unknown(const Margin& margin, const std::string& category) {
        const std::string text = margin.variable + ": there are cases of \"" + category +
                                 "\" and no target for it: add one, or collapse it with another";
        if (std::ranges::find(refusals_, text) == refusals_.end()) refusals_.push_back(text);
    }

    void place_missing(Cells& cells, std::vector<double>& observed,
                       const std::vector<std::size_t>& without) {
        if (without.empty()) return;
        if (rules_.missing == MissingValue::Refuse) {
            refusals_.push_back(cells.margin->variable + ": " + std::to_string(without.size()) +
                                " cases have no value: impute it, or give them a category");
            return;
        }
        double share = 0;
        for (const std::size_t i : without) share += base_[i];
        std::size_t place = 0;
        if (rules_.missing == MissingValue::Impute) {
            place = static_cast<std::size_t>(std::ranges::max_element(observed) - observed.begin());
            observed[place] += share;
        } else {
            share /= static_cast<double>(cases_.size());
            for (auto& target : cells.targets) target.share *= 1 - share;
            place = cells.targets.size();
            cells.targets.push_back({kNoValue, share});
        }
        for (const std::size_t i : without) cells.of[i] = place;
    }

    void check_targets(const Margin& margin, const std::vector<double>& observed) {
        for (std::size_t c = 0; c < margin.targets.size(); ++c) {
            const auto& [category, share] = margin.targets[c];
            if (share > 0 && observed[c] == 0) {
                refusals_.push_back(margin.variable + ": \"" + category +
                                    "\" has a target and no case: collapse it with another");
            } else if (share == 0 && observed[c] > 0) {
                refusals_.push_back(margin.variable + ": \"" + category +
                                    "\" has cases and the target 0: leave them out of the data");
            }
        }
    }

    const std::vector<RakedCase>& cases_;
    const std::vector<double>& base_;
    const RakingRules& rules_;
    std::vector<std::string>& refusals_;
};

class Raking {
public:
    Raking(std::vector<Cells> margins, const RakingRules& rules, std::vector<double> weights)
        : margins_{std::move(margins)}, rules_{rules}, weights_{std::move(weights)} {}

    /// Until every target is reached. @return how many iterations; none: it was not
    std::optional<int> fit() {
        for (int iteration = 1; iteration <= rules_.iterations_max; ++iteration) {
            for (const auto& margin : margins_) adjust(margin);
            if (error() < rules_.tolerance) return iteration;
        }
        return std::nullopt;
    }

    /// @return true: there was none to clip
    bool clip() {
        const double mean = sum_of(weights_) / static_cast<double>(weights_.size());
        const double most = rules_.cap ? *rules_.cap * mean : HUGE_VAL;
        const double least = rules_.floor ? *rules_.floor * mean : 0;
        bool is_inside = true;
        for (double& weight : weights_) {
            if (weight > most * (1 + kOutside) || weight < least * (1 - kOutside))
                is_inside = false;
        }
        if (is_inside) return true;
        for (double& weight : weights_) weight = std::clamp(weight, least, most);
        return false;
    }

    [[nodiscard]] std::vector<Residual> residuals() const {
        std::vector<Residual> all;
        for (const auto& margin : margins_) {
            const auto sums = sums_of(margin);
            for (std::size_t c = 0; c < sums.size(); ++c) {
                all.push_back({margin.margin->variable, margin.targets[c].category,
                               margin.targets[c].share, sums[c] / cases()});
            }
        }
        return all;
    }

    [[nodiscard]] const std::vector<double>& weights() const { return weights_; }

private:
    [[nodiscard]] double cases() const { return static_cast<double>(weights_.size()); }

    [[nodiscard]] std::vector<double> sums_of(const Cells& margin) const {
        std::vector<double> sums(margin.targets.size(), 0);
        for (std::size_t i = 0; i < weights_.size(); ++i) sums[margin.of[i]] += weights_[i];
        return sums;
    }

    void adjust(const Cells& margin) {
        const auto sums = sums_of(margin);
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            const std::size_t c = margin.of[i];
            weights_[i] *= margin.targets[c].share * cases() / sums[c];
        }
    }

    [[nodiscard]] double error() const {
        double largest = 0;
        for (const auto& residual : residuals())
            largest = std::max(largest, std::abs(residual.reached - residual.target));
        return largest;
    }

    std::vector<Cells> margins_;
    const RakingRules& rules_;
    std::vector<double> weights_;
};

void trim(Raking& raking, const RakingRules& rules, Raked& result) {
    while (!raking.clip()) {
        if (++result.trim_rounds > rules.trim_rounds_max) {
            result.trimmed = false;
            return;
        }
        if (!raking.fit()) {
            result.converged = false;
            return;
        }
    }
    result.steps.push_back({"trimmed", precision_of(raking.weights())});
}

}  // namespace

tl::expected<Raked, std::vector<std::string>> rake(const std::vector<RakedCase>& cases,
                                                   const std::vector<Margin>& margins,
                                                   const RakingRules& rules) {
    BW_CHECK(rules.tolerance > 0 && rules.iterations_max >= 1);
    std::vector<std::string> refusals;
    if (cases.empty()) refusals.emplace_back("there is no case to be weighted");
    if (!refusals.empty()) return tl::unexpected(std::move(refusals));
    auto base = base_weights(cases);
    CellMaker maker{cases, base, rules, refusals};
    std::vector<Cells> cells;
    for (std::size_t k = 0; k < margins.size(); ++k) cells.push_back(maker.make(margins[k], k));
    if (!refusals.empty()) return tl::unexpected(std::move(refusals));

    Raked result;
    result.steps.push_back({"base", precision_of(base)});
    Raking raking{std::move(cells), rules, std::move(base)};
    if (const auto iterations = raking.fit()) {
        result.iterations = *iterations;
        result.steps.push_back({"raked", precision_of(raking.weights())});
        if (rules.cap || rules.floor) trim(raking, rules, result);
    } else {
        result.converged = false;
    }
    result.residuals = raking.residuals();
    if (!result.converged || !result.trimmed) return result;
    result.weights = raking.weights();
    scale_to_mean_one(result.weights);
    return result;
}

}  // namespace bellwether::campaigns::weighting
