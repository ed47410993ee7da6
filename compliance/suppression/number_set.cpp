#include "compliance/suppression/number_set.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "compliance/suppression/crc32c.h"
#include "compliance/suppression/number_set_format.h"

namespace bellwether::compliance::suppression {
namespace {

using format::load;

constexpr std::size_t kUnit = sizeof(std::uint16_t);

tl::unexpected<Error> corrupt(std::string what) {
    return fail(Errc::Corrupt,
                "the file of numbers " + std::move(what) + ": import the list again");
}

/// Is `place` among the `count` sorted units from `first` on? No branch depends on the data.
bool is_among(const std::byte* first, std::size_t count, std::uint16_t place) {
    while (count > 1) {
        const std::size_t half = count / 2;
        first += load<std::uint16_t>(first + half * kUnit) <= place ? half * kUnit : 0;
        count -= half;
    }
    return load<std::uint16_t>(first) == place;
}

}  // namespace

Result<NumberSet> NumberSet::open(std::span<const std::byte> file) {
    NumberSet set{file};
    if (auto read = set.read_header(); !read) return tl::unexpected<Error>{read.error()};
    const auto content = file.first(file.size() - sizeof(std::uint32_t));
    if (crc32c(0, content) != load<std::uint32_t>(content.data() + content.size())) {
        return corrupt("is damaged (its checksum differs)");
    }
    return set;
}

Result<void> NumberSet::read_header() {
    using format::Header;
    if (file_.size() < sizeof(Header)) return corrupt("is cut short");
    const auto header = load<Header>(file_.data());
    if (header.magic != format::kMagic) return corrupt("is no file of numbers of Bellwether");
    if (header.version != format::kVersion) return corrupt("is of another version of the format");
    if (crc32c(0, file_.first(offsetof(Header, header_crc))) != header.header_crc) {
        return corrupt("has a damaged header");
    }
    if (header.file_bytes != file_.size()) return corrupt("is cut short");
    if (header.kind >= kListKinds) return corrupt("holds an unknown kind of list");

    // The header's checksum is right, and yet nothing below trusts a length before it is bounded.
    std::uint64_t at = sizeof(Header);
    std::array<std::string*, 3> texts{&info_.source, &info_.licence, &info_.seller};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::uint32_t bytes = header.text_bytes.at(i);
        if (bytes > format::kTextMax || at + bytes > file_.size())
            return corrupt("has a damaged header");
        texts.at(i)->assign(reinterpret_cast<const char*>(file_.data() + at), bytes);
        at += bytes;
    }
    const std::uint64_t units_max = file_.size() / kUnit;
    const bool is_power = (header.slots & (header.slots - 1)) == 0;
    if (header.slots > units_max || header.pool_units > units_max || !is_power) {
        return corrupt("has a damaged header");
    }
    dense_ = header.is_dense != 0 ? file_.data() + at : nullptr;
    at += header.is_dense != 0 ? format::kNanpBlocks * sizeof(format::Entry) : 0;
    slots_ = file_.data() + at;
    slot_count_ = header.slots;
    at += header.slots * sizeof(format::Slot);
    pool_ = file_.data() + at;
    pool_units_ = header.pool_units;
    at += header.pool_units * kUnit;
    if (at + sizeof(std::uint32_t) != file_.size()) return corrupt("has a damaged header");

    numbers_ = header.numbers;
    info_.kind = static_cast<ListKind>(header.kind);
    info_.retrieved = std::chrono::sys_days{std::chrono::days{header.retrieved_day}};
    info_.rows = header.rows;
    info_.source_sha256 = header.source_sha256;
    return {};
}

std::uint32_t NumberSet::entry_of(std::uint64_t block) const {
    const std::uint64_t exchange =
        block - format::kNanpFirst;  // wraps below: then it is no exchange
    if (dense_ != nullptr && exchange < format::kNanpBlocks) {
        return load<format::Entry>(dense_ + exchange * sizeof(format::Entry));
    }
    for (std::uint64_t tried = 0; tried < slot_count_; ++tried) {
        const std::uint64_t at =
            (format::first_slot(block, slot_count_) + tried) & (slot_count_ - 1);
        const auto slot = load<format::Slot>(slots_ + at * sizeof(format::Slot));
        if (slot.block == block + 1) return slot.entry;
        if (slot.block == 0) return 0;
    }
    return 0;
}

bool NumberSet::contains(PhoneNumber number) const {
    const std::uint64_t digits = number.digits();
    const std::uint32_t entry = entry_of(digits / format::kBlockNumbers);
    if (entry == 0) return false;
    const auto place = static_cast<std::uint16_t>(digits % format::kBlockNumbers);
    const std::uint64_t unit = entry & ~format::kBitmapFlag;
    // Beyond the pool nothing is known, and what is not known is not called.
    if (unit + format::kBitmapUnits > pool_units_) {
        if ((entry & format::kBitmapFlag) != 0 || unit >= pool_units_) return true;
    }
    const std::byte* const at = pool_ + unit * kUnit;
    if ((entry & format::kBitmapFlag) != 0) {
        const auto word = load<std::uint16_t>(at + (place / 16U) * kUnit);
        return ((word >> (place % 16U)) & 1U) != 0;
    }
    const std::size_t count = load<std::uint16_t>(at);
    if (count == 0 || unit + 1 + count > pool_units_) return true;
    return is_among(at + kUnit, count, place);
}

void NumberSet::read_entry(std::uint32_t entry, BlockBits& bits) const {
    bits.fill(0);
    const std::uint64_t unit = entry & ~format::kBitmapFlag;
    if ((entry & format::kBitmapFlag) != 0) {
        if (unit + format::kBitmapUnits > pool_units_) return;
        std::memcpy(bits.data(), pool_ + unit * kUnit, format::kBitmapUnits * kUnit);
        return;
    }
    if (unit >= pool_units_) return;
    const std::size_t count = load<std::uint16_t>(pool_ + unit * kUnit);
    for (std::size_t i = 1; i <= count && unit + i < pool_units_; ++i) {
        const auto place = load<std::uint16_t>(pool_ + (unit + i) * kUnit);
        if (place < format::kBlockNumbers)
            bits.at(place / 64U) |= std::uint64_t{1} << (place % 64U);
    }
}

bool NumberSet::read_block(std::uint64_t block, BlockBits& bits) const {
    const std::uint32_t entry = entry_of(block);
    if (entry == 0) return false;
    read_entry(entry, bits);
    return true;
}

std::vector<std::pair<std::uint64_t, std::uint32_t>> NumberSet::directory() const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> blocks;
    for (std::uint64_t at = 0; at < slot_count_; ++at) {
        const auto slot = load<format::Slot>(slots_ + at * sizeof(format::Slot));
        if (slot.block != 0) blocks.emplace_back(slot.block - 1, slot.entry);
    }
    for (std::uint64_t i = 0; dense_ != nullptr && i < format::kNanpBlocks; ++i) {
        const auto entry = load<format::Entry>(dense_ + i * sizeof(format::Entry));
        if (entry != 0) blocks.emplace_back(format::kNanpFirst + i, entry);
    }
    std::ranges::sort(blocks);
    return blocks;
}

std::vector<std::uint64_t> NumberSet::blocks() const {
    std::vector<std::uint64_t> blocks;
    for (const auto& [block, entry] : directory()) blocks.push_back(block);
    return blocks;
}

void NumberSet::for_each_block(
    const std::function<void(std::uint64_t block, const BlockBits& bits)>& take) const {
    BlockBits bits{};
    for (const auto& [block, entry] : directory()) {
        read_entry(entry, bits);
        take(block, bits);
    }
}

}  // namespace bellwether::compliance::suppression
