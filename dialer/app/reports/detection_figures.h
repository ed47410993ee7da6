#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "answer-detect/evaluation/statistics.h"
#include "dialer/app/files/json_text.h"
#include "dialer/store/records.h"

namespace bellwether::app {

/// How the detector did in a campaign under one set of weights.
struct DetectionFigures {
    std::uint32_t weights_version = 0;  ///< 0: tones alone
    std::map<answer_detect::Verdict, std::int64_t> verdicts;
    std::int64_t hung_up = 0;  ///< attempts that ended as a machine
    /// Of MACHINE verdicts that were drawn for review and heard by somebody: people.
    answer_detect::evaluation::Share mistaken;
    std::int64_t to_review = 0;  ///< drawn, and not heard yet
};

[[nodiscard]] std::vector<DetectionFigures> detection_figures(
    const std::vector<store::DetectionCount>& counts);

/// People that the campaign has hung up on as machines, by the share among those reviewed: they
/// were abandoned as much as those whom no agent took. Null while nobody was reviewed.
[[nodiscard]] Json people_hung_up_on(const std::vector<DetectionFigures>& figures);

/// With the 95 % interval, and what it means for the people that were hung up on.
[[nodiscard]] Json detection_json(const DetectionFigures& figures);

}  // namespace bellwether::app
