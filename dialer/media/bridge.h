#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "dialer/media/frame.h"

namespace bellwether::media {

/// Where a leg meets a bridge: what it says goes in, what it is to hear comes out, each tick.
struct BridgePort {
    CallId leg{};
    Frame said{};
    Frame mixed{};  ///< owned by the bridge's mix
    const Frame* hears =
        nullptr;  ///< after Bridge::mix(): some port's `said`, or `mixed`; nullptr: nothing
};

/// Any number of legs, each hearing the sum of the others, less those it is set not to hear.
/// Not thread-safe: a bridge and its ports live on one media thread. mix() allocates nothing and
/// costs one pass per port and per deaf pair; two ports without deaf pairs cost a pointer each.
class Bridge {
public:
    void add(BridgePort& port);
    void remove(BridgePort& port);  ///< forgets its deaf pairs
    [[nodiscard]] bool empty() const { return ports_.empty(); }

    /// Whether `listener` hears `speaker`; kept while the listener stays, whether or not the
    /// speaker is in.
    void set_hears(CallId listener, CallId speaker, bool hears);

    /// Fills `hears` of every port from what all said in this tick. Sums saturate.
    void mix();

private:
    [[nodiscard]] bool is_deaf(CallId listener, CallId speaker) const;
    void mix_pair();
    void mix_all();

    std::vector<BridgePort*> ports_;
    std::vector<std::pair<CallId, CallId>> deaf_;  // listener, speaker
};

}  // namespace bellwether::media
