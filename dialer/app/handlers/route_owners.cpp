#include "dialer/app/handlers/route_owners.h"

namespace bellwether::app {

const std::vector<OwnedRoute>& owned_routes() {
    static const std::vector<OwnedRoute> all{
        {"GET", "/api/v1/status", RouteOwner::House,
         "the node, its trunks and its lines are shared"},

        {"GET", "/api/v1/version", RouteOwner::House, "the program's"},

        {"GET", "/api/v1/campaigns", RouteOwner::Asked},
        {"GET", "/api/v1/campaigns/problems", RouteOwner::Asked},
        {"POST", "/api/v1/campaigns", RouteOwner::Made},
        {"POST", "/api/v1/campaigns/check", RouteOwner::Made},
        {"POST", "/api/v1/campaigns/{}/start", RouteOwner::Campaign},
        {"POST", "/api/v1/campaigns/{}/pause", RouteOwner::Campaign},
        {"POST", "/api/v1/campaigns/{}/drain", RouteOwner::Campaign},
        {"POST", "/api/v1/campaigns/{}/stop", RouteOwner::Campaign},
        {"GET", "/api/v1/campaigns/{}/stats", RouteOwner::Campaign},
        {"GET", "/api/v1/campaigns/{}/explain", RouteOwner::Campaign},
        {"GET", "/api/v1/campaigns/{}/answers", RouteOwner::Campaign},
        {"GET", "/api/v1/campaigns/{}/quota", RouteOwner::Campaign},
        {"POST", "/api/v1/campaigns/{}/export", RouteOwner::Campaign},

        {"GET", "/api/v1/lists", RouteOwner::Asked},
        {"GET", "/api/v1/lists/{}", RouteOwner::List},
        {"GET", "/api/v1/lists/{}/stats", RouteOwner::List},
        {"POST", "/api/v1/lists/{}/reset", RouteOwner::List},
        {"POST", "/api/v1/lists/{}/imports", RouteOwner::Made},

        {"POST", "/api/v1/imports/{}/undo", RouteOwner::Import},

        {"GET", "/api/v1/list-maps", RouteOwner::House,
         "how a file is read says nothing of whose it is"},
        {"GET", "/api/v1/list-maps/{}", RouteOwner::House, "likewise"},
        {"POST", "/api/v1/list-maps/{}", RouteOwner::House, "likewise"},

        {"POST", "/api/v1/leads", RouteOwner::Asked},
        {"POST", "/api/v1/leads/find", RouteOwner::Asked},
        {"POST", "/api/v1/leads/notes/search", RouteOwner::Asked},
        {"GET", "/api/v1/leads/{}/history", RouteOwner::Lead},
        {"GET", "/api/v1/leads/{}/why", RouteOwner::Lead},

        {"POST", "/api/v1/do-not-call", RouteOwner::Asked},
        {"POST", "/api/v1/do-not-call/remove", RouteOwner::Asked},
        {"POST", "/api/v1/do-not-call/check", RouteOwner::Asked},
        {"POST", "/api/v1/do-not-call/import", RouteOwner::Asked},
        {"GET", "/api/v1/do-not-call", RouteOwner::Asked},

        {"GET", "/api/v1/number-lists", RouteOwner::Asked},
        {"POST", "/api/v1/number-lists/import", RouteOwner::Made},

        {"POST", "/api/v1/consents/import", RouteOwner::Asked},
        {"POST", "/api/v1/consents/show", RouteOwner::Asked},
        {"POST", "/api/v1/consents/revoke", RouteOwner::Asked},

        {"GET", "/api/v1/agents", RouteOwner::Asked},
        {"POST", "/api/v1/agents", RouteOwner::Made},
        {"POST", "/api/v1/agents/{}/remove", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/signin", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/ready", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/pause", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/wrapup", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/signout", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/leave", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/kick", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/skip", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/dial", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/hangup", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/hold", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/resume", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/pauserecording", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/resumerecording", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/handover", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/takeback", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/conference", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/change", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/outcome", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/notes/search", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/transfer", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/listen", RouteOwner::Agent},
        {"GET", "/api/v1/agents/{}/interview", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/interview/answer", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/interview/order", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/interview/note", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/interview/refusal", RouteOwner::Agent},

        {"GET", "/api/v1/callbacks", RouteOwner::Asked},

        {"GET", "/api/v1/conversions", RouteOwner::Asked},

        {"GET", "/api/v1/inbound", RouteOwner::Asked},

        {"GET", "/api/v1/transfers", RouteOwner::Asked},

        {"POST", "/api/v1/agents/{}/label", RouteOwner::Agent},
        {"POST", "/api/v1/agents/{}/optout", RouteOwner::Agent},

        {"GET", "/api/v1/reports/outcomes", RouteOwner::Asked},
        {"GET", "/api/v1/reports/quota", RouteOwner::Asked},
        {"GET", "/api/v1/reports/abandonment", RouteOwner::Asked},
        {"GET", "/api/v1/reports/amd", RouteOwner::Asked},
        {"GET", "/api/v1/reports/agents", RouteOwner::Asked},
        {"GET", "/api/v1/reports/delivery", RouteOwner::Asked},
        {"GET", "/api/v1/reports/ledger", RouteOwner::Asked},
        {"GET", "/api/v1/reports/caller-ids", RouteOwner::Asked},
        {"GET", "/api/v1/reports/interviewers", RouteOwner::Asked},
        {"GET", "/api/v1/reports/quality", RouteOwner::Asked},
        {"GET", "/api/v1/reports/lists", RouteOwner::Asked},
        {"GET", "/api/v1/reports/trunks", RouteOwner::Asked},
        {"GET", "/api/v1/reports/aapor", RouteOwner::Asked},

        {"POST", "/api/v1/store/backup", RouteOwner::House, "the store is one file"},

        {"GET", "/api/v1/detections/to-review", RouteOwner::Asked},
        {"GET", "/api/v1/detections/{}", RouteOwner::Attempt},
        {"POST", "/api/v1/detections/{}/label", RouteOwner::Attempt},

        {"GET", "/api/v1/audit/status", RouteOwner::House, "the log is one for all"},
        {"GET", "/api/v1/audit/key", RouteOwner::House, "likewise"},
        {"GET", "/api/v1/audit/checkpoint", RouteOwner::House, "likewise"},
        {"GET", "/api/v1/audit/records/{}", RouteOwner::House,
         "a proof is of the one log; persons stand in it by keyed hashes"},
        {"POST", "/api/v1/audit/export", RouteOwner::Asked},
        {"POST", "/api/v1/audit/person", RouteOwner::Asked},
        {"POST", "/api/v1/audit/erase", RouteOwner::Asked},
        {"POST", "/api/v1/audit/expire", RouteOwner::House,
         "retention goes by kinds of records, for all"},
        {"GET", "/api/v1/audit/holds", RouteOwner::House,
         "who holds whose records is for the house's officers"},
        {"POST", "/api/v1/audit/holds/place", RouteOwner::Asked},
        {"POST", "/api/v1/audit/holds/lift", RouteOwner::House, "likewise"},

        {"GET", "/api/v1/journal", RouteOwner::House, "the engine's, which knows ids alone"},
    };
    return all;
}

RouteOwner owner_of(std::string_view method, std::string_view pattern) {
    for (const OwnedRoute& route : owned_routes()) {
        if (method == route.method && pattern == route.pattern) return route.owner;
    }
    return RouteOwner::House;
}

}  // namespace bellwether::app
