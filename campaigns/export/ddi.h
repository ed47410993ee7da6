#pragma once

#include <string>
#include <vector>

#include "campaigns/export/flat.h"

namespace bellwether::campaigns::exports {

/// What a study's description says beside its data; each may be empty.
struct StudyFacts {
    std::string id;             ///< "HP-2026-01"
    std::string software;       ///< version of this program
    std::string mode;           ///< how it was asked
    std::string response_rate;  ///< "AAPOR RR3 0.195 (e = 0.401, proportional)"
};

/// NAME.xml, a DDI-Codebook 2.5 description, and NAME.csv with the data. Every column of the data
/// is a variable; those of a Multiple are a group. Codes of item nonresponse are categories with
/// missing="Y" and invalid values.
/// Source: DDI Alliance, DDI-Codebook 2.5, as validated in research/surveys.md 5.5.
[[nodiscard]] std::vector<OutputFile> ddi_files(const Dataset& data, const StudyFacts& study);

}  // namespace bellwether::campaigns::exports
