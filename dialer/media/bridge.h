#pragma once

#include <array>
#include <cstddef>
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

/// Whether one in a role hears another, both not on hold.
[[nodiscard]] bool hears_by_role(Role listener, Role speaker);

/// Any number of legs, each hearing the sum of those that its role lets it hear, less those it is
/// set not to hear. Whoever comes, goes or changes is faded over one frame for those who hear
/// others meanwhile, so that nothing clicks (for the rest Leg does it, splice.h).
///
/// Not thread-safe: a bridge and its ports live on one media thread. mix() allocates only after a
/// change, and costs one pass per pair that hears; a listener to one speaker costs a pointer.
class Bridge {
public:
    void add(BridgePort& port, Role role = Role::Party, bool held = false);
    void remove(BridgePort& port);  ///< forgets its deaf pairs
    [[nodiscard]] bool empty() const { return members_.empty(); }

    void set_role(CallId leg, Role role);
    void set_held(CallId leg, bool held);

    /// Whether `listener` hears `speaker`, if their roles let it; kept while the listener stays,
    /// whether or not the speaker is in.
    void set_hears(CallId listener, CallId speaker, bool hears);

    /// Fills `hears` of every port from what all said in this tick. Sums saturate.
    void mix();

private:
    enum class Gain { Steady, In, Out };
    struct Edge {
        const Frame* said;
        Gain gain;
    };
    struct Member {
        BridgePort* port;
        Role role;
        bool held;
        bool is_new = true;
        std::vector<Edge> edges{};  // whom it hears
    };

    static constexpr std::size_t kGhosts = 4;  // leavers of one tick that are faded; more just go

    [[nodiscard]] Member* find(CallId leg);
    [[nodiscard]] bool hears(const Member& listener, const Member& speaker) const;
    void rebuild();
    void rebuild_edges(Member& listener);
    static void render(Member& listener);
    void settle();

    std::vector<Member> members_;
    std::vector<std::pair<CallId, CallId>> deaf_;  // listener, speaker
    bool changed_ = false;
    bool fading_ = false;
    std::array<Frame, kGhosts> ghosts_{};  // what leavers would say now
    std::size_t ghost_count_ = 0;
};

}  // namespace bellwether::media
