// Any bytes as a registry's list, as a file of numbers and as a file of changes: no crash, nothing
// read beyond the end, and a list reads the same whatever the pieces.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "compliance/suppression/crc32c.h"
#include "compliance/suppression/listed_numbers.h"
#include "tests/compliance/suppression/set_support.h"

namespace {

using namespace bellwether;
using namespace bellwether::compliance::suppression;

struct Read {
    Found found;
    bool is_ok = true;
};

Read read(ListFormat format, std::string_view text, std::size_t piece) {
    Read result;
    const auto parser = make_row_parser(format, {}, result.found);
    for (; !text.empty() && result.is_ok; text.remove_prefix(std::min(piece, text.size()))) {
        result.is_ok = parser->push(text.substr(0, piece)).has_value();
    }
    result.is_ok = result.is_ok && parser->finish().has_value();
    return result;
}

void read_as_list(ListFormat format, std::string_view text, std::size_t piece) {
    const Read whole = read(format, text, text.size() + 1);
    const Read pieces = read(format, text, piece);
    BW_CHECK(whole.is_ok == pieces.is_ok);
    if (!whole.is_ok) return;
    BW_CHECK(whole.found.words == pieces.found.words);
    BW_CHECK(whole.found.faults == pieces.found.faults);
    for (const std::string& word : whole.found.words) {
        BW_CHECK(PhoneNumber::parse("+" + word.substr(1)).has_value());
    }
}

/// Puts a right checksum over bytes [0, at).
void forge(std::vector<std::byte>& bytes, std::size_t at) {
    if (bytes.size() < at + 4) return;
    const std::uint32_t crc = crc32c(0, std::span{bytes}.first(at));
    std::memcpy(bytes.data() + at, &crc, sizeof crc);
}

void read_as_files(std::vector<std::byte> bytes) {
    constexpr std::size_t kHeaderCrc = 116;
    if (bytes.size() > kHeaderCrc + 8) {
        const std::uint64_t size = bytes.size();
        std::memcpy(bytes.data() + 16, &size, sizeof size);
        forge(bytes, kHeaderCrc);
    }
    if (bytes.size() >= 4) forge(bytes, bytes.size() - 4);
    if (auto changes = NumberChanges::decode(bytes)) {
        BW_CHECK(NumberChanges::decode(changes->encode()).has_value());
    }
    const auto set = NumberSet::open(bytes);
    if (!set) return;
    static_cast<void>(set->contains(number(12'125'550'123)));
    static_cast<void>(set->contains(number(442'079'460'123)));
    for (const std::uint64_t block : set->blocks()) {
        BlockBits bits{};
        static_cast<void>(set->read_block(block, bits));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto kind = static_cast<std::size_t>(data[0]) % (kEnumNames<ListFormat>.size() + 1);
    const std::size_t piece = 1 + data[1] % 64U;
    const std::string_view text{reinterpret_cast<const char*>(data + 2), size - 2};
    if (kind < kEnumNames<ListFormat>.size()) {
        read_as_list(static_cast<ListFormat>(kind), text, piece);
    } else {
        const auto bytes = std::as_bytes(std::span{text});
        read_as_files({bytes.begin(), bytes.end()});
    }
    return 0;
}
