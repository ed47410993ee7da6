#include "dialer/media/g711.h"

#include <spandsp.h>

#include <array>

#include "base/check.h"

namespace bellwether::media {
namespace {

using DecodeTable = std::array<std::int16_t, 256>;

DecodeTable make_table(std::int16_t (*decode)(std::uint8_t)) {
    DecodeTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = decode(static_cast<std::uint8_t>(i));
    return table;
}

const DecodeTable kFromPcmu = make_table(ulaw_to_linear);
const DecodeTable kFromPcma = make_table(alaw_to_linear);

}  // namespace

void decode_g711(Codec codec, std::span<const std::uint8_t> octets,
                 std::span<std::int16_t> samples) {
    BW_CHECK(octets.size() == samples.size());
    const DecodeTable& table = codec == Codec::Pcmu ? kFromPcmu : kFromPcma;
    for (std::size_t i = 0; i < octets.size(); ++i) samples[i] = table[octets[i]];
}

void encode_g711(Codec codec, std::span<const std::int16_t> samples,
                 std::span<std::uint8_t> octets) {
    BW_CHECK(octets.size() == samples.size());
    if (codec == Codec::Pcmu) {
        for (std::size_t i = 0; i < samples.size(); ++i) octets[i] = linear_to_ulaw(samples[i]);
    } else {
        for (std::size_t i = 0; i < samples.size(); ++i) octets[i] = linear_to_alaw(samples[i]);
    }
}

}  // namespace bellwether::media
