#include "campaigns/csv.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"

namespace bellwether::campaigns {
namespace {

/// What a byte means outside quotes. Inside quotes those up to kHarmlessInQuotes mean nothing.
enum Meaning : std::uint8_t { kPlain, kDelimiter, kCarriageReturn, kQuote, kLineFeed, kNul };
constexpr std::uint8_t kHarmlessInQuotes = kCarriageReturn;

// Read ahead of the row limit: few refills, and small enough for a second-level cache.
constexpr std::size_t kReadAhead = 65'536;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // RFC 3629 §6

const char* find(const char* from, const char* to, char wanted) {
    return static_cast<const char*>(std::memchr(from, wanted, static_cast<std::size_t>(to - from)));
}

std::string_view view(const char* from, const char* to) {
    return {from, static_cast<std::size_t>(to - from)};
}

/// What is wrong with a byte that has no business in an unquoted field.
CsvFaultKind fault_of(std::uint8_t meaning) {
    if (meaning == kCarriageReturn) return CsvFaultKind::StrayCarriageReturn;
    return meaning == kQuote ? CsvFaultKind::StrayQuote : CsvFaultKind::NulByte;
}

}  // namespace

Result<std::span<const char>> TextSource::next_chunk() {
    const std::span<const char> all{text_.data(), text_.size()};
    text_ = {};
    return all;
}

CsvReader::CsvReader(ByteSource& source, CsvOptions options)
    : source_{source},
      options_{options},
      room_{options.row_bytes_max + kReadAhead},
      buffer_{std::make_unique_for_overwrite<char[]>(room_ + 1)} {
    meaning_[static_cast<unsigned char>('"')] = kQuote;
    meaning_[static_cast<unsigned char>('\r')] = kCarriageReturn;
    meaning_[static_cast<unsigned char>('\n')] = kLineFeed;
    meaning_[0] = kNul;
    auto& delimiter = meaning_[static_cast<unsigned char>(options_.delimiter)];
    BW_CHECK(delimiter == kPlain);
    delimiter = kDelimiter;
    begin_ = end_ = buffer_.get();
}

Result<CsvStep> CsvReader::next() {
    if (skip_line_) {
        if (auto skipped = skip_rest_of_line(); !skipped) return tl::unexpected{skipped.error()};
    }
    while (true) {
        Cursor cursor;
        const auto found = find_row(cursor);
        if (!found) return tl::unexpected{found.error()};
        if (*found == Found::Nothing) return CsvStep::End;
        if (*found == Found::PartOfRow) {
            return cursor.open_quote != nullptr ? give_open_quote(cursor) : give_too_long(cursor);
        }
        if (cursor.row_end != begin_) return give_row(cursor);
        pass_over(cursor);  // an empty line
    }
}

/// Scans the next row, reading on as far as it takes.
Result<CsvReader::Found> CsvReader::find_row(Cursor& cursor) {
    while (true) {
        cursor = Cursor{.pos = begin_, .line_start = begin_, .line = next_.line};
        if (begin_ != end_ && scan_row(cursor) == Scan::Done) return Found::Row;
        if (source_ended_) return begin_ == end_ ? Found::Nothing : Found::PartOfRow;
        const auto unread = static_cast<std::size_t>(end_ - begin_);
        if (unread > options_.row_bytes_max) return Found::PartOfRow;
        if (auto filled = fill(); !filled) return tl::unexpected{filled.error()};
    }
}

/// Moves what is unread to the front and fills the buffer behind it, as far as the source has
/// bytes.
Result<void> CsvReader::fill() {
    const auto unread = static_cast<std::size_t>(end_ - begin_);
    std::memmove(buffer_.get(), begin_, unread);
    begin_ = buffer_.get();
    std::size_t size = unread;
    Result<void> filled;
    while (size < room_ && !source_ended_) {
        if (chunk_.empty()) {
            const auto chunk = source_.next_chunk();
            if (!chunk) {
                filled = tl::unexpected{chunk.error()};
                break;
            }
            chunk_ = *chunk;
            source_ended_ = chunk_.empty();
        }
        const std::size_t taken = std::min(room_ - size, chunk_.size());
        if (taken > 0) std::memcpy(buffer_.get() + size, chunk_.data(), taken);
        chunk_ = chunk_.subspan(taken);
        size += taken;
    }
    buffer_[size] = '\n';  // stops every scan
    end_ = begin_ + size;
    if (next_.byte == 0 && view(begin_, end_).starts_with(kByteOrderMark)) {
        begin_ += kByteOrderMark.size();
        next_.byte = kByteOrderMark.size();
    }
    return filled;
}

Result<void> CsvReader::skip_rest_of_line() {
    while (true) {
        const char* line_feed = find(begin_, end_, '\n');
        const char* after = line_feed == nullptr ? end_ : line_feed + 1;
        next_.byte += static_cast<std::uint64_t>(after - begin_);
        begin_ = after;
        if (line_feed != nullptr) {
            ++next_.line;
            break;
        }
        if (source_ended_) break;
        if (auto filled = fill(); !filled) return filled;
    }
    skip_line_ = false;
    return {};
}

/// Scans from begin_ to the end of the row into fields_; NeedsMore: the bytes end before the row
/// does.
CsvReader::Scan CsvReader::scan_row(Cursor& cursor) {
    fields_.clear();
    unquoted_.clear();
    while (true) {
        const bool quoted = *cursor.pos == '"' && cursor.pos != end_;
        const Scan scan = quoted ? scan_quoted(cursor) : scan_plain(cursor);
        if (scan == Scan::NeedsMore) return scan;
        if (fields_.size() == options_.fields_max + 1) {
            note_fault(cursor, CsvFaultKind::TooManyFields, cursor.pos);
        }
        if (cursor.pos == end_ || *cursor.pos != options_.delimiter) break;
        ++cursor.pos;
    }
    cursor.row_end = cursor.pos;
    cursor.next_row = cursor.pos;
    if (cursor.pos != end_) cursor.next_row += *cursor.pos == '\r' ? 2 : 1;
    return Scan::Done;
}

/// Scans an unquoted field (or what follows a quoted one) up to the delimiter or line end. This
/// loop sees most of the bytes of a file: nothing but the table look-up runs per plain byte.
CsvReader::Scan CsvReader::scan_plain(Cursor& cursor) {
    const char* const start = cursor.pos;
    const char* pos = start;
    while (true) {
        while (meaning_[static_cast<unsigned char>(*pos)] == kPlain) ++pos;
        const auto meaning = meaning_[static_cast<unsigned char>(*pos)];
        if (meaning == kDelimiter) break;
        if (meaning == kLineFeed || meaning == kCarriageReturn) {
            const bool undecided = meaning == kLineFeed ? pos == end_ : pos + 1 == end_;
            if (undecided && !source_ended_) return Scan::NeedsMore;
            if (ends_line(pos)) break;
        }
        note_fault(cursor, fault_of(meaning), pos);
        ++pos;
    }
    if (fields_.size() <= options_.fields_max) fields_.push_back(view(start, pos));
    cursor.pos = pos;
    return Scan::Done;
}

/// A line feed, the sentinel at the end of the text, or a carriage return with its line feed.
bool CsvReader::ends_line(const char* pos) const {
    return *pos == '\n' || (pos + 1 != end_ && pos[1] == '\n');
}

/// Scans a quoted field, and what stands between its closing quote and the delimiter or line end.
CsvReader::Scan CsvReader::scan_quoted(Cursor& cursor) {
    cursor.open_quote = cursor.pos;
    cursor.open_line = cursor.line;
    cursor.open_line_start = cursor.line_start;
    const char* const start = cursor.pos + 1;
    const std::size_t unquoted_start = unquoted_.size();
    const char* piece = start;  // not yet in unquoted_
    const char* pos = start;
    while (true) {
        while (meaning_[static_cast<unsigned char>(*pos)] <= kHarmlessInQuotes) ++pos;
        if (pos == end_) return Scan::NeedsMore;
        if (*pos == '\n') {
            ++cursor.line;
            cursor.line_start = pos + 1;
        } else if (*pos == '\0') {
            note_fault(cursor, CsvFaultKind::NulByte, pos);
        } else {
            const bool last = pos + 1 == end_;
            if (last && !source_ended_) return Scan::NeedsMore;
            if (last || pos[1] != '"') break;
            unquoted_.reserve(room_);  // no row is longer, so views into it stay valid
            unquoted_.append(piece, pos + 1);
            piece = pos + 2;
            ++pos;
        }
        ++pos;
    }
    std::string_view field = view(start, pos);
    if (piece != start) {
        unquoted_.append(piece, pos);
        field = std::string_view{unquoted_}.substr(unquoted_start);
    }
    cursor.open_quote = nullptr;
    cursor.pos = pos + 1;
    return end_quoted(cursor, field);
}

/// Takes `field` if the delimiter or line end follows its closing quote, as it nearly always does.
CsvReader::Scan CsvReader::end_quoted(Cursor& cursor, std::string_view field) {
    const auto meaning = meaning_[static_cast<unsigned char>(*cursor.pos)];
    const bool takes = fields_.size() <= options_.fields_max;
    if (meaning == kDelimiter) {
        if (takes) fields_.push_back(field);
        return Scan::Done;
    }
    if (meaning != kLineFeed && meaning != kCarriageReturn) {
        note_fault(cursor, CsvFaultKind::StrayQuote, cursor.pos);
    }
    const Scan scan = scan_plain(cursor);  // finds the end, and whatever is wrong before it
    if (scan == Scan::Done && takes) fields_.back() = field;
    return scan;
}

void CsvReader::note_fault(Cursor& cursor, CsvFaultKind kind, const char* at) {
    if (cursor.faulty) return;
    cursor.faulty = true;
    fault_.kind = kind;
    fault_.field = fields_.size() + 1;
    fault_.expected = width_;
    fault_.at = {.row = next_.row,
                 .line = cursor.line,
                 .column = static_cast<std::uint64_t>(at - cursor.line_start) + 1,
                 .byte = next_.byte + static_cast<std::uint64_t>(at - begin_)};
}

CsvStep CsvReader::give_row(const Cursor& cursor) {
    row_ = {.fields = fields_, .at = next_, .raw = view(begin_, cursor.row_end)};
    const bool too_long = row_.raw.size() > options_.row_bytes_max;
    const bool wrong_width = width_ != 0 && options_.same_width && fields_.size() != width_;
    const bool faulty = cursor.faulty;
    pass_over(cursor);
    if (too_long) return give_fault(CsvFaultKind::RowTooLong, row_.raw);
    if (faulty) {
        fault_.raw = row_.raw;
        return CsvStep::Fault;
    }
    if (wrong_width) return give_fault(CsvFaultKind::WrongWidth, row_.raw);
    if (width_ == 0) width_ = fields_.size();
    return CsvStep::Row;
}

/// The quote at cursor.open_quote is never closed. Goes on with the line after it: should the quote
/// be a slip of the pen, no other row is lost. A line passed in this way cannot open a quote again
/// that stays open over the same bytes (they hold only doubled quotes), so the work stays linear.
CsvStep CsvReader::give_open_quote(Cursor& cursor) {
    const char* line_feed = find(cursor.open_quote, end_, '\n');
    if (line_feed == nullptr && !source_ended_) return give_too_long(cursor);

    cursor.faulty = false;
    cursor.line = cursor.open_line;
    cursor.line_start = cursor.open_line_start;
    note_fault(cursor, CsvFaultKind::UnterminatedQuote, cursor.open_quote);
    cursor.next_row = line_feed == nullptr ? end_ : line_feed + 1;
    cursor.row_end = line_feed == nullptr ? end_ : line_feed;
    if (cursor.row_end[-1] == '\r') --cursor.row_end;
    fault_.raw = view(begin_, cursor.row_end);
    pass_over(cursor);
    return CsvStep::Fault;
}

CsvStep CsvReader::give_too_long(const Cursor& cursor) {
    row_.at = next_;
    const std::string_view raw = view(begin_, end_).substr(0, options_.row_bytes_max);
    next_.row += 1;
    next_.line = cursor.line;
    next_.byte += static_cast<std::uint64_t>(end_ - begin_);
    begin_ = end_;
    skip_line_ = true;
    return give_fault(CsvFaultKind::RowTooLong, raw);
}

CsvStep CsvReader::give_fault(CsvFaultKind kind, std::string_view raw) {
    fault_ = {.kind = kind, .at = row_.at, .field = fields_.size(), .expected = width_, .raw = raw};
    return CsvStep::Fault;
}

void CsvReader::pass_over(const Cursor& cursor) {
    next_.row += 1;
    next_.line = cursor.line + (cursor.next_row != cursor.row_end ? 1 : 0);
    next_.byte += static_cast<std::uint64_t>(cursor.next_row - begin_);
    begin_ = cursor.next_row;
}

std::string explain(const CsvFault& fault) {
    switch (fault.kind) {
        case CsvFaultKind::UnterminatedQuote:
            return "the quote that opens this field is never closed; close it, or double it if it "
                   "belongs to the text";
        case CsvFaultKind::StrayQuote:
            return "a quote and other text in one field; put the whole field in quotes and double "
                   "those inside";
        case CsvFaultKind::NulByte:
            return "a zero byte; save the file as UTF-8 text";
        case CsvFaultKind::StrayCarriageReturn:
            return "a carriage return without a line feed; end lines with LF or CRLF";
        case CsvFaultKind::RowTooLong:
            return "the row is too long; is a quote left open in it?";
        case CsvFaultKind::TooManyFields:
            return "the row has too many fields";
        case CsvFaultKind::WrongWidth:
            break;
    }
    return "the row has " + std::to_string(fault.field) + " fields, the first row has " +
           std::to_string(fault.expected);
}

std::string describe(const CsvFault& fault) {
    return "row " + std::to_string(fault.at.row) + ", line " + std::to_string(fault.at.line) +
           ", column " + std::to_string(fault.at.column) + ": " + explain(fault);
}

}  // namespace bellwether::campaigns
