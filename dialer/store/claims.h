#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/phone_number.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "dialer/store/conversion_rows.h"
#include "dialer/store/dial_facts.h"
#include "dialer/store/fresh_contacts.h"
#include "dialer/store/number_picker.h"
#include "dialer/store/offer_details.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Who claims: this node in this epoch.
struct ClaimOwner {
    Epoch epoch{};
    std::string name;
    std::function<bool(const PhoneNumber&)> destination_allowed;
    DialPolicy* policy = nullptr;  ///< null: none; outlives the writer
};

/// Which contact a campaign calls next, and at which of its numbers. Contacts with a higher
/// priority come first. Within one priority retries that are due come first, the longest overdue
/// before others; then contacts never tried, in the order of import, from the campaign's lists by
/// their shares. A claim is fenced by the epoch: it changes only while the epoch that took it
/// lasts. Runs inside the writer's transaction; methods throw SqliteError.
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
    /// True: the engine gave the contact up, but another of its numbers is to be tried, at once.
    [[nodiscard]] bool end_attempt(const engine::StoreOutcome& action);

    static constexpr int kExamined = 2'000;  ///< per claim: about 20 ms of the writer's time

private:
    /// What becomes of a contact that was looked at.
    struct Settled {
        compliance::Decision decision;
        NumberPicker::Number number;
        bool holds_campaign = false;
    };

    [[nodiscard]] FreshContacts::Taken next_candidates(CampaignId campaign, int limit, UtcTime now);
    [[nodiscard]] int due_priority(CampaignId campaign, UtcTime now);
    [[nodiscard]] std::vector<Candidate> due_again(CampaignId campaign, int priority, int limit,
                                                   UtcTime now);
    [[nodiscard]] std::optional<UtcTime> earliest_due(CampaignId campaign);
    [[nodiscard]] bool settle(const engine::AskForContacts& ask,
                              const std::vector<Candidate>& candidates, UtcTime now,
                              engine::ContactsOffered& offer);
    void add_details(const engine::AskForContacts& ask, const Candidate& candidate, UtcTime now,
                     campaigns::ContactOffer& offer);
    void settle(CampaignId campaign, const Candidate& candidate, const Settled& settled,
                engine::ContactsOffered& offer);
    [[nodiscard]] Settled decide(CampaignId campaign, const Candidate& candidate, UtcTime now);
    [[nodiscard]] std::optional<compliance::Decision> after_refusal(CampaignId campaign,
                                                                    const Candidate& candidate,
                                                                    UtcTime now);
    void refuse(CampaignId campaign, const Candidate& candidate,
                const compliance::Decision& decision);
    [[nodiscard]] bool is_suppressed(PhoneNumber number, ClientId client);
    void changed_one_row() const;  ///< checks it

    Database& database_;
    const ClaimOwner& owner_;
    DialFacts& facts_;
    FreshContacts fresh_;
    NumberPicker numbers_;
    OfferDetails details_;
    ConversionRows refusals_;
    Statement due_;
    Statement due_at_priority_;
    Statement priority_below_;
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
