#pragma once

#include <vector>

#include "base/ids.h"
#include "base/phone_number.h"
#include "dialer/store/records.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// A contact that a campaign may claim.
struct Candidate {
    ContactId contact{};
    NumberId number{};   ///< its first
    PhoneNumber digits;  ///< of `number`
    std::string kind;    ///< of `number`
    ClientId client{};
    int priority = 0;
    int attempts = 0;
    bool fresh = false;  ///< has no row of its own yet
};

/// The contacts of a campaign's lists that it has not touched yet, and how far it has come in them.
/// Runs inside the writer's transaction; methods throw SqliteError. No look costs more than some
/// thousand rows, however long the lists are.
class FreshContacts {
public:
    explicit FreshContacts(Database& database);

    /// The highest priority above 0 of those left; 0: there are none.
    [[nodiscard]] int top_priority(CampaignId campaign);
    /// Takes up to `limit` of that priority, as imported, from one import.
    [[nodiscard]] std::vector<Candidate> take_urgent(CampaignId campaign, int priority, int limit);

    struct Taken {
        std::vector<Candidate> contacts;
        bool more = false;  ///< looked at enough for now: ask again
    };
    /// Takes up to `limit` without a priority, from the campaign's lists by their shares.
    [[nodiscard]] Taken take(CampaignId campaign, int limit);

private:
    struct Urgent {
        ImportId import{};
        int priority = 0;       ///< that is being taken; 0: none is left
        ContactId after{};      ///< the last of them taken
        ContactId beginning{};  ///< one before the import's first
    };
    struct List;

    void note(CampaignId campaign, const Urgent& urgent);
    [[nodiscard]] int settle_top(CampaignId campaign, Urgent& urgent);
    [[nodiscard]] std::vector<Urgent> urgent_imports(CampaignId campaign);
    [[nodiscard]] std::vector<List> lists_of(CampaignId campaign);
    void take_from(CampaignId campaign, ListId list, int limit, Taken& taken);

    Statement urgent_imports_;
    Statement more_at_priority_;
    Statement next_priority_;
    Statement urgent_contacts_;
    Statement note_urgent_;
    Statement lists_;
    Statement set_credit_;
    Statement next_import_;
    Statement contacts_;
    Statement advance_;
};

}  // namespace bellwether::store
