#pragma once

#include <memory>

#include "compliance/suppression/list_rows.h"

namespace bellwether::compliance::suppression {

/// Reads the tagged form of the FTC's and the Canadian list:
///   <list type='full' level='ac' val='416'/><ac val='416'><ph val='1234567'/>…</ac>
/// Tags may be split over pieces and lines. Other tags are passed over unless they carry a `val`;
/// then they are rejected, as is text between tags. A list whose type is not full is an error: its
/// rows would be mistaken for all there are.
[[nodiscard]] std::unique_ptr<RowParser> make_xml_parser(RowTaker& taker);

}  // namespace bellwether::compliance::suppression
