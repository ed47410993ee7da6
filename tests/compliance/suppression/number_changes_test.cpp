#include "compliance/suppression/number_changes.h"

#include <gtest/gtest.h>

#include <chrono>

#include "compliance/suppression/crc32c.h"
#include "tests/compliance/suppression/set_support.h"

namespace bellwether::compliance::suppression {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr sys_days kMonday{days{20780}};

NumberChanges some() {
    NumberChanges changes;
    changes.add(number(12'125'550'123));
    changes.add(number(442'079'460'123));
    changes.remove(number(12'125'550'124));
    changes.note_since(number(12'125'550'123), kMonday);
    changes.note_since(number(442'079'460'123), kMonday - days{3});
    return changes;
}

TEST(NumberChanges, KeepsANumberOnOneSide) {
    NumberChanges changes;
    changes.add(number(12'125'550'123));
    changes.remove(number(12'125'550'123));
    EXPECT_FALSE(changes.is_added(number(12'125'550'123)));
    EXPECT_TRUE(changes.is_removed(number(12'125'550'123)));
    EXPECT_EQ(changes.added(), 0U);
    EXPECT_EQ(changes.removed(), 1U);
    changes.forget(number(12'125'550'123));
    EXPECT_TRUE(changes.is_empty());
}

TEST(NumberChanges, CountsANumberOnceHoweverOftenItComes) {
    NumberChanges changes;
    for (int i = 0; i < 3; ++i) changes.add(number(12'125'550'123));
    EXPECT_EQ(changes.added(), 1U);
}

TEST(NumberChanges, KeepsTheLastDayNoted) {
    NumberChanges changes = some();
    EXPECT_EQ(changes.since(number(12'125'550'123)), kMonday);
    changes.note_since(number(12'125'550'123), kMonday + days{2});
    EXPECT_EQ(changes.since(number(12'125'550'123)), kMonday + days{2});
    EXPECT_EQ(changes.since(number(12'125'550'999)), std::nullopt);
}

TEST(NumberChanges, GoesThroughItsNotesByDay) {
    std::vector<std::pair<std::uint64_t, sys_days>> notes;
    some().for_each_note(
        [&](PhoneNumber noted, sys_days day) { notes.emplace_back(noted.digits(), day); });
    EXPECT_EQ(notes, (std::vector<std::pair<std::uint64_t, sys_days>>{
                         {442'079'460'123, kMonday - days{3}}, {12'125'550'123, kMonday}}));
    EXPECT_TRUE(some().has_notes());
    EXPECT_FALSE(NumberChanges{}.has_notes());
}

TEST(NumberChanges, ForgetsOldNotesAndNotTheNumbers) {
    NumberChanges changes = some();
    changes.forget_notes_before(kMonday);
    EXPECT_EQ(changes.since(number(442'079'460'123)), std::nullopt);
    EXPECT_EQ(changes.since(number(12'125'550'123)), kMonday);
    EXPECT_TRUE(changes.is_added(number(442'079'460'123)));
}

TEST(NumberChanges, ComesBackFromItsBytes) {
    const auto bytes = some().encode();
    const auto changes = NumberChanges::decode(bytes);
    ASSERT_TRUE(changes) << changes.error().detail;
    EXPECT_EQ(changes->added(), 2U);
    EXPECT_EQ(changes->removed(), 1U);
    EXPECT_TRUE(changes->is_added(number(442'079'460'123)));
    EXPECT_TRUE(changes->is_removed(number(12'125'550'124)));
    EXPECT_EQ(changes->since(number(442'079'460'123)), kMonday - days{3});
    EXPECT_EQ(changes->encode(), bytes);
    EXPECT_TRUE(NumberChanges::decode(NumberChanges{}.encode())->is_empty());
}

TEST(NumberChanges, RefusesDamagedBytes) {
    auto bytes = some().encode();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(NumberChanges::decode(std::span{bytes}.first(size)));
    }
    for (auto& byte : bytes) {
        byte ^= std::byte{0x10};
        const auto changes = NumberChanges::decode(bytes);
        ASSERT_FALSE(changes);
        EXPECT_EQ(changes.error().code, Errc::Corrupt);
        byte ^= std::byte{0x10};
    }
}

TEST(NumberChanges, SurvivesForgedBytes) {
    const auto whole = some().encode();
    for (std::size_t at = 0; at + 4 < whole.size(); ++at) {
        for (const auto value : {std::byte{0xFF}, std::byte{0}, std::byte{0x7F}}) {
            auto bytes = whole;
            bytes[at] = value;
            const std::uint32_t crc = crc32c(0, std::span{bytes}.first(bytes.size() - 4));
            const auto crc_bytes = std::as_bytes(std::span{&crc, 1});
            std::copy(crc_bytes.begin(), crc_bytes.end(), bytes.end() - 4);
            const auto changes = NumberChanges::decode(bytes);
            if (!changes) continue;
            changes->for_each_added([](PhoneNumber) {});
            changes->for_each_removed([](PhoneNumber) {});
        }
    }
}

TEST(NumberChanges, GoesThroughItsNumbersInOrder) {
    std::vector<std::uint64_t> seen;
    some().for_each_added([&](PhoneNumber found) { seen.push_back(found.digits()); });
    EXPECT_EQ(seen, (std::vector<std::uint64_t>{12'125'550'123, 442'079'460'123}));
}

TEST(NumberChanges, CopiesAreTheirOwn) {
    const NumberChanges one = some();
    NumberChanges two = one;
    two.remove(number(12'125'550'123));
    EXPECT_TRUE(one.is_added(number(12'125'550'123)));
    EXPECT_FALSE(two.is_added(number(12'125'550'123)));
}

}  // namespace
}  // namespace bellwether::compliance::suppression
