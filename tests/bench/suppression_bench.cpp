// Lists of numbers: how long one takes to build, how large it is and how fast it answers, beside
// libroaring's 64-bit map in the same run; and where a number may be.
//
// usage: suppression_bench [NUMBERS]   (default 5000000; 250000000 is the FTC's registry, and takes
// 3 GB)
//
// Budget at 250 million (docs/design): a look-up < 100 ns, < 400 MB, built in < 60 s.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <roaring/roaring64map.hh>
#include <string>
#include <vector>

#include "base/check.h"
#include "compliance/places/number_place.h"
#include "compliance/suppression/list_rows.h"
#include "compliance/suppression/listed_numbers.h"
#include "compliance/suppression/number_set_builder.h"

namespace {

using namespace bellwether;
using namespace bellwether::compliance::suppression;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class Memory final : public ByteSink {
public:
    Result<void> write(std::span<const std::byte> bytes) override {
        content.insert(content.end(), bytes.begin(), bytes.end());
        return {};
    }
    std::vector<std::byte> content;
};

std::uint64_t digits_of(std::uint64_t area, std::uint64_t exchange) {
    return 10'000'000'000 + area * 10'000'000 + exchange * 10'000;
}

constexpr std::uint64_t kAreas = 340;
constexpr std::uint64_t kExchanges = 792;

/// Rising numbers as skewed as research/compliance.md §2.3 has them: 45 % of the exchanges empty,
/// the others filled by 0 to 34 % at 250 million.
std::vector<std::uint64_t> skewed(double wanted, std::mt19937_64& random) {
    const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    const double scale = wanted / 250e6;
    std::vector<std::uint64_t> numbers;
    numbers.reserve(static_cast<std::size_t>(wanted * 1.02));
    for (std::uint64_t area = 0; area < kAreas; ++area) {
        for (std::uint64_t exchange = 0; exchange < kExchanges; ++exchange) {
            if (unit() < 0.45) continue;
            const double step = std::log1p(-std::min(0.999, unit() * 0.34 * scale));
            for (double at = std::log1p(-unit()) / step; at < 10'000;
                 at += 1 + std::floor(std::log1p(-unit()) / step)) {
                numbers.push_back(digits_of(200 + area, 200 + exchange) +
                                  static_cast<std::uint64_t>(at));
            }
        }
    }
    return numbers;
}

/// Half members, half any number of the same area codes, in random order.
std::vector<PhoneNumber> probes(const std::vector<std::uint64_t>& numbers,
                                std::mt19937_64& random) {
    constexpr std::size_t kCount = std::size_t{1} << 22;
    std::vector<PhoneNumber> result;
    result.reserve(kCount);
    for (std::size_t i = 0; i < kCount; ++i) {
        const std::uint64_t digits =
            i % 2 == 0 ? numbers[random() % numbers.size()]
                       : digits_of(200 + random() % kAreas, 200 + random() % kExchanges) +
                             random() % 10'000;
        result.push_back(PhoneNumber::from_digits(digits));
    }
    return result;
}

template <class Contains>
std::size_t time_lookups(const char* name, const std::vector<PhoneNumber>& asked,
                         Contains contains) {
    std::size_t hits = 0;
    for (const PhoneNumber number : asked) hits += contains(number) ? 1U : 0U;  // warms
    const auto start = Clock::now();
    hits = 0;
    for (const PhoneNumber number : asked) hits += contains(number) ? 1U : 0U;
    std::printf("%-28s %8.1f ns a look-up\n", name,
                seconds_since(start) * 1e9 / static_cast<double>(asked.size()));
    return hits;
}

class Filler final : public RowTaker {
public:
    void take(std::span<const ListRow> rows) override {
        for (const ListRow& row : rows) {
            static_cast<void>(builder.add(PhoneNumber::from_digits(row.digits)));
        }
    }
    void reject(std::uint64_t, RowFault, std::string_view) override { std::abort(); }
    NumberSetBuilder builder;
};

/// Text as the FTC writes it, from memory into a builder.
void time_text(const std::vector<std::uint64_t>& numbers) {
    std::string text;
    const std::size_t rows = std::min<std::size_t>(numbers.size(), 10'000'000);
    char line[16];
    for (std::size_t i = 0; i < rows; ++i) {
        const std::uint64_t ten = numbers[i] % 10'000'000'000;
        std::snprintf(line, sizeof line, "%03u,%07u\n", static_cast<unsigned>(ten / 10'000'000),
                      static_cast<unsigned>(ten % 10'000'000));
        text += line;
    }
    Filler filler;
    const auto parser = make_row_parser(ListFormat::Ftc, {}, filler);
    const auto start = Clock::now();
    constexpr std::size_t kPiece = 64 * 1024;
    for (std::size_t at = 0; at < text.size(); at += kPiece) {
        BW_CHECK(parser->push(std::string_view{text}.substr(at, kPiece)).has_value());
    }
    BW_CHECK(parser->finish().has_value());
    const double took = seconds_since(start);
    BW_CHECK(filler.builder.size() == rows);
    std::printf("%-28s %8.1f M rows/s\n", "text of the FTC, parsed",
                static_cast<double>(rows) / took / 1e6);
}

void time_changes(const NumberSet& set, const std::vector<PhoneNumber>& asked,
                  std::mt19937_64& random) {
    ListedNumbers list{set};
    for (int i = 0; i < 400'000; ++i) {
        const auto number = asked[random() % asked.size()];
        if (i % 4 == 3) {
            list.remove(number);
        } else {
            list.add(number, std::chrono::sys_days{std::chrono::days{20'000}});
        }
    }
    static_cast<void>(time_lookups("hybrid and 400 k changes", asked,
                                   [&](PhoneNumber n) { return list.contains(n); }));
}

int run(double wanted) {
    std::mt19937_64 random{20261122};
    const auto numbers = skewed(wanted, random);
    std::printf("%zu numbers, skewed over %d area codes\n", numbers.size(),
                static_cast<int>(kAreas));

    auto start = Clock::now();
    Memory file;
    {
        NumberSetBuilder builder;
        for (const std::uint64_t digits : numbers) {
            static_cast<void>(builder.add(PhoneNumber::from_digits(digits)));
        }
        BW_CHECK(builder.size() == numbers.size());
        std::printf("%-28s %8.1f MB while building\n", "hybrid",
                    static_cast<double>(builder.memory()) / 1e6);
        BW_CHECK(builder.write({}, file).has_value());
    }
    std::printf("%-28s %8.2f s to build, %.1f MB\n", "hybrid", seconds_since(start),
                static_cast<double>(file.content.size()) / 1e6);
    start = Clock::now();
    const auto set = NumberSet::open(file.content);
    BW_CHECK(set.has_value());
    std::printf("%-28s %8.3f s to open and check\n", "hybrid", seconds_since(start));

    start = Clock::now();
    Roaring64Map map;
    for (const std::uint64_t digits : numbers) map.add(digits);
    std::printf("%-28s %8.2f s to build, %.1f MB\n", "libroaring 64", seconds_since(start),
                static_cast<double>(map.getSizeInBytes()) / 1e6);

    const auto asked = probes(numbers, random);
    const auto ours =
        time_lookups("hybrid", asked, [&](PhoneNumber n) { return set->contains(n); });
    const auto theirs = time_lookups("libroaring 64", asked,
                                     [&](PhoneNumber n) { return map.contains(n.digits()); });
    BW_CHECK(ours == theirs);
    time_changes(*set, asked, random);
    time_text(numbers);
    static_cast<void>(time_lookups("place of a number", asked, [](PhoneNumber n) {
        return compliance::places::place_of(n).is_exact;
    }));
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const double wanted = count > 1 ? std::strtod(words[1], nullptr) : 5e6;
    if (wanted < 1e5 || wanted > 4e8) {
        std::fprintf(stderr, "usage: suppression_bench [NUMBERS]   (100000 to 400000000)\n");
        return 2;
    }
    return run(wanted);
}
