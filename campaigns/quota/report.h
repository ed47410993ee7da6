#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/time.h"
#include "campaigns/quota/recount.h"

namespace bellwether::campaigns::quota {

/// Where a contact of a campaign with quotas stands. Each stands in exactly one place.
enum class Place : std::uint8_t {
    Counted,   ///< his interview is a complete of at least one cell
    InFlight,  ///< his interview goes on
    Rejected,  ///< it was ended by a full cell
    Skipped,   ///< it is complete, counts nowhere, and a full cell had a part of it left out
    Outside,   ///< it is complete, and no cell matched
    Ended,     ///< it ended otherwise: refused, partial, screened out by a question
    Closed,    ///< never interviewed, and not called: every cell that he could fill is full
    Open,      ///< never interviewed, and may be called: the sample that is left
    Over,      ///< never interviewed, and not called any more for another reason
};

struct CellRow {
    std::string group;
    std::string cell;
    std::string label;
    OnFull on_full = OnFull::End;
    bool soft = false;
    std::int64_t target = 0;  ///< 0 for a counter
    std::int64_t start = 0;
    std::int64_t completed = 0;  ///< without `start`
    std::int64_t in_flight = 0;
    std::optional<UtcTime>
        full_since;             ///< the complete that filled it; none: open, or from the start
    bool is_full = false;       ///< by completes alone
    std::int64_t rejected = 0;  ///< interviews that it ended
    std::int64_t skipped = 0;   ///< interviews that went on without a place in it
};

struct Report {
    std::vector<CellRow> cells;            ///< as Plan::cells
    std::map<Place, std::int64_t> places;  ///< of all contacts; each Place is there
    std::map<std::string, std::int64_t>
        outside;                ///< complete interviews that match no cell of a group
    std::int64_t contacts = 0;  ///< the sum of `places`
};

/// What is needed besides the interviews.
struct Sample {  ///< contacts without an interview
    std::int64_t closed = 0;
    std::int64_t callable = 0;
    std::int64_t over = 0;
};

/// @param interviews  all of the campaign, in the order of their ends; those without an end are in
///                    flight. A contact stands where his latest interview stands.
[[nodiscard]] Report report(const form::Form& form, const Plan& plan,
                            std::span<const PastInterview> interviews, const Sample& sample);

}  // namespace bellwether::campaigns::quota

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::quota::Place> = names("COUNTED", "IN_FLIGHT",
                                                                  "REJECTED", "SKIPPED", "OUTSIDE",
                                                                  "ENDED", "CLOSED", "OPEN",
                                                                  "OVER");
}  // namespace bellwether
