#include "pacing/detection.h"

#include <algorithm>

#include "base/check.h"
#include "pacing/fading.h"

namespace bellwether::pacing {
namespace {

constexpr double kMemory =
    2000;  // verdicts: an hour or two; detectors change with releases, not minutes
constexpr double kPriorVerdicts = 2;
// Before anything is known: a verdict U(1, 2.5) s after the pickup and 1 s of patience left
// (research: pacing B.1, C.2).
constexpr double kPriorDelayS = 1.75;
constexpr double kPriorPatienceS = 1.0;
// Beta(1, 99). Source: research: pacing C.1(4).
constexpr double kPriorMistaken = 1;
constexpr double kPriorMachines = 100;
constexpr double kPatienceMaxS =
    10;  // beyond it a caller is as good as served: keeps the grid's reach

void divide_by_weight(DetectionMemory& memory) {
    for (double* sum : {&memory.verdicts, &memory.delay_s, &memory.people, &memory.patience_s,
                        &memory.machines, &memory.mistaken}) {
        *sum /= memory.weight;
    }
    memory.weight = 1;
}

}  // namespace

void learn_verdict(DetectionMemory& memory, const VerdictGiven& verdict) {
    BW_CHECK(verdict.delay_s >= 0);
    memory.weight *= kMemory / (kMemory - 1);
    if (memory.weight > kWeightMax) divide_by_weight(memory);
    memory.verdicts += memory.weight;
    memory.delay_s += memory.weight * verdict.delay_s;
    if (!verdict.human) return;
    memory.people += memory.weight;
    memory.patience_s += memory.weight * std::clamp(verdict.patience_s, 0.0, kPatienceMaxS);
}

void learn_audit(DetectionMemory& memory, const MachineAudited& audit) {
    memory.machines += memory.weight;
    if (audit.person) memory.mistaken += memory.weight;
}

double mean_delay_s(const DetectionMemory& memory) {
    return (memory.delay_s / memory.weight + kPriorVerdicts * kPriorDelayS) /
           (memory.verdicts / memory.weight + kPriorVerdicts);
}

double mean_patience_s(const DetectionMemory& memory) {
    return (memory.patience_s / memory.weight + kPriorVerdicts * kPriorPatienceS) /
           (memory.people / memory.weight + kPriorVerdicts);
}

double false_machine_share(const DetectionMemory& memory) {
    return (memory.mistaken / memory.weight + kPriorMistaken) /
           (memory.machines / memory.weight + kPriorMachines);
}

}  // namespace bellwether::pacing
