#include "compliance/suppression/number_set_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>

#include "tests/compliance/suppression/set_support.h"

namespace bellwether::compliance::suppression {
namespace {

using Added = NumberSetBuilder::Added;

constexpr auto kReference = std::to_array<std::uint8_t>({
#include "number_set_reference.inc"
});

NumberSetInfo reference_info() {
    NumberSetInfo info{ListKind::UsNational,
                       "dnc.txt",
                       "SAN 10001",
                       "s1",
                       std::chrono::sys_days{std::chrono::days{20779}},
                       710,
                       {}};
    for (std::size_t i = 0; i < 32; ++i) info.source_sha256.at(i) = static_cast<std::byte>(i);
    return info;
}

TEST(NumberSetBuilder, WritesTheBytesThatTheDescriptionAsksFor) {
    NumberSetBuilder builder;
    constexpr std::array<std::uint64_t, 5> kFew{442'079'460'124, 442'079'460'123, 12'125'559'999,
                                                12'125'550'123, 12'125'550'000};
    for (const std::uint64_t digits : kFew) {
        EXPECT_EQ(builder.add(number(digits)), Added::New);
    }
    for (std::uint64_t i = 0; i < 700; ++i) {
        EXPECT_EQ(builder.add(number(12'135'550'000 + 7 * (i * 3 % 700))), Added::New);
    }
    EXPECT_EQ(builder.add(number(12'125'550'123)), Added::Known);
    const auto file = file_of(builder, reference_info());
    const auto expected = std::as_bytes(std::span{kReference});
    EXPECT_TRUE(std::ranges::equal(file, expected));
}

/// Numbers of a few full exchanges, many sparse ones, and other countries.
std::vector<std::uint64_t> some_numbers(std::uint64_t seed) {
    std::mt19937_64 random{seed};
    std::vector<std::uint64_t> numbers;
    for (int i = 0; i < 8000; ++i) numbers.push_back(12'125'550'000 + random() % 20'000);
    for (int i = 0; i < 5000; ++i) numbers.push_back(12'000'000'000 + random() % 8'000'000'000);
    for (int i = 0; i < 5000; ++i) numbers.push_back(442'000'000'000 + random() % 1'000'000'000);
    for (int i = 0; i < 1000; ++i) numbers.push_back(10 + random() % 999'999'999'999'900);
    std::shuffle(numbers.begin(), numbers.end(), random);
    return numbers;
}

TEST(NumberSetBuilder, HoldsWhatASetHolds) {
    std::set<std::uint64_t> oracle;
    NumberSetBuilder builder;
    std::mt19937_64 random{3};
    for (const std::uint64_t digits : some_numbers(1)) {
        EXPECT_EQ(builder.add(number(digits)) == Added::New, oracle.insert(digits).second);
        if (random() % 4 == 0) {
            EXPECT_EQ(builder.remove(number(digits)), oracle.erase(digits) == 1);
            EXPECT_FALSE(builder.remove(number(digits)));
        }
    }
    EXPECT_EQ(builder.size(), oracle.size());
    const auto file = file_of(builder);
    const auto set = NumberSet::open(file).value();
    EXPECT_EQ(set.size(), oracle.size());
    for (const std::uint64_t digits : some_numbers(1)) {
        for (const std::uint64_t near : {digits, digits + 1}) {
            if (near > 999'999'999'999'999) continue;
            EXPECT_EQ(set.contains(number(near)), oracle.contains(near));
        }
    }
}

TEST(NumberSetBuilder, WritesTheSameFileWhateverTheOrder) {
    auto numbers = some_numbers(5);
    const auto one = file_of(numbers);
    std::ranges::sort(numbers);
    EXPECT_EQ(file_of(numbers), one);

    NumberSetBuilder again;
    const auto set = NumberSet::open(one).value();
    ASSERT_TRUE(again.add_all(set));
    ASSERT_TRUE(again.add_all(set));
    EXPECT_EQ(file_of(again), one);
}

TEST(NumberSetBuilder, MergesIntoWhatItHas) {
    const auto left = some_numbers(7);
    const auto right = some_numbers(8);
    auto both = left;
    both.insert(both.end(), right.begin(), right.end());

    NumberSetBuilder builder;
    for (const std::uint64_t digits : left) static_cast<void>(builder.add(number(digits)));
    const auto file = file_of(right);
    ASSERT_TRUE(builder.add_all(NumberSet::open(file).value()));
    EXPECT_EQ(file_of(builder), file_of(both));
}

TEST(NumberSetBuilder, FindsExchangesByAnArrayWhereThereAreMany) {
    NumberSetBuilder builder;
    std::size_t count = 0;
    for (std::uint64_t exchange = 1'200'000; exchange < 1'260'000; ++exchange, ++count) {
        ASSERT_EQ(builder.add(number(exchange * 10'000 + exchange % 9999)), Added::New);
    }
    static_cast<void>(builder.add(number(442'079'460'123)));
    const auto file = file_of(builder);
    const auto set = NumberSet::open(file).value();
    EXPECT_EQ(set.size(), count + 1);
    EXPECT_TRUE(set.contains(number(12'345'670'000 + 1'234'567 % 9999)));
    EXPECT_FALSE(set.contains(number(12'345'670'000 + 1'234'567 % 9999 + 1)));
    EXPECT_TRUE(set.contains(number(442'079'460'123)));
    EXPECT_FALSE(set.contains(number(19'995'550'123)));
}

TEST(NumberSetBuilder, SaysWhenItsMemoryIsUsedUp) {
    NumberSetBuilder builder{std::size_t{1} << 20};
    std::uint64_t block = 0;
    Added added = Added::New;
    while (added == Added::New) added = builder.add(number(44'000'000'000 + 10'000 * block++));
    EXPECT_EQ(added, Added::Full);
    EXPECT_GT(builder.size(), 8000U);
    EXPECT_LE(builder.memory(), std::size_t{1} << 20);
}

TEST(NumberSetBuilder, ReportsADiskThatIsFull) {
    NumberSetBuilder builder;
    static_cast<void>(builder.add(number(12'125'550'123)));
    Bytes sink;
    sink.full = true;
    const auto written = builder.write({}, sink);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, Errc::Exhausted);
}

TEST(NumberSetBuilder, WritesAnEmptyFile) {
    const auto file = file_of(NumberSetBuilder{});
    const auto set = NumberSet::open(file).value();
    EXPECT_EQ(set.size(), 0U);
    EXPECT_FALSE(set.contains(number(12'125'550'123)));
}

}  // namespace
}  // namespace bellwether::compliance::suppression
