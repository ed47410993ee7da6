#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "answer-detect/evaluation/listen.h"
#include "answer-detect/evaluation/statistics.h"
#include "answer-detect/training/clip.h"

namespace bellwether::answer_detect::evaluation {

/// The verdict that a label asks for.
[[nodiscard]] Verdict expected(const training::LabelledClip& clip);

/// Seconds after the labelled onset at which the posterior is compared.
inline constexpr std::array<double, 5> kAucTimesS{1.0, 1.5, 2.0, 2.5, 3.0};

/// How well a corpus was judged. Clips of phone assistants are in `by_class` alone.
struct Scores {
    std::int64_t humans = 0;
    std::int64_t machines = 0;
    Share human_to_machine;  ///< of people
    Share machine_recall;    ///< of machines
    Share accuracy;          ///< of both; UNSURE is wrong
    std::array<std::optional<double>, kAucTimesS.size()> auc;
    std::optional<double> after_greeting_p50_s;  ///< of people judged HUMAN, from the end of
    std::optional<double> after_greeting_p90_s;  ///< their first turn to the verdict
    Share over_2s;                               ///< of them
    Share beep_recall;
    std::int64_t false_beeps = 0;                                 ///< on machine clips
    double machine_minutes = 0;                                   ///< of machine clips
    std::map<Verdict, std::map<Verdict, std::int64_t>> by_class;  ///< expected, then judged

    [[nodiscard]] std::optional<double> false_beeps_per_min() const;
};

/// Adds up clip by clip; the clips' sound is not needed.
class Scorer {
public:
    /// @param length_s  of the clip's sound; labels beyond it are ignored
    void add(const training::LabelledClip& clip, double length_s, const Heard& heard);
    [[nodiscard]] Scores scores() const;

private:
    void add_speech(const training::LabelledClip& clip, double length_s, const Heard& heard);
    void add_beeps(const training::LabelledClip& clip, double length_s, const Heard& heard);

    Scores scores_;
    std::array<std::vector<double>, kAucTimesS.size()> human_p_;
    std::array<std::vector<double>, kAucTimesS.size()> machine_p_;
    std::vector<double> after_greeting_s_;
};

}  // namespace bellwether::answer_detect::evaluation
