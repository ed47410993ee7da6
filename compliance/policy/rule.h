#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compliance/calling_hours.h"
#include "compliance/policy/words.h"

namespace bellwether::compliance::policy {

/// A day of the calendar, without a zone.
using Date = std::chrono::year_month_day;

/// Both ends are included; none: open.
struct DateRange {
    std::optional<Date> from;
    std::optional<Date> to;

    [[nodiscard]] bool has(Date date) const {
        return (!from || *from <= date) && (!to || date <= *to);
    }
    friend bool operator==(const DateRange&, const DateRange&) = default;
};

/// Which calls a rule speaks of: those in all five sets.
struct Applies {
    EnumSet<Purpose> purposes = EnumSet<Purpose>::all();
    EnumSet<Sector> sectors = EnumSet<Sector>::all();
    EnumSet<ContactKind> contacts = EnumSet<ContactKind>::all();
    EnumSet<LineType> lines = EnumSet<LineType>::all();  ///< Unknown itself is never asked for
    EnumSet<Mode> modes = EnumSet<Mode>::all();

    friend bool operator==(const Applies&, const Applies&) = default;
};

/// What lifts a rule from one call, with its own citation. All but Consent end with an objection.
struct Exception {
    enum class Kind {
        Purchase,  ///< bought within `months`
        Inquiry,   ///< asked within `months`
        Customer,  ///< is a customer, or bought at any time
        Donor,     ///< gave to the organisation at any time
        Notified,  ///< told this caller that calls are welcome, and did not withdraw it
        Consent,   ///< consented to calls of this mode (written, if `is_written`)
    };
    Kind kind = Kind::Purchase;
    int months = 0;  ///< calendar months, 1..120; kinds Purchase and Inquiry alone
    bool is_written = false;
    EnumSet<Sector> sectors = EnumSet<Sector>::all();
    std::string cite;

    friend bool operator==(const Exception&, const Exception&) = default;
};

// The closed set of kinds (research/compliance.md §6.1): one struct each, in the order of RuleKind.

/// Calls may start within these hours, in every zone the person may be in. Defers.
struct Window {
    std::vector<HoursWindow> weekly;
    bool is_closed_on_holidays = false;
    std::vector<std::string> also_zones{};  ///< IANA names: the hours must hold there too
};
/// No call starts on a holiday, in any zone the person may be in. Defers.
struct Holiday {};
/// At most `max` attempts within `per` before an attempt. Defers.
struct Frequency {
    int max = 1;  ///< 1..32
    std::chrono::milliseconds per{};
    bool is_by_person = false;   ///< scope contact, else number
    bool is_by_subject = false;  ///< only attempts of the same subject count; unknown is the same
    std::optional<CallKind> of{};
};
/// At least so long from one attempt to the next. Defers.
struct Spacing {
    std::chrono::milliseconds gap{};
};
/// Nobody who stands on the list, for at least `days_listed`. Denies.
struct Suppression {
    ListName list = ListName::National;
    int days_listed = 0;
    bool is_offered = false;  ///< the agent offers to be put on it: obligation offer_objection
};
/// The list was fetched at most so many days ago. Denies; so does a list nobody looked into.
struct ListFreshness {
    ListName list = ListName::National;
    int days_max = 0;
};
/// A consent that holds for this call. Denies.
struct Consent {
    EnumSet<Purpose> written_for{};  ///< these ask for it in writing
    bool is_own_channel = false;     ///< a machine that dials needs consent to machines that dial
    bool is_proof = false;       ///< only: whichever consent there is must have its request kept
    bool is_human_free = false;  ///< not in mode manual, which then must be human-initiated
};
/// Not in these modes. Denies.
struct ModeBan {
    EnumSet<Mode> modes{};
};
/// So long after such an attempt only with an agent in reserve; without agents not at all.
struct RecallGuard {
    EnumSet<CallOutcome> after{};
    std::chrono::milliseconds within{};
};
/// An unanswered call rings at least so long. For the engine.
struct MinRing {
    std::chrono::milliseconds ring{};
};
enum class ClockOrigin { Answer, GreetingEnd, Speech };
/// An agent within so long from the origin. For the engine.
struct ConnectLimit {
    std::chrono::milliseconds within{};
    ClockOrigin from = ClockOrigin::Answer;
};
enum class CapWindow {
    CampaignPeriod,  ///< successive periods of `days` from the campaign's start
    Day,
    Month,
};
/// At most this share of live answers abandoned. Over it: agents in reserve, no prediction.
struct Abandonment {
    std::int64_t cap_ppm = 0;  ///< parts in a million, exact
    CapWindow window = CapWindow::CampaignPeriod;
    int days = 0;  ///< window CampaignPeriod: 1..366
};
enum class MessagePart { SafeHarbour, Identity, Number, OptOutKey };
/// Recordings that must be there before a call is placed. Denies.
struct Message {
    EnumSet<MessagePart> parts{};
};
/// The caller's number and its line. Denies.
struct CallerId {
    bool is_owned = false;        ///< shown numbers must be the caller's to show
    bool has_contract = false;    ///< with the operator, for mass calls
    bool is_labelled = false;     ///< obligation label
    int label_max = 0;            ///< characters; 0: any
    bool is_transmitted = false;  ///< the number is never withheld. For the engine
};
/// Records kept for so many years. For the evidence log.
struct Retention {
    std::string record;
    int years = 0;  ///< 0: `days` counts
    int days = 0;
};
/// What a record must hold. For the evidence log.
struct RecordFields {
    std::string record;
    std::vector<std::string> fields;
};
/// Numbers that are never called. Denies.
struct NumberType {
    EnumSet<NumberKind> refused{};
};

using Parameters = std::variant<Window, Holiday, Frequency, Spacing, Suppression, ListFreshness,
                                Consent, ModeBan, RecallGuard, MinRing, ConnectLimit, Abandonment,
                                Message, CallerId, Retention, RecordFields, NumberType>;

/// The alternatives of Parameters, by index.
enum class RuleKind {
    Window,
    Holiday,
    Frequency,
    Spacing,
    Suppression,
    ListFreshness,
    Consent,
    ModeBan,
    RecallGuard,
    MinRing,
    ConnectLimit,
    Abandonment,
    Message,
    CallerId,
    Retention,
    RecordFields,
    NumberType,
};

/// What a rule does to a call that offends it.
enum class Effect {
    Defer,   ///< not now
    Deny,    ///< not at all
    Oblige,  ///< binds how the call is made
    Record,  ///< binds what is kept
};

enum class RuleClass {
    Hard,  ///< cannot be switched off; a fact that lacks denies
    Soft,  ///< warns: does not change the verdict
};

/// One rule of one pack, in force between its dates.
struct Rule {
    std::string id;  ///< "us.fcc.hours"; the same id may stand again with other dates
    RuleClass strength = RuleClass::Hard;
    std::string cite;    ///< where the law says so
    std::string source;  ///< where that was seen
    Date seen{};         ///< and when
    DateRange in_force{};
    std::string note{};
    Applies applies{};
    std::vector<Exception> exceptions{};
    Parameters parameters{};

    [[nodiscard]] RuleKind kind() const { return static_cast<RuleKind>(parameters.index()); }
};

[[nodiscard]] Effect effect_of(RuleKind kind);

/// What a denial or deferral by such a rule is about.
enum class Scope { Contact, Number, Campaign };
[[nodiscard]] Scope scope_of(const Rule& rule);

}  // namespace bellwether::compliance::policy

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::policy::Exception::Kind> =
    names("purchase", "inquiry", "customer", "donor", "notified", "consent");
template <>
inline constexpr auto kEnumNames<compliance::policy::ClockOrigin> = names("answer", "greeting_end",
                                                                          "speech");
template <>
inline constexpr auto kEnumNames<compliance::policy::CapWindow> = names("campaign_period", "day",
                                                                        "month");
template <>
inline constexpr auto kEnumNames<compliance::policy::MessagePart> = names("safe_harbour",
                                                                          "identity", "number",
                                                                          "opt_out_key");
template <>
inline constexpr auto kEnumNames<compliance::policy::RuleKind> =
    names("window", "holiday", "frequency", "spacing", "suppression", "list_freshness", "consent",
          "mode_ban", "recall_guard", "min_ring", "connect_limit", "abandonment", "message",
          "caller_id", "retention", "record_fields", "number_type");
template <>
inline constexpr auto kEnumNames<compliance::policy::Effect> = names("defer", "deny", "oblige",
                                                                     "record");
template <>
inline constexpr auto kEnumNames<compliance::policy::RuleClass> = names("hard", "soft");
template <>
inline constexpr auto kEnumNames<compliance::policy::Scope> = names("contact", "number",
                                                                    "campaign");
}  // namespace bellwether
