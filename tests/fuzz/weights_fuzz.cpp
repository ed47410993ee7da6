// Any bytes as a weights file: no crash, and whatever is accepted is written again as the same
// bytes. The checksum keeps random bytes out, so the first byte says whether to put it right.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "answer-detect/crc32.h"
#include "answer-detect/greeting_model.h"
#include "base/check.h"

namespace {

using bellwether::answer_detect::crc32;
using bellwether::answer_detect::GreetingModel;

constexpr std::size_t kChecksumAt = 96;  // after magic, versions, sizes and training set
constexpr std::size_t kBodyAt = kChecksumAt + 4;

void put_checksum_right(std::vector<std::byte>& file) {
    if (file.size() < kBodyAt) return;
    const auto right = crc32(std::span(file).subspan(kBodyAt));
    for (std::size_t i = 0; i < 4; ++i) {
        file[kChecksumAt + i] = static_cast<std::byte>((right >> (8 * i)) & 0xFFU);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
    std::vector<std::byte> file(bytes.begin(), bytes.end());
    if (data[0] % 2 == 1) put_checksum_right(file);
    const auto model = GreetingModel::parse(file);
    if (!model) {
        BW_CHECK(model.error().code == bellwether::Errc::Corrupt);
        BW_CHECK(!model.error().detail.empty());
        return 0;
    }
    BW_CHECK(model->serialize() == file);
    (void)model->calibrated(1.0F, 2.0);
    return 0;
}
