#include "campaigns/weighting/base_weight.h"

#include <cmath>

#include "base/check.h"

namespace bellwether::campaigns::weighting {

Result<double> base_weight(const Selection& selection) {
    BW_CHECK(selection.design > 0);
    const auto counts = [](double number) { return std::isfinite(number) && number >= 1; };
    if (!counts(selection.adults))
        return fail(Errc::InvalidInput, "a household has at least 1 adult");
    if (!counts(selection.lines))
        return fail(Errc::InvalidInput, "a household that was reached has at least 1 number");
    return selection.design * selection.adults / selection.lines;
}

}  // namespace bellwether::campaigns::weighting
