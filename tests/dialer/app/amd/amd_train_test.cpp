#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/rng.h"
#include "dialer/app/amd/amd.h"
#include "dialer/app/files/json_text.h"
#include "tests/dialer/app/files.h"
#include "tests/dialer/app/service/recordings.h"

namespace bellwether::app {
namespace {

using testing::HasSubstr;
using Words = std::map<std::string, std::vector<std::string>>;

/// A buzz that comes and goes four times a second, over faint noise: speech enough to learn from.
Samples babble(double pitch_hz, double from_s, double to_s, double length_s, Rng& rng) {
    Samples samples;
    for (int i = 0; i < static_cast<int>(length_s * 8000); ++i) {
        const double t = i / 8000.0;
        double sum = 20 * rng.normal();
        if (t >= from_s && t < to_s) {
            const double syllable = 0.6 - 0.4 * std::cos(2 * std::numbers::pi * 4 * t);
            for (int k = 1; k < 9; ++k) {
                sum += 2000 * syllable * std::sin(2 * std::numbers::pi * pitch_hz * k * t) / k;
            }
        }
        samples.push_back(static_cast<std::int16_t>(std::lround(sum)));
    }
    return samples;
}

/// People who say a word, machines that go on; eight speakers.
class AmdTrain : public testing::Test {
protected:
    static constexpr int kSpeakers = 8;

    void SetUp() override {
        Rng rng{1, "clips"};
        std::string labels;
        for (int speaker = 0; speaker < kSpeakers; ++speaker) {
            for (const bool human : {true, false}) {
                const std::string name = (human ? "h" : "m") + std::to_string(speaker) + ".wav";
                const double to_s = human ? 1.2 : 4.0;
                write_file(corpus() / name,
                           wav_of(babble(90 + 20.0 * speaker, 0.3, to_s, 4.5, rng)));
                labels += Json{{"file", name},
                               {"cls", human ? "human" : "machine"},
                               {"speaker", "s" + std::to_string(speaker)},
                               {"speech_start", 0.3},
                               {"greet_end", to_s}}
                              .dump() +
                          "\n";
            }
        }
        write_file(corpus() / "labels.jsonl", labels);
    }

    [[nodiscard]] std::filesystem::path corpus() const { return folder_ / "clips"; }
    [[nodiscard]] std::string file(const std::string& name) const {
        return (folder_ / name).string();
    }

    ExitCode train(const std::string& out, Words more = {}) {
        more["--corpus"] = {corpus().string()};
        more["--out"] = {file(out)};
        more.emplace("--epochs", std::vector<std::string>{"2"});
        more.emplace("--takes", std::vector<std::string>{"2"});
        more.emplace("--fold-count", std::vector<std::string>{"2"});
        return run(amd_train, more);
    }
    ExitCode run(ExitCode (*command)(const Given&, const Output&), const Words& words) {
        out_.str("");
        err_.str("");
        return command(Given{words}, {out_, err_, true});
    }
    [[nodiscard]] Json json() const { return Json::parse(out_.str()); }

    TempFolder folder_;
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(AmdTrain, WritesWeightsThatTheOtherCommandsTake) {
    ASSERT_EQ(train("w.bin", {{"--folds", {file("folds")}}}), ExitCode::Done) << err_.str();
    EXPECT_EQ(json()["clips"], 2 * kSpeakers);
    EXPECT_EQ(json()["version"].get<std::string>().size(), 8u);
    EXPECT_EQ(json()["training_set"].get<std::string>().size(), 64u);
    EXPECT_THAT(err_.str(), HasSubstr("epoch 2: loss"));

    const std::string clip = (corpus() / "h0.wav").string();
    EXPECT_EQ(run(amd_classify, {{"FILE", {clip}}, {"--weights", {file("w.bin")}}}), ExitCode::Done)
        << err_.str();
    ASSERT_EQ(run(amd_evaluate, {{"DIR", {corpus().string()}}, {"--folds", {file("folds")}}}),
              ExitCode::Done)
        << err_.str();
    EXPECT_EQ(json()["humans"], kSpeakers);
    EXPECT_EQ(json()["machines"], kSpeakers);
}

TEST_F(AmdTrain, IsTheSameOnAnyNumberOfThreads) {
    ASSERT_EQ(train("one.bin", {{"--threads", {"1"}}}), ExitCode::Done) << err_.str();
    ASSERT_EQ(train("three.bin", {{"--threads", {"3"}}}), ExitCode::Done) << err_.str();
    EXPECT_EQ(slurp(file("one.bin")), slurp(file("three.bin")));
    ASSERT_EQ(train("other.bin", {{"--seed", {"2"}}}), ExitCode::Done) << err_.str();
    EXPECT_NE(slurp(file("one.bin")), slurp(file("other.bin")));
}

TEST_F(AmdTrain, DamagedWeightsAreNotUsed) {
    ASSERT_EQ(train("w.bin"), ExitCode::Done) << err_.str();
    std::string bytes = slurp(file("w.bin"));
    bytes[bytes.size() / 2] = static_cast<char>(~bytes[bytes.size() / 2]);
    write_file(folder_ / "w.bin", bytes);
    EXPECT_EQ(run(amd_evaluate, {{"DIR", {corpus().string()}}, {"--weights", {file("w.bin")}}}),
              ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("w.bin"));
}

TEST_F(AmdTrain, TooFewSpeakersForTheFoldsAreAnError) {
    EXPECT_EQ(train("w.bin", {{"--fold-count", {"9"}}}), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("8 speakers"));
    EXPECT_FALSE(std::filesystem::exists(file("w.bin")));
}

TEST_F(AmdTrain, RecalibrationNeedsEnoughCalls) {
    ASSERT_EQ(train("w.bin"), ExitCode::Done) << err_.str();
    EXPECT_EQ(run(amd_recalibrate, {{"DIR", {corpus().string()}},
                                    {"--weights", {file("w.bin")}},
                                    {"--out", {file("fitted.bin")}}}),
              ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("at least 50"));
    EXPECT_FALSE(std::filesystem::exists(file("fitted.bin")));
}

}  // namespace
}  // namespace bellwether::app
