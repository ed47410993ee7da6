#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "compliance/suppression/list_rows.h"

namespace bellwether::compliance::suppression {

/// Hands rows on many at once.
class RowBatch {
public:
    explicit RowBatch(RowTaker& taker) : taker_{taker} {}

    void add(ListRow row) {
        rows_[count_++] = row;
        if (count_ == rows_.size()) flush();
    }
    void flush() {
        if (count_ != 0) taker_.take(std::span{rows_}.first(count_));
        count_ = 0;
    }
    [[nodiscard]] RowTaker& taker() { return taker_; }

private:
    RowTaker& taker_;
    std::array<ListRow, 1024> rows_;  // 16 kB: stays in the nearest cache
    std::size_t count_ = 0;
};

}  // namespace bellwether::compliance::suppression
