#pragma once

#include <cstdint>
#include <vector>

#include "pacing/rule.h"
#include "simulator/day/outlook.h"

namespace bellwether::simulator {

/// The bound of what any rule could reach: it knows who would answer and when, and when each agent
/// at work will be free. A person is dialed as soon as every live call still finds an agent of its
/// own by its deadline; among those who could be, the one for whom the agent waits least. What it
/// does not know: the talks of calls that have no agent yet.
class Clairvoyant final : public pacing::Rule {
public:
    explicit Clairvoyant(Outlook& outlook) : outlook_{outlook} {}  ///< must outlive the rule

    void learn(const pacing::Happening& happening, Instant at) override;
    [[nodiscard]] pacing::Verdict decide(const pacing::Settings& settings,
                                         const pacing::Picture& picture) override;

private:
    /// Somebody it has looked at and not dialed, because nobody would be free for him.
    struct Held {
        std::uint64_t person = 0;
        Outlook::LiveCall call;
    };
    /// Whom this decision dials: those who would answer first, so that a limit on lines spares
    /// them.
    struct Choice {
        std::vector<std::uint64_t> live;
        std::vector<std::uint64_t> others;
    };

    void look_again(Choice& choice);
    void look_ahead(Choice& choice);
    void look_at(std::uint64_t person, const Outlook::Prospect& prospect, Choice& choice);
    [[nodiscard]] bool dial_one(const std::vector<double>& free_in_s,
                                std::vector<Outlook::LiveCall>& calls, Choice& choice);

    Outlook& outlook_;
    std::uint64_t next_ = 0;  ///< the first person it has not looked at
    std::vector<Held> held_;
};

/// The agents who are not needed: what is left of `free_in_s` when each live call, earliest
/// deadline first, has been given the agent who is free latest and yet by that deadline. A call
/// that no agent can serve any more takes none. The arguments in any order; the result ascends.
/// Unless one of these is free by its deadline, a further call cannot be served.
[[nodiscard]] std::vector<double> spare_agents(std::vector<double> free_in_s,
                                               std::vector<Outlook::LiveCall> calls);

/// How many of the calls find an agent in time if they are served as the engine does, whoever has
/// waited longest first. @param free_in_s  ascends. @param calls  ascend by verdict.
[[nodiscard]] int served_in_turn(const std::vector<double>& free_in_s,
                                 const std::vector<Outlook::LiveCall>& calls);

}  // namespace bellwether::simulator
