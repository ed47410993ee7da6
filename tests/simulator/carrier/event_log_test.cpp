#include "simulator/carrier/event_log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace bellwether::carrier {
namespace {

class EventLogFile : public testing::Test {
protected:
    EventLogFile() {
        std::string name = testing::TempDir() + "carrier-log-XXXXXX";
        ::close(::mkstemp(name.data()));
        file = name;
    }
    ~EventLogFile() override { std::filesystem::remove(file); }

    std::string text() {
        std::ifstream in{file};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

    std::filesystem::path file;
};

TEST_F(EventLogFile, ALineIsOneObjectWithItsFieldsInOrder) {
    auto log = EventLog::open(file);
    ASSERT_TRUE(log);
    log->write("BYE", {{"call_id", std::string_view{"a\"b"}},
                       {"status", std::int64_t{200}},
                       {"first", true},
                       {"count", std::uint64_t{7}}});
    const std::regex line{
        R"re(\{"seq":1,"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z","event":"BYE",)re"
        R"re("call_id":"a\\"b","status":200,"first":true,"count":7\}\n)re"};
    EXPECT_TRUE(std::regex_match(text(), line)) << text();
}

TEST_F(EventLogFile, CountingGoesOnWhereTheFileStopped) {
    for (int run = 0; run < 3; ++run) {
        auto log = EventLog::open(file);
        ASSERT_TRUE(log);
        log->write("START");
    }
    EXPECT_NE(text().find("{\"seq\":3,"), std::string::npos);
}

TEST_F(EventLogFile, ForeignBytesDoNotBreakALine) {
    auto log = EventLog::open(file);
    ASSERT_TRUE(log);
    log->write("INVITE", {{"number", std::string_view{"\xff\n\x01"}}});
    const std::string written = text();
    EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 1);
    EXPECT_TRUE(log->ok());
}

TEST_F(EventLogFile, AFileOfSomethingElseIsRefused) {
    std::ofstream{file} << "shopping list\n";
    EXPECT_EQ(EventLog::open(file).error().code, Errc::Corrupt);
    std::ofstream{file} << "{\"seq\":1}";  // cut off: no newline
    EXPECT_EQ(EventLog::open(file).error().code, Errc::Corrupt);
}

TEST(EventLog, AFolderThatIsNotThereIsNamed) {
    const auto log = EventLog::open("/nowhere/at/all.ndjson");
    ASSERT_FALSE(log);
    EXPECT_EQ(log.error().code, Errc::Unavailable);
    EXPECT_NE(log.error().detail.find("/nowhere/at/all.ndjson"), std::string::npos);
}

TEST(EventLog, AFullDiskIsNoticed) {
    // /dev/full answers every write with ENOSPC (full(4)); reading it gives zeros, so it is no
    // log to go on with unless empty: its size is 0.
    auto log = EventLog::open("/dev/full");
    ASSERT_TRUE(log);
    log->write("START");
    EXPECT_FALSE(log->ok());
}

}  // namespace
}  // namespace bellwether::carrier
