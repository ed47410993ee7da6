#include "dialer/app/amd/amd_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using answer_detect::training::ClipClass;
using testing::HasSubstr;

std::string fault_of(std::string_view line) {
    const auto clip = read_label(line);
    if (clip) return "none";
    EXPECT_EQ(clip.error().code, Errc::InvalidInput);
    return clip.error().detail;
}

TEST(AmdCorpus, ReadsALabelAsTheGeneratorWritesIt) {
    const auto clip = read_label(
        R"({"cls": "machine", "source": "tts:espeak", "speaker": "es+f1", "lang": "es",)"
        R"( "text": "El número", "speech_start": 0.139, "sub": "carrier", "greet_end": 7.369,)"
        R"( "pauses": [[1.0, 1.5], [2, 3]], "beep_start": 8.68, "beep_end": 9.307,)"
        R"( "beep_freqs": [1390.0], "dur": 10.897, "level_dbm0": -29.8, "noise": "babble",)"
        R"( "snr_db": 16.6, "codec": "g711", "law": "ulaw", "file": "a.wav", "rt60": null})");
    ASSERT_TRUE(clip) << clip.error().detail;
    EXPECT_EQ(clip->id, "a.wav");
    EXPECT_EQ(clip->cls, ClipClass::Machine);
    EXPECT_EQ(clip->sub, "carrier");
    EXPECT_EQ(clip->speaker, "es+f1");
    EXPECT_EQ(clip->text, "El número");
    EXPECT_EQ(clip->speech_start, 0.139);
    EXPECT_EQ(clip->greet_end, 7.369);
    EXPECT_EQ(clip->pauses, (std::vector<std::pair<double, double>>{{1.0, 1.5}, {2, 3}}));
    EXPECT_EQ(clip->beep_end, 9.307);
    EXPECT_EQ(clip->tone_start, -1);
    EXPECT_EQ(clip->snr_db, 16.6);
}

TEST(AmdCorpus, SaysWhatIsWrongWithALabel) {
    EXPECT_THAT(fault_of("not json"), HasSubstr("JSON object"));
    EXPECT_THAT(fault_of(R"({"cls":"human"})"), HasSubstr("\"file\" is missing"));
    EXPECT_THAT(fault_of(R"({"file":"a.wav"})"), HasSubstr("\"cls\" is missing"));
    EXPECT_THAT(fault_of(R"({"file":"a.wav","cls":"robot"})"), HasSubstr("\"robot\""));
    EXPECT_THAT(fault_of(R"({"file":"a.wav","cls":"human","speech_start":"soon"})"),
                HasSubstr("\"speech_start\" is not a number"));
    EXPECT_THAT(fault_of(R"({"file":"a.wav","cls":"human","speech_start":2,"greet_end":1})"),
                HasSubstr("before speech_start"));
    EXPECT_THAT(fault_of(R"({"file":"a.wav","cls":"human","pauses":[[1]]})"), HasSubstr("pairs"));
    EXPECT_THAT(fault_of(R"({"file":"a.wav","cls":"human","pauses":{"a":1}})"), HasSubstr("list"));
}

TEST(AmdCorpus, NamesFileAndLine) {
    const TempFolder folder;
    EXPECT_THAT(read_labels(folder.path()).error().detail, HasSubstr("labels.jsonl is not there"));
    write_file(folder / "labels.jsonl", "\n");
    EXPECT_THAT(read_labels(folder.path()).error().detail, HasSubstr("holds no label"));
    const std::string line = R"({"file":"a.wav","cls":"human"})";
    write_file(folder / "labels.jsonl", line + "\n\n" + line + "\n");
    EXPECT_THAT(read_labels(folder.path()).error().detail, HasSubstr("line 3: names a file"));
}

TEST(AmdCorpus, ALabelWithoutItsSoundIsAnError) {
    const TempFolder folder;
    write_file(folder / "labels.jsonl", "{\"file\":\"a.wav\",\"cls\":\"human\"}\n");
    auto clips = read_labels(folder.path());
    ASSERT_TRUE(clips);
    const auto loaded = load_sound(folder.path(), clips->front());
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, Errc::InvalidInput);
    EXPECT_THAT(loaded.error().detail, HasSubstr("a.wav is not there"));
}

TEST(AmdCorpus, ClipsOfSeveralFoldersHaveNamesOfTheirOwn) {
    LabelledClip clip;
    clip.id = "a.wav";
    EXPECT_EQ(clip_name("/x/dev", clip), "dev/a.wav");
    EXPECT_EQ(clip_name("/x/dev/", clip), "dev/a.wav");
}

}  // namespace
}  // namespace bellwether::app
