#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/phone_number.h"
#include "base/result.h"
#include "compliance/suppression/list_kind.h"

namespace bellwether::compliance::suppression {

/// The 10,000 numbers of one block (an exchange, in North America) as bits.
using BlockBits = std::array<std::uint64_t, 157>;

/// What a file of numbers says of itself.
struct NumberSetInfo {
    ListKind kind = ListKind::Other;
    std::string source;   ///< the file it was made from
    std::string licence;  ///< a SAN or other licence, as given; may be empty
    std::string seller;   ///< the client organisation it may be used for
    std::chrono::sys_days retrieved;
    std::uint64_t rows = 0;                     ///< of the source
    std::array<std::byte, 32> source_sha256{};  ///< of the source

    friend bool operator==(const NumberSetInfo&, const NumberSetInfo&) = default;
};

/// A set of numbers in a file that somebody else has mapped: a view, cheap to copy; the bytes must
/// outlive it and must not change. Thread-safe, as it never changes.
class NumberSet {
public:
    /// Reads all of the bytes once for their checksum (about 1 GB/s). Errors: Corrupt: no such
    /// file, another format, damaged, or cut short.
    [[nodiscard]] static Result<NumberSet> open(std::span<const std::byte> file);

    /// Cannot fail. About 90 ns among 250 million (scripts/bench compliance).
    [[nodiscard]] bool contains(PhoneNumber number) const;

    [[nodiscard]] std::uint64_t size() const { return numbers_; }
    [[nodiscard]] const NumberSetInfo& info() const { return info_; }
    [[nodiscard]] std::size_t file_bytes() const { return file_.size(); }

    /// Fills `bits` with the numbers of a block (digits / 10,000). False: it has none.
    [[nodiscard]] bool read_block(std::uint64_t block, BlockBits& bits) const;
    /// Every block that has numbers, in rising order; looks at the directory alone.
    [[nodiscard]] std::vector<std::uint64_t> blocks() const;
    /// The same with their numbers.
    void for_each_block(
        const std::function<void(std::uint64_t block, const BlockBits& bits)>& take) const;

private:
    explicit NumberSet(std::span<const std::byte> file) : file_{file} {}
    [[nodiscard]] Result<void> read_header();
    [[nodiscard]] std::uint32_t entry_of(std::uint64_t block) const;
    /// Blocks with their entries of the directory, in rising order.
    [[nodiscard]] std::vector<std::pair<std::uint64_t, std::uint32_t>> directory() const;
    void read_entry(std::uint32_t entry, BlockBits& bits) const;

    std::span<const std::byte> file_;
    NumberSetInfo info_;
    std::uint64_t numbers_ = 0;
    const std::byte* dense_ = nullptr;  ///< kNanpBlocks entries; null: none
    const std::byte* slots_ = nullptr;
    std::uint64_t slot_count_ = 0;
    const std::byte* pool_ = nullptr;
    std::uint64_t pool_units_ = 0;
};

}  // namespace bellwether::compliance::suppression
