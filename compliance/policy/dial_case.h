#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/time.h"
#include "compliance/calling_hours.h"
#include "compliance/policy/rule.h"

namespace bellwether::compliance::policy {

/// A zone's data, looked up by whoever holds the zone database. Never null; must begin before the
/// case's `now`.
using Zone = const ZoneOffsets*;

/// When something was: an instant, or a day, which begins at the local midnight of the number.
struct When {
    std::optional<UtcTime> instant;
    Date day{};  ///< without an instant

    [[nodiscard]] static When on(Date date) { return {std::nullopt, date}; }
    [[nodiscard]] static When at(UtcTime time) { return {time, {}}; }
    friend bool operator==(const When&, const When&) = default;
};

/// Hours the campaign itself keeps, for calls of one purpose or of any.
struct HouseWindow {
    std::optional<Purpose> purpose;
    std::span<const HoursWindow> weekly;
};

struct WindowTotals {
    std::int64_t live = 0;       ///< 0..10^12, answers by a person in the current window
    std::int64_t abandoned = 0;  ///< 0..10^12
};

struct CampaignFacts {
    Purpose purpose = Purpose::Telemarketing;
    Mode mode = Mode::Predictive;
    std::string_view seller{};
    Sector sector = Sector::Commercial;
    std::string_view subject{};       ///< empty: unknown
    bool transfers_to_sales = false;  ///< then it is telemarketing, whatever the purpose says
    bool has_safe_harbour_message = false;
    bool owns_caller_id = false;
    bool message_has_identity = false;
    bool message_has_number = false;
    bool message_has_opt_out_key = false;
    bool has_operator_contract = false;
    std::string_view call_label{};  ///< UTF-8; empty: none
    std::optional<UtcTime> started{};
    std::span<const HouseWindow> house_windows{};
    std::optional<WindowTotals> window_totals{};
};

struct NumberFacts {
    std::string_view e164;
    NumberKind kind = NumberKind::Invalid;
    LineType line = LineType::Unknown;
    std::span<const Zone> zones{};  ///< empty: unknown
};

struct AddressFacts {
    std::string_view region{};  ///< "US-FL"; empty: unknown
    std::span<const Zone> zones{};
    bool is_confirmed = false;  ///< the person said so: then the number's zones do not count
};

/// What a look into one list of numbers told.
struct ListFacts {
    bool is_known = false;  ///< somebody looked
    bool is_listed = false;
    std::optional<When> listed_since{};
    std::optional<When> retrieved{};  ///< when the list was fetched
    bool was_just_asked = false;      ///< the answer is of now: `retrieved` is not needed
};

struct ConsentFacts {
    EnumSet<Channel> channels{};
    std::optional<When> given{};  ///< none: unproven, as good as no consent
    std::optional<ConsentForm> form{};
    bool has_artefact = false;  ///< the request as presented is kept
    std::optional<When> revoked{};
};

struct Relationship {
    std::optional<When> last_purchase{};
    std::optional<When> last_inquiry{};
    bool is_customer = false;
    std::optional<When> donor_since{};
    std::optional<When> objected{};
    std::optional<When> notified_ok{};
    std::optional<When> notified_ok_withdrawn{};
};

struct PastAttempt {
    std::optional<UtcTime> at{};  ///< none: taken for now
    std::optional<CallOutcome> outcome{};
    std::string_view subject{};
    std::optional<CallKind> kind{};
};

/// All that is known of one call that might be placed at `now`. Plain values and views: whoever
/// fills it in keeps what they point to.
struct DialCase {
    UtcTime now{};
    CampaignFacts campaign{};
    NumberFacts number{};
    ContactKind contact = ContactKind::Consumer;
    AddressFacts address{};
    std::optional<When> internal_dnc{};  ///< listed since
    ListFacts national_dnc{};            ///< of the number's country
    std::optional<ListFacts> tps{};      ///< none: national_dnc is the list
    bool has_refused_mass_calls = false;
    std::span<const ConsentFacts> consents{};
    Relationship relationship{};
    std::span<const PastAttempt> history{};
    std::span<const Date> holidays{};
    std::chrono::seconds end_guard{60};  ///< no call starts so shortly before its hours end
    std::span<const Zone> rule_zones{};  ///< those that rules name themselves
};

}  // namespace bellwether::compliance::policy
