#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace bellwether::simulator {

/// What only the clairvoyant bound may see: the future of the simulated day, and a free hand in
/// whom to dial next. People are numbered 0, 1, … in the order of the list; the day dials them in
/// that order unless it is told otherwise. All times are seconds from now. Asked some hundred times
/// a decision, so that everything here should cost no more than a look-up.
class Outlook {
public:
    /// A person who would answer, or has answered, and may still be served.
    struct LiveCall {
        double verdict_in_s = 0;   ///< until he is known to be a person; <= 0: he is waiting
        double deadline_in_s = 0;  ///< until he counts as abandoned
    };
    struct Prospect {
        bool live = false;  ///< would be answered by a person if the INVITE went out now
        LiveCall call;      ///< if live
    };

    virtual ~Outlook() = default;

    /// What would become of a person dialed now. None: the list ends before this number.
    [[nodiscard]] virtual std::optional<Prospect> prospect(std::uint64_t person) const = 0;

    /// The next INVITEs reach these people, in this order, each once; whoever was chosen before and
    /// not dialed is forgotten.
    virtual void choose(std::vector<std::uint64_t> people) = 0;
    /// Those chosen last whom no INVITE has reached.
    [[nodiscard]] virtual std::vector<std::uint64_t> chosen() const = 0;

    /// Calls that ring, are being listened to or wait, and have a person at the other end.
    [[nodiscard]] virtual std::vector<LiveCall> live_calls() const = 0;
    /// When each agent can take his next call, the end of this talk and wrap-up included: 0 if
    /// ready now. Without those who will pause or leave.
    [[nodiscard]] virtual std::vector<double> agents_free_in_s() const = 0;
};

}  // namespace bellwether::simulator
