#pragma once

#include <cstdint>

#include "base/enum_names.h"

namespace bellwether::compliance::suppression {

/// What a list of numbers means to the rules. One client organisation may hold several of a kind.
enum class ListKind : std::uint8_t {
    UsNational,       ///< the FTC's National Do Not Call Registry
    CaNational,       ///< Canada's National DNCL
    AuNational,       ///< Australia's Do Not Call Register
    Tps,              ///< United Kingdom, Telephone Preference Service
    Ctps,             ///< United Kingdom, Corporate TPS
    MassCallRefusal,  ///< Russia: subscribers who refuse all mass calls (41-FZ of 1 Apr 2025)
    Reassigned,       ///< United States: numbers that have changed hands since the consent
    Other,            ///< a state's list, a house list: whoever is on it is not to be called
};
inline constexpr std::size_t kListKinds = 8;

/// How a file of numbers is written (research/compliance.md §2.1).
enum class ListFormat : std::uint8_t {
    Ftc,         ///< AAA,NNNNNNN
    FtcChanges,  ///< several columns a row: number, A or D, time
    FtcXml,      ///< <ac val='416'><ph val='1234567'/>
    Ca,          ///< either of Ftc and FtcXml
    E164,        ///< + and digits
    Us10,        ///< ten digits, or eleven with the 1
    Tps,         ///< United Kingdom numbers, national (020…) or with 44
    TpsDaily,    ///< the same with A or D before it
    Rnd,         ///< number, date, yes | no | no data
};

/// Does a file of this format change the list, rather than replace it?
[[nodiscard]] constexpr bool is_change(ListFormat format) {
    return format == ListFormat::FtcChanges || format == ListFormat::TpsDaily ||
           format == ListFormat::Rnd;
}

/// What a file of this format is, if nobody says otherwise.
[[nodiscard]] constexpr ListKind usual_kind(ListFormat format) {
    switch (format) {
        case ListFormat::Ftc:
        case ListFormat::FtcChanges:
        case ListFormat::FtcXml:
            return ListKind::UsNational;
        case ListFormat::Ca:
            return ListKind::CaNational;
        case ListFormat::Tps:
        case ListFormat::TpsDaily:
            return ListKind::Tps;
        case ListFormat::Rnd:
            return ListKind::Reassigned;
        case ListFormat::E164:
        case ListFormat::Us10:
            return ListKind::Other;
    }
    return ListKind::Other;
}

}  // namespace bellwether::compliance::suppression

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::suppression::ListKind> =
    names("US_NATIONAL", "CA_NATIONAL", "AU_NATIONAL", "TPS", "CTPS", "MASS_CALL_REFUSAL",
          "REASSIGNED", "OTHER");
template <>
inline constexpr auto kEnumNames<compliance::suppression::ListFormat> =
    names("FTC", "FTC_CHANGES", "FTC_XML", "CA", "E164", "US10", "TPS", "TPS_DAILY", "RND");
}  // namespace bellwether
