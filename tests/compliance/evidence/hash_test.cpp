#include "compliance/evidence/hash.h"

#include <gtest/gtest.h>

namespace bellwether::compliance::evidence {
namespace {

// FIPS 180-4's examples, as NIST publishes them.
TEST(Hash, IsSha256) {
    EXPECT_EQ(to_hex(sha256("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, OfALeafIsThatOfAZeroAndTheRecord) {
    using namespace std::string_literals;
    EXPECT_EQ(leaf_hash("abc"), sha256("\0abc"s));
    EXPECT_EQ(
        node_hash(sha256("a"), sha256("b")),
        sha256("\1"s + std::string{bytes_of(sha256("a"))} + std::string{bytes_of(sha256("b"))}));
}

TEST(Hash, ComesBackFromHex) {
    const Hash hash = sha256("abc");
    EXPECT_EQ(hash_from_hex(to_hex(hash)), hash);
    EXPECT_FALSE(hash_from_hex(to_hex(hash).substr(1)));
    EXPECT_FALSE(hash_from_hex(std::string(64, 'g')));
    EXPECT_FALSE(hash_from_hex(std::string(64, 'A'))) << "one way to write it";
}

// RFC 4648 §10.
TEST(Hash, WritesBase64) {
    for (const auto& [bytes, text] :
         {std::pair{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foobar", "Zm9vYmFy"}}) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
    EXPECT_FALSE(from_base64("Zg="));
    EXPECT_FALSE(from_base64("Z!=="));
}

}  // namespace
}  // namespace bellwether::compliance::evidence
