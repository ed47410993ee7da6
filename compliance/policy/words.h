#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/enum_names.h"

// The words of a policy pack and of a case. Their written names are those of the command
// `compliance decide`, in the case of letters that it has.

namespace bellwether::compliance::policy {

enum class Purpose { Telemarketing, Survey, Notice };

enum class Mode {
    Predictive,
    Progressive,
    Ratio,
    Preview,
    Manual,      ///< a person starts each call with one action; no machine paces
    Prerecorded  ///< no agent: a recording speaks
};

enum class Sector { Commercial, Charity, CharityLottery, Press, Government };
enum class ContactKind { Consumer, Business };
enum class LineType { Landline, Wireless, Unknown };  ///< Unknown is judged as Wireless
enum class Channel { Live, Autodialed, Prerecorded };
enum class ConsentForm { Written, Oral };
enum class CallOutcome { Abandoned, Machine, Answered, NoAnswer, Busy };
enum class CallKind { Live, Prerecorded };

/// What the numbering plan says of a number.
enum class NumberKind { Ordinary, Invalid, Premium, Emergency };

/// The lists that a rule of kind suppression or list_freshness may name.
enum class ListName {
    National,         ///< the national do-not-call list of the number's country
    Tps,              ///< the British preference services; where absent, National
    MassCallRefusal,  ///< the subscriber refused all mass calls (Russia)
    Objection,        ///< the person objected to this caller's calls
    Internal,         ///< this client organisation's own do-not-call list
    Revocation,       ///< a consent was revoked, and none given since
};

/// What the engine must do or leave when it places the call.
enum class ObligationKind {
    ReserveAgent,    ///< an agent is held free before the call is placed
    HumanInitiated,  ///< one action of a person starts this one call
    Label,           ///< the operator's label of the call is shown
    OfferObjection,  ///< the agent offers the right to object
    ProgressiveOnly  ///< no more lines than free agents
};

/// Some of an enum's values.
template <class E>
class EnumSet {
public:
    constexpr EnumSet() = default;
    constexpr EnumSet(std::initializer_list<E> values) {
        for (const E value : values) add(value);
    }
    [[nodiscard]] static constexpr EnumSet all() {
        EnumSet set;
        set.bits_ = (1U << kEnumNames<E>.size()) - 1U;
        return set;
    }
    constexpr void add(E value) { bits_ |= 1U << static_cast<unsigned>(value); }
    [[nodiscard]] constexpr bool has(E value) const {
        return ((bits_ >> static_cast<unsigned>(value)) & 1U) != 0;
    }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    friend constexpr bool operator==(const EnumSet&, const EnumSet&) = default;

private:
    std::uint32_t bits_ = 0;
};

}  // namespace bellwether::compliance::policy

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::policy::Purpose> = names("telemarketing", "survey",
                                                                      "notice");
template <>
inline constexpr auto kEnumNames<compliance::policy::Mode> = names("predictive", "progressive",
                                                                   "ratio", "preview", "manual",
                                                                   "prerecorded");
template <>
inline constexpr auto kEnumNames<compliance::policy::Sector> = names("commercial", "charity",
                                                                     "charity_lottery", "press",
                                                                     "government");
template <>
inline constexpr auto kEnumNames<compliance::policy::ContactKind> = names("consumer", "business");
template <>
inline constexpr auto kEnumNames<compliance::policy::LineType> = names("landline", "wireless",
                                                                       "unknown");
template <>
inline constexpr auto kEnumNames<compliance::policy::Channel> = names("live", "autodialed",
                                                                      "prerecorded");
template <>
inline constexpr auto kEnumNames<compliance::policy::ConsentForm> = names("written", "oral");
template <>
inline constexpr auto kEnumNames<compliance::policy::CallOutcome> = names("ABANDONED", "MACHINE",
                                                                          "ANSWERED", "NO_ANSWER",
                                                                          "BUSY");
template <>
inline constexpr auto kEnumNames<compliance::policy::CallKind> = names("live", "prerecorded");
template <>
inline constexpr auto kEnumNames<compliance::policy::NumberKind> = names("ordinary", "invalid",
                                                                         "premium", "emergency");
template <>
inline constexpr auto kEnumNames<compliance::policy::ListName> =
    names("national", "tps", "mass_call_refusal", "objection", "internal", "revocation");
template <>
inline constexpr auto kEnumNames<compliance::policy::ObligationKind> =
    names("reserve_agent", "human_initiated", "label", "offer_objection", "progressive_only");
}  // namespace bellwether
