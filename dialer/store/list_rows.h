#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "campaigns/csv.h"
#include "campaigns/list_layout.h"
#include "dialer/store/import_sink.h"
#include "dialer/store/list_import.h"

namespace bellwether::store {

/// What is wrong with one cell, or with the row as a whole.
struct RowFault {
    std::string column;  ///< heading; empty: the whole row
    std::string reason;
};

/// Turns the rows of one file into contacts.
class RowReader {
public:
    using MayDial = std::function<bool(const PhoneNumber&)>;

    /// All outlive it.
    RowReader(const campaigns::NumberRules& rules, const MayDial& may_dial,
              const campaigns::LayoutColumns& layout, const std::string& region);

    struct Contact {
        ImportRow row;
        std::vector<RowFault> left_out;  ///< numbers that it was read without
        int plus_added = 0;              ///< its numbers whose plus sign was lost
    };
    /// Fails with the first fault that costs the row: no number of it can be dialed, or a cell that
    /// cannot be read.
    [[nodiscard]] tl::expected<Contact, RowFault> read(const campaigns::CsvRow& row) const;

private:
    struct Cell {
        std::string_view text, phone_code, kind;
        std::size_t column = 0;
    };

    struct Numbers {
        std::vector<ImportNumber> read;
        std::vector<RowFault> left_out;
        int plus_added = 0;
    };

    [[nodiscard]] std::vector<Cell> number_cells(const campaigns::CsvRow& row) const;
    [[nodiscard]] Numbers read_numbers(const std::vector<Cell>& cells) const;
    [[nodiscard]] std::string extra_of(const campaigns::CsvRow& row) const;

    const campaigns::NumberRules& rules_;
    const MayDial& may_dial_;
    const campaigns::LayoutColumns& layout_;
    const std::string& region_;
    std::vector<std::string> keys_;  ///< of the extra columns, as JSON: "\"City\":"
};

}  // namespace bellwether::store
