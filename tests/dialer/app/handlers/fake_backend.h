#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "dialer/app/handlers/backend.h"
#include "tests/dialer/app/files.h"

namespace bellwether::app {

/// The handlers' world in a test: a real store in a folder of its own, and an engine that is a
/// state to look at and a list of what it was told.
class FakeBackend final : public Backend {
public:
    explicit FakeBackend(bool is_live = false) : live_{is_live} {
        config_.data_dir = folder_.path();
        config_.store = folder_ / "store.db";
        config_.socket = folder_ / "sock";
        config_.trunks.emplace_back();
        config_.trunks.front().host = "192.0.2.1";
        config_.trunks.front().allowed_prefixes = {"+1202"};
        reopen();
    }

    /// As a restart of the service does.
    void reopen() {
        store_.reset();
        auto opened =
            store::Store::open({.path = config_.store,
                                .owner = "test",
                                .destination_allowed = [](const PhoneNumber&) { return true; },
                                .vfs = {}},
                               [](store::StoreEvent) {});
        if (!opened) throw std::runtime_error(opened.error().detail);
        store_ = *std::move(opened);
    }

    [[nodiscard]] bool live() const override { return live_; }
    [[nodiscard]] store::Store& store() override { return *store_; }
    [[nodiscard]] const Config& config() const override { return config_; }
    [[nodiscard]] double uptime_s() const override { return 100; }
    [[nodiscard]] UtcTime utc_now() const override { return now; }

    [[nodiscard]] Result<void> command(
        const std::function<engine::Event(RequestId)>& make_event) override {
        if (!live_) return fail(Errc::Unavailable, "no service is running");
        told.push_back(make_event(RequestId{told.size() + 1}));
        if (refusal) return tl::unexpected(*refusal);
        return {};
    }
    void post(engine::Event event) override { told.push_back(std::move(event)); }
    [[nodiscard]] Result<void> apply(const store::CampaignRecord& record) override {
        applied.push_back(record);
        return {};
    }
    [[nodiscard]] Result<void> load_prompts(const campaigns::CampaignSpec&) override {
        if (prompt_fault) return tl::unexpected(*prompt_fault);
        return {};
    }
    [[nodiscard]] Result<void> reload_accounts() override {
        ++reloads;
        return {};
    }
    [[nodiscard]] nlohmann::json telephony_status() override { return {{"legs", 0}}; }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

    [[nodiscard]] std::vector<AgentNewsItem> agent_news(AgentId) override { return news; }

    UtcTime now{std::chrono::milliseconds{1'772'452'800'000}};  ///< 2026-03-02T12:00:00Z, a Monday
    engine::EngineState state;
    std::vector<engine::Event> told;
    std::optional<Error> refusal;
    std::optional<Error> prompt_fault;
    std::vector<store::CampaignRecord> applied;
    std::vector<AgentNewsItem> news;
    int reloads = 0;
    int looks = 0;

protected:
    [[nodiscard]] Result<void> run_on_core(
        std::function<void(const engine::EngineState&)> task) override {
        if (!live_) return fail(Errc::Unavailable, "no service is running");
        ++looks;
        task(state);
        return {};
    }

private:
    TempFolder folder_;
    Config config_;
    bool live_;
    std::unique_ptr<store::Store> store_;
};

}  // namespace bellwether::app
