#include "dialer/media/bridge.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "dialer/media/splice.h"

namespace bellwether::media {

bool hears_by_role(Role listener, Role speaker) {
    switch (speaker) {
        case Role::Party:
        case Role::Agent:
            return true;
        case Role::Whisper:
            return listener == Role::Agent;
        case Role::Monitor:
            return false;
    }
    return false;
}

void Bridge::add(BridgePort& port, Role role, bool held) {
    BW_CHECK(find(port.leg) == nullptr);
    members_.push_back({.port = &port, .role = role, .held = held});
    changed_ = true;
}

void Bridge::remove(BridgePort& port) {
    const Frame* ghost = nullptr;
    if (ghost_count_ < kGhosts) {
        ghosts_[ghost_count_] = mirrored(port.said);
        ghost = &ghosts_[ghost_count_++];
    }
    std::erase_if(members_, [&](const Member& member) { return member.port == &port; });
    for (Member& member : members_) {
        for (Edge& edge : member.edges) {
            if (edge.said == &port.said) edge = {ghost, Gain::Out};
        }
        std::erase_if(member.edges, [](const Edge& edge) { return edge.said == nullptr; });
    }
    std::erase_if(
        deaf_, [&](const auto& pair) { return pair.first == port.leg || pair.second == port.leg; });
    port.hears = nullptr;
    changed_ = true;
}

Bridge::Member* Bridge::find(CallId leg) {
    const auto at = std::find_if(members_.begin(), members_.end(),
                                 [&](const Member& member) { return member.port->leg == leg; });
    return at == members_.end() ? nullptr : &*at;
}

void Bridge::set_role(CallId leg, Role role) {
    Member* member = find(leg);
    if (member == nullptr) return;
    member->role = role;
    changed_ = true;
}

void Bridge::set_held(CallId leg, bool held) {
    Member* member = find(leg);
    if (member == nullptr) return;
    member->held = held;
    changed_ = true;
}

void Bridge::set_hears(CallId listener, CallId speaker, bool hears) {
    std::erase(deaf_, std::pair{listener, speaker});
    if (!hears) deaf_.emplace_back(listener, speaker);
    changed_ = true;
}

bool Bridge::hears(const Member& listener, const Member& speaker) const {
    if (listener.held || speaker.held || !hears_by_role(listener.role, speaker.role)) return false;
    const std::pair pair{listener.port->leg, speaker.port->leg};
    return std::find(deaf_.begin(), deaf_.end(), pair) == deaf_.end();
}

void Bridge::rebuild() {
    for (Member& listener : members_) rebuild_edges(listener);
    changed_ = false;
    fading_ = true;  // settle() sees whether anything is
}

void Bridge::rebuild_edges(Member& listener) {
    listener.edges.reserve(members_.size() + kGhosts);
    const bool begins = std::exchange(listener.is_new, false) || listener.edges.empty();
    for (const Member& speaker : members_) {
        if (&speaker == &listener) continue;
        const Frame* said = &speaker.port->said;
        const auto at = std::find_if(listener.edges.begin(), listener.edges.end(),
                                     [&](const Edge& edge) { return edge.said == said; });
        const bool is_heard = at != listener.edges.end();
        if (hears(listener, speaker)) {
            if (!is_heard) listener.edges.push_back({said, begins ? Gain::Steady : Gain::In});
        } else if (is_heard) {
            at->gain = Gain::Out;
        }
    }
}

void Bridge::mix() {
    if (changed_) rebuild();
    for (Member& listener : members_) render(listener);
    if (fading_) settle();
}

void Bridge::render(Member& listener) {
    BridgePort& port = *listener.port;
    if (listener.edges.empty()) {
        port.hears = nullptr;
        return;
    }
    if (listener.edges.size() == 1 && listener.edges.front().gain == Gain::Steady) {
        port.hears = listener.edges.front().said;
        return;
    }
    std::array<std::int32_t, kFrameSamples> sum{};
    for (const Edge& edge : listener.edges) {
        const Frame& said = *edge.said;
        for (std::size_t i = 0; i < kFrameSamples; ++i) {
            sum[i] += edge.gain == Gain::Steady ? said[i]
                      : edge.gain == Gain::In   ? risen(said[i], i)
                                                : fallen(said[i], i);
        }
    }
    std::transform(sum.begin(), sum.end(), port.mixed.begin(), saturate);
    port.hears = &port.mixed;
}

// Fades last one frame.
void Bridge::settle() {
    for (Member& member : members_) {
        std::erase_if(member.edges, [](const Edge& edge) { return edge.gain == Gain::Out; });
        for (Edge& edge : member.edges) edge.gain = Gain::Steady;
    }
    ghost_count_ = 0;
    fading_ = false;
}

}  // namespace bellwether::media
