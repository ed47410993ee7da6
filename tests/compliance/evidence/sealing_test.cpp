#include "compliance/evidence/sealing.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/compliance/evidence/reference.h"

namespace bellwether::compliance::evidence {
namespace {

SecretKey secret() {
    SecretKey key;
    std::iota(key.begin(), key.end(), static_cast<std::uint8_t>(100));
    return key;
}

Nonce nonce() {
    Nonce bytes;
    std::iota(bytes.begin(), bytes.end(), static_cast<std::uint8_t>(200));
    return bytes;
}

std::string hex(const std::string& bytes) { return to_hex({bytes_of(bytes), bytes.size()}); }

TEST(Sealing, NamesAPersonAsTheReferenceDoes) {
    const auto number = PhoneNumber::parse("+12025550123").value();
    EXPECT_EQ(to_hex(subject_of(secret(), number)), test::kSubject);
    EXPECT_NE(subject_of(SecretKey{}, number), subject_of(secret(), number));
}

TEST(Sealing, SealsAsTheReferenceDoes) {
    const auto sealed = seal(secret(), nonce(), "what is personal", "context");
    EXPECT_EQ(hex(sealed), test::kSealed);
    EXPECT_EQ(open_sealed(secret(), sealed, "context").value(), "what is personal");
}

TEST(Sealing, OpensForNobodyElse) {
    auto sealed = seal(secret(), nonce(), "what is personal", "context");
    EXPECT_FALSE(open_sealed(SecretKey{}, sealed, "context"));
    EXPECT_FALSE(open_sealed(secret(), sealed, "another context"));
    EXPECT_FALSE(open_sealed(secret(), sealed.substr(0, 30), "context"));
    for (char& c : sealed) {
        c = static_cast<char>(c ^ 1);
        EXPECT_EQ(open_sealed(secret(), sealed, "context").error().code, Errc::Corrupt);
        c = static_cast<char>(c ^ 1);
    }
}

TEST(Sealing, TakesTheEmptyText) {
    EXPECT_EQ(open_sealed(secret(), seal(secret(), nonce(), "", ""), "").value(), "");
}

}  // namespace
}  // namespace bellwether::compliance::evidence
