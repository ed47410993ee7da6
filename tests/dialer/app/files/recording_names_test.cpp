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

TEST(RecordingNames, TellWhichCallTheyAreOf) {
    EXPECT_EQ(recorded_call("/r/4294967420.wav"),
              store::RecordedCall{.attempt = AttemptId{4294967420}});
    const store::RecordedCall incoming{.epoch = Epoch{3}, .call = CallId{12}};
    EXPECT_EQ(recorded_call("/r/" + recording_stem(Epoch{3}, CallId{12}) + ".flac"), incoming);
    for (const char* name : {"in-3.wav", "in--12.wav", "in-x-12.wav", "in-3-.wav", "notes.wav",
                             "0.wav", "17-q1-3-1.wav", "in-99999999999-1.wav"})
        EXPECT_EQ(recorded_call(name), std::nullopt) << name;
}

}  // namespace
}  // namespace bellwether::app
