#include "dialer/app/reports/quality_figures.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bellwether::app {

namespace {

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double milliseconds(std::chrono::microseconds time) {
    return static_cast<double>(time.count()) / 1000;
}

double rounded(double value, double parts) { return std::round(value * parts) / parts; }

Json score_json(std::optional<double> score) {
    return score ? Json(rounded(*score, 100)) : Json(nullptr);
}

}  // namespace

std::optional<double> worse_score(const engine::CallQuality& quality) {
    if (!quality.mos_heard || !quality.mos_sent)
        return quality.mos_heard ? quality.mos_heard : quality.mos_sent;
    return std::min(*quality.mos_heard, *quality.mos_sent);
}

QualityFigures quality_figures(const std::vector<engine::CallQuality>& calls) {
    std::vector<double> scores, lost, jitter;
    for (const auto& call : calls) {
        if (const auto score = worse_score(call)) scores.push_back(*score);
        lost.push_back(call.lost);
        jitter.push_back(milliseconds(call.jitter));
    }
    QualityFigures figures{.calls = static_cast<std::int64_t>(calls.size()),
                           .scored = static_cast<std::int64_t>(scores.size()),
                           .mos_median = std::nullopt,
                           .lost_median = median(std::move(lost)),
                           .jitter_median_ms = median(std::move(jitter))};
    figures.dissatisfying =
        std::ranges::count_if(scores, [](double score) { return score < kManyDissatisfiedBelow; });
    if (!scores.empty()) figures.mos_median = median(std::move(scores));
    return figures;
}

Json quality_figures_json(const QualityFigures& figures) {
    Json json{{"calls", figures.calls},
              {"mos_median", score_json(figures.mos_median)},
              {"dissatisfying", figures.dissatisfying},
              {"share", nullptr},
              {"loss_percent", rounded(figures.lost_median * 100, 100)},
              {"jitter_ms", rounded(figures.jitter_median_ms, 10)}};
    if (figures.scored > 0) {
        json["share"] = rounded(
            static_cast<double>(figures.dissatisfying) / static_cast<double>(figures.scored), 1000);
    }
    return json;
}

Json call_quality_json(const engine::CallQuality& quality) {
    return {{"mos_heard", score_json(quality.mos_heard)},
            {"mos_sent", score_json(quality.mos_sent)},
            {"loss_percent", rounded(quality.lost * 100, 100)},
            {"jitter_ms", rounded(milliseconds(quality.jitter), 10)},
            {"trunk", quality.trunk}};
}

}  // namespace bellwether::app
