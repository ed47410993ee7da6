#pragma once

#include <vector>

#include "campaigns/export/flat.h"

namespace bellwether::campaigns::exports {

/// When the file was made, for its head; both may be empty.
struct TripleSMoment {
    std::string date;  ///< "22 November 2026"
    std::string time;  ///< "10:15"
};

/// NAME.sss with the description, NAME.csv with the data, and NAME_codes.csv with what became of
/// codes.
///
/// Triple-S 2.0, CSV form. Its codes are whole numbers from 1 on: a list that has a code outside
/// 1..999 is numbered 1, 2, 3, … in its order, and no answer, don't know and refused are 7, 8, 9,
/// or 97, 98, 99, …: the first such three above the highest code (for numbers: above the highest
/// value). A Multiple is one field, a string of 0 and 1. Texts are on one line. NAME_codes.csv has
/// for each variable and code: variable, code, meaning, choice_name, and as export_code what the
/// other formats write. Source: Triple-S XML 2.0, as established in research/surveys.md 5.4.
[[nodiscard]] std::vector<OutputFile> triple_s_files(const Dataset& data,
                                                     const TripleSMoment& made);

}  // namespace bellwether::campaigns::exports
