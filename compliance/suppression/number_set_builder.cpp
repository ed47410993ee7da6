#include "compliance/suppression/number_set_builder.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.h"
#include "compliance/suppression/crc32c.h"
#include "compliance/suppression/number_set_format.h"

namespace bellwether::compliance::suppression {
namespace {

constexpr std::size_t kAtOnce = 256;  // blocks made at once: 16 kB of lists, 314 kB of maps
constexpr std::size_t kSlotsFirst = 1024;

/// Of North America. A block below wraps, and is none.
bool is_exchange(std::uint64_t block) { return block - format::kNanpFirst < format::kNanpBlocks; }

std::uint64_t bit(std::uint16_t place) { return std::uint64_t{1} << (place % 64U); }

bool set_bit(BlockBits& bits, std::uint16_t place) {
    std::uint64_t& word = bits[place / 64U];
    const bool was_set = (word & bit(place)) != 0;
    word |= bit(place);
    return !was_set;
}

std::size_t count_bits(const BlockBits& bits) {
    std::size_t count = 0;
    for (const std::uint64_t word : bits) count += static_cast<std::size_t>(std::popcount(word));
    return count;
}

/// Calls take(place) for each bit that is set, in rising order.
template <class Take>
void for_each_place(const BlockBits& bits, Take take) {
    for (std::size_t i = 0; i < bits.size(); ++i) {
        for (std::uint64_t rest = bits[i]; rest != 0; rest &= rest - 1) {
            take(static_cast<std::uint16_t>(i * 64 +
                                            static_cast<std::size_t>(std::countr_zero(rest))));
        }
    }
}

/// Collects small writes, and keeps the checksum.
class Output {
public:
    explicit Output(ByteSink& sink) : sink_{sink} { buffer_.reserve(kBuffer + sizeof(BlockBits)); }

    void put(const void* data, std::size_t bytes) {
        const auto* const from = static_cast<const std::byte*>(data);
        buffer_.insert(buffer_.end(), from, from + bytes);
        if (buffer_.size() >= kBuffer) flush();
    }
    template <class T>
    void put(const T& value) {
        put(&value, sizeof value);
    }

    [[nodiscard]] Result<void> finish() {
        flush();
        const std::uint32_t crc = crc_;
        put(crc);
        flush();
        return state_;
    }
    [[nodiscard]] bool failed() const { return !state_; }

private:
    static constexpr std::size_t kBuffer = std::size_t{1} << 18;

    void flush() {
        if (state_) {
            crc_ = crc32c(crc_, buffer_);
            state_ = sink_.write(buffer_);
        }
        buffer_.clear();
    }

    ByteSink& sink_;
    std::vector<std::byte> buffer_;
    std::uint32_t crc_ = 0;
    Result<void> state_;
};

}  // namespace

/// Where each block goes in the file, in rising order.
struct NumberSetBuilder::Laid {
    struct Block {
        std::uint64_t block;
        Handle handle;
        format::Entry entry;
    };
    std::vector<Block> blocks;
    std::uint64_t pool_units = 1;  ///< the first is unused, so that no entry is 0
    bool is_dense = false;
    std::vector<format::Slot> slots;
};

NumberSetBuilder::NumberSetBuilder(std::size_t memory_max) : memory_max_{memory_max} {
    BW_CHECK(memory_max >= (std::size_t{1} << 20));
}
NumberSetBuilder::~NumberSetBuilder() = default;
NumberSetBuilder::NumberSetBuilder(NumberSetBuilder&&) noexcept = default;
NumberSetBuilder& NumberSetBuilder::operator=(NumberSetBuilder&&) noexcept = default;

NumberSetBuilder::Added NumberSetBuilder::add(PhoneNumber number) {
    const std::uint64_t digits = number.digits();
    Handle* const handle = find_or_make(digits / format::kBlockNumbers);
    if (handle == nullptr) return Added::Full;
    const auto place = static_cast<std::uint16_t>(digits % format::kBlockNumbers);
    Added added = Added::Known;
    if ((*handle & kMap) == 0) {
        added = add_to_list(*handle, place);
    } else if (set_bit(map(*handle), place)) {
        added = Added::New;
    }
    if (added == Added::New) ++numbers_;
    return added;
}

NumberSetBuilder::Added NumberSetBuilder::add_to_list(Handle& handle, std::uint16_t place) {
    Few& few = list(handle);
    auto* const end = few.places.data() + few.count;
    if (std::find(few.places.data(), end, place) != end) return Added::Known;
    if (few.count < kFew) {
        few.places[few.count++] = place;
        return Added::New;
    }
    const Handle larger = new_map();
    if (larger == 0) return Added::Full;
    BlockBits& bits = map(larger);
    for (const std::uint16_t old : few.places) set_bit(bits, old);
    set_bit(bits, place);
    few = Few{};
    free_lists_.push_back(handle);
    handle = larger;
    return Added::New;
}

bool NumberSetBuilder::remove(PhoneNumber number) {
    const std::uint64_t digits = number.digits();
    Handle* const handle = find(digits / format::kBlockNumbers);
    if (handle == nullptr || *handle == 0) return false;
    const auto place = static_cast<std::uint16_t>(digits % format::kBlockNumbers);
    if ((*handle & kMap) != 0) {
        std::uint64_t& word = map(*handle)[place / 64U];
        if ((word & bit(place)) == 0) return false;
        word &= ~bit(place);
    } else {
        Few& few = list(*handle);
        auto* const end = few.places.data() + few.count;
        auto* const found = std::find(few.places.data(), end, place);
        if (found == end) return false;
        *found = *(end - 1);
        --few.count;
    }
    --numbers_;
    return true;
}

bool NumberSetBuilder::add_all(const NumberSet& set) {
    bool fits = true;
    set.for_each_block([&](std::uint64_t block, const BlockBits& bits) {
        fits = fits && merge_block(block, bits);
    });
    return fits;
}

bool NumberSetBuilder::merge_block(std::uint64_t block, const BlockBits& bits) {
    Handle* const handle = find_or_make(block);
    if (handle == nullptr) return false;
    const std::size_t before = count_of(*handle);
    BlockBits all{};
    bits_of(*handle, all);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] |= bits[i];
    const std::size_t after = count_bits(all);
    if ((*handle & kMap) == 0 && after > kFew) {
        const Handle larger = new_map();
        if (larger == 0) return false;
        list(*handle) = Few{};
        free_lists_.push_back(*handle);
        *handle = larger;
    }
    if ((*handle & kMap) != 0) {
        map(*handle) = all;
    } else {
        Few& few = list(*handle);
        few.count = 0;
        for_each_place(all, [&](std::uint16_t place) { few.places[few.count++] = place; });
    }
    numbers_ += after - before;
    return true;
}

// --- blocks in memory ---

NumberSetBuilder::Handle* NumberSetBuilder::find_or_make(std::uint64_t block) {
    if (is_exchange(block)) return find_or_make_exchange(block - format::kNanpFirst);
    if ((slots_used_ + 1) * 4 > slots_.size() * 3 && !grow_slots()) return nullptr;
    Slot& slot = slot_of(block);
    if (slot.block == 0) {
        const Handle handle = new_list();
        if (handle == 0) return nullptr;
        slot = {block + 1, handle};
        ++slots_used_;
    }
    return &slot.handle;
}

NumberSetBuilder::Handle* NumberSetBuilder::find_or_make_exchange(std::uint64_t exchange) {
    if (exchanges_.empty()) {
        if (!charge(format::kNanpBlocks * sizeof(Handle))) return nullptr;
        exchanges_.resize(format::kNanpBlocks);
    }
    Handle& handle = exchanges_[exchange];
    if (handle == 0) handle = new_list();
    return handle == 0 ? nullptr : &handle;
}

NumberSetBuilder::Handle* NumberSetBuilder::find(std::uint64_t block) {
    if (is_exchange(block)) {
        return exchanges_.empty() ? nullptr : &exchanges_[block - format::kNanpFirst];
    }
    return slots_.empty() ? nullptr : &slot_of(block).handle;
}

/// Its own, or the empty one where it would stand. There is always one: a quarter is empty.
NumberSetBuilder::Slot& NumberSetBuilder::slot_of(std::uint64_t block) {
    std::uint64_t at = format::first_slot(block, slots_.size());
    while (slots_[at].block != 0 && slots_[at].block != block + 1) {
        at = (at + 1) & (slots_.size() - 1);
    }
    return slots_[at];
}

bool NumberSetBuilder::grow_slots() {
    const std::size_t wanted = slots_.empty() ? kSlotsFirst : slots_.size() * 2;
    if (!charge((wanted - slots_.size()) * sizeof(Slot))) return false;
    std::vector<Slot> old(wanted);
    std::swap(old, slots_);
    for (const Slot& slot : old) {
        if (slot.block != 0) slot_of(slot.block - 1) = slot;
    }
    return true;
}

bool NumberSetBuilder::charge(std::size_t bytes) {
    if (memory_ + bytes > memory_max_) return false;
    memory_ += bytes;
    return true;
}

NumberSetBuilder::Handle NumberSetBuilder::new_list() {
    if (!free_lists_.empty()) {
        const Handle handle = free_lists_.back();
        free_lists_.pop_back();
        return handle;
    }
    if (list_count_ % kAtOnce == 0) {
        if (!charge(kAtOnce * sizeof(Few))) return 0;
        lists_.push_back(std::make_unique<Few[]>(kAtOnce));
    }
    return static_cast<Handle>(++list_count_);
}

NumberSetBuilder::Handle NumberSetBuilder::new_map() {
    if (map_count_ % kAtOnce == 0) {
        if (!charge(kAtOnce * sizeof(BlockBits))) return 0;
        maps_.push_back(std::make_unique<BlockBits[]>(kAtOnce));
    }
    return static_cast<Handle>(++map_count_) | kMap;
}

NumberSetBuilder::Few& NumberSetBuilder::list(Handle handle) {
    return lists_[(handle - 1) / kAtOnce][(handle - 1) % kAtOnce];
}

BlockBits& NumberSetBuilder::map(Handle handle) {
    const Handle index = (handle & ~kMap) - 1;
    return maps_[index / kAtOnce][index % kAtOnce];
}

void NumberSetBuilder::bits_of(Handle handle, BlockBits& bits) const {
    if ((handle & kMap) != 0) {
        const Handle index = (handle & ~kMap) - 1;
        bits = maps_[index / kAtOnce][index % kAtOnce];
        return;
    }
    bits.fill(0);
    if (handle == 0) return;
    const Few& few = lists_[(handle - 1) / kAtOnce][(handle - 1) % kAtOnce];
    for (std::size_t i = 0; i < few.count; ++i) set_bit(bits, few.places[i]);
}

std::size_t NumberSetBuilder::count_of(Handle handle) const {
    if (handle == 0) return 0;
    if ((handle & kMap) == 0) return lists_[(handle - 1) / kAtOnce][(handle - 1) % kAtOnce].count;
    const Handle index = (handle & ~kMap) - 1;
    return count_bits(maps_[index / kAtOnce][index % kAtOnce]);
}

std::vector<NumberSetBuilder::Slot> NumberSetBuilder::blocks_in_order() const {
    std::vector<Slot> blocks;
    for (const Slot& slot : slots_) {
        if (slot.block != 0 && slot.handle != 0) blocks.push_back({slot.block - 1, slot.handle});
    }
    for (std::size_t i = 0; i < exchanges_.size(); ++i) {
        if (exchanges_[i] != 0) blocks.push_back({format::kNanpFirst + i, exchanges_[i]});
    }
    std::ranges::sort(blocks, {}, &Slot::block);
    return blocks;
}

// --- the file ---

namespace {

/// A table with room for a quarter more than there are.
std::vector<format::Slot> make_slots(std::size_t blocks) {
    if (blocks == 0) return {};
    return std::vector<format::Slot>(std::bit_ceil(blocks + blocks / 3 + 1));
}

void put_in_slots(std::vector<format::Slot>& slots, std::uint64_t block, format::Entry entry) {
    std::uint64_t at = format::first_slot(block, slots.size());
    while (slots[at].block != 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = {block + 1, entry, 0};
}

std::array<const std::string*, 3> texts_of(const NumberSetInfo& info) {
    return {&info.source, &info.licence, &info.seller};
}

format::Header make_header(const NumberSetInfo& info, std::uint64_t numbers, bool is_dense,
                           std::size_t slots, std::uint64_t pool_units) {
    format::Header header{};
    header.magic = format::kMagic;
    header.version = format::kVersion;
    header.kind = static_cast<std::uint32_t>(info.kind);
    header.numbers = numbers;
    header.rows = info.rows;
    header.retrieved_day = info.retrieved.time_since_epoch().count();
    header.is_dense = is_dense ? 1 : 0;
    header.slots = slots;
    header.pool_units = pool_units;
    header.source_sha256 = info.source_sha256;
    header.file_bytes = sizeof header + slots * sizeof(format::Slot) +
                        pool_units * sizeof(std::uint16_t) + sizeof(std::uint32_t);
    if (is_dense) header.file_bytes += format::kNanpBlocks * sizeof(format::Entry);
    for (std::size_t i = 0; i < header.text_bytes.size(); ++i) {
        const std::size_t bytes = texts_of(info).at(i)->size();
        BW_CHECK(bytes <= format::kTextMax);
        header.text_bytes.at(i) = static_cast<std::uint32_t>(bytes);
        header.file_bytes += bytes;
    }
    const auto bytes = std::as_bytes(std::span{&header, 1});
    header.header_crc = crc32c(0, bytes.first(offsetof(format::Header, header_crc)));
    return header;
}

}  // namespace

Result<NumberSetBuilder::Laid> NumberSetBuilder::lay_out() const {
    Laid laid;
    std::size_t exchanges = 0;
    for (const Slot& slot : blocks_in_order()) {
        const std::size_t count = count_of(slot.handle);
        if (count == 0) continue;  // all were removed
        const bool is_map = count > format::kListMax;
        const auto unit = static_cast<format::Entry>(laid.pool_units);
        laid.blocks.push_back(
            {slot.block, slot.handle, is_map ? unit | format::kBitmapFlag : unit});
        laid.pool_units += is_map ? format::kBitmapUnits : count + 1;
        if (is_exchange(slot.block)) ++exchanges;
        if (laid.pool_units >= format::kBitmapFlag) {
            return fail(Errc::Exhausted, "the list holds more numbers than one file may");
        }
    }
    laid.is_dense = exchanges >= format::kDenseFrom;
    laid.slots = make_slots(laid.blocks.size() - (laid.is_dense ? exchanges : 0));
    for (const auto& block : laid.blocks) {
        if (laid.is_dense && is_exchange(block.block)) continue;
        put_in_slots(laid.slots, block.block, block.entry);
    }
    return laid;
}

Result<void> NumberSetBuilder::write(const NumberSetInfo& info, ByteSink& sink) const {
    const auto laid = lay_out();
    if (!laid) return tl::unexpected<Error>{laid.error()};

    Output output{sink};
    output.put(make_header(info, numbers_, laid->is_dense, laid->slots.size(), laid->pool_units));
    for (const std::string* text : texts_of(info)) output.put(text->data(), text->size());
    if (laid->is_dense) {
        std::vector<format::Entry> dense(format::kNanpBlocks);
        for (const auto& block : laid->blocks) {
            if (is_exchange(block.block)) dense[block.block - format::kNanpFirst] = block.entry;
        }
        output.put(dense.data(), dense.size() * sizeof(format::Entry));
    }
    output.put(laid->slots.data(), laid->slots.size() * sizeof(format::Slot));
    output.put(std::uint16_t{0});
    BlockBits bits{};
    for (const auto& block : laid->blocks) {
        if (output.failed()) break;
        bits_of(block.handle, bits);
        if ((block.entry & format::kBitmapFlag) != 0) {
            output.put(bits.data(), format::kBitmapUnits * sizeof(std::uint16_t));
            continue;
        }
        output.put(static_cast<std::uint16_t>(count_bits(bits)));
        for_each_place(bits, [&](std::uint16_t place) { output.put(place); });
    }
    return output.finish();
}

}  // namespace bellwether::compliance::suppression
