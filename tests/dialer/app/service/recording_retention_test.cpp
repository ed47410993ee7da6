#include "dialer/app/service/recording_retention.h"

#include <gtest/gtest.h>

#include <future>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;
using std::filesystem::exists;

constexpr UtcTime kNow{std::chrono::seconds{1'774'738'800}};

class RecordingRetentionTest : public testing::Test {
protected:
    /// A file last written so long before kNow.
    void leave(const std::string& name, std::chrono::hours ago) {
        write_file(folder_ / name, "sound");
        std::filesystem::last_write_time(folder_ / name,
                                         std::chrono::file_clock::from_sys(kNow - ago));
    }

    TempFolder folder_;
};

TEST_F(RecordingRetentionTest, DeletesWhatIsOlderThanTheRuleAndNothingElse) {
    leave("1.wav", 91 * 24h);
    leave("answers/7-q1.flac", 91 * 24h);
    leave("2.wav", 89 * 24h);
    leave("3.wav.part", 91 * 24h);
    leave("notes.txt", 91 * 24h);
    EXPECT_EQ(delete_old_recordings(folder_.path(), 90 * 24h, kNow), 2);
    EXPECT_FALSE(exists(folder_ / "1.wav"));
    EXPECT_FALSE(exists(folder_ / "answers/7-q1.flac"));
    EXPECT_TRUE(exists(folder_ / "2.wav"));
    EXPECT_TRUE(exists(folder_ / "3.wav.part")) << "a call that goes on";
    EXPECT_TRUE(exists(folder_ / "notes.txt")) << "not ours";
}

TEST_F(RecordingRetentionTest, DeletesNothingOfAFolderThatIsNotThere) {
    EXPECT_EQ(delete_old_recordings(folder_ / "none", 1h, kNow), 0);
}

TEST_F(RecordingRetentionTest, PutsARoundOffWhileALegalHoldIsInForce) {
    leave("1.wav", 24h * 100);
    std::promise<void> asked;
    {
        const RecordingRetention retention{folder_.path(), 1h, [&] {
                                               asked.set_value();
                                               return true;
                                           }};
        asked.get_future().wait();
    }
    EXPECT_TRUE(exists(folder_ / "1.wav"));
}

}  // namespace
}  // namespace bellwether::app
