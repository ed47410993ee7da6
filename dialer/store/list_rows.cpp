#include "dialer/store/list_rows.h"

#include <algorithm>
#include <utility>

#include "campaigns/cell_text.h"
#include "campaigns/number_reader.h"
#include "campaigns/utf8.h"

namespace bellwether::store {

namespace {

std::string_view field(const campaigns::CsvRow& row, std::optional<std::size_t> column) {
    return column ? row.fields[*column] : std::string_view{};
}

/// 0 for an empty cell; none if it is not a priority.
std::optional<int> read_priority(std::string_view text) {
    const std::string_view digits = campaigns::trimmed(text);
    if (digits.size() > 2) return std::nullopt;  // kPriorityMax has two
    int priority = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        priority = priority * 10 + (c - '0');
    }
    return priority;
}

/// A text as JSON (RFC 8259 §7). By hand: it is done for every cell of a million rows, and a
/// library's objects would be most of their cost.
void append_json(std::string& out, std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20) {
            out += "\\u00";
            out += kDigits[byte >> 4U];
            out += kDigits[byte & 0xFU];
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

}  // namespace

RowReader::RowReader(const campaigns::NumberRules& rules, const MayDial& may_dial,
                     const campaigns::LayoutColumns& layout, const std::string& region)
    : rules_{rules}, may_dial_{may_dial}, layout_{layout}, region_{region} {
    for (const auto& extra : layout.columns.extra) {
        append_json(keys_.emplace_back(), extra.name);
        keys_.back() += ':';
    }
}

tl::expected<RowReader::Contact, RowFault> RowReader::read(const campaigns::CsvRow& row) const {
    if (campaigns::first_invalid_utf8(row.raw)) {
        return tl::unexpected<RowFault>{
            {{},
             "the row is not UTF-8 text: save the file as UTF-8, or name its encoding (latin-1, "
             "windows-1252)"}};
    }
    const auto& columns = layout_.columns;
    const auto priority = read_priority(field(row, columns.priority));
    if (!priority) {
        return tl::unexpected<RowFault>{
            {layout_.names[*columns.priority], "a priority is a whole number from 0 to 99"}};
    }
    Numbers numbers = read_numbers(number_cells(row));
    if (numbers.read.empty()) return tl::unexpected<RowFault>{std::move(numbers.left_out.front())};
    Contact contact{.row = {.first = std::move(numbers.read.front())},
                    .left_out = std::move(numbers.left_out),
                    .plus_added = numbers.plus_added};
    ImportRow& read = contact.row;
    read.others.assign(std::make_move_iterator(numbers.read.begin() + 1),
                       std::make_move_iterator(numbers.read.end()));
    read.priority = *priority;
    read.external_id = field(row, columns.external_id);
    read.first_name = field(row, columns.first_name);
    read.last_name = field(row, columns.last_name);
    read.language = field(row, columns.language);
    read.extra = extra_of(row);
    read.row = static_cast<std::int64_t>(row.at.row);
    return contact;
}

/// The cells with something in them; if there are none, the first number's.
std::vector<RowReader::Cell> RowReader::number_cells(const campaigns::CsvRow& row) const {
    const auto& columns = layout_.columns;
    const std::string_view code = field(row, columns.phone_code);
    const Cell first{row.fields[columns.phone], code, field(row, columns.phone_type),
                     columns.phone};
    std::vector<Cell> cells;
    if (!campaigns::trimmed(first.text).empty()) cells.push_back(first);
    for (const auto& phone : columns.other_phones) {
        if (!campaigns::trimmed(row.fields[phone.column]).empty())
            cells.push_back({row.fields[phone.column], code, field(row, phone.type), phone.column});
    }
    for (const auto& more : campaigns::unpack_numbers(field(row, columns.more_phones))) {
        const std::string_view own_code = more.phone_code.empty() ? code : more.phone_code;
        cells.push_back({more.text, own_code, more.note, *columns.more_phones});
    }
    if (cells.empty()) cells.push_back(first);
    return cells;
}

RowReader::Numbers RowReader::read_numbers(const std::vector<Cell>& cells) const {
    Numbers numbers;
    for (const Cell& cell : cells) {
        const auto read = campaigns::read_number(rules_, {cell.text, cell.phone_code, region_});
        std::string fault;
        if (!read) {
            fault = read.error().detail;
        } else if (!may_dial_(read->number)) {
            fault = "no trunk may dial this destination";
        }
        if (!fault.empty()) {
            numbers.left_out.push_back({layout_.names[cell.column], std::move(fault)});
            continue;
        }
        const auto known = std::ranges::find(numbers.read, read->number, &ImportNumber::number);
        if (known != numbers.read.end()) continue;
        numbers.read.push_back({read->number, std::string{campaigns::trimmed(cell.kind)}});
        numbers.plus_added += read->plus_added ? 1 : 0;
    }
    return numbers;
}

std::string RowReader::extra_of(const campaigns::CsvRow& row) const {
    std::string extra = "{";
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const std::string_view value = row.fields[layout_.columns.extra[i].column];
        if (value.empty()) continue;
        if (extra.size() > 1) extra += ',';
        extra += keys_[i];
        append_json(extra, value);
    }
    extra += '}';
    return extra;
}

}  // namespace bellwether::store
