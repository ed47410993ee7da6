#pragma once

#include <cstdint>
#include <vector>

#include "pacing/happening.h"

// What is known of the answer detector: how long its verdict takes, how long a person stays in time
// after it, and how often it takes a person for a machine.

namespace bellwether::pacing {

struct DetectionMemory {
    double weight = 1;  ///< of the next observation, as in fading.h
    double verdicts = 0;
    double delay_s = 0;  ///< sum
    double people = 0;
    double patience_s = 0;  ///< sum, of people
    double machines = 0;    ///< machine verdicts that somebody has listened to
    double mistaken = 0;    ///< of those, people

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("weight", self.weight);
        visit("verdicts", self.verdicts);
        visit("delay_s", self.delay_s);
        visit("people", self.people);
        visit("patience_s", self.patience_s);
        visit("machines", self.machines);
        visit("mistaken", self.mistaken);
    }
    friend bool operator==(const DetectionMemory&, const DetectionMemory&) = default;
};

void learn_verdict(DetectionMemory& memory, const VerdictGiven& verdict);
void learn_audit(DetectionMemory& memory, const MachineAudited& audit);

/// Mean time from the pickup to the verdict.
[[nodiscard]] double mean_delay_s(const DetectionMemory& memory);
/// Mean time from the verdict to the moment a person without an agent counts as abandoned.
[[nodiscard]] double mean_patience_s(const DetectionMemory& memory);
/// Share of the machine verdicts that were people: Beta(1, 99) before any audit.
[[nodiscard]] double false_machine_share(const DetectionMemory& memory);

}  // namespace bellwether::pacing
