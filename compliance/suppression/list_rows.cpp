#include "compliance/suppression/list_rows.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "compliance/suppression/row_batch.h"
#include "compliance/suppression/text_row.h"
#include "compliance/suppression/xml_rows.h"

namespace bellwether::compliance::suppression {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    return text;
}

bool has_digit(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Why a file that begins so is no text; empty: nothing against it.
std::string_view why_no_text(std::string_view start) {
    if (start.starts_with("PK\x03\x04")) return "the file is a zip archive: unpack it first";
    if (start.starts_with("\x1F\x8B")) return "the file is packed by gzip: unpack it first";
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
        return "the file is UTF-16: save it as UTF-8";
    }
    return {};
}

/// Lines, each of which `Read` makes a row of.
template <class Read>
class TextParser final : public RowParser {
public:
    TextParser(Read read, RowTaker& taker) : read_{std::move(read)}, batch_{taker} {}

    Result<void> push(std::string_view bytes) override {
        if (!carried_.empty()) {
            const auto end = bytes.find('\n');
            carried_ += bytes.substr(0, end);
            if (end == std::string_view::npos) return within_limit();
            bytes.remove_prefix(end + 1);
            line(carried_);
            carried_.clear();
        }
        while (true) {
            const void* const end = std::memchr(bytes.data(), '\n', bytes.size());
            if (end == nullptr) break;
            const auto length =
                static_cast<std::size_t>(static_cast<const char*>(end) - bytes.data());
            line(bytes.substr(0, length));
            bytes.remove_prefix(length + 1);
        }
        carried_ = bytes;
        return within_limit();
    }

    Result<void> finish() override {
        if (!carried_.empty()) line(carried_);
        carried_.clear();
        batch_.flush();
        return {};
    }

private:
    void line(std::string_view text) {
        ++lines_;
        text = trimmed(text);
        if (text.empty()) return;
        if (lines_ == 1 && !has_digit(text)) return;  // a heading
        ListRow row{};
        if (const FoundFault fault = read_(text, row)) {
            batch_.taker().reject(lines_, *fault, text);
        } else {
            batch_.add(row);
        }
    }

    Result<void> within_limit() const {
        if (carried_.size() <= kRowMax) return {};
        return fail(Errc::InvalidInput, "line " + std::to_string(lines_ + 1) + " has more than " +
                                            std::to_string(kRowMax) +
                                            " bytes: this is no list of numbers");
    }

    Read read_;
    RowBatch batch_;
    std::string carried_;  ///< a line without its end
    std::uint64_t lines_ = 0;
};

template <class Read>
std::unique_ptr<RowParser> text_parser(Read read, RowTaker& taker) {
    return std::make_unique<TextParser<Read>>(std::move(read), taker);
}

/// The functions of text_row.h as types, so that each loop has its own inside.
#define BW_READER(function) [](std::string_view text, ListRow& row) { return function(text, row); }

std::unique_ptr<RowParser> make_text_parser(ListFormat format, const ChangeColumns& columns,
                                            RowTaker& taker) {
    switch (format) {
        case ListFormat::Ftc:
        case ListFormat::Ca:
        case ListFormat::FtcXml:
            return text_parser(BW_READER(read_flat_row), taker);
        case ListFormat::FtcChanges:
            return text_parser(
                [columns](std::string_view text, ListRow& row) {
                    return read_change_row(columns, text, row);
                },
                taker);
        case ListFormat::E164:
            return text_parser(BW_READER(read_e164_row), taker);
        case ListFormat::Us10:
            return text_parser(BW_READER(read_us10_row), taker);
        case ListFormat::Tps:
            return text_parser(BW_READER(read_tps_row), taker);
        case ListFormat::TpsDaily:
            return text_parser(BW_READER(read_tps_daily_row), taker);
        case ListFormat::Rnd:
            return text_parser(BW_READER(read_reassigned_row), taker);
    }
    return nullptr;
}
#undef BW_READER

/// Looks at a file's first bytes, then hands all to the parser they call for.
class Opening final : public RowParser {
public:
    Opening(ListFormat format, ChangeColumns columns, RowTaker& taker)
        : format_{format}, columns_{std::move(columns)}, taker_{taker} {}

    Result<void> push(std::string_view bytes) override {
        if (parser_) return parser_->push(bytes);
        first_ += bytes;
        return first_.size() < kLooked ? Result<void>{} : begin();
    }

    Result<void> finish() override {
        if (!parser_) {
            if (auto begun = begin(); !begun) return begun;
        }
        return parser_->finish();
    }

private:
    static constexpr std::size_t kLooked = 64;  // a mark, a few empty lines, a bracket

    Result<void> begin() {
        std::string_view text = first_;
        if (const auto why = why_no_text(text); !why.empty()) {
            return fail(Errc::InvalidInput, std::string{why});
        }
        if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
        const auto mark = text.find_first_not_of(" \t\r\n");
        const bool has_tags = mark != std::string_view::npos && text[mark] == '<';
        const bool may_have_tags = format_ == ListFormat::FtcXml || format_ == ListFormat::Ca;
        if (format_ == ListFormat::FtcXml && !has_tags && mark != std::string_view::npos) {
            return fail(Errc::InvalidInput, "the file is no XML: import it as ftc");
        }
        if (has_tags && !may_have_tags) {
            return fail(Errc::InvalidInput, "the file is XML: import it as ftc-xml");
        }
        parser_ = has_tags ? make_xml_parser(taker_) : make_text_parser(format_, columns_, taker_);
        return parser_->push(text);
    }

    ListFormat format_;
    ChangeColumns columns_;
    RowTaker& taker_;
    std::string first_;
    std::unique_ptr<RowParser> parser_;
};

}  // namespace

std::string_view explain(RowFault fault) {
    switch (fault) {
        case RowFault::Width:
            return "not as many digits or columns as this format has";
        case RowFault::Digits:
            return "a character that is not a digit";
        case RowFault::Plan:
            return "no number of this list's numbering plan";
        case RowFault::Action:
            return "no action that this format knows";
        case RowFault::Tag:
            return "a tag or text that this format does not know";
    }
    return "";
}

Result<ChangeColumns> ChangeColumns::parse(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, Column>, 5> kWords{{{"area", Column::Area},
                                                                         {"number", Column::Number},
                                                                         {"action", Column::Action},
                                                                         {"time", Column::Time},
                                                                         {"-", Column::Other}}};
    ChangeColumns result;
    result.columns.clear();
    while (!text.empty()) {
        const auto end = text.find(',');
        const std::string_view name = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const auto* const found =
            std::ranges::find(kWords, name, &decltype(kWords)::value_type::first);
        if (found == kWords.end()) {
            return fail(Errc::InvalidInput, "column \"" + std::string{name} +
                                                "\" is none of area, number, action, time, -");
        }
        result.columns.push_back(found->second);
    }
    for (const Column needed : {Column::Number, Column::Action}) {
        if (std::ranges::count(result.columns, needed) != 1) {
            return fail(Errc::InvalidInput, "the columns need one number and one action");
        }
    }
    return result;
}

std::unique_ptr<RowParser> make_row_parser(ListFormat format, const ChangeColumns& columns,
                                           RowTaker& taker) {
    return std::make_unique<Opening>(format, columns, taker);
}

}  // namespace bellwether::compliance::suppression
