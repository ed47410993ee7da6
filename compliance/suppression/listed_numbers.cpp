#include "compliance/suppression/listed_numbers.h"

#include <bit>

#include "compliance/suppression/number_set_format.h"

namespace bellwether::compliance::suppression {
namespace {

void for_each_number(std::uint64_t block, const BlockBits& bits,
                     const std::function<void(PhoneNumber)>& take) {
    for (std::size_t i = 0; i < bits.size(); ++i) {
        for (std::uint64_t rest = bits[i]; rest != 0; rest &= rest - 1) {
            const auto place = i * 64 + static_cast<std::size_t>(std::countr_zero(rest));
            take(PhoneNumber::from_digits(block * format::kBlockNumbers + place));
        }
    }
}

}  // namespace

bool ListedNumbers::add(PhoneNumber number, std::chrono::sys_days day) {
    if (contains(number)) return false;
    if (file_.contains(number)) {
        changes_.forget(number);
    } else {
        changes_.add(number);
    }
    changes_.note_since(number, day);
    return true;
}

bool ListedNumbers::remove(PhoneNumber number) {
    if (!contains(number)) return false;
    if (file_.contains(number)) {
        changes_.remove(number);
    } else {
        changes_.forget(number);
    }
    return true;
}

Result<NumberSetBuilder> ListedNumbers::merged() const {
    NumberSetBuilder builder;
    bool fits = builder.add_all(file_);
    changes_.for_each_removed([&](PhoneNumber number) { builder.remove(number); });
    changes_.for_each_added([&](PhoneNumber number) {
        fits = fits && builder.add(number) != NumberSetBuilder::Added::Full;
    });
    if (!fits) return fail(Errc::Exhausted, "the list takes more memory than a list may");
    return builder;
}

ListDifference compare(const ListedNumbers& older, const NumberSet& newer,
                       const std::function<void(PhoneNumber)>& on_new) {
    std::uint64_t common = 0;
    newer.for_each_block([&](std::uint64_t block, const BlockBits& bits) {
        BlockBits before{};
        static_cast<void>(older.file().read_block(block, before));
        BlockBits fresh{};
        for (std::size_t i = 0; i < bits.size(); ++i) {
            common += static_cast<std::uint64_t>(std::popcount(bits[i] & before[i]));
            fresh[i] = bits[i] & ~before[i];
        }
        if (!on_new) return;
        for_each_number(block, fresh, [&](PhoneNumber number) {
            if (!older.changes().is_added(number)) on_new(number);
        });
    });
    older.changes().for_each_added([&](PhoneNumber number) {
        if (newer.contains(number)) ++common;
    });
    older.changes().for_each_removed([&](PhoneNumber number) {
        if (!newer.contains(number)) return;
        --common;
        if (on_new) on_new(number);
    });
    return {.adds = newer.size() - common, .deletes = older.size() - common};
}

}  // namespace bellwether::compliance::suppression
