#include "campaigns/export/dataset.h"

#include <algorithm>

namespace bellwether::campaigns::exports {

const std::string& text_of(const form::ByLanguage& labels) {
    static const std::string kNone;
    const auto found =
        std::ranges::find_if(labels, [](const std::string& label) { return !label.empty(); });
    return found == labels.end() ? kNone : *found;
}

}  // namespace bellwether::campaigns::exports
