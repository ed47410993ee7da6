// Laws of CSV: what is written is read again, whatever the pieces; faults add up.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "campaigns/csv.h"
#include "campaigns/csv_writer.h"
#include "campaigns/phone_normaliser.h"
#include "campaigns/utf8.h"
#include "tests/campaigns/csv_support.h"

namespace bellwether::campaigns {
namespace {

using Row = std::vector<std::string>;

/// Mostly what is special to CSV.
std::string any_field() {
    return *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(std::string{",\"\r\n;\t a\xEF\xBB\xBF"}),
                       rc::gen::inRange<char>(32, 127)));
}

std::vector<Row> any_rows() {
    const int width = *rc::gen::inRange(1, 6);
    const int count = *rc::gen::inRange(0, 12);
    std::vector<Row> rows;
    for (int i = 0; i < count; ++i) {
        Row row;
        for (int j = 0; j < width; ++j) row.push_back(any_field());
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string written(const std::vector<Row>& rows, CsvFormat format) {
    std::string out;
    for (const Row& row : rows) {
        const std::vector<std::string_view> fields(row.begin(), row.end());
        RC_ASSERT(append_csv_row(out, fields, format).has_value());
    }
    return out;
}

RC_GTEST_PROP(CsvLaw, WhatIsWrittenIsReadAgainInWhateverPieces, ()) {
    const std::vector<Row> rows = any_rows();
    const CsvFormat format{
        .delimiter = *rc::gen::element(',', ';', '\t', '|'),
        .line_end = *rc::gen::element(std::string_view{"\r\n"}, std::string_view{"\n"})};
    const std::string text = written(rows, format);
    PieceSource source{text, *rc::gen::inRange<std::size_t>(1, 40)};
    const CsvContents contents = read_all(source, {.delimiter = format.delimiter});
    RC_ASSERT(contents.faults.empty());
    RC_ASSERT(contents.rows == rows);
}

RC_GTEST_PROP(CsvLaw, PiecesNeverChangeWhatIsReadOfAnyBytes, ()) {
    const std::string text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab,\"\r\n\"\n\0", 9}));
    const CsvContents whole = read_text(text);
    PieceSource source{text, *rc::gen::inRange<std::size_t>(1, 8)};
    const CsvContents pieces = read_all(source);
    RC_ASSERT(pieces.rows == whole.rows);
    RC_ASSERT(pieces.places == whole.places);
    RC_ASSERT(pieces.raws == whole.raws);
}

RC_GTEST_PROP(CsvLaw, PlacesRiseAndPointAtTheRow, ()) {
    const std::string text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab,\"\r\n\"\n"}));
    TextSource source{text};
    CsvReader reader{source};
    std::uint64_t row_before = 0;
    std::uint64_t byte_before = 0;
    for (CsvStep step = reader.next().value(); step != CsvStep::End; step = reader.next().value()) {
        if (step == CsvStep::Fault) continue;
        const CsvPlace at = reader.row().at;
        RC_ASSERT(text.substr(at.byte, reader.row().raw.size()) == reader.row().raw);
        const auto lines =
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at.byte), '\n');
        RC_ASSERT(at.line == static_cast<std::uint64_t>(lines) + 1);
        RC_ASSERT(at.column == 1);
        RC_ASSERT(at.row > row_before);
        RC_ASSERT(row_before == 0 || at.byte > byte_before);
        row_before = at.row;
        byte_before = at.byte;
    }
}

RC_GTEST_PROP(Utf8Law, WhatWasCutOffIsFound, ()) {
    const std::string text = "J\xC3\xB8rgen \xE2\x82\xAC \xF0\x9F\x98\x80";
    const auto length = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    const auto at = first_invalid_utf8(std::string_view{text}.substr(0, length));
    const std::size_t sound = at.value_or(length);
    RC_ASSERT(sound <= length);
    RC_ASSERT(length - sound < 4);
}

RC_GTEST_PROP(PlainNumberLaw, WhatIsPlainComesBackFromItsOwnText, ()) {
    const auto national = *rc::gen::inRange<std::uint64_t>(2'000'000'000, 10'000'000'000);
    const auto number = normalise_plain(std::to_string(national), "US");
    if (!number) return;
    RC_ASSERT(number->digits() == national + 10'000'000'000);
    RC_ASSERT(normalise_plain(number->e164(), "") == number);
}

}  // namespace
}  // namespace bellwether::campaigns
