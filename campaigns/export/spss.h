#pragma once

#include <vector>

#include "campaigns/export/flat.h"

namespace bellwether::campaigns::exports {

/// NAME.csv with the data and NAME.sps with SPSS syntax that reads it: labels, codes, missing
/// values, multiple response sets, and the weight last where there is one. Run it in the files'
/// folder. Lines are below 256 bytes for old readers; labels are cut to what SPSS holds (120 and
/// 255 bytes), texts to 32767. Source: IBM SPSS Command Syntax Reference (GET DATA, VALUE LABELS,
/// MRSETS), as tried with PSPP 1.6.2 in research/surveys.md 5.6.
[[nodiscard]] std::vector<OutputFile> spss_files(const Dataset& data);

}  // namespace bellwether::campaigns::exports
