#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/ids.h"
#include "base/time.h"
#include "campaigns/quota/plan.h"

// How far the cells of a campaign are filled, and who has a place in them. One owner holds a Tally
// and asks it in the order of arrival; it is plain data and part of the engine's snapshot.
// Source: research/surveys.md 3.3 and 3.4.

namespace bellwether::campaigns::quota {

/// What the quotas made of an interview in one group.
enum class Standing : std::uint8_t {
    Held,      ///< has a place while it goes on
    Counted,   ///< its place is a complete
    Rejected,  ///< ended by a full cell
    Skipped,   ///< the full cell took no place and closed a group of questions
    Outside,   ///< no cell matches
};

/// The same by name, as the store keeps it.
struct Mark {
    std::string group;
    std::string cell;  ///< empty: Outside
    Standing standing = Standing::Held;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("group", self.group);
        visit("cell", self.cell);
        visit("standing", self.standing);
    }
    friend bool operator==(const Mark&, const Mark&) = default;
};

/// The cells of one group that match, in the order of the sheet; none: not decided yet.
using Matching = std::optional<std::vector<CellIndex>>;

struct CellCount {
    std::int64_t completed = 0;  ///< without Cell::start
    std::int64_t in_flight = 0;
    std::int64_t recounted = 0;  ///< completed as it was when the tally was made

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("completed", self.completed);
        visit("in_flight", self.in_flight);
        visit("recounted", self.recounted);
    }
    friend bool operator==(const CellCount&, const CellCount&) = default;
};

struct GroupStanding {
    Matching matching;
    std::vector<CellIndex> places;
    std::optional<CellIndex> closed_by;  ///< the full cell with OnFull::Skip; it stays

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("matching", self.matching);
        visit("places", self.places);
        visit("closed_by", self.closed_by);
    }
    friend bool operator==(const GroupStanding&, const GroupStanding&) = default;
};

/// One interview.
struct Respondent {
    InterviewId id{};
    std::uint64_t version = 0;            ///< of the request that was answered last
    std::vector<GroupStanding> groups;    ///< as Plan::groups
    std::optional<CellIndex> refused_by;  ///< a full cell: the interview ends
    bool completed = false;
    std::optional<Instant> held_until;  ///< it broke off, and keeps its places until then

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("version", self.version);
        visit("groups", self.groups);
        visit("refused_by", self.refused_by);
        visit("completed", self.completed);
        visit("held_until", self.held_until);
    }
    friend bool operator==(const Respondent&, const Respondent&) = default;
};

struct Tally {
    std::vector<CellCount> cells;  ///< as Plan::cells
    std::map<InterviewId, Respondent> respondents;
    std::int64_t counted = 0;  ///< interviews that came to count, this wave

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("cells", self.cells);
        visit("respondents", self.respondents);
        visit("counted", self.counted);
    }
    friend bool operator==(const Tally&, const Tally&) = default;
};

/// Completes of one cell, as the store's interviews say.
struct CountedCell {
    std::string cell;
    std::int64_t completed = 0;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("cell", self.cell);
        visit("completed", self.completed);
    }
    friend bool operator==(const CountedCell&, const CountedCell&) = default;
};

/// What a tally begins with: every interview of the campaign that counts.
struct Recount {
    std::vector<CountedCell> cells;
    std::int64_t counted = 0;  ///< interviews

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("cells", self.cells);
        visit("counted", self.counted);
    }
    friend bool operator==(const Recount&, const Recount&) = default;
};

/// Cells that the recount does not name begin at zero; names that the plan does not have are passed
/// over.
[[nodiscard]] Tally make_tally(const Plan& plan, const Recount& recount = {});

/// Which places an interview wants. The version rises whenever `matching` changes.
struct Request {
    InterviewId interview{};
    std::uint64_t version = 0;
    std::vector<Matching> matching;  ///< as Plan::groups
};

struct Grant {
    bool granted = true;
    std::optional<CellIndex> refused_by;  ///< the full cell that ends the interview

    friend bool operator==(const Grant&, const Grant&) = default;
};

/// Takes places in all groups of the request, or in none: a full cell with End or Screen refuses
/// the whole interview and gives all its places back. Groups whose matching cells are as they were
/// keep their places; others are given back and decided anew, so that nobody stands in his own way.
/// A full cell with Skip closes its group for the rest of the interview. A repeated version is
/// answered as it was, and so is one of an interview that has been completed or refused.
[[nodiscard]] Grant reserve(const Plan& plan, Tally& tally, const Request& request);

/// The interview has ended and counts: its places become completes. Once; unknown ids, and those
/// refused, count nowhere.
void complete(Tally& tally, InterviewId interview);
/// The interview is over: what it still holds is given back, and it is forgotten. Completes stay.
void release(Tally& tally, InterviewId interview);
/// It has broken off and may be gone on with: its places stay its own until then.
void hold(Tally& tally, InterviewId interview, Instant until);
/// Releases those whose time is over. @return when the next one's is.
std::optional<Instant> expire(Tally& tally, Instant now);
/// An interview that goes on: what an earlier attempt was refused in parts (Mark::Skipped) stays
/// so, a place that was held is its own again, and a partial one that counted (Mark::Counted) is in
/// flight again, so that it counts once.
void resume(const Plan& plan, Tally& tally, InterviewId interview, std::span<const Mark> earlier);

/// What stands on record of an interview; empty: nothing was decided.
[[nodiscard]] std::vector<Mark> marks_of(const Plan& plan, const Tally& tally,
                                         InterviewId interview);

/// Whether a cell takes anybody.
enum class Fullness : std::uint8_t {
    Now,      ///< counting interviews in flight, where the cell is hard
    ForGood,  ///< by completes alone
};
[[nodiscard]] bool is_full(const Plan& plan, const Tally& tally, CellIndex cell,
                           Fullness by = Fullness::Now);

/// Which of the matching cells of a group take a respondent.
struct Choice {
    std::vector<CellIndex> places;  ///< counters among them
    std::optional<CellIndex> full;  ///< whose on_full applies; then only counters are in `places`
};
[[nodiscard]] Choice choose(const Plan& plan, const Tally& tally, std::size_t group,
                            std::span<const CellIndex> matching, Fullness by = Fullness::Now);

/// The invariant: of each hard cell 0 <= completed + in flight <= max(target - start, 0). Where the
/// target was lowered below what is completed, nobody is in flight.
/// @return the first cell that breaks it; none: it holds.
[[nodiscard]] std::optional<CellIndex> broken_cell(const Plan& plan, const Tally& tally);

}  // namespace bellwether::campaigns::quota

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::quota::Standing> = names("HELD", "COUNTED", "REJECTED",
                                                                     "SKIPPED", "OUTSIDE");
}  // namespace bellwether
