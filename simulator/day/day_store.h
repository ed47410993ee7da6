#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/time.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// The store of a simulated day: everything is durable at once, and its answers come at the same
/// instant, after what was due before them. Its contacts are endless, or each is offered once.
class DayStore {
public:
    explicit DayStore(VirtualDriver& driver) : driver_{driver} {}

    /// A new list. @param contacts  how many it has; 0: endless.
    void begin_list(std::int64_t contacts);
    void take(const engine::Action& action);

private:
    void offer(const engine::AskForContacts& ask);
    void answer(engine::Event event);
    void answer_all();

    VirtualDriver& driver_;
    bool endless_ = true;
    std::int64_t left_ = 0;
    std::uint64_t offered_ = 0;  ///< contacts of all lists so far: their ids count on
    std::vector<engine::Event> answers_;
    std::vector<engine::Event> under_way_;
};

}  // namespace bellwether::simulator
