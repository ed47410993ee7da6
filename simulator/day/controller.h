#pragma once

#include "base/enum_names.h"

namespace bellwether::simulator {

/// Who paces a simulated campaign. The first three are the product's own modes.
enum class Controller {
    Predictive,
    Progressive,
    Ratio,        ///< the product's while it is guarded, else simulator/baselines
    Vicidial,     ///< adaptive dial level by that product's published rules
    Expectation,  ///< expected answers matched with expected free agents
    Clairvoyant,  ///< knows the future: the bound
};

}  // namespace bellwether::simulator

namespace bellwether {
/// As the command line and the results write them.
template <>
inline constexpr auto kEnumNames<simulator::Controller> = names("predictive", "progressive",
                                                                "ratio", "vicidial", "expectation",
                                                                "clairvoyant");
}  // namespace bellwether
