#include "dialer/app/commands/command_plan.h"

#include "dialer/app/handlers/router.h"

namespace bellwether::app {

Result<Plan> plan_of(const Command& command, const Given& given) {
    auto plan = command.plan(given);
    if (!plan || plan->local != Plan::Local::None || !given.has("--client")) return plan;
    std::string& target = plan->request.target;
    const bool is_named = target.find("client=") != std::string::npos ||
                          Json::parse(plan->request.body, nullptr, false).contains("client");
    if (is_named) return plan;
    target += (target.find('?') == std::string::npos ? "?client=" : "&client=") +
              percent_encoded(given.value("--client"));
    return plan;
}

}  // namespace bellwether::app
