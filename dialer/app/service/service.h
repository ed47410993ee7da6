#pragma once

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <type_traits>

#include "base/ids.h"
#include "base/result.h"
#include "campaigns/campaign_spec.h"
#include "dialer/app/files/config.h"
#include "dialer/app/policy/call_policy.h"
#include "dialer/app/service/agent_news.h"
#include "dialer/app/service/pacing_recall.h"
#include "dialer/app/service/recording_retention.h"
#include "dialer/app/service/telephony.h"
#include "dialer/engine/events.h"
#include "dialer/runtime/driver.h"
#include "dialer/store/store.h"

namespace bellwether::app {

/// One running Bellwether: the store, and (live) the engine with its telephony. The commands'
/// handlers work on this, whether it runs as the service or only opens the store for one command.
///
/// Order of ending: SIP, then media, then the core thread, then the store, whose destructor writes
/// what was submitted last. Every public method may be called from any thread but the core thread.
class Service final : public runtime::World {
public:
    enum class Mode {
        Live,       ///< dials
        StoreOnly,  ///< the store under its exclusive lock; no engine, no telephony
    };

    /// Live: reads campaigns and agents from the store's tables, settles the attempts that a crash
    /// left alive, binds SIP and media, and goes on with the campaigns that were running. Errors:
    /// Conflict: another process owns the store. Unavailable: a port is in use.
    [[nodiscard]] static Result<std::unique_ptr<Service>> open(const Config& config, Mode mode);
    ~Service() override;

    [[nodiscard]] bool live() const { return driver_ != nullptr; }
    [[nodiscard]] store::Store& store() { return *store_; }
    [[nodiscard]] const Config& config() const { return config_; }

    /// Posts an event that carries a RequestId and waits for the engine's reply, at most
    /// kReplyWithin.
    [[nodiscard]] Result<void> command(const std::function<engine::Event(RequestId)>& make_event);
    void post(engine::Event event);

    /// Runs f(const engine::EngineState&) on the core thread and returns its result.
    template <class F>
    [[nodiscard]] auto inspect(F f) -> Result<std::invoke_result_t<F, const engine::EngineState&>>;

    /// Reads a campaign's record into the engine: its file, its prompts, its account.
    [[nodiscard]] Result<void> apply(const store::CampaignRecord& record,
                                     std::optional<pacing::PacerState> learnt = {});
    /// Loads every sound the campaign names. Paths in the spec are absolute.
    [[nodiscard]] Result<void> load_prompts(const campaigns::CampaignSpec& spec);
    /// Agents were added or removed in the store.
    [[nodiscard]] Result<void> reload_accounts();
    [[nodiscard]] store::DialPolicy* dial_policy() { return live() ? policy_.get() : nullptr; }
    [[nodiscard]] nlohmann::json telephony_status();
    [[nodiscard]] std::vector<AgentNewsItem> agent_news(AgentId agent) const {
        return news_.of(agent);
    }
    [[nodiscard]] double uptime_s() const;

    /// Serves until SIGTERM or SIGINT (which must be blocked in every thread): drains; a second
    /// signal ends every call at once. Returns an error if the store failed meanwhile.
    /// @param hourly  called on this thread, at once and then each hour.
    [[nodiscard]] Result<void> run_until_signal(const sigset_t& signals,
                                                const std::function<void()>& hourly);

    static constexpr std::chrono::seconds kReplyWithin{5};

private:
    explicit Service(Config config);

    [[nodiscard]] Result<void> open_policy();
    [[nodiscard]] Result<void> log_policy();
    [[nodiscard]] Result<void> open_store();
    [[nodiscard]] Result<void> start_live();
    [[nodiscard]] Result<void> load_questionnaire(const campaigns::QuestionnaireFiles& files);
    [[nodiscard]] Result<void> load_agent_phrases();
    [[nodiscard]] std::optional<engine::AgentSignedIn> phone_signs_in(CallId call,
                                                                      const std::string& user);
    [[nodiscard]] engine::CallArrived who_calls(CallId call, const std::string& from,
                                                const std::string& called);
    [[nodiscard]] Result<void> restore(RecalledPacing recalled);
    [[nodiscard]] Result<void> restore_cooling(const std::vector<store::CampaignRecord>& records);
    void on_store(store::StoreEvent event);

    // runtime::World, on the core thread
    void open_segment(std::uint64_t first_seq, Now now, const engine::EngineState& state) override;
    void record(const runtime::Handled& handled) override;
    void perform(const engine::Action& action) override;

    void reply(const engine::Reply& reply);
    void store_refused();

    const Config config_;
    std::unique_ptr<CallPolicy> policy_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<runtime::Driver> driver_;
    std::unique_ptr<Telephony> telephony_;
    std::unique_ptr<RecordingRetention> retention_;  ///< none: recordings are kept for ever

    AgentNewsBook news_;

    mutable std::mutex mutex_;  ///< guards what follows
    std::map<RequestId, std::promise<engine::Reply>> waiting_;
    std::uint64_t requests_ = 0;
    std::map<AgentId, std::string> sip_users_;
    std::map<std::string, AgentId> agents_;
    std::optional<Error> store_error_;

    std::atomic<bool> shutdown_ready_{false};
};

template <class F>
auto Service::inspect(F f) -> Result<std::invoke_result_t<F, const engine::EngineState&>> {
    using Value = std::invoke_result_t<F, const engine::EngineState&>;
    if (!live())
        return fail(Errc::Unavailable, "no service is running: start one with 'bellwether serve'");
    auto promise = std::make_shared<std::promise<Value>>();
    auto future = promise->get_future();
    const bool queued = driver_->post_task([this, promise, f = std::move(f)] {
        if constexpr (std::is_void_v<Value>) {
            f(driver_->state());
            promise->set_value();
        } else {
            promise->set_value(f(driver_->state()));
        }
    });
    if (!queued) return fail(Errc::Exhausted, "the engine's queue is full; try again");
    if (future.wait_for(kReplyWithin) != std::future_status::ready) {
        return fail(Errc::Unavailable, "the engine did not answer in time");
    }
    if constexpr (std::is_void_v<Value>) {
        return {};
    } else {
        return future.get();
    }
}

}  // namespace bellwether::app
