#include "simulator/baselines/baselines.h"

#include "simulator/baselines/clairvoyant.h"
#include "simulator/baselines/expectation.h"
#include "simulator/baselines/fixed_ratio.h"
#include "simulator/baselines/vicidial.h"

namespace bellwether::simulator {

std::unique_ptr<pacing::Rule> make_baseline(Controller controller, const DayScenario& scenario,
                                            Outlook& outlook) {
    switch (controller) {
        case Controller::Predictive:
        case Controller::Progressive:
            return nullptr;
        case Controller::Ratio:
            if (scenario.ratio.guard) return nullptr;
            return std::make_unique<FixedRatio>(scenario.ratio.level);
        case Controller::Vicidial:
            return std::make_unique<Vicidial>(scenario.vicidial);
        case Controller::Expectation:
            return std::make_unique<Expectation>();
        case Controller::Clairvoyant:
            return std::make_unique<Clairvoyant>(outlook);
    }
    return nullptr;
}

}  // namespace bellwether::simulator
