#pragma once

#include <filesystem>
#include <vector>

#include "dialer/app/sim/sim_study.h"

namespace bellwether::app {

/// One controller's days, to be drawn beside others'.
struct DrawnStudy {
    StudyRequest request;
    StudyReport report;
};

/// Writes the picture of `--plot`: SVG, one curve a study, all of the same scenario and days.
/// Checked: at least one study. Error: the file cannot be written.
[[nodiscard]] Result<void> draw(const std::vector<DrawnStudy>& studies,
                                const std::filesystem::path& file);

}  // namespace bellwether::app
