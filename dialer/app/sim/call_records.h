#pragma once

#include <string>
#include <string_view>

#include "compliance/calling_hours.h"
#include "dialer/app/files/problem.h"
#include "dialer/app/sim/call_mapping.h"
#include "simulator/whatif/recording.h"

namespace bellwether::app {

/// The columns are separated by whichever of tab, ',', ';' and '|' the heading has most of.
struct CallFile {
    std::string_view text;
    std::string name;  ///< for problems
};

/// The date in the first row, for the zone's data; `otherwise` if there is none.
[[nodiscard]] UtcTime first_day(const CallFile& file, const CallMapping& mapping,
                                UtcTime otherwise);

/// Another system's calls as a recording. Each row is a call to a contact of its own, in order of
/// time. What the rows do not say is supplied: a ring without length lasts what the simulator's
/// scenarios have as the mean (`no_answer` for calls nobody took); agents are there from the INVITE
/// of their first call to the end of their last, and away where half an hour lies between two.
/// Whatever an agent talked to counts as a person, whatever it was.
///
/// @param zone       of times without an offset.
/// @param no_answer  how long calls rang that nobody took, where the file does not say.
/// Problems: a column that is missing, and every wrong row by line and column, the first 50.
[[nodiscard]] Checked<simulator::Recording> read_call_records(const CallFile& file,
                                                              const CallMapping& mapping,
                                                              const compliance::ZoneOffsets& zone,
                                                              Duration no_answer);

}  // namespace bellwether::app
