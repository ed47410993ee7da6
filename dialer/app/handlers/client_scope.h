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

/// Is everything that a request names the organisation's it asks for, by the table in
/// route_owners.h? Asked for every route before it is answered. Errors: NotFound, in words that
/// tell nothing of another's; InvalidInput: the route is the house's.
[[nodiscard]] Result<void> names_its_own(Backend& backend, std::string_view method,
                                         const Call& call);

/// What is said of a campaign's or list's name that another organisation has: names are the
/// house's, and whose they are is not told (docs/decisions/0034).
[[nodiscard]] tl::unexpected<Error> name_is_taken(std::string_view thing, const std::string& name);

/// May this agent take the campaign's calls? Errors: Refused: they are of two organisations.
[[nodiscard]] Result<void> agent_serves(Backend& backend, const store::AgentRecord& agent,
                                        const store::CampaignRecord& campaign);

}  // namespace bellwether::app
