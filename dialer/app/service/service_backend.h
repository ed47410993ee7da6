#pragma once

#include <memory>
#include <utility>

#include "dialer/app/handlers/backend.h"
#include "dialer/app/service/service.h"

namespace bellwether::app {

/// The handlers' view of a Service: one that outlives it, or its own.
class ServiceBackend final : public Backend {
public:
    explicit ServiceBackend(Service& service) : service_{service} {}
    explicit ServiceBackend(std::unique_ptr<Service> service)
        : owned_{std::move(service)}, service_{*owned_} {}

    [[nodiscard]] bool live() const override { return service_.live(); }
    [[nodiscard]] store::Store& store() override { return service_.store(); }
    [[nodiscard]] const Config& config() const override { return service_.config(); }
    [[nodiscard]] double uptime_s() const override { return service_.uptime_s(); }
    [[nodiscard]] UtcTime utc_now() const override;
    [[nodiscard]] Result<void> command(
        const std::function<engine::Event(RequestId)>& make_event) override {
        return service_.command(make_event);
    }
    void post(engine::Event event) override { service_.post(std::move(event)); }
    [[nodiscard]] Result<void> apply(const store::CampaignRecord& record) override {
        return service_.apply(record);
    }
    [[nodiscard]] Result<void> load_prompts(const campaigns::CampaignSpec& spec) override {
        return service_.load_prompts(spec);
    }
    [[nodiscard]] Result<void> reload_accounts() override { return service_.reload_accounts(); }
    [[nodiscard]] store::DialPolicy* dial_policy() override { return service_.dial_policy(); }
    [[nodiscard]] nlohmann::json telephony_status() override;
    [[nodiscard]] std::vector<AgentNewsItem> agent_news(AgentId agent) override {
        return service_.agent_news(agent);
    }

protected:
    [[nodiscard]] Result<void> run_on_core(
        std::function<void(const engine::EngineState&)> task) override {
        return service_.inspect(std::move(task));
    }

private:
    std::unique_ptr<Service> owned_;
    Service& service_;
};

}  // namespace bellwether::app
