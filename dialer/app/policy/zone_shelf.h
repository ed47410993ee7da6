#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"
#include "compliance/calling_hours.h"

namespace bellwether::app {

/// Zones of the host's database for cases of any date, each read once per day that is asked for.
/// One thread.
class ZoneShelf {
public:
    /// The zone with its data from before `now` on; null: there is no such zone. Lives as long as
    /// the shelf.
    [[nodiscard]] const compliance::ZoneOffsets* find(std::string_view name, UtcTime now);

private:
    using Key = std::pair<std::string, std::chrono::sys_days>;
    std::map<Key, std::unique_ptr<const compliance::ZoneOffsets>> zones_;
};

}  // namespace bellwether::app
