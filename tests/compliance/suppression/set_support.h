#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "compliance/suppression/list_rows.h"
#include "compliance/suppression/number_set_builder.h"

namespace bellwether::compliance::suppression {

inline PhoneNumber number(std::uint64_t digits) { return PhoneNumber::from_digits(digits); }

/// A file in memory.
class Bytes final : public ByteSink {
public:
    Result<void> write(std::span<const std::byte> bytes) override {
        if (full) return fail(Errc::Exhausted, "the disk is full");
        content.insert(content.end(), bytes.begin(), bytes.end());
        return {};
    }
    std::vector<std::byte> content;
    bool full = false;
};

inline std::vector<std::byte> file_of(const NumberSetBuilder& builder,
                                      const NumberSetInfo& info = {}) {
    Bytes bytes;
    BW_CHECK(builder.write(info, bytes).has_value());
    return bytes.content;
}

inline std::vector<std::byte> file_of(std::span<const std::uint64_t> numbers) {
    NumberSetBuilder builder;
    for (const std::uint64_t digits : numbers) static_cast<void>(builder.add(number(digits)));
    return file_of(builder);
}

/// What a parser found, in words: "+12125550123", "-12125550123", "line 3: WIDTH".
class Found final : public RowTaker {
public:
    void take(std::span<const ListRow> rows) override {
        for (const ListRow& row : rows) {
            words.push_back((row.is_listed ? "+" : "-") + std::to_string(row.digits));
        }
    }
    void reject(std::uint64_t line, RowFault fault, std::string_view) override {
        faults.push_back("line " + std::to_string(line) + ": " + std::string{name_of(fault)});
    }
    std::vector<std::string> words;
    std::vector<std::string> faults;
};

}  // namespace bellwether::compliance::suppression
