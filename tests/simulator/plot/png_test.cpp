#include "simulator/plot/png.h"

#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

TEST(Png, IsWhatZlibMakesOfTheSamePixels) {
    const Pixels pixels{.width = 2,
                        .height = 2,
                        .colours = {0, 1, 2, 1},
                        .palette = {{0, 0, 0}, {255, 0, 0}, {0, 128, 255}}};
    // Python's zlib.compressobj(0) and zlib.crc32 over the same rows.
    EXPECT_EQ(
        base64(png_of(pixels)),
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAMAAABFaP0WAAAACVBMVEUAAAD/AAAAgP9xJjXKAAAAEUlEQVR4AQEG"
        "APn/AAABAAIBAA8ABRhqIkkAAAAASUVORK5CYII=");
}

TEST(Png, SplitsWhatIsLongerThanABlock) {
    const Pixels pixels{.width = 1000,
                        .height = 100,
                        .colours = std::vector<std::uint8_t>(100'000, 0),
                        .palette = {{1, 2, 3}}};
    constexpr std::size_t kRows = 100 * 1001;
    constexpr std::size_t kBlocks = 2;
    // Signature, IHDR, PLTE, IDAT with header, blocks and checksum, IEND.
    EXPECT_EQ(png_of(pixels).size(), 8 + 25 + 15 + 12 + (2 + 5 * kBlocks + kRows + 4) + 12U);
}

TEST(Base64, AgreesWithRfc4648) {  // its test vectors, chapter 10
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

}  // namespace
}  // namespace bellwether::simulator
