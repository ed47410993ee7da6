#pragma once

#include <vector>

#include "campaigns/campaign_spec.h"
#include "dialer/engine/actions.h"
#include "dialer/store/fresh_contacts.h"
#include "dialer/store/interview_writer.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// What an offer says of its contact beside his number: his language, what was promised to him and
/// tried with him, and what an interview goes by. Runs inside the writer's transaction; methods
/// throw SqliteError.
class OfferDetails {
public:
    OfferDetails(Database& database, Epoch epoch);

    /// Who was promised a call that is due now, the longest overdue first.
    [[nodiscard]] std::vector<Candidate> promised(CampaignId campaign, int limit, UtcTime now);
    /// Is a call due that was promised to him?
    [[nodiscard]] bool is_promised(CampaignId campaign, ContactId contact, UtcTime now);
    /// Fills in what the engine has asked for. @param offer  its contact is read
    void add(const engine::AskForContacts& ask, UtcTime now, campaigns::ContactOffer& offer);

private:
    [[nodiscard]] campaigns::ContactHistory history_of(const engine::AskForContacts& ask,
                                                       ContactId contact);

    InterviewWriter interviews_;
    Statement promised_;
    Statement about_;
    Statement tally_;
};

}  // namespace bellwether::store
