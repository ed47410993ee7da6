#include "dialer/app/survey/workbook.h"

#include <fmt/format.h>

#include "campaigns/cell_text.h"
#include "campaigns/form/layout.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/survey/child_program.h"
#include "dialer/app/survey/zip_size.h"

namespace bellwether::app {

namespace {

// The largest XLSForm seen, with 50,000 municipalities as choices, has 2 MB and unpacks to 18.
constexpr std::size_t kWorkbookBytesMax = std::size_t{8} << 20;
constexpr std::uint64_t kUnpackedBytesMax = std::uint64_t{48} << 20;
constexpr std::uint64_t kFilesMax = 1000;
constexpr std::size_t kCsvBytesMax = std::size_t{8} << 20;

/// What stands before each sheet: a form feed, which no XML can hold, " 1 - " and its name.
constexpr char kSheetMark = '\f';

Result<void> check_size(const std::filesystem::path& file) {
    const auto bytes = read_file(file, kWorkbookBytesMax);
    if (!bytes) return tl::unexpected{bytes.error()};
    const auto size = zip_size(*bytes);
    if (!size) {
        return fail(Errc::InvalidInput,
                    fmt::format("is no .xlsx workbook: it {}; save it from the spreadsheet program "
                                "as .xlsx, or as CSV",
                                size.error().detail));
    }
    if (size->bytes <= kUnpackedBytesMax && size->files <= kFilesMax) return {};
    return fail(Errc::InvalidInput,
                fmt::format("unpacks to {} bytes in {} files, more than a questionnaire holds "
                            "({} bytes, {} files): take out what is no sheet of it",
                            size->bytes, size->files, kUnpackedBytesMax, kFilesMax));
}

Workbook split(std::string_view printed) {
    Workbook sheets;
    while (!printed.empty() && printed.front() == kSheetMark) {
        const auto line_end = std::min(printed.find('\n'), printed.size() - 1);
        const std::string_view heading = printed.substr(0, line_end);
        printed.remove_prefix(line_end + 1);
        const auto next = std::min(printed.find(kSheetMark), printed.size());
        const auto dash = heading.find(" - ");
        if (dash != std::string_view::npos) {
            sheets.try_emplace(campaigns::lower_case(campaigns::trimmed(heading.substr(dash + 3))),
                               campaigns::form::evened(printed.substr(0, next)));
        }
        printed.remove_prefix(next);
    }
    return sheets;
}

}  // namespace

Result<Workbook> read_workbook(const std::filesystem::path& file) {
    if (const auto fits = check_size(file); !fits) return tl::unexpected{fits.error()};
    // The file by its whole path: a name that begins with a dash is no option.
    const auto ended = run_program({"xlsx2csv", "--all", "--sheetdelimiter", "\\f", "--dateformat",
                                    "%Y-%m-%d", std::filesystem::absolute(file).string()},
                                   {.output_bytes_max = kCsvBytesMax});
    if (!ended && ended.error().code == Errc::NotFound) {
        return fail(Errc::Unavailable,
                    "xlsx2csv, which reads .xlsx workbooks, is not installed: install the package "
                    "xlsx2csv, or save the sheets as CSV");
    }
    if (!ended) {
        return fail(Errc::InvalidInput, fmt::format("cannot be read: {}; save its sheets as CSV",
                                                    ended.error().detail));
    }
    if (ended->code != 0) {
        return fail(Errc::InvalidInput,
                    "is no workbook that xlsx2csv can read; save it from the spreadsheet program "
                    "as .xlsx, or as CSV");
    }
    return split(ended->out);
}

}  // namespace bellwether::app
