#pragma once

#include <cstdint>
#include <map>

#include "base/ids.h"
#include "base/time.h"
#include "dialer/engine/actions.h"
#include "simulator/whatif/chances.h"
#include "simulator/whatif/recording.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// How much of a what-if the recording did not know.
struct Drawn {
    std::int64_t calls = 0;  ///< to contacts, or at a time, that the recording never tried
    std::int64_t rings = 0;  ///< that were cut short in the recording
    std::int64_t talks = 0;  ///< with people whom nobody served in the recording
};

/// The people of a what-if, the trunk and the detector: the n-th call to a contact goes as the n-th
/// that was recorded, and beyond that as the recording's distributions have it.
class WhatIfPeople {
public:
    /// `recording`, `chances` and `driver` must outlive this.
    WhatIfPeople(const Recording& recording, const Chances& chances, std::uint64_t seed,
                 VirtualDriver& driver);

    void place(const engine::PlaceCall& action);
    /// @return false if the leg is not one of a contact.
    bool hang_up(CallId call);
    void bridge(CallId call);
    /// The safe-harbour message: over at once, as in `sim run`.
    void play(const engine::Play& action);
    void ended(const engine::StoreOutcome& action);
    [[nodiscard]] bool has(CallId call) const { return lines_.contains(call); }
    [[nodiscard]] bool all_over() const { return lines_.empty(); }
    [[nodiscard]] const Drawn& drawn() const { return drawn_; }
    [[nodiscard]] std::int64_t contacts_reached() const {
        return static_cast<std::int64_t>(tried_.size());
    }

private:
    struct Line {
        CallRecord fate;
        Draws draws;
        bool up = false;
        bool bridged = false;
    };

    [[nodiscard]] Line* find(CallId call);
    [[nodiscard]] CallRecord fate_of(ContactId contact, std::size_t call, Draws& draws);
    void resolves(CallId call);
    void answers(CallId call, const CallRecord& fate);
    void ends(CallId call, engine::EndedBy by);
    [[nodiscard]] Duration now() const;

    const Recording& recording_;
    const Chances& chances_;
    std::uint64_t seed_;
    VirtualDriver& driver_;
    std::map<CallId, Line> lines_;
    std::map<ContactId, std::size_t> tried_;  ///< calls to each so far
    Drawn drawn_;
};

}  // namespace bellwether::simulator
