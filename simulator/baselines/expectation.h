#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "pacing/rule.h"

namespace bellwether::simulator {

/// Expectation matching with a budget loop: so many calls in flight that the answers to be expected
/// of them are as many as the agents to be expected free. It looks at means, never at tails.
///
///     weight * sum of P(person answers) + waiting <= idle + sum of P(agent free within the window)
///
/// The window is the mean time from INVITE to verdict. The weight begins at 1 and takes the step of
/// the product's own budget loop (research: pacing C.4) after each answer by a person: times 1 +
/// eta (1 - tau) if he was abandoned, times 1 - eta tau if not. One line per ready agent is always
/// had. No guard: the cap is aimed at, not held. Sources: US4829563 (weighted completions against
/// releases), US5640445 (releases by elapsed time).
class Expectation final : public pacing::Rule {
public:
    void learn(const pacing::Happening& happening, Instant at) override;
    [[nodiscard]] pacing::Verdict decide(const pacing::Settings& settings,
                                         const pacing::Picture& picture) override;

    [[nodiscard]] double weight() const { return weight_; }

private:
    /// How many calls still rang at each second, and how many of those a person answered later.
    struct Rings {
        static constexpr std::size_t kSeconds = 61;
        std::array<double, kSeconds> ringing{};
        std::array<double, kSeconds> answered{};

        void add(double ring_s, bool live);
        [[nodiscard]] double answer_chance(double ringing_s) const;
    };
    /// Ends, and seconds at risk, of a duration by elapsed time; the last bin is open.
    struct Hazard {
        static constexpr std::size_t kBins = 121;
        double prior_per_second = 0;
        std::array<double, kBins> ends{};
        std::array<double, kBins> seconds{};

        void add(double duration_s);
        [[nodiscard]] double per_second(double elapsed_s) const;
    };
    using FreeChances = std::array<double, Hazard::kBins>;  ///< by elapsed time, as Hazard

    struct Learner;

    [[nodiscard]] double expected_answers(const pacing::Picture& picture) const;
    [[nodiscard]] double expected_free(const pacing::Picture& picture) const;
    void renew_tables(Instant at);

    Rings rings_;
    double human_share_ = 0.5;  ///< of those who pick up
    double ring_live_s_ = 12;   ///< mean
    double verdict_s_ = 2;      ///< mean
    // The wrong priors with which every learning rule of the study begins (research: pacing B.1).
    Hazard talk_{.prior_per_second = 1.0 / 90};
    Hazard wrap_up_{.prior_per_second = 1.0 / 20};
    double weight_ = 1.0;
    double target_ = 0.027;

    std::optional<Instant> renewed_;
    FreeChances free_from_talk_{};  ///< within the window
    FreeChances free_from_wrap_{};
};

}  // namespace bellwether::simulator
