#pragma once

#include <set>
#include <string>

#include "dialer/app/handlers/handlers.h"

namespace bellwether::app {

/// Whose data a request is about: one client organisation's, or everybody's. What is another's is
/// left out of the answer, and is not there for whoever names it.
class ClientScope {
public:
    /// Everybody's.
    ClientScope() = default;

    /// The `client` of the query, else of the body; without either everybody's. Errors: NotFound.
    [[nodiscard]] static Result<ClientScope> of(Backend& backend, const Call& call);

    [[nodiscard]] bool includes(ClientId owner) const { return is_everybody() || owner == id_; }
    [[nodiscard]] bool is_everybody() const { return id_ == ClientId{}; }
    [[nodiscard]] ClientId id() const { return id_; }  ///< 0: everybody's
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    ClientId id_{};
    std::string name_;
};

/// The campaigns of the scope. Errors: the store's.
[[nodiscard]] Result<std::set<CampaignId>> campaigns_in(Backend& backend, const ClientScope& scope);

/// The campaign of that name. Errors: NotFound, also for another organisation's, in words that tell
/// nothing of it.
[[nodiscard]] Result<store::CampaignRecord> find_campaign_in(Backend& backend,
                                                             const ClientScope& scope,
                                                             const std::string& name);

/// Are the campaign, list and agent that a request names the organisation's it asks for? Asked for
/// every route before it is answered. Errors: NotFound.
[[nodiscard]] Result<void> names_its_own(Backend& backend, const Call& call);

/// May this agent take the campaign's calls? Errors: Refused: they are of two organisations.
[[nodiscard]] Result<void> agent_serves(Backend& backend, const store::AgentRecord& agent,
                                        const store::CampaignRecord& campaign);

}  // namespace bellwether::app
