#include "campaigns/import/tab_separated.h"

#include <algorithm>

#include "campaigns/import/imported.h"
#include "campaigns/utf8.h"

namespace bellwether::campaigns::import {
namespace {

constexpr std::size_t kFieldBytesMax = 65'536;  // an expression's limit; a text is shorter
constexpr std::size_t kFieldsMax = 1000;        // LimeSurvey knows some 150 attributes
constexpr std::string_view kNonBreakingSpace = "\xC2\xA0";

std::uint64_t line_of(std::string_view text, std::size_t at) {
    return 1 + static_cast<std::uint64_t>(std::ranges::count(text.substr(0, at), '\n'));
}

/// UTF-16 behind its byte order mark as UTF-8. A half of a pair by itself becomes what is no UTF-8,
/// so that it is found there.
std::string from_utf16(std::string_view bytes, bool little_endian) {
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<std::uint32_t>(little_endian ? first | second << 8U
                                                        : second | first << 8U);
    };
    std::string out;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        std::uint32_t c = unit(i);
        const bool high = c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size();
        if (high && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10U) + (unit(i + 2) - 0xDC00);
            i += 2;
        }
        append_utf8(out, c);
    }
    return out;
}

std::string as_utf8(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), true);
    if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), false);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    return std::string{bytes};
}

/// Newlines of any style as LF, non-breaking spaces as blanks.
std::string simplified(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 2) == kNonBreakingSpace) {
            out += ' ';
            ++i;
        } else if (text[i] == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
        } else {
            out += text[i];
        }
    }
    return out;
}

class TabReader {
public:
    explicit TabReader(std::string_view text) : text_{text} {}

    Result<std::vector<TabRow>> read() {
        while (at_ < text_.size()) {
            TabRow row{.line = line_, .fields = {}};
            do row.fields.push_back(take_field());
            while (at_ < text_.size() && text_[at_ - 1] == '\t');
            const auto too_long = [](const std::string& f) { return f.size() > kFieldBytesMax; };
            if (row.fields.size() > kFieldsMax || std::ranges::any_of(row.fields, too_long)) {
                return fail(Errc::InvalidInput,
                            "line " + std::to_string(row.line) +
                                ": more fields than a survey has, or one of more than 64 KiB");
            }
            if (!std::ranges::all_of(row.fields, &std::string::empty))
                rows_.push_back(std::move(row));
        }
        return std::move(rows_);
    }

private:
    /// The next field; goes on behind the tab or newline that ends it.
    std::string take_field() {
        std::string field;
        if (at_ < text_.size() && text_[at_] == '"') take_quoted(field);
        const auto end = std::min(text_.find_first_of("\t\n", at_), text_.size());
        field += text_.substr(at_, end - at_);
        at_ = end + 1;
        if (end < text_.size() && text_[end] == '\n') ++line_;
        return field;
    }

    void take_quoted(std::string& field) {
        std::size_t at = at_ + 1;
        std::string inside;
        while (at < text_.size() && inside.size() <= kFieldBytesMax) {
            const bool quote = text_[at] == '"';
            if (quote && text_.substr(at, 2) != "\"\"") {
                line_ += static_cast<std::uint64_t>(std::ranges::count(inside, '\n'));
                field = std::move(inside);
                at_ = at + 1;
                return;
            }
            inside += text_[at];
            at += quote ? 2 : 1;
        }
        // It never ends: the quote is taken as it stands.
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
    std::vector<TabRow> rows_;
};

}  // namespace

Result<std::vector<TabRow>> read_tab_separated(std::string_view bytes) {
    const std::string text = as_utf8(bytes);
    if (const auto at = first_invalid_utf8(text)) {
        return fail(Errc::InvalidInput, "line " + std::to_string(line_of(text, *at)) +
                                            ": not UTF-8; save the file as UTF-8");
    }
    if (const auto at = text.find('\0'); at != std::string::npos) {
        return fail(Errc::InvalidInput,
                    "line " + std::to_string(line_of(text, at)) + ": a zero byte; this is no text");
    }
    const std::string plain = simplified(text);
    return TabReader{plain}.read();
}

}  // namespace bellwether::campaigns::import
