#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/ids.h"
#include "base/result.h"
#include "campaigns/campaign_spec.h"
#include "dialer/app/files/config.h"
#include "dialer/app/service/agent_news.h"
#include "dialer/engine/events.h"
#include "dialer/engine/state.h"
#include "dialer/store/store.h"

namespace bellwether::app {

/// What the commands' handlers work on: the running service, or the store alone. The user of the
/// interface defines it; service_backend.h implements it on Service, tests implement it by hand.
/// Every method may be called from any handler thread.
class Backend {
public:
    virtual ~Backend() = default;

    /// Is there an engine? If not, command() and inspect() fail with Unavailable.
    [[nodiscard]] virtual bool live() const = 0;
    [[nodiscard]] virtual store::Store& store() = 0;
    [[nodiscard]] virtual const Config& config() const = 0;
    [[nodiscard]] virtual double uptime_s() const = 0;
    [[nodiscard]] virtual UtcTime utc_now() const = 0;

    /// Posts an event that carries the RequestId, and waits for the engine's reply.
    [[nodiscard]] virtual Result<void> command(
        const std::function<engine::Event(RequestId)>& make_event) = 0;
    virtual void post(engine::Event event) = 0;

    /// Makes the engine know a campaign of the store. Without an engine: nothing to do.
    [[nodiscard]] virtual Result<void> apply(const store::CampaignRecord& record) = 0;
    [[nodiscard]] virtual Result<void> load_prompts(const campaigns::CampaignSpec& spec) = 0;
    [[nodiscard]] virtual Result<void> reload_accounts() = 0;
    /// What decides on dials; null where no service runs: it knows no campaign's terms.
    [[nodiscard]] virtual store::DialPolicy* dial_policy() { return nullptr; }
    [[nodiscard]] virtual nlohmann::json telephony_status() = 0;
    /// What an agent was told last, newest first; nothing where no service runs.
    [[nodiscard]] virtual std::vector<AgentNewsItem> agent_news(AgentId) { return {}; }

    /// Runs `look` on the core thread and returns its result. `look` must hold copies only: when
    /// the engine is late, it runs after this has returned.
    template <class Look>
    [[nodiscard]] auto inspect(Look look)
        -> Result<std::invoke_result_t<Look, const engine::EngineState&>> {
        using Value = std::invoke_result_t<Look, const engine::EngineState&>;
        auto value = std::make_shared<std::optional<Value>>();
        const auto done =
            run_on_core([value, look = std::move(look)](const engine::EngineState& state) {
                *value = look(state);
            });
        if (!done) return tl::unexpected(done.error());
        return std::move(**value);
    }

protected:
    [[nodiscard]] virtual Result<void> run_on_core(
        std::function<void(const engine::EngineState&)> task) = 0;
};

}  // namespace bellwether::app
