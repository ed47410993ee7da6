#include "dialer/app/files/sha256.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

// Source: FIPS 180-4 examples (NIST, "SHA256"), and the empty message.

TEST(Sha256, HashesTheStandardsExamples) {
    Sha256 nothing;
    EXPECT_EQ(nothing.hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Sha256 abc;
    abc.add("abc");
    EXPECT_EQ(abc.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, PiecesMakeNoDifference) {
    Sha256 pieces;
    for (const char* piece : {"abcdbcdecdefdefgefghfghighij", "", "hijkijkljklmklmnlmnomnopnopq"}) {
        pieces.add(piece);
    }
    EXPECT_EQ(pieces.hex(), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

}  // namespace
}  // namespace bellwether::app
