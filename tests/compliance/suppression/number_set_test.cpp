#include "compliance/suppression/number_set.h"

#include <gtest/gtest.h>

#include <array>

#include "compliance/suppression/crc32c.h"
#include "tests/compliance/suppression/set_support.h"

namespace bellwether::compliance::suppression {
namespace {

constexpr auto kReference = std::to_array<std::uint8_t>({
#include "number_set_reference.inc"
});

std::vector<std::byte> reference() {
    const auto bytes = std::as_bytes(std::span{kReference});
    return {bytes.begin(), bytes.end()};
}

TEST(NumberSet, ReadsAFileThatAnotherProgramWrote) {
    const auto file = reference();
    const auto set = NumberSet::open(file);
    ASSERT_TRUE(set) << set.error().detail;
    EXPECT_EQ(set->size(), 705U);
    EXPECT_EQ(set->info().kind, ListKind::UsNational);
    EXPECT_EQ(set->info().source, "dnc.txt");
    EXPECT_EQ(set->info().licence, "SAN 10001");
    EXPECT_EQ(set->info().seller, "s1");
    EXPECT_EQ(set->info().rows, 710U);
    EXPECT_EQ(set->info().retrieved, std::chrono::sys_days{std::chrono::days{20779}});
    EXPECT_EQ(set->info().source_sha256.at(31), std::byte{31});

    for (std::uint64_t place = 0; place < 10'000; ++place) {
        EXPECT_EQ(set->contains(number(12'125'550'000 + place)),
                  place == 0 || place == 123 || place == 9999);
        EXPECT_EQ(set->contains(number(12'135'550'000 + place)), place % 7 == 0 && place < 4900);
    }
    EXPECT_TRUE(set->contains(number(442'079'460'123)));
    EXPECT_FALSE(set->contains(number(442'079'460'125)));
    EXPECT_FALSE(set->contains(number(12'145'550'123)));
    EXPECT_FALSE(set->contains(number(10)));
    EXPECT_FALSE(set->contains(number(999'999'999'999'999)));
}

TEST(NumberSet, GivesItsBlocksInOrder) {
    const auto file = reference();
    const auto set = NumberSet::open(file).value();
    std::vector<std::uint64_t> blocks;
    set.for_each_block([&](std::uint64_t block, const BlockBits&) { blocks.push_back(block); });
    EXPECT_EQ(blocks, (std::vector<std::uint64_t>{1'212'555, 1'213'555, 44'207'946}));
    EXPECT_EQ(set.blocks(), blocks);
    BlockBits bits{};
    EXPECT_TRUE(set.read_block(44'207'946, bits));
    EXPECT_EQ(bits.at(123 / 64), std::uint64_t{3} << (123 % 64));
    EXPECT_FALSE(set.read_block(1, bits));
}

TEST(NumberSet, RefusesAFileThatIsCutShortAnywhere) {
    const auto file = reference();
    for (std::size_t bytes = 0; bytes < file.size(); ++bytes) {
        const auto set = NumberSet::open(std::span{file}.first(bytes));
        ASSERT_FALSE(set);
        EXPECT_EQ(set.error().code, Errc::Corrupt);
    }
}

TEST(NumberSet, RefusesAFileWithAnyBitFlipped) {
    auto file = reference();
    for (std::size_t at = 0; at < file.size(); ++at) {
        const auto flip = static_cast<std::byte>(1U << (at % 8));
        file[at] ^= flip;
        EXPECT_FALSE(NumberSet::open(file)) << "byte " << at;
        file[at] ^= flip;
    }
}

/// Puts right both checksums, as no accident would.
void forge(std::vector<std::byte>& file) {
    constexpr std::size_t kHeaderCrc = 116;
    const auto put = [&](std::size_t at) {
        const std::uint32_t crc = crc32c(0, std::span{file}.first(at));
        const auto bytes = std::as_bytes(std::span{&crc, 1});
        std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(kHeaderCrc);
    put(file.size() - 4);
}

TEST(NumberSet, NeverReadsBeyondAForgedFile) {
    for (std::size_t at = 0; at < kReference.size() - 4; ++at) {
        for (const auto value : {std::byte{0xFF}, std::byte{0}, std::byte{0x80}}) {
            auto file = reference();
            file[at] = value;
            forge(file);
            const auto set = NumberSet::open(file);
            if (!set) continue;
            // The address sanitizer watches; here only that it ends.
            static_cast<void>(set->contains(number(12'125'550'123)));
            static_cast<void>(set->contains(number(12'135'550'007)));
            static_cast<void>(set->contains(number(442'079'460'123)));
            set->for_each_block([](std::uint64_t, const BlockBits&) {});
        }
    }
}

}  // namespace
}  // namespace bellwether::compliance::suppression
