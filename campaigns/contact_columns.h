#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bellwether::campaigns {

/// Which column of a contact list means what. Columns count from 0 here, from 1 in messages.
struct ContactColumns {
    struct Extra {
        std::size_t column = 0;
        std::string name;  ///< as in the header, without white space at its ends
    };

    /// One of a contact's numbers, and what it is ("mobile"), if a column says so.
    struct Phone {
        std::size_t column = 0;
        std::optional<std::size_t> type;
    };

    std::size_t phone = 0;  ///< the number that is dialed first
    std::optional<std::size_t> phone_type;
    std::vector<Phone> other_phones;         ///< phone2 to phone9, in that order
    std::optional<std::size_t> more_phones;  ///< VICIdial's packed alternate numbers
    std::optional<std::size_t> phone_code;   ///< country code of `phone` and the others
    std::optional<std::size_t> priority;     ///< 0 to kPriorityMax; the higher, the sooner
    std::optional<std::size_t> external_id;  ///< the contact's id in the system the list came from
    std::optional<std::size_t> first_name;
    std::optional<std::size_t> last_name;
    std::optional<std::size_t> language;
    std::vector<Extra> extra;  ///< every other column, in order: kept with the contact
    std::size_t count = 0;     ///< of all columns
};

/// One mapping given by hand: this column of the file stands for that field.
struct ColumnChoice {
    std::string field;   ///< see contact_fields()
    std::string header;  ///< the column's name in the file
};

/// Contacts with a higher priority are called before others, whatever list they stand in.
inline constexpr int kPriorityMax = 99;

/// Every field that a column can stand for: "phone", "phone2", "phone2_type", "external_id", …
[[nodiscard]] std::span<const std::string_view> contact_fields();

/// Reads a header row.
///
/// Names are compared without regard to case, white space at the ends, and whether words are joined
/// by space, hyphen or underscore. Without a choice by hand: phone is `phone`, `phone_number`,
/// `number`, `telephone` or `msisdn`; VICIdial's `vendor_lead_code` is external_id, `alt_phone`
/// phone2, `rank` priority, `multi_alt_entries` more_phones; the others only themselves.
///
/// Fails with InvalidInput and one text that lists every problem with its mend, separated by "; ":
/// no phone column (with the nearest name there is), two columns of one name or for one field, a
/// column without a name, a choice that fits nothing. A header that looks like a contact instead is
/// not repeated.
[[nodiscard]] Result<ContactColumns> read_contact_header(
    std::span<const std::string_view> header, std::span<const ColumnChoice> choices = {});

}  // namespace bellwether::campaigns
