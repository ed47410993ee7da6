#include "dialer/app/survey/nfc.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

// Expected values: Python's unicodedata.normalize("NFC", ...), which has tables of its own.
TEST(Nfc, ComposesWhatWasTypedInParts) {
    EXPECT_EQ(to_nfc("Zoe\u0308"), "Zo\u00eb");
    EXPECT_EQ(to_nfc("\u0627\u0653"), "\u0622");          // Arabic alef and madda
    EXPECT_EQ(to_nfc("\u1112\u1161\u11ab"), "\ud55c");    // Hangul by its letters
    EXPECT_EQ(to_nfc("q\u0307\u0323"), "q\u0323\u0307");  // marks in their order
    EXPECT_EQ(to_nfc("\u0958"), "\u0915\u093c");          // excluded from composition
    EXPECT_EQ(to_nfc("\u212b"), "\u00c5");                // the sign of the unit is the letter
}

TEST(Nfc, LeavesTheRestAlone) {
    EXPECT_EQ(to_nfc(""), "");
    EXPECT_EQ(to_nfc("two\nlines, \u20ac 5 \U0001f600"), "two\nlines, \u20ac 5 \U0001f600");
    EXPECT_EQ(to_nfc("\ufb01"), "\ufb01");  // compatibility forms are not canonical
}

TEST(Nfc, ReplacesWhatIsNotUtf8) {
    EXPECT_EQ(to_nfc("a\xff"
                     "b"),
              "a\ufffd"
              "b");
}

}  // namespace
}  // namespace bellwether::app
