#include "campaigns/form/layout.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/check.h"
#include "campaigns/cell_text.h"
#include "campaigns/csv.h"
#include "campaigns/csv_writer.h"

namespace bellwether::campaigns::form {
namespace {

using Cells = std::span<const std::string_view>;

/// Writes rows of one sheet, each where it stands and as wide as the first.
class SheetWriter {
public:
    /// @param first_row  the number that the sheet's first row has in the file
    explicit SheetWriter(std::uint64_t first_row) : next_row_{first_row} {}

    void add(std::uint64_t row, Cells cells) {
        while (!cells.empty() && trimmed(cells.back()).empty() && cells.size() > width_)
            cells = cells.first(cells.size() - 1);
        if (cells.empty() && width_ == 0) return;  // an empty row above the header
        fill_up_to(row);
        std::vector<std::string_view> even(cells.begin(), cells.end());
        even.resize(std::max(even.size(), width_));
        if (width_ == 0) width_ = even.size();
        // A field with a zero byte never comes out of the reader.
        BW_CHECK(append_csv_row(out_, even, {.line_end = "\n"}).has_value());
        ++next_row_;
    }

    void add_raw(std::uint64_t row, std::string_view raw) {
        fill_up_to(row);
        out_ += raw;
        out_ += raw.ends_with('\r') ? "\r\n" : "\n";  // its stray CR is no line end
        ++next_row_;
    }

    std::string take() { return std::move(out_); }

private:
    void fill_up_to(std::uint64_t row) {
        for (; next_row_ < row; ++next_row_) out_ += '\n';
    }

    std::uint64_t next_row_;
    std::size_t width_ = 0;
    std::string out_;
};

/// Calls `take(row, cells)` for each row, and `fault(row, raw)` for those that are none.
template <class Take, class Fault>
void each_row(std::string_view csv, const Take& take, const Fault& fault) {
    // A last line end that was cut in half.
    const std::string mended = csv.ends_with('\r') ? std::string{csv} + '\n' : std::string{};
    TextSource source{mended.empty() ? csv : mended};
    CsvReader reader{source, {.same_width = false}};
    while (true) {
        const auto step = reader.next();
        BW_CHECK(step.has_value());  // a text in memory cannot fail to be read
        if (*step == CsvStep::End) return;
        if (*step == CsvStep::Row) take(reader.row().at.row, reader.row().fields);
        if (*step == CsvStep::Fault) fault(reader.fault().at.row, reader.fault().raw);
    }
}

class Splitter {
public:
    explicit Splitter(std::string_view csv) : csv_{csv} {}

    std::map<std::string, SheetPart, std::less<>> split() {
        each_row(
            csv_, [this](std::uint64_t row, Cells cells) { take(row, cells); },
            [this](std::uint64_t row, std::string_view raw) {
                if (begun_) writer_.add_raw(row, raw);
            });
        close();
        return std::move(parts_);
    }

private:
    void take(std::uint64_t row, Cells cells) {
        const std::string_view first = cells.empty() ? std::string_view{} : trimmed(cells[0]);
        const Cells rest = cells.empty() ? cells : cells.subspan(1);
        const bool empty =
            std::ranges::all_of(rest, [](std::string_view cell) { return trimmed(cell).empty(); });
        if (!first.empty()) {
            close();
            name_ = lower_case(first);
            named_ = true;
        }
        if (!named_ || empty) return;
        if (!begun_) {
            begun_ = true;
            first_row_ = row;
            writer_ = SheetWriter{row};
        }
        writer_.add(row, rest);
    }

    void close() {
        if (named_ && begun_) {
            while (parts_.contains(name_)) name_ += ' ';
            parts_[name_] = {.csv = writer_.take(), .first_row = first_row_};
        }
        named_ = begun_ = false;
    }

    std::string_view csv_;
    std::map<std::string, SheetPart, std::less<>> parts_;
    std::string name_;
    bool named_ = false;  ///< a sheet's name was read
    bool begun_ = false;  ///< and its header
    std::uint64_t first_row_ = 1;
    SheetWriter writer_{1};
};

}  // namespace

std::string evened(std::string_view csv) {
    SheetWriter writer{1};
    each_row(
        csv, [&](std::uint64_t row, Cells cells) { writer.add(row, cells); },
        [&](std::uint64_t row, std::string_view raw) { writer.add_raw(row, raw); });
    return writer.take();
}

std::map<std::string, SheetPart, std::less<>> split_sheets(std::string_view csv) {
    return Splitter{csv}.split();
}

}  // namespace bellwether::campaigns::form
