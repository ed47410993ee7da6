#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "compliance/suppression/list_rows.h"

// One row of text, by format. Each function fills `row` or says what is wrong with the text, which
// has no line end and no blanks around it.

namespace bellwether::compliance::suppression {

using FoundFault = std::optional<RowFault>;

/// "212,5550123".
[[nodiscard]] FoundFault read_flat_row(std::string_view text, ListRow& row);
/// "+442079460123". The plus sign is needed: without it a national number would pass for another's.
[[nodiscard]] FoundFault read_e164_row(std::string_view text, ListRow& row);
/// "2125550123", "12125550123", "+12125550123".
[[nodiscard]] FoundFault read_us10_row(std::string_view text, ListRow& row);
/// "02079460123", "020 7946 0123", "442079460123", "+44…", "2079460123", in quotes or not.
[[nodiscard]] FoundFault read_tps_row(std::string_view text, ListRow& row);
/// A or D (or ADD, DELETE…) and a number of read_tps_row(), in either order; further columns are
/// passed over.
[[nodiscard]] FoundFault read_tps_daily_row(std::string_view text, ListRow& row);
/// A ten-digit number, a date, and yes, no or no data.
[[nodiscard]] FoundFault read_reassigned_row(std::string_view text, ListRow& row);
[[nodiscard]] FoundFault read_change_row(const ChangeColumns& columns, std::string_view text,
                                         ListRow& row);

/// Ten digits of North America from an area code and seven digits.
[[nodiscard]] FoundFault read_nanp(std::string_view area, std::string_view local, ListRow& row);

}  // namespace bellwether::compliance::suppression
