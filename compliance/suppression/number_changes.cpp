#include "compliance/suppression/number_changes.h"

#include <array>
#include <cstring>
#include <map>
#include <roaring/roaring64map.hh>
#include <string>
#include <utility>

#include "compliance/suppression/crc32c.h"

namespace bellwether::compliance::suppression {
namespace {

// magic "BWNUMCH1" | added | removed | count of days | each: day, its numbers | CRC-32C
// A set is its count and the steps from one number to the next; all are LEB128.
constexpr std::array<char, 8> kMagic{'B', 'W', 'N', 'U', 'M', 'C', 'H', '1'};
constexpr std::uint64_t kDigitsMin = 10;
constexpr std::uint64_t kDigitsMax = 999'999'999'999'999;  // ITU-T E.164: 15 digits
constexpr std::uint64_t kDaysMax = 4096;

void put(std::vector<std::byte>& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<std::byte>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<std::byte>(value));
}

void put(std::vector<std::byte>& out, const Roaring64Map& set) {
    put(out, set.cardinality());
    std::uint64_t before = 0;
    for (const std::uint64_t digits : set) {
        put(out, digits - before);
        before = digits;
    }
}

/// Reads values until one is wrong; from then on all are 0 and ok() is false.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : rest_{bytes} {}

    std::uint64_t value() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<std::uint64_t>(rest_.front());
            rest_ = rest_.subspan(1);
            value |= (byte & 0x7F) << shift;
            if (byte < 0x80) return value;
        }
        rest_ = {};
        ok_ = false;
        return 0;
    }

    Roaring64Map set() {
        Roaring64Map set;
        std::uint64_t digits = 0;
        for (std::uint64_t left = value(); left > 0 && ok_; --left) {
            const std::uint64_t step = value();
            if (step == 0 || step > kDigitsMax || digits + step > kDigitsMax) ok_ = false;
            digits += step;
            if (digits < kDigitsMin) ok_ = false;
            if (ok_) set.add(digits);
        }
        return set;
    }

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool at_end() const { return ok_ && rest_.empty(); }

private:
    std::span<const std::byte> rest_;
    bool ok_ = true;
};

void for_each(const Roaring64Map& set, const std::function<void(PhoneNumber)>& take) {
    for (const std::uint64_t digits : set) take(PhoneNumber::from_digits(digits));
}

}  // namespace

struct NumberChanges::Sets {
    Roaring64Map added;
    Roaring64Map removed;
    Roaring64Map noted;  ///< all of `since`, so that most look-ups end here
    std::map<std::chrono::sys_days, Roaring64Map> since;
};

NumberChanges::NumberChanges() : sets_{std::make_unique<Sets>()} {}
NumberChanges::~NumberChanges() = default;
NumberChanges::NumberChanges(NumberChanges&&) noexcept = default;
NumberChanges& NumberChanges::operator=(NumberChanges&&) noexcept = default;
NumberChanges::NumberChanges(const NumberChanges& other)
    : sets_{std::make_unique<Sets>(*other.sets_)},
      added_count_{other.added_count_},
      removed_count_{other.removed_count_} {}
NumberChanges& NumberChanges::operator=(const NumberChanges& other) {
    *this = NumberChanges{other};
    return *this;
}

void NumberChanges::add(PhoneNumber number) {
    forget(number);
    sets_->added.add(number.digits());
    ++added_count_;
}

void NumberChanges::remove(PhoneNumber number) {
    forget(number);
    sets_->removed.add(number.digits());
    ++removed_count_;
}

void NumberChanges::forget(PhoneNumber number) {
    if (is_added(number)) {
        sets_->added.remove(number.digits());
        --added_count_;
    }
    if (is_removed(number)) {
        sets_->removed.remove(number.digits());
        --removed_count_;
    }
}

bool NumberChanges::is_added(PhoneNumber number) const {
    return added_count_ != 0 && sets_->added.contains(number.digits());
}

bool NumberChanges::is_removed(PhoneNumber number) const {
    return removed_count_ != 0 && sets_->removed.contains(number.digits());
}

void NumberChanges::for_each_added(const std::function<void(PhoneNumber)>& take) const {
    for_each(sets_->added, take);
}

void NumberChanges::for_each_removed(const std::function<void(PhoneNumber)>& take) const {
    for_each(sets_->removed, take);
}

void NumberChanges::note_since(PhoneNumber number, std::chrono::sys_days day) {
    const std::uint64_t digits = number.digits();
    if (sets_->noted.contains(digits)) {
        for (auto& [noted, numbers] : sets_->since) numbers.remove(digits);
    }
    sets_->noted.add(digits);
    sets_->since[day].add(digits);
}

std::optional<std::chrono::sys_days> NumberChanges::since(PhoneNumber number) const {
    if (sets_->since.empty() || !sets_->noted.contains(number.digits())) return std::nullopt;
    for (const auto& [day, numbers] : sets_->since) {
        if (numbers.contains(number.digits())) return day;
    }
    return std::nullopt;
}

void NumberChanges::for_each_note(
    const std::function<void(PhoneNumber number, std::chrono::sys_days day)>& take) const {
    for (const auto& [day, numbers] : sets_->since) {
        for (const std::uint64_t digits : numbers) take(PhoneNumber::from_digits(digits), day);
    }
}

bool NumberChanges::has_notes() const { return !sets_->noted.isEmpty(); }

void NumberChanges::forget_notes_before(std::chrono::sys_days day) {
    auto& since = sets_->since;
    since.erase(since.begin(), since.lower_bound(day));
    sets_->noted = Roaring64Map{};
    for (const auto& [noted, numbers] : since) sets_->noted |= numbers;
}

std::vector<std::byte> NumberChanges::encode() const {
    std::vector<std::byte> out;
    for (const char letter : kMagic) out.push_back(static_cast<std::byte>(letter));
    put(out, sets_->added);
    put(out, sets_->removed);
    put(out, sets_->since.size());
    for (const auto& [day, numbers] : sets_->since) {
        put(out, static_cast<std::uint64_t>(day.time_since_epoch().count()));
        put(out, numbers);
    }
    const std::uint32_t crc = crc32c(0, out);
    const auto* const bytes = reinterpret_cast<const std::byte*>(&crc);
    out.insert(out.end(), bytes, bytes + sizeof crc);
    return out;
}

Result<NumberChanges> NumberChanges::decode(std::span<const std::byte> bytes) {
    const auto corrupt = [] {
        return fail(Errc::Corrupt,
                    "the file of a list's changes is damaged: import the list again");
    };
    std::uint32_t crc = 0;
    if (bytes.size() < kMagic.size() + sizeof crc) return corrupt();
    const auto content = bytes.first(bytes.size() - sizeof crc);
    std::memcpy(&crc, content.data() + content.size(), sizeof crc);
    if (crc32c(0, content) != crc) return corrupt();
    if (std::memcmp(content.data(), kMagic.data(), kMagic.size()) != 0) return corrupt();

    NumberChanges changes;
    Sets& sets = *changes.sets_;
    Reader reader{content.subspan(kMagic.size())};
    sets.added = reader.set();
    sets.removed = reader.set();
    const std::uint64_t days = reader.value();
    if (days > kDaysMax) return corrupt();
    for (std::uint64_t i = 0; i < days && reader.ok(); ++i) {
        const auto day = static_cast<std::int64_t>(reader.value());
        const Roaring64Map numbers = reader.set();
        sets.noted |= numbers;
        constexpr std::int64_t kDayMax = 3'000'000;  // beyond the year 9999
        if (day > kDayMax) return corrupt();
        sets.since[std::chrono::sys_days{std::chrono::days{day}}] |= numbers;
    }
    if (!reader.at_end() || !(sets.added & sets.removed).isEmpty()) return corrupt();
    changes.added_count_ = sets.added.cardinality();
    changes.removed_count_ = sets.removed.cardinality();
    return changes;
}

}  // namespace bellwether::compliance::suppression
