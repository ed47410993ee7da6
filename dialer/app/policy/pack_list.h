#pragma once

#include "compliance/policy/pack.h"
#include "dialer/app/files/json_text.h"

namespace bellwether::app {

/// A pack with its rules: id, kind, effect, class, citation, dates. `with_rules` false: their
/// count.
[[nodiscard]] Json pack_json(const compliance::policy::Pack& pack, bool with_rules);

/// The rules that one pack has and the other has not, and those that say something else. A rule is
/// known by its id and the day from which it is in force.
[[nodiscard]] Json packs_difference(const compliance::policy::Pack& before,
                                    const compliance::policy::Pack& after);

}  // namespace bellwether::app
