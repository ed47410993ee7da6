#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "campaigns/outcome.h"
#include "dialer/store/store.h"

namespace bellwether::store {

/// Where a campaign stands with the contacts of one list.
/// total == untouched + waiting + with_engine + done + denied; tried and finished overlap them.
struct ListFigures {
    /// Contacts that are done, by the outcome of their last attempt.
    struct Ended {
        campaigns::Outcome outcome = campaigns::Outcome::Unknown;
        std::int64_t contacts = 0;
    };

    CampaignId campaign{};
    ListId list{};
    std::int64_t total = 0;
    std::int64_t untouched = 0;    ///< never tried
    std::int64_t waiting = 0;      ///< tried, and to be tried again
    std::int64_t with_engine = 0;  ///< claimed, or a call is up
    std::int64_t done = 0;
    std::int64_t denied = 0;   ///< a rule forbids it for good
    std::int64_t tried = 0;    ///< at least one attempt
    std::vector<Ended> ended;  ///< adds up to `done`
};

/// By campaign that draws on the list. Counted from rows: about a second for a million contacts
/// that a campaign has touched.
[[nodiscard]] Result<std::vector<ListFigures>> list_figures(const Store& store, ListId list);

/// What `list reset` does to one campaign's contacts of a list.
struct ListReset {
    ListId list{};
    std::vector<CampaignId> campaigns;         ///< that draw on the list
    std::vector<campaigns::Outcome> outcomes;  ///< of done contacts that shall be dialed again
    std::string actor;                         ///< whose order it is, for the evidence log
    UtcTime at;
};

/// The outcomes after which nobody was reached: what a reset dials again unless it is told.
[[nodiscard]] std::vector<campaigns::Outcome> unreached_outcomes();

/// Contacts that are done with one of the outcomes are as if never tried by the campaign; what they
/// had counts on for caps by number and for the packs. Who opted out never comes back. Returns how
/// many, and the campaigns hear ContactsAdded. A little per transaction; each one puts a LIST_RESET
/// into the evidence log.
[[nodiscard]] Result<std::int64_t> reset_list(Store& store, const ListReset& reset);

}  // namespace bellwether::store
