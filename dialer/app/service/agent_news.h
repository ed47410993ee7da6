#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/store_actions.h"

namespace bellwether::app {

/// Something that an agent was told.
struct AgentNewsItem {
    UtcTime at;
    engine::AgentNews news = engine::AgentNews::TransferReturned;
    CallId call{};
    std::string detail;  ///< of a transfer that came back: "support: nobody answered"; else empty
};

/// What agents were told last, kNewsKept of each; forgotten at a restart. Any thread may call.
class AgentNewsBook {
public:
    void hear(const engine::Action& action, UtcTime at);  ///< most actions are no news
    /// Newest first; empty: nothing, or nobody of that id.
    [[nodiscard]] std::vector<AgentNewsItem> of(AgentId agent) const;

    /// A transfer or two and the end of a shift: what one screen shows.
    static constexpr std::size_t kNewsKept = 8;

private:
    struct Page {
        std::deque<AgentNewsItem> items;  ///< newest first
        CallId transferred{};             ///< the call of his last transfer
        std::string transfer_end;         ///< how that ended
    };

    mutable std::mutex mutex_;
    std::map<AgentId, Page> pages_;
};

/// In words: "the transfer came back from support: nobody answered".
[[nodiscard]] std::string news_text(const AgentNewsItem& item);

}  // namespace bellwether::app
