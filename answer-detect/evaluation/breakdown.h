#pragma once

#include <map>
#include <string>

#include "answer-detect/evaluation/scores.h"

namespace bellwether::answer_detect::evaluation {

/// The errors of people and machines, told apart by one property of the clips at a time.
class Breakdown {
public:
    struct Row {
        Share human_to_machine;
        Share machine_recall;
    };
    using Table = std::map<std::string, Row>;  ///< by the property's value

    /// Clips that are neither people nor machines, and phone assistants, are left out.
    void add(const training::LabelledClip& clip, double length_s, const Heard& heard);

    /// "language", "noise", "snr_db", "level_dbm0", "source", "greeting_s", "clean_short".
    [[nodiscard]] const std::map<std::string, Table>& tables() const { return tables_; }

private:
    std::map<std::string, Table> tables_;
};

/// Is it an easy greeting: signal over noise at least 20 dB, level at least -27 dBm0, the first
/// word within 1.5 s, greeting up to 1 s. Source: research: answer-detect 1.
[[nodiscard]] bool is_clean_short(const training::LabelledClip& clip);

}  // namespace bellwether::answer_detect::evaluation
