#pragma once

#include <type_traits>

#include "dialer/engine/core.h"

namespace bellwether::engine {

template <class Thing>
void Engine::Core::clear_deadline(Thing& thing) {
    if (!thing.deadline) return;
    if constexpr (std::is_same_v<Thing, Call>) {
        deadlines_.erase({thing.deadline->at, Owner::Call, value_of(thing.id)});
    } else if constexpr (std::is_same_v<Thing, Agent>) {
        deadlines_.erase({thing.deadline->at, Owner::Agent, value_of(thing.id)});
    } else {
        deadlines_.erase({thing.deadline->at, Owner::Campaign, value_of(thing.spec.id)});
    }
    thing.deadline.reset();
}

template <class Thing>
void Engine::Core::set_deadline(Thing& thing, Instant at, WakeReason reason) {
    clear_deadline(thing);
    thing.deadline = Deadline{at, reason};
    if constexpr (std::is_same_v<Thing, Call>) {
        deadlines_.emplace(at, Owner::Call, value_of(thing.id));
    } else if constexpr (std::is_same_v<Thing, Agent>) {
        deadlines_.emplace(at, Owner::Agent, value_of(thing.id));
    } else {
        deadlines_.emplace(at, Owner::Campaign, value_of(thing.spec.id));
    }
}

}  // namespace bellwether::engine
