#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "base/ids.h"
#include "base/time.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "simulator/whatif/recording.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// The store of a what-if: everything is durable at once. It offers retries that are due, then the
/// recorded contacts in their order, then, unless the recorded list had come to its end, contacts
/// that the recording never reached.
class WhatIfStore {
public:
    /// Both must outlive this.
    WhatIfStore(const Recording& recording, VirtualDriver& driver);

    void take(const engine::Action& action);

private:
    void offer(const engine::AskForContacts& ask);
    void give_back(const engine::ReleaseContact& action);
    [[nodiscard]] std::optional<campaigns::ContactOffer> next_contact();
    [[nodiscard]] std::optional<campaigns::ContactOffer> take_due();
    void answer(engine::Event event);

    const Recording& recording_;
    VirtualDriver& driver_;
    std::size_t next_ = 0;                                ///< of the recorded contacts
    std::uint64_t beyond_ = 0;                            ///< contacts made up so far
    std::map<ContactId, campaigns::ContactOffer> known_;  ///< with the attempts made at each
    std::set<std::pair<UtcTime, ContactId>> due_;
};

}  // namespace bellwether::simulator
