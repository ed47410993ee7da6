#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/phone_number.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "dialer/store/dial_facts.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Who claims: this node in this epoch.
struct ClaimOwner {
    Epoch epoch{};
    std::string name;
    std::function<bool(const PhoneNumber&)> destination_allowed;
    DialPolicy* policy = nullptr;  ///< null: none; outlives the writer
};

/// Which contact a campaign calls next. Retries that are due come first, the longest overdue before
/// others; then contacts never tried, in the order of import. A claim is fenced by the epoch: it
/// changes only while the epoch that took it lasts. Runs inside the writer's transaction; methods
/// throw SqliteError.
class Claims {
public:
    /// @param facts  outlives it.
    Claims(Database& database, const ClaimOwner& owner, DialFacts& facts);

    /// Claims up to `count` contacts that are due. Suppressed numbers on the way are denied, not
    /// offered; nor are those that the policy does not allow now. At most kExamined contacts are
    /// looked at; if that was not enough, next_due is `now`: ask again.
    [[nodiscard]] engine::ContactsOffered claim(const engine::AskForContacts& ask, UtcTime now);

    void release(const engine::ReleaseContact& action);
    void begin_attempt(const engine::StoreAttempt& action);
    void end_attempt(const engine::StoreOutcome& action);

    static constexpr int kExamined = 2'000;  ///< per claim: about 20 ms of the writer's time

private:
    struct Candidate {
        ContactId contact{};
        NumberId number{};
        PhoneNumber digits;
        ClientId client{};
        int attempts = 0;
        bool fresh = false;  ///< has no row of its own yet
        std::string language{};
        std::optional<campaigns::PromisedCall> promised{};
    };

    [[nodiscard]] std::vector<Candidate> promised(CampaignId campaign, int limit, UtcTime now);
    [[nodiscard]] std::vector<Candidate> due_again(CampaignId campaign, int limit, UtcTime now);
    [[nodiscard]] static std::vector<Candidate> read_due(Statement& query);
    [[nodiscard]] campaigns::ContactHistory history_of(const engine::AskForContacts& ask,
                                                       const Candidate& candidate);
    [[nodiscard]] std::vector<Candidate> never_tried(CampaignId campaign, int limit);
    [[nodiscard]] bool settle(const engine::AskForContacts& ask,
                              const std::vector<Candidate>& candidates, UtcTime now,
                              engine::ContactsOffered& offer);
    void settle(const engine::AskForContacts& ask, const Candidate& candidate,
                const compliance::Decision& decision, engine::ContactsOffered& offer);
    [[nodiscard]] DialAnswer decide(CampaignId campaign, const Candidate& candidate, UtcTime now);
    void refuse(CampaignId campaign, const Candidate& candidate,
                const compliance::Decision& decision);
    [[nodiscard]] bool is_suppressed(const Candidate& candidate);
    void changed_one_row() const;  ///< checks it

    Database& database_;
    const ClaimOwner& owner_;
    DialFacts& facts_;
    Statement promised_;
    Statement due_;
    Statement tally_;
    Statement next_due_;
    Statement next_import_;
    Statement fresh_;
    Statement advance_;
    Statement suppressed_;
    Statement claim_fresh_;
    Statement claim_again_;
    Statement refuse_fresh_;
    Statement refuse_again_;
    Statement release_;
    Statement live_;
    Statement end_;
};

}  // namespace bellwether::store
