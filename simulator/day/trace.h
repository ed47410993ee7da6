#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// Where a run's trace goes, piece by piece: a hash, as a rule.
using TraceSink = std::function<void(std::string_view)>;

/// Writes each event and action of a run as bytes: both times, the kind, every field. Two runs are
/// the same exactly if their bytes are. The bytes are no format: nothing reads them back.
class TraceWriter {
public:
    explicit TraceWriter(TraceSink sink) : sink_{std::move(sink)} {}

    void write(const Step& step);
    void flush();  ///< to be called at the end

private:
    TraceSink sink_;
    std::string buffer_;
};

}  // namespace bellwether::simulator
