#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>
#include <sstream>

#include "answer-detect/verdict.h"
#include "dialer/app/amd/amd.h"
#include "dialer/app/files/json_text.h"
#include "tests/dialer/app/files.h"
#include "tests/dialer/app/service/recordings.h"

namespace bellwether::app {
namespace {

using testing::HasSubstr;

class AmdClassify : public testing::Test {
protected:
    ExitCode run(std::vector<std::string> files,
                 std::map<std::string, std::vector<std::string>> more = {}, bool json = true) {
        more["FILE"] = std::move(files);
        out_.str("");
        err_.str("");
        return amd_classify(Given{std::move(more)}, {out_, err_, json});
    }
    [[nodiscard]] std::vector<Json> lines() const {
        std::vector<Json> lines;
        std::istringstream text{out_.str()};
        for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
        return lines;
    }
    [[nodiscard]] std::string write(const std::string& name, const Samples& samples) {
        write_file(folder_ / name, wav_of(samples));
        return (folder_ / name).string();
    }

    TempFolder folder_;
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(AmdClassify, PrintsEveryKeyInItsOrder) {
    ASSERT_EQ(run({write("fax.wav", fax())}), ExitCode::Done) << err_.str();
    ASSERT_EQ(lines().size(), 1u);
    const Json line = lines()[0];
    std::vector<std::string> keys;
    for (const auto& [key, value] : line.items()) keys.push_back(key);
    EXPECT_EQ(keys, (std::vector<std::string>{"file", "verdict", "at_s", "speech_start_s",
                                              "greeting_end_s", "p_machine", "beeps", "tone"}));
    EXPECT_EQ(line["verdict"], "FAX");
    EXPECT_EQ(line["tone"]["kind"], "FAX");
    EXPECT_EQ(line["tone"]["country"], nullptr);
    EXPECT_GT(line["at_s"].get<double>(), 0.2);
    EXPECT_LT(line["at_s"].get<double>(), 3.2);
}

TEST_F(AmdClassify, TraceHasAValueEachTenth) {
    ASSERT_EQ(run({write("fax.wav", fax())}, {{"--trace", {}}}), ExitCode::Done);
    const Json posterior = lines()[0]["posterior"];
    ASSERT_EQ(posterior.size(), fax().size() / 800);
    EXPECT_EQ(posterior[0][0], 0.1);
    EXPECT_EQ(posterior[9][0], 1.0);
}

TEST_F(AmdClassify, AVerdictUsesNothingThatComesAfterIt) {
    const Samples whole = fax();
    ASSERT_EQ(run({write("whole.wav", whole)}), ExitCode::Done);
    const Json before = lines()[0];
    const auto end = static_cast<std::size_t>(std::lround(before["at_s"].get<double>() * 8000));
    const Samples cut{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(end)};
    ASSERT_EQ(run({write("cut.wav", cut)}), ExitCode::Done);
    for (const char* key : {"verdict", "at_s", "p_machine", "tone"}) {
        EXPECT_EQ(lines()[0][key], before[key]) << key;
    }
}

TEST_F(AmdClassify, OtherRatesAreHeardAlike) {
    for (const std::uint32_t rate : {16'000U, 48'000U}) {
        write_file(folder_ / "r.wav", wav_of(fax(rate), rate));
        ASSERT_EQ(run({(folder_ / "r.wav").string()}), ExitCode::Done) << err_.str();
        EXPECT_EQ(lines()[0]["verdict"], "FAX") << rate;
    }
}

TEST_F(AmdClassify, NoVerdictIsUnsureWithoutATime) {
    ASSERT_EQ(run({write("short.wav", Samples(800, 0))}), ExitCode::Done);
    EXPECT_EQ(lines()[0]["verdict"], "UNSURE");
    EXPECT_EQ(lines()[0]["at_s"], nullptr);
    EXPECT_EQ(lines()[0]["tone"], nullptr);
}

TEST_F(AmdClassify, ABadFileAmongOthersIsNamedAndTheOthersArePrinted) {
    write_file(folder_ / "empty.wav", "");
    write_file(folder_ / "cut.wav", wav_of(fax()).substr(0, 1000));
    write_file(folder_ / "stereo.wav", wav_of(fax(), 8000, 2));
    const std::string good = write("good.wav", fax());
    for (const char* bad : {"empty.wav", "cut.wav", "stereo.wav", "absent.wav"}) {
        EXPECT_EQ(run({good, (folder_ / bad).string(), good}), ExitCode::ValidationFailed) << bad;
        EXPECT_EQ(lines().size(), 2u) << bad;
        EXPECT_THAT(err_.str(), HasSubstr(bad));
    }
}

TEST_F(AmdClassify, RefusesWeightsThatAreNone) {
    write_file(folder_ / "w.bin", "no weights at all");
    EXPECT_EQ(run({write("fax.wav", fax())}, {{"--weights", {(folder_ / "w.bin").string()}}}),
              ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("w.bin"));
    EXPECT_EQ(out_.str(), "");
}

TEST_F(AmdClassify, RefusesAnUnknownPolicy) {
    EXPECT_EQ(run({write("fax.wav", fax())}, {{"--policy", {"brave"}}}),
              ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("careful"));
}

TEST_F(AmdClassify, DrawsAPicture) {
    const auto picture = folder_ / "out.svg";
    ASSERT_EQ(run({write("fax.wav", fax())}, {{"--plot", {picture.string()}}}), ExitCode::Done);
    const std::string svg = slurp(picture);
    EXPECT_THAT(svg, HasSubstr("FAX"));
    EXPECT_THAT(svg, HasSubstr("data:image/png;base64,"));
    EXPECT_THAT(svg, HasSubstr("</svg>"));
    EXPECT_EQ(run({"a.wav", "b.wav"}, {{"--plot", {picture.string()}}}),
              ExitCode::ValidationFailed);
}

TEST_F(AmdClassify, TellsPeopleInWords) {
    ASSERT_EQ(run({write("fax.wav", fax())}, {}, false), ExitCode::Done);
    EXPECT_THAT(out_.str(), HasSubstr("FAX"));
}

}  // namespace
}  // namespace bellwether::app
