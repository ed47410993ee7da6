#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "base/result.h"

namespace bellwether::campaigns {

/// Where a reader gets its bytes: an adapter reads a file, a test hands out pieces of a string.
class ByteSource {
public:
    virtual ~ByteSource() = default;

    /// The next bytes, any number of them; an empty span is the end, for good. The span stays valid
    /// until the next call. Fails as its medium fails.
    [[nodiscard]] virtual Result<std::span<const char>> next_chunk() = 0;
};

/// Text in memory as a source. The text must outlive it.
class TextSource final : public ByteSource {
public:
    explicit TextSource(std::string_view text) : text_{text} {}
    [[nodiscard]] Result<std::span<const char>> next_chunk() override;

private:
    std::string_view text_;
};

struct CsvOptions {
    char delimiter = ',';
    bool same_width = true;  ///< every row must have as many fields as the first
    /// Bytes of one row. The widest honest contact row is a few kB; a whole spreadsheet cell is at
    /// most 32,767 characters (Excel's limit), and eight of them fit.
    std::size_t row_bytes_max = 262'144;
    std::size_t fields_max = 1024;  ///< of one row
};

/// Where something stands in the file.
struct CsvPlace {
    std::uint64_t row = 0;     ///< from 1, the header's; empty lines are counted and passed over
    std::uint64_t line = 0;    ///< from 1; a quoted field may hold several lines
    std::uint64_t column = 0;  ///< byte on its line, from 1
    std::uint64_t byte = 0;    ///< from the start of the file, 0

    friend bool operator==(const CsvPlace&, const CsvPlace&) = default;
};

enum class CsvFaultKind {
    UnterminatedQuote,    ///< a quoted field that never ends, within the row limit
    StrayQuote,           ///< a quote inside an unquoted field, or text after a closing quote
    NulByte,              ///< a byte 0: not text, often UTF-16
    StrayCarriageReturn,  ///< a CR outside quotes that no LF follows
    RowTooLong,           ///< row_bytes_max
    TooManyFields,        ///< fields_max
    WrongWidth,           ///< not as many fields as the first row (ragged)
};

/// A row that could not be read as it stands. The reader goes on with the row after it.
struct CsvFault {
    CsvFaultKind kind = CsvFaultKind::StrayQuote;
    CsvPlace at;  ///< of the offending byte; WrongWidth and RowTooLong: where the row begins
    std::size_t field = 0;     ///< from 1; WrongWidth: the fields the row has
    std::size_t expected = 0;  ///< WrongWidth: the fields it should have
    std::string_view raw;  ///< the row as it stands, without its line end; valid as CsvRow::raw is
};

struct CsvRow {
    std::span<const std::string_view> fields;  ///< unquoted; valid until the next call of next()
    CsvPlace at;                               ///< where the row begins
    std::string_view raw;                      ///< as in the file, without its line end
};

enum class CsvStep { Row, Fault, End };

/// What is wrong and the mend, for the operator. Never the row's text.
[[nodiscard]] std::string explain(const CsvFault& fault);
/// The same with its place: "row 3, line 4, column 17: …".
[[nodiscard]] std::string describe(const CsvFault& fault);

/// Reads CSV as RFC 4180 defines it, one row at a time: quoted fields with embedded delimiters,
/// line ends and doubled quotes; CRLF or LF; a UTF-8 byte order mark is passed over. Fields are
/// views into the reader's buffer. Knows nothing of headers, and not whether the bytes are valid
/// UTF-8.
///
/// A faulty row costs itself alone: after a quote that is never closed, reading goes on with the
/// line after the one the quote stands on. O(bytes) whatever the input. Not thread-safe.
class CsvReader {
public:
    /// @param source  must outlive the reader.
    explicit CsvReader(ByteSource& source, CsvOptions options = {});

    /// Row: see row(). Fault: see fault(). End: again at each further call. Fails as the source
    /// fails.
    [[nodiscard]] Result<CsvStep> next();
    [[nodiscard]] const CsvRow& row() const { return row_; }
    [[nodiscard]] const CsvFault& fault() const { return fault_; }

private:
    enum class Scan { Done, NeedsMore };
    enum class Found { Row, PartOfRow, Nothing };

    /// Where a scan stands in one row.
    struct Cursor {
        const char* pos = nullptr;
        const char* line_start = nullptr;
        std::uint64_t line = 0;
        const char* row_end = nullptr;     // before the line end
        const char* next_row = nullptr;    // behind it
        const char* open_quote = nullptr;  // of the field being scanned
        std::uint64_t open_line = 0;       // on which it stands
        const char* open_line_start = nullptr;
        bool faulty = false;  // fault_ holds the row's first fault
    };

    [[nodiscard]] Result<Found> find_row(Cursor& cursor);
    [[nodiscard]] Result<void> fill();
    [[nodiscard]] Result<void> skip_rest_of_line();
    [[nodiscard]] Scan scan_row(Cursor& cursor);
    [[nodiscard]] Scan scan_plain(Cursor& cursor);
    [[nodiscard]] Scan scan_quoted(Cursor& cursor);
    [[nodiscard]] Scan end_quoted(Cursor& cursor, std::string_view field);
    [[nodiscard]] bool ends_line(const char* pos) const;
    void note_fault(Cursor& cursor, CsvFaultKind kind, const char* at);
    CsvStep give_row(const Cursor& cursor);
    CsvStep give_open_quote(Cursor& cursor);
    CsvStep give_too_long(const Cursor& cursor);
    CsvStep give_fault(CsvFaultKind kind, std::string_view raw);
    void pass_over(const Cursor& cursor);

    ByteSource& source_;
    const CsvOptions options_;

    std::array<std::uint8_t, 256> meaning_{};  // of each byte outside quotes
    const std::size_t room_;                   // bytes of the buffer
    const std::unique_ptr<char[]> buffer_;     // begin_..end_ is unread; one LF stands behind end_
    std::span<const char> chunk_;              // of the source, not yet copied
    std::string unquoted_;                     // fields with doubled quotes; not moved during a row
    std::vector<std::string_view> fields_;

    const char* begin_;
    const char* end_;
    CsvPlace next_{.row = 1, .line = 1, .column = 1, .byte = 0};  // of begin_
    std::size_t width_ = 0;  // of the first row; 0: not read yet
    bool source_ended_ = false;
    bool skip_line_ = false;  // the row before was too long: the rest of it is still to come
    CsvRow row_;
    CsvFault fault_;
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::CsvFaultKind> = names("UNTERMINATED_QUOTE",
                                                                  "STRAY_QUOTE", "NUL_BYTE",
                                                                  "STRAY_CARRIAGE_RETURN",
                                                                  "ROW_TOO_LONG", "TOO_MANY_FIELDS",
                                                                  "WRONG_WIDTH");
}  // namespace bellwether
