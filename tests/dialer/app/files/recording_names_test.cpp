#include "dialer/app/files/recording_names.h"

#include <gtest/gtest.h>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using campaigns::RecordingFormat;

TEST(RecordingNames, EndByTheFormat) {
    EXPECT_EQ(recording_extension(RecordingFormat::Wav), ".wav");
    EXPECT_EQ(recording_extension(RecordingFormat::Flac), ".flac");
}

TEST(RecordingNames, FindEitherFormatAndNothingThatIsNotWhole) {
    const TempFolder folder;
    write_file(folder / "4294967420.wav", "sound");
    write_file(folder / "4294967421.flac", "sound");
    write_file(folder / "4294967422.flac.part", "half");
    EXPECT_EQ(recording_of(folder.path(), AttemptId{4294967420}), "4294967420.wav");
    EXPECT_EQ(recording_of(folder.path(), AttemptId{4294967421}), "4294967421.flac");
    EXPECT_EQ(recording_of(folder.path(), AttemptId{4294967422}), "");
    EXPECT_EQ(recording_of(folder / "not there", AttemptId{1}), "");
}

}  // namespace
}  // namespace bellwether::app
