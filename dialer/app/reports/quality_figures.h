#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "dialer/app/files/json_text.h"
#include "dialer/engine/call_quality.h"

namespace bellwether::app {

/// A call below this dissatisfies many of its users: a rating R of 70.
/// Source: ITU-T G.107 (06/2015) annex B, table B.1.
inline constexpr double kManyDissatisfiedBelow = 3.6;

/// The lower of both directions' scores, since either side may be dissatisfied; none: no score.
[[nodiscard]] std::optional<double> worse_score(const engine::CallQuality& quality);

/// How well some calls were heard. Medians, which one broken call does not move.
struct QualityFigures {
    std::int64_t calls = 0;            ///< measured
    std::int64_t scored = 0;           ///< of them, with a score
    std::int64_t dissatisfying = 0;    ///< of those with a score, below kManyDissatisfiedBelow
    std::optional<double> mos_median;  ///< of worse_score(); none: no call has one
    double lost_median = 0;            ///< share of packets, 0..1
    double jitter_median_ms = 0;
};

[[nodiscard]] QualityFigures quality_figures(const std::vector<engine::CallQuality>& calls);

/// Rounded to what a person can use. `share` is that of dissatisfying calls; null: none has a
/// score.
[[nodiscard]] Json quality_figures_json(const QualityFigures& figures);

/// One call's.
[[nodiscard]] Json call_quality_json(const engine::CallQuality& quality);

}  // namespace bellwether::app
