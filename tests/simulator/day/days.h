#pragma once

#include <cmath>
#include <memory>
#include <utility>

#include "simulator/day/study.h"

namespace bellwether::simulator {

/// S3 of the study, so many hours of it.
inline DayScenario s3(double hours) {
    DayScenario scenario;
    scenario.name = "S3";
    scenario.hours = hours;
    scenario.agents.count = 25;
    return scenario;
}

inline StudyOptions controlled_by(Controller controller, std::uint64_t seed = 101, int days = 1) {
    StudyOptions options{.seed = seed, .days = days};
    options.day.controller = controller;
    return options;
}

/// A rule that is nothing but a function of what it sees.
template <class Decide>
MakeDayRule rule_of(Decide decide) {
    class Function final : public pacing::Rule {
    public:
        Function(Decide rule, Outlook& outlook) : decide_{std::move(rule)}, outlook_{outlook} {}
        void learn(const pacing::Happening&, Instant) override {}
        [[nodiscard]] pacing::Verdict decide(const pacing::Settings&,
                                             const pacing::Picture& picture) override {
            pacing::Verdict verdict;
            verdict.lines = decide_(picture, outlook_);
            verdict.forecast.mode = pacing::DialMode::Predictive;
            return verdict;
        }

    private:
        Decide decide_;
        Outlook& outlook_;
    };
    return [decide](Outlook& outlook) { return std::make_unique<Function>(decide, outlook); };
}

}  // namespace bellwether::simulator
