#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "campaigns/csv.h"

namespace bellwether::campaigns {

/// A text handed out in pieces of a fixed size.
class PieceSource final : public ByteSource {
public:
    PieceSource(std::string_view text, std::size_t piece) : text_{text}, piece_{piece} {}

    Result<std::span<const char>> next_chunk() override {
        const std::string_view taken = text_.substr(0, piece_);
        text_.remove_prefix(taken.size());
        return std::span<const char>{taken.data(), taken.size()};
    }

private:
    std::string_view text_;
    std::size_t piece_;
};

/// All that a reader gave: rows as copies, faults described.
struct CsvContents {
    std::vector<std::vector<std::string>> rows;
    std::vector<CsvPlace> places;  // of each row
    std::vector<CsvFault> faults;  // their `raw` does not outlive the reader: see raws
    std::vector<std::string> raws;
};

inline CsvContents read_all(ByteSource& source, CsvOptions options = {}) {
    CsvReader reader{source, options};
    CsvContents contents;
    while (true) {
        const auto step = reader.next();
        if (!step || *step == CsvStep::End) return contents;
        if (*step == CsvStep::Fault) {
            contents.faults.push_back(reader.fault());
            contents.raws.emplace_back(reader.fault().raw);
            continue;
        }
        contents.rows.emplace_back(reader.row().fields.begin(), reader.row().fields.end());
        contents.places.push_back(reader.row().at);
    }
}

inline CsvContents read_text(std::string_view text, CsvOptions options = {}) {
    TextSource source{text};
    return read_all(source, options);
}

}  // namespace bellwether::campaigns
