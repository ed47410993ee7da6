#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "dialer/app/amd/amd.h"
#include "dialer/app/files/json_text.h"
#include "tests/dialer/app/files.h"
#include "tests/dialer/app/service/recordings.h"

namespace bellwether::app {
namespace {

using testing::HasSubstr;

class AmdEvaluate : public testing::Test {
protected:
    ExitCode run(std::map<std::string, std::vector<std::string>> more = {}) {
        more["DIR"] = {folder_.path().string()};
        out_.str("");
        err_.str("");
        return amd_evaluate(Given{std::move(more)}, {out_, err_, true});
    }
    void label(const std::string& lines) { write_file(folder_ / "labels.jsonl", lines); }

    TempFolder folder_;
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(AmdEvaluate, PrintsEveryFigure) {
    write_file(folder_ / "f.wav", wav_of(fax()));
    write_file(folder_ / "s.wav", wav_of(Samples(8000 * 7, 0)));
    label(R"({"file":"f.wav","cls":"fax","sub":"ced"})"
          "\n"
          R"({"file":"s.wav","cls":"silence","sub":"digital"})"
          "\n");
    ASSERT_EQ(run({{"--breakdown", {}}}), ExitCode::Done) << err_.str();
    const Json body = Json::parse(out_.str());
    for (const char* key :
         {"humans", "human_to_machine", "machines", "machine_recall", "accuracy", "auc",
          "human_verdict_after_greeting_s", "beep_recall", "false_beeps_per_min", "us_per_frame",
          "by_class", "wilson95", "curve", "breakdown"}) {
        EXPECT_TRUE(body.contains(key)) << key;
    }
    EXPECT_EQ(body["humans"], 0);
    EXPECT_EQ(body["human_to_machine"], nullptr);  // nothing to divide by
    EXPECT_EQ(body["by_class"]["FAX"]["FAX"], 1);
    EXPECT_EQ(body["by_class"]["NO_SPEECH"].size(), 1u);
    EXPECT_FALSE(body["by_class"]["NO_SPEECH"].contains("MACHINE"));
    for (const char* at_s : {"1.0", "1.5", "2.0", "2.5", "3.0"}) {
        EXPECT_TRUE(body["auc"].contains(at_s)) << at_s;
    }
    EXPECT_GT(body["us_per_frame"].get<double>(), 0);
    EXPECT_GT(body["curve"].size(), 10u);
}

TEST_F(AmdEvaluate, LabelsThatDoNotMatchTheSoundsAreAnError) {
    label(R"({"file":"gone.wav","cls":"human"})");
    EXPECT_EQ(run(), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("gone.wav"));
    label(R"({"file":"f.wav","cls":"people"})");
    EXPECT_EQ(run(), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("line 1"));
}

TEST_F(AmdEvaluate, NeedsLabels) {
    EXPECT_EQ(run(), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("labels.jsonl"));
}

TEST_F(AmdEvaluate, AClipInNoFoldIsAnError) {
    write_file(folder_ / "f.wav", wav_of(fax()));
    label(R"({"file":"f.wav","cls":"fax"})");
    TempFolder folds;
    EXPECT_EQ(run({{"--folds", {folds.path().string()}}}), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("folds.txt"));
    write_file(folds / "folds.txt", "");
    EXPECT_EQ(run({{"--folds", {folds.path().string()}}}), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("in no fold"));
    write_file(folds / "folds.txt", "one two\n");
    EXPECT_EQ(run({{"--folds", {folds.path().string()}}}), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("line 1"));
}

}  // namespace
}  // namespace bellwether::app
