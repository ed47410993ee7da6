#include "dialer/app/survey/zip_size.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::app {
namespace {

std::string number(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return text;
}

/// A directory entry, its fields in the order of APPNOTE 4.3.12.
std::string entry(const std::string& name, std::uint64_t unpacked) {
    return "PK\x01\x02" + std::string(20, '\0') + number(unpacked, 4) + number(name.size(), 2) +
           std::string(16, '\0') + name;
}

/// The end of a directory that begins at the archive's first byte: APPNOTE 4.3.16.
std::string end_of(int files) {
    return "PK\x05\x06" + std::string(6, '\0') + number(static_cast<std::uint64_t>(files), 2) +
           std::string(4, '\0') + number(0, 4) + number(0, 2);
}

TEST(ZipSize, AddsUpWhatTheDirectorySays) {
    const auto size = zip_size(entry("a", 1000) + entry("sheet1.xml", 4'000'000'000) + end_of(2));
    ASSERT_TRUE(size);
    EXPECT_EQ(size->files, 2U);
    EXPECT_EQ(size->bytes, 4'000'001'000U);
}

TEST(ZipSize, RefusesWhatIsCutOffOrNoZip) {
    EXPECT_FALSE(zip_size(""));
    EXPECT_FALSE(zip_size("type,name\n"));
    EXPECT_FALSE(zip_size(entry("a", 1) + end_of(2)));
    EXPECT_FALSE(zip_size(entry("a", 0xFFFFFFFF) + end_of(1)));
    const std::string whole = entry("a", 1) + end_of(1);
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_FALSE(zip_size(whole.substr(0, length))) << length;
}

}  // namespace
}  // namespace bellwether::app
