#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bellwether::answer_detect::evaluation {

/// A share that was counted: `of` trials, `count` of them so.
struct Share {
    std::int64_t count = 0;
    std::int64_t of = 0;

    void add(bool is_so) {
        count += is_so ? 1 : 0;
        ++of;
    }
    [[nodiscard]] std::optional<double> value() const;  ///< 0 .. 1; none without trials
};

struct Interval {
    double low = 0;
    double high = 1;
};

/// The 95 % score interval of a share; the whole of 0 .. 1 without trials.
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// J. Am. Stat. Assoc. 22 (1927).
[[nodiscard]] Interval wilson95(const Share& share);

/// The chance that a positive drawn at random scores above a negative one, ties counting half: the
/// area under the ROC curve. None if either side is empty. Checked: no NaN.
/// Source: J. A. Hanley and B. J. McNeil, Radiology 143 (1982).
[[nodiscard]] std::optional<double> auc(std::span<const double> positives,
                                        std::span<const double> negatives);

/// The value below which `share` (0 .. 1) of the values lie, between neighbours in a straight line
/// (type 7 of R. J. Hyndman and Y. Fan, Am. Stat. 50, 1996). None without values.
[[nodiscard]] std::optional<double> percentile(std::vector<double> values, double share);

}  // namespace bellwether::answer_detect::evaluation
