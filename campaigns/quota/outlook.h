#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "campaigns/quota/tally.h"

namespace bellwether::campaigns::quota {

/// What became of the calls to people who could fill a cell, by their columns.
struct CellChance {
    std::int64_t calls = 0;       ///< dialed, those under way among them
    std::int64_t interviews = 0;  ///< that ended
    std::int64_t wanted = 0;      ///< interviews that took a place in the cell, or found it full

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("calls", self.calls);
        visit("interviews", self.interviews);
        visit("wanted", self.wanted);
    }
    friend bool operator==(const CellChance&, const CellChance&) = default;
};

/// A call that may still take a place.
struct CallUnderWay {
    std::vector<CellIndex> cells;            ///< that he could fill: Feasibility::cells_of()
    bool answered = false;                   ///< else it may come to nothing
    const Respondent* respondent = nullptr;  ///< while he is interviewed; else null
};

/// How far the cells will be filled if the calls under way come to what the calls before them came
/// to. People are only called while it leaves a place for them: else those who answer last would
/// answer for nothing. A cell that no call has told anything of is presumed to be wanted by
/// everybody who could fill it, so that a campaign begins with no more lines than places.
/// Source: research/surveys.md 3.4.
class Outlook {
public:
    /// @param chances  as Plan::cells; the plan must outlive this.
    Outlook(const Plan& plan, const Tally& tally, const std::vector<CellChance>& chances,
            std::span<const CallUnderWay> under_way);

    /// One line more, to somebody who could fill these.
    void add_line(std::span<const CellIndex> cells);
    /// For Feasibility::reach(): places that are expected to be taken count as taken. Its
    /// respondents are not there.
    [[nodiscard]] const Tally& tally() const { return tally_; }

private:
    struct Chance {
        double of_line = 1;       ///< that a call takes a place in the cell
        double of_interview = 1;  ///< that somebody who has answered does
    };
    void expect(CellIndex cell, double places);

    const Plan& plan_;
    Tally tally_;
    std::vector<Chance> chances_;
    std::vector<std::int64_t> in_flight_;  ///< really
    std::vector<double> expected_;
};

/// Can so many calls fill the last places of a cell?
[[nodiscard]] bool nearly_full(const Plan& plan, const Tally& tally, std::int64_t calls);

void learn_call(std::vector<CellChance>& chances, std::span<const CellIndex> cells);
/// An interview has ended. @param respondent  as he stood, before his places are given back.
void learn_interview(const Plan& plan, std::vector<CellChance>& chances,
                     std::span<const CellIndex> cells, const Respondent& respondent);
/// Halves what was learnt of a cell from more than kCallsRemembered calls: hours and lists change.
void fade(std::vector<CellChance>& chances, std::span<const CallUnderWay> under_way);

inline constexpr std::int64_t kCallsRemembered = 1'000;  ///< a tenth is then known to within 2 %

}  // namespace bellwether::campaigns::quota
