#include "dialer/store/compliance_rows.h"

#include "dialer/store/impl.h"

namespace bellwether::store {
namespace {

constexpr const char* kForbidden =
    "SELECT id, invited_at, verdict, cited FROM attempts WHERE invited_at >= ?1 AND invited_at < "
    "?2 "
    "AND verdict <> 'ALLOW' ORDER BY id";

}  // namespace

Result<void> for_each_uncalled(const Store& store,
                               const std::function<void(const UncalledContact&)>& take) {
    return store.impl().readers.query([&](Database& database) -> Result<void> {
        Statement query{
            database,
            "SELECT cc.campaign_id, p.name, cc.contact_id, cc.state, cc.rule, cc.cited, "
            "cc.due_at FROM campaign_contacts cc JOIN campaigns p ON p.id = "
            "cc.campaign_id WHERE cc.rule <> 'NONE' AND cc.state IN ('DENIED', 'NEW', "
            "'RETRY') ORDER BY cc.campaign_id, cc.contact_id"};
        while (query.step()) {
            take({query.get<CampaignId>(0), query.get<std::string>(1), query.get<ContactId>(2),
                  query.get<std::string>(3), query.get<std::string>(4), query.get<std::string>(5),
                  query.get<std::optional<UtcTime>>(6)});
        }
        return {};
    });
}

Result<CallTimeCheck> check_call_times(const Store& store, UtcTime from, UtcTime to) {
    return store.impl().readers.query([&](Database& database) -> Result<CallTimeCheck> {
        CallTimeCheck check{.query = kForbidden};
        Statement count{database,
                        "SELECT count(*) FROM attempts WHERE invited_at >= ? AND invited_at < ?"};
        if (count.bind(from, to).step()) check.invites = count.get<std::int64_t>(0);
        Statement query{database, kForbidden};
        query.bind(from, to);
        while (query.step()) {
            check.found.push_back({query.get<AttemptId>(0), query.get<UtcTime>(1),
                                   query.get<std::string>(2), query.get<std::string>(3)});
        }
        return check;
    });
}

}  // namespace bellwether::store
