// Any bytes as a sheet of a spreadsheet program, as several sheets in one file, and as a zip
// archive: no crash; evening out a sheet without faulty rows twice changes nothing more; a part
// never has more rows than the file.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "campaigns/csv.h"
#include "campaigns/form/layout.h"
#include "dialer/app/survey/zip_size.h"

namespace {

bool has_faults(std::string_view text) {
    using namespace bellwether::campaigns;
    TextSource source{text};
    CsvReader reader{source, {.same_width = false}};
    while (true) {
        const auto step = reader.next();
        BW_CHECK(step.has_value());
        if (*step != CsvStep::Row) return *step == CsvStep::Fault;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bellwether;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const std::string even = campaigns::form::evened(text);
    if (!has_faults(text)) BW_CHECK(campaigns::form::evened(even) == even);
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    for (const auto& [name, part] : campaigns::form::split_sheets(text)) {
        BW_CHECK(!name.empty() && part.first_row >= 1);
        BW_CHECK(std::count(part.csv.begin(), part.csv.end(), '\n') <= lines);
    }
    (void)app::zip_size(text);
    return 0;
}
