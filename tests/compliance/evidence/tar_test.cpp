#include "compliance/evidence/tar.h"

#include <gtest/gtest.h>

namespace bellwether::compliance::evidence {
namespace {

std::string archive_of(const std::map<std::string, std::string>& files) {
    std::string archive;
    for (const auto& [name, bytes] : files)
        archive += tar_header(name, bytes.size()) + bytes + tar_padding(bytes.size());
    return archive + tar_end();
}

TEST(Tar, GivesBackItsFiles) {
    const std::map<std::string, std::string> files{{"empty", ""},
                                                   {"one", "1"},
                                                   {"block", std::string(512, 'x')},
                                                   {"more", std::string(700, 'y')}};
    const std::string archive = archive_of(files);
    EXPECT_EQ(archive.size() % 512, 0U);
    const auto found = tar_files(archive);
    ASSERT_TRUE(found);
    EXPECT_EQ((std::map<std::string, std::string>{found->begin(), found->end()}), files);
}

// The fields as POSIX has them: size in octal at 124, the sum of the header's bytes at 148.
TEST(Tar, WritesTheHeaderOfTheStandard) {
    const std::string header = tar_header("manifest.json", 1234);
    EXPECT_EQ(header.substr(124, 12), std::string("00000002322\0", 12));
    EXPECT_EQ(header.substr(257, 8), std::string("ustar\0"
                                                 "00",
                                                 8));
    EXPECT_EQ(header[156], '0');
}

TEST(Tar, IsRefusedWhereItIsDamaged) {
    const std::string archive = archive_of({{"one", std::string(600, '1')}});
    EXPECT_FALSE(tar_files(archive.substr(0, 800))) << "cut off";
    std::string changed = archive;
    changed[3] = 'x';
    EXPECT_FALSE(tar_files(changed)) << "the sum does not fit";
    EXPECT_FALSE(tar_files(std::string(512, 'x')));
    EXPECT_FALSE(tar_files(""));
    EXPECT_FALSE(tar_files("junk"));
    EXPECT_FALSE(tar_files(archive.substr(0, 1536) + "junk"));
}

TEST(Tar, TakesNoFolders) {
    const std::string archive = archive_of({{"bundle/../one", "1"}});
    EXPECT_EQ(tar_files(archive)->begin()->first, "one");
}

}  // namespace
}  // namespace bellwether::compliance::evidence
