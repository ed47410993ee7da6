#include "campaigns/text_encoding.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

std::string read(std::string_view bytes, TextEncoding encoding) {
    TextSource source{bytes};
    Utf8Source text{source, encoding};
    std::string all;
    while (true) {
        const auto chunk = text.next_chunk();
        if (!chunk) return "error: " + chunk.error().detail;
        if (chunk->empty()) return all;
        all.append(chunk->data(), chunk->size());
    }
}

// Expected bytes by Python 3.11: 'Zoë Müller'.encode('latin-1') and so on.
TEST(TextEncoding, ReadsLatin1) {
    EXPECT_EQ(read("Zo\xEB M\xFCller", TextEncoding::Latin1), "Zo\xC3\xAB M\xC3\xBCller");
    EXPECT_EQ(read("\xA4\x80", TextEncoding::Latin1), "\xC2\xA4\xC2\x80");
}

TEST(TextEncoding, ReadsWindows1252) {
    EXPECT_EQ(read("\x80 5, \x93"
                   "Zo\xEB\x94",
                   TextEncoding::Windows1252),
              "\xE2\x82\xAC 5, \xE2\x80\x9CZo\xC3\xAB\xE2\x80\x9D");
    EXPECT_EQ(read("\x81", TextEncoding::Windows1252), "\xC2\x81") << "left open: as browsers do";
}

TEST(TextEncoding, PassesUtf8On) {
    EXPECT_EQ(read("\xEF\xBB\xBFZo\xC3\xAB \xFF", TextEncoding::Utf8),
              "\xEF\xBB\xBFZo\xC3\xAB \xFF");
}

TEST(TextEncoding, RefusesUtf16ByName) {
    for (const auto encoding : {TextEncoding::Utf8, TextEncoding::Latin1}) {
        EXPECT_NE(read(std::string_view{"\xFF\xFEp\0h\0", 6}, encoding).find("UTF-16"),
                  std::string::npos);
    }
}

}  // namespace
}  // namespace bellwether::campaigns
