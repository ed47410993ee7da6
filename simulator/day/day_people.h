#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "dialer/engine/actions.h"
#include "simulator/day/fates.h"
#include "simulator/day/outlook.h"
#include "simulator/day/tally.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// The trunk, the people behind it and the detector, for one day: rings, failures, pickups,
/// verdicts, greetings, talks. The carrier takes no time of its own, and a CANCEL never meets an
/// answer. Nobody hangs up while he waits.
class DayPeople {
public:
    /// `scenario`, `driver` and `clerk` must outlive this. The day begins at `begin`.
    DayPeople(const DayScenario& scenario, std::uint64_t seed, Instant begin, VirtualDriver& driver,
              DayClerk& clerk);

    void place(CallId call);
    /// @return false if the leg is not one of a contact.
    bool hang_up(CallId call);
    /// @return when the talk will end.
    Instant bridge(CallId call);
    /// The safe-harbour message: over at once, as the studies count it.
    void play(const engine::Play& action);
    void ended(const engine::StoreOutcome& action);

    // --- what the clairvoyant sees: see Outlook ---

    [[nodiscard]] std::optional<Outlook::Prospect> prospect(std::uint64_t person) const;
    void choose(std::vector<std::uint64_t> people);
    [[nodiscard]] std::vector<std::uint64_t> chosen() const;
    [[nodiscard]] std::vector<Outlook::LiveCall> live_calls() const;

private:
    struct Line {
        std::uint64_t person = 0;
        Fate fate;
        Instant invited;
        bool up = false;
        bool is_known = false;  ///< past the verdict: a person

        [[nodiscard]] Instant picked_up() const { return invited + fate.resolves_after; }
    };

    [[nodiscard]] Line* find(CallId call);
    [[nodiscard]] std::uint64_t next_person();
    void resolves(CallId call);
    void verdict(CallId call);
    [[nodiscard]] Outlook::LiveCall seen_from_now(Instant picked_up, const Fate& fate) const;

    const DayScenario& scenario_;
    Fates fates_;
    Instant begin_;
    VirtualDriver& driver_;
    DayClerk& clerk_;

    std::unordered_map<CallId, Line> lines_;  ///< never iterated
    std::map<CallId, Line> live_;             ///< of lines_: people without an agent yet
    std::uint64_t next_ = 0;                  ///< the first of the list not reached in turn
    std::set<std::uint64_t> out_of_turn_;     ///< from next_ on: reached already
    std::vector<std::uint64_t> chosen_;       ///< in reverse
};

}  // namespace bellwether::simulator
