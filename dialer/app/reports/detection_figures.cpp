#include "dialer/app/reports/detection_figures.h"

#include <fmt/format.h>

#include <optional>

namespace bellwether::app {

namespace {

using answer_detect::Verdict;

void add(DetectionFigures& figures, const store::DetectionCount& count) {
    figures.verdicts[count.verdict] += count.attempts;
    const bool drawn = count.review != engine::Review::None;
    if (count.hung_up) figures.hung_up += count.attempts;
    if (!drawn) return;
    // One whose message was cut short by his own voice has told who he was himself.
    const bool person_spoke = count.verdict == Verdict::Human;
    if (!count.truth && !person_spoke) {
        figures.to_review += count.attempts;
        return;
    }
    figures.mistaken.of += count.attempts;
    if (person_spoke || count.truth == Verdict::Human) figures.mistaken.count += count.attempts;
}

struct Estimate {
    double low = 0;
    double value = 0;
    double high = 0;
};

/// None without a review.
std::optional<Estimate> estimate_of(const DetectionFigures& figures) {
    const auto share = figures.mistaken.value();
    if (!share) return std::nullopt;
    const auto interval = answer_detect::evaluation::wilson95(figures.mistaken);
    const auto calls = static_cast<double>(figures.hung_up);
    return Estimate{interval.low * calls, *share * calls, interval.high * calls};
}

Json estimate_json(const std::optional<Estimate>& estimate) {
    if (!estimate) return {{"estimate", nullptr}, {"low", nullptr}, {"high", nullptr}};
    return {{"estimate", estimate->value}, {"low", estimate->low}, {"high", estimate->high}};
}

}  // namespace

std::vector<DetectionFigures> detection_figures(const std::vector<store::DetectionCount>& counts) {
    std::map<std::uint32_t, DetectionFigures> by_weights;
    for (const auto& count : counts) {
        DetectionFigures& figures = by_weights[count.weights_version];
        figures.weights_version = count.weights_version;
        add(figures, count);
    }
    std::vector<DetectionFigures> all;
    all.reserve(by_weights.size());
    for (auto& [version, figures] : by_weights) all.push_back(std::move(figures));
    return all;
}

Json people_hung_up_on(const std::vector<DetectionFigures>& figures) {
    std::optional<Estimate> all;
    for (const DetectionFigures& each : figures) {
        const auto estimate = estimate_of(each);
        if (!estimate) continue;
        if (!all) all.emplace();
        all->low += estimate->low;
        all->value += estimate->value;
        all->high += estimate->high;
    }
    return estimate_json(all);
}

Json detection_json(const DetectionFigures& figures) {
    Json verdicts = Json::object();
    for (const auto& [verdict, attempts] : figures.verdicts) {
        verdicts[std::string{name_of(verdict)}] = attempts;
    }
    const auto interval = answer_detect::evaluation::wilson95(figures.mistaken);
    const auto share = figures.mistaken.value();
    Json json{{"weights", fmt::format("{:08x}", figures.weights_version)},
              {"verdicts", std::move(verdicts)},
              {"hung_up", figures.hung_up},
              {"reviewed", figures.mistaken.of},
              {"people_among_reviewed", figures.mistaken.count},
              {"to_review", figures.to_review}};
    json["false_positives"] = share ? Json(*share) : Json(nullptr);
    json["wilson95"] = {interval.low, interval.high};
    json["people_hung_up_on"] = estimate_json(estimate_of(figures));
    return json;
}

}  // namespace bellwether::app
