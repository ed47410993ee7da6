#include "dialer/media/g711.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace bellwether::media {
namespace {

#include "g711_reference.inc"

std::int16_t decoded(Codec codec, std::uint8_t octet) {
    std::int16_t sample = 0;
    decode_g711(codec, std::span{&octet, 1}, std::span{&sample, 1});
    return sample;
}

std::uint8_t encoded(Codec codec, std::int16_t sample) {
    std::uint8_t octet = 0;
    encode_g711(codec, std::span{&sample, 1}, std::span{&octet, 1});
    return octet;
}

TEST(G711, DecodesEveryOctetAsTheRecommendationSays) {
    for (int octet = 0; octet < 256; ++octet) {
        const auto index = static_cast<std::size_t>(octet);
        const auto value = static_cast<std::uint8_t>(octet);
        EXPECT_EQ(decoded(Codec::Pcmu, value), kMuLawDecoded[index]) << "mu-law " << octet;
        EXPECT_EQ(decoded(Codec::Pcma, value), kALawDecoded[index]) << "A-law " << octet;
    }
}

// The step whose decision values enclose the magnitude; samples on a decision value go either way
// (G.711 note to table 1a), and are not asked about.
void expect_encodes_by(Codec codec, std::span<const int> decisions,
                       std::span<const std::uint8_t> octets) {
    for (int sample = -32768; sample <= 32767; ++sample) {
        const int magnitude = std::abs(sample);
        if (magnitude != 0 && std::binary_search(decisions.begin(), decisions.end(), magnitude))
            continue;
        if (magnitude == 0 && codec == Codec::Pcmu) continue;  // two zeros
        const auto above = std::upper_bound(decisions.begin(), decisions.end(), magnitude);
        const auto step = static_cast<std::size_t>(above - decisions.begin() - 1);
        const auto expected = octets[step + (sample < 0 ? 128 : 0)];
        ASSERT_EQ(encoded(codec, static_cast<std::int16_t>(sample)), expected)
            << "sample " << sample;
    }
}

TEST(G711, EncodesEverySampleIntoItsStep) {
    expect_encodes_by(Codec::Pcmu, kMuLawDecisions, kMuLawOctets);
    expect_encodes_by(Codec::Pcma, kALawDecisions, kALawOctets);
}

TEST(G711, SilenceOfMuLawIsAllOnes) {
    EXPECT_EQ(encoded(Codec::Pcmu, 0), 0xFF);
    EXPECT_EQ(encoded(Codec::Pcma, 0), 0xD5);  // G.711 §3.3: the inverted even bits of 0x80
}

TEST(G711, WhatWasDecodedEncodesBackToItself) {
    for (const Codec codec : {Codec::Pcmu, Codec::Pcma}) {
        for (int octet = 0; octet < 256; ++octet) {
            if (codec == Codec::Pcmu && octet == 0x7F) continue;  // negative zero becomes zero
            const auto value = static_cast<std::uint8_t>(octet);
            EXPECT_EQ(encoded(codec, decoded(codec, value)), value) << octet;
        }
    }
}

}  // namespace
}  // namespace bellwether::media
