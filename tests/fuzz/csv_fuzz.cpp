// Any bytes as a CSV file: no crash, no row lost without a word, the same whatever the pieces.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "tests/campaigns/csv_support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bellwether::campaigns;
    if (size < 2) return 0;
    const std::size_t piece = 1 + data[0] % 32;
    const CsvOptions options{.delimiter = data[1] % 2 == 0 ? ',' : '|',
                             .same_width = data[1] % 4 < 2,
                             .row_bytes_max = 64,
                             .fields_max = 8};
    const std::string_view text{reinterpret_cast<const char*>(data + 2), size - 2};
    PieceSource pieces{text, piece};
    TextSource whole{text};
    const CsvContents one = read_all(pieces, options);
    const CsvContents other = read_all(whole, options);
    BW_CHECK(one.rows == other.rows);
    BW_CHECK(one.places == other.places);
    BW_CHECK(one.raws == other.raws);
    for (std::size_t i = 1; i < one.places.size(); ++i) {
        BW_CHECK(one.places[i].row > one.places[i - 1].row);
        BW_CHECK(one.places[i].byte > one.places[i - 1].byte);
    }
    for (const CsvFault& fault : one.faults) {
        BW_CHECK(fault.at.row >= 1 && fault.at.line >= 1 && fault.at.column >= 1);
        BW_CHECK(fault.at.byte <= text.size());
        BW_CHECK(!describe(fault).empty());
    }
    return 0;
}
