#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "compliance/evidence/tar.h"
#include "tests/compliance/evidence/test_bundle.h"

// compliance/verifier/bellwether_verify.cpp, a program that shares no code with Bellwether, must
// say what check_bundle() says.

namespace bellwether::compliance::evidence {
namespace {

namespace fs = std::filesystem;
using test::Files;
using test::make_bundle;
using test::Tamper;
using test::whole_plan;

/// A folder of its own for one test; gone with it.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "bellwether-XXXXXX").string();
        BW_CHECK(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string write(const std::string& name, const std::string& bytes) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream{path_ / name, std::ios::binary} << bytes;
        return (path_ / name).string();
    }
    std::string write(const std::string& name, const Files& files) const {
        for (const auto& [file, bytes] : files) write(name + "/" + file, bytes);
        return (path_ / name).string();
    }

private:
    fs::path path_;
};

struct Answer {
    int exit = -1;
    Value json;
};

Answer verify(const std::string& arguments) {
    const std::string command = std::string{BELLWETHER_VERIFY} + " --json " + arguments;
    FILE* const pipe = popen(command.c_str(), "r");
    BW_CHECK(pipe != nullptr);
    std::string text;
    std::array<char, 4096> piece;
    for (std::size_t size = 0; (size = fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        text.append(piece.data(), size);
    const int status = pclose(pipe);
    return {WEXITSTATUS(status), parse(text).value_or(Value{})};
}

class SmallVerifier : public testing::TestWithParam<Tamper> {};

TEST_P(SmallVerifier, SaysTheSame) {
    const Folder folder;
    Files files = make_bundle(whole_plan());
    GetParam().change(files);
    const Answer answer = verify(folder.write("bundle", files));
    EXPECT_EQ(answer.exit, GetParam().verdict == BundleVerdict::Ok ? 0 : 9);
    EXPECT_EQ(answer.json.text_or("verdict", ""), name_of(GetParam().verdict));
    EXPECT_EQ(answer.json.integer_or("seq", -1),
              GetParam().seq ? static_cast<std::int64_t>(*GetParam().seq) : -1);
    EXPECT_EQ(answer.json.text_or("file", ""), GetParam().file);
}
INSTANTIATE_TEST_SUITE_P(BellwetherVerify, SmallVerifier, testing::ValuesIn(test::tampers()),
                         [](const auto& tamper) { return tamper.param.name; });

TEST(BellwetherVerify, VerifiesWhatAnotherProgramMade) {
    const Answer answer =
        verify(std::string{BELLWETHER_SOURCE_DIR} + "/tests/compliance/evidence/golden");
    EXPECT_EQ(answer.json.text_or("verdict", ""), "OK") << answer.json.text_or("why", "");
}

TEST(BellwetherVerify, CatchesADroppedTailByAnEarlierCheckpoint) {
    const Folder folder;
    const auto records = test::call_records(300);
    const std::string bundle = folder.write("bundle", make_bundle(whole_plan(250)));
    const std::string later = folder.write("later", test::note_of(records, 300));
    const std::string before = folder.write("before", test::note_of(records, 200));
    EXPECT_EQ(verify(bundle).exit, 0);
    EXPECT_EQ(verify(bundle + " --checkpoint " + before).exit, 0);
    const Answer answer = verify(bundle + " --checkpoint " + later);
    EXPECT_EQ(answer.exit, 9);
    EXPECT_EQ(answer.json.text_or("verdict", ""), "TRUNCATED");
    EXPECT_EQ(answer.json.integer_or("seq", -1), 250);
}

TEST(BellwetherVerify, ReadsTarsAndPartsOfALog) {
    const Folder folder;
    auto plan = whole_plan();
    plan.first = 10;
    plan.end = 200;
    plan.selected = {10, 50, 199};
    plan.checkpoints = {3, 100, 256};
    std::string tar;
    for (const auto& [name, bytes] : make_bundle(plan))
        tar += tar_header(name, bytes.size()) + bytes + tar_padding(bytes.size());
    const std::string file = folder.write("bundle.tar", tar + tar_end());
    EXPECT_EQ(verify(file).exit, 0);
    tar[tar.find("BUSY")] = 'F';
    EXPECT_EQ(verify(folder.write("bundle.tar", tar + tar_end())).exit, 9);
}

TEST(BellwetherVerify, BelievesTheKeyItIsGiven) {
    const Folder folder;
    const std::string bundle = folder.write("bundle", make_bundle(whole_plan()));
    const auto key = [&](std::uint8_t which) {
        return folder.write("key", to_text(test::bundle_key(which).verifier()) + "\n");
    };
    EXPECT_EQ(verify(bundle + " --key " + key(0)).exit, 0);
    EXPECT_EQ(verify(bundle + " --key " + key(1)).json.text_or("verdict", ""), "BAD_SIGNATURE");
}

TEST(BellwetherVerify, EndsByItselfOnDamagedFiles) {
    const Folder folder;
    for (const char* text : {"", "{", "[[[[", "not a tar", "\"\\u12\""}) {
        const Answer answer = verify(folder.write("bundle", std::string{text}));
        EXPECT_EQ(answer.exit, 9) << text;
    }
    EXPECT_EQ(verify("/no/such/bundle 2>/dev/null").exit, 5);
    EXPECT_EQ(verify("2>/dev/null").exit, 2);
}

}  // namespace
}  // namespace bellwether::compliance::evidence
