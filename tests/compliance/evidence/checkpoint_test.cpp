#include "compliance/evidence/checkpoint.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/compliance/evidence/reference.h"

namespace bellwether::compliance::evidence {
namespace {

SigningKey::Seed seed(std::uint8_t first = 0) {
    SigningKey::Seed bytes;
    std::iota(bytes.begin(), bytes.end(), first);
    return bytes;
}

const SigningKey& key() {
    static const SigningKey signing{"example.org/log", seed()};
    return signing;
}

Checkpoint head() { return {"example.org/log", 300, test::root_of(test::leaves(300), 300)}; }

TEST(Checkpoint, IsSignedAsTheReferenceSignsIt) {
    EXPECT_EQ(to_text(key().verifier()), test::kKey);
    EXPECT_EQ(key().sign(checkpoint_text(head())), test::kCheckpoint);
}

TEST(Checkpoint, ComesBackFromItsNote) {
    EXPECT_EQ(open_checkpoint(test::kCheckpoint, key().verifier()).value(), head());
    EXPECT_EQ(parse_verifier_key(std::string{test::kKey} + "\n").value(), key().verifier());
}

TEST(Checkpoint, IsNotBelievedOnceAnyByteWasChanged) {
    const std::string note{test::kCheckpoint};
    for (std::size_t i = 0; i + 1 < note.size(); ++i) {
        std::string changed = note;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(open_checkpoint(changed, key().verifier())) << i;
    }
}

TEST(Checkpoint, IsNotBelievedFromAnother) {
    const SigningKey other{"example.org/log", seed(1)};
    const auto opened = open_note(other.sign(checkpoint_text(head())), key().verifier());
    EXPECT_EQ(opened.error().code, Errc::Corrupt);
}

TEST(Checkpoint, MayBearTheSignaturesOfWitnesses) {
    const SigningKey witness{"witness", seed(9)};
    const std::string text = checkpoint_text(head());
    const std::string line = witness.sign(text).substr(text.size() + 1);
    const std::string note = text + "\n" + line + key().sign(text).substr(text.size() + 1);
    EXPECT_EQ(open_checkpoint(note, key().verifier()).value(), head());
    EXPECT_EQ(open_checkpoint(note, witness.verifier()).value(), head());
}

TEST(Checkpoint, HasOneWayToBeWritten) {
    for (const char* text : {"", "a\n", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "a\n1\nAAAA\n",
                             "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"}) {
        EXPECT_FALSE(parse_checkpoint(text)) << text;
    }
    EXPECT_TRUE(parse_checkpoint("a\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"));
}

TEST(Checkpoint, IsNoManifestAndAManifestIsNoCheckpoint) {
    EXPECT_FALSE(parse_checkpoint(manifest_text("example.org/log", sha256("x"))));
}

TEST(Checkpoint, RefusesAKeyThatIsNotWhatItsIdSays) {
    for (const char* text :
         {"", "a", "a+b", "a+00000000+AQ==",
          "example.org/log+00000000+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"})
        EXPECT_FALSE(parse_verifier_key(text)) << text;
}

}  // namespace
}  // namespace bellwether::compliance::evidence
