// The commands of survey.h, each by its function. What they make of whole files and of a terminal:
// tests/e2e/survey_test.py.

#include "dialer/app/survey/survey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <sstream>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Survey : public testing::Test {
protected:
    Survey() {
        write_file(folder_ / "ferry/survey.csv",
                   "type,name,label::English (en),label::Nederlands (nl),relevant\n"
                   "note,hello,Good day.,Dag.,\n"
                   "select_one yn,used,Used it?,Gebruikt?,\n"
                   "integer,trips,How many?,,${used} = 'yes'\n");
        write_file(folder_ / "ferry/choices.csv",
                   "list_name,name,label::English (en),label::Nederlands (nl)\n"
                   "yn,yes,Yes,Ja\nyn,no,No,Nee\n");
        given_.values["DIR"] = {(folder_ / "ferry").string()};
    }

    Output output() { return {out_, err_, true}; }
    Json printed() { return Json::parse(out_.str()); }

    /// The terminal, with these lines typed.
    ExitCode type(const std::string& lines) {
        std::array<int, 2> ends{};
        EXPECT_EQ(pipe(ends.data()), 0);
        EXPECT_EQ(write(ends[1], lines.data(), lines.size()), static_cast<ssize_t>(lines.size()));
        close(ends[1]);
        given_.values["--tty"] = {};
        const ExitCode code = survey_run(ends[0], given_, output());
        close(ends[0]);
        return code;
    }

    TempFolder folder_;
    Given given_;
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(Survey, LintTellsWhatIsMissingInWhichLanguage) {
    EXPECT_EQ(survey_lint(given_, output()), ExitCode::Done) << err_.str();
    const Json report = printed();
    EXPECT_TRUE(report["ok"].get<bool>());
    EXPECT_EQ(report["questions"], 2);
    EXPECT_EQ(report["longest_path"], 3);
    EXPECT_EQ(report["missing_prompts"].dump(),
              R"({"en":[],"nl":[{"sheet":"survey","row":4,"name":"trips"}]})");
    EXPECT_EQ(report["warnings"].dump(), "[]");  // it is said once
}

// A note that only a full cell plays is not unreachable; a cell that cannot be is an error.
TEST_F(Survey, LintReadsTheQuotas) {
    write_file(folder_ / "ferry/survey.csv",
               "type,name,label,relevant\nselect_one yn,used,Used it?,\nnote,enough,We have "
               "enough.,false()\nnote,thanks,Thank you.,\n");
    write_file(folder_ / "ferry/choices.csv", "list_name,name,label\nyn,yes,Yes\nyn,no,No\n");
    write_file(folder_ / "ferry/quotas.csv",
               "name,expression,target,message\nusers,${used} = 'yes',5,enough\n");
    EXPECT_EQ(survey_lint(given_, output()), ExitCode::Done) << err_.str();
    EXPECT_EQ(printed()["warnings"].dump(), "[]");

    out_.str("");
    write_file(folder_ / "ferry/quotas.csv", "name,expression,target\nusers,${usd} = 'yes',5\n");
    EXPECT_EQ(survey_lint(given_, output()), ExitCode::ValidationFailed);
    const Json report = printed();
    ASSERT_EQ(report["errors"].size(), 1U);
    EXPECT_EQ(report["errors"][0]["sheet"], "quotas");
    EXPECT_EQ(report["errors"][0]["row"], 2);
}

TEST_F(Survey, AnAnswerFileMeetsFullCells) {
    write_file(folder_ / "ferry/quotas.csv",
               "name,expression,target,on_full\nusers,${used} = 'yes',0,end\n"
               "others,${used} = 'no',0,screen\n");
    const auto run = [&](const std::string& key) {
        const auto file = folder_ / "answers.json";
        write_file(file, R"({"keys": {"used": ")" + key + R"("}})");
        given_.values["--answers"] = {file.string()};
        out_.str("");
        EXPECT_EQ(survey_run(-1, given_, output()), ExitCode::Done) << err_.str();
        const Json result = printed();
        return result["outcome"].get<std::string>() + " " + result["aapor"].get<std::string>();
    };
    EXPECT_EQ(run("1"), "QUOTA_FULL 4.80");
    EXPECT_EQ(run("2"), "SCREENED 4.70");
}

TEST_F(Survey, TheTerminalMeetsCellsAsAFileSays) {
    write_file(folder_ / "ferry/quotas.csv",
               "name,expression,target\nusers,${used} = 'yes',5\nothers,${used} = 'no',5\n");
    EXPECT_EQ(type("1\n12\n"), ExitCode::Done) << err_.str();
    EXPECT_EQ(printed()["outcome"], "COMPLETE");
    EXPECT_THAT(err_.str(), HasSubstr("used> 1\n(a place in cell users is taken)\n"));
    EXPECT_THAT(err_.str(), HasSubstr("(no cell of others is about this person)"));

    const auto counts = folder_ / "cells.json";
    write_file(counts, R"({"cells": [{"cell": "users", "completed": 4, "in_flight": 1}]})");
    given_.values["--quotas"] = {counts.string()};
    out_.str("");
    EXPECT_EQ(type("1\n12\n"), ExitCode::Done) << err_.str();
    EXPECT_EQ(printed()["outcome"], "QUOTA_FULL");
    EXPECT_THAT(err_.str(), HasSubstr("(cell users is full)"));
    out_.str("");
    EXPECT_EQ(type("2\n"), ExitCode::Done) << err_.str();
    EXPECT_EQ(printed()["outcome"], "COMPLETE");

    write_file(counts, R"({"cells": [{"cell": "uses", "completed": 4}]})");
    EXPECT_EQ(type("2\n"), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("cells.json: /cells/0/cell: names no cell"));
}

TEST_F(Survey, AnAnswerFileMeetsCellsAsAFileSays) {
    write_file(folder_ / "ferry/quotas.csv", "name,expression,target\nusers,${used} = 'yes',5\n");
    write_file(folder_ / "cells.json", R"({"cells": [{"cell": "users", "completed": 5}]})");
    write_file(folder_ / "a.json", R"({"keys": {"used": "1", "trips": "2"}})");
    given_.values["--answers"] = {(folder_ / "a.json").string()};
    given_.values["--quotas"] = {(folder_ / "cells.json").string()};
    EXPECT_EQ(survey_run(-1, given_, output()), ExitCode::Done) << err_.str();
    EXPECT_EQ(out_.str(), R"({"path":["hello","used"],"answers":{"used":"yes"},)"
                          R"("outcome":"QUOTA_FULL","aapor":"4.80"})"
                          "\n");
}

TEST_F(Survey, LintEndsWithThreeOnErrors) {
    write_file(folder_ / "ferry/survey.csv", "type,name,label\ninteger,a,A\ninteger,a,B\n");
    EXPECT_EQ(survey_lint(given_, output()), ExitCode::ValidationFailed);
    const Json report = printed();
    EXPECT_FALSE(report["ok"].get<bool>());
    EXPECT_TRUE(report["longest_path"].is_null());
    ASSERT_EQ(report["errors"].size(), 1U);
    EXPECT_EQ(report["errors"][0]["row"], 3);
    EXPECT_EQ(report["errors"][0]["column"], "name");
}

TEST_F(Survey, PreviewDrawsTheWay) {
    given_.values["--out"] = {(folder_ / "way.svg").string()};
    EXPECT_EQ(survey_preview(given_, output()), ExitCode::Done);
    EXPECT_EQ(printed()["items"], 3);
    EXPECT_THAT(slurp(folder_ / "way.svg"), HasSubstr("<svg"));
    given_.values["--out"] = {(folder_ / "none/way.svg").string()};
    EXPECT_EQ(survey_preview(given_, output()), ExitCode::Unreachable);
}

TEST_F(Survey, RunsByAnAnswerFile) {
    write_file(folder_ / "a.json", R"({"keys": {"used": "1", "trips": "12"}})");
    given_.values["--answers"] = {(folder_ / "a.json").string()};
    EXPECT_EQ(survey_run(-1, given_, output()), ExitCode::Done) << err_.str();
    EXPECT_EQ(out_.str(),
              R"({"path":["hello","used","trips"],"answers":{"used":"yes","trips":"12"},)"
              R"("outcome":"COMPLETE","aapor":"1.1"})"
              "\n");
    write_file(folder_ / "a.json", R"({"keys": {"user": "1"}})");
    EXPECT_EQ(survey_run(-1, given_, output()), ExitCode::ValidationFailed);
    EXPECT_THAT(err_.str(), HasSubstr("a.json: /keys/user: names no item"));
}

TEST_F(Survey, TakesTheInterviewInTheTerminal) {
    given_.values["--language"] = {"NL"};
    EXPECT_EQ(type("1\n12\n"), ExitCode::Done) << err_.str();
    EXPECT_EQ(printed()["answers"].dump(), R"({"used":"yes","trips":"12"})");
    EXPECT_THAT(err_.str(), HasSubstr("Dag.\n"));
    EXPECT_THAT(err_.str(), HasSubstr("   1  Ja\n   2  Nee\nused> 1\n"));
}

TEST_F(Survey, HangsUpAtTheEndOfTheInput) {
    EXPECT_EQ(type("1\n"), ExitCode::Done);
    EXPECT_EQ(printed()["path"], Json::parse(R"(["hello","used","trips"])"));
    EXPECT_THAT(err_.str(), HasSubstr("(hung up)"));
}

TEST_F(Survey, TakesAnEmptyLineForSilence) {
    EXPECT_EQ(type("\n2\n"), ExitCode::Done);
    EXPECT_THAT(err_.str(), HasSubstr("We did not hear your choice."));
    EXPECT_EQ(printed()["outcome"], "COMPLETE");
}

TEST_F(Survey, ImportsAndWritesNothingOver) {
    write_file(folder_ / "shop.txt",
               "class\ttype/scale\tname\ttext\tlanguage\nG\t0\tg\t\ten\nQ\tY\tused\tUsed?\ten\n"
               "Q\tR\torder\tOrder\ten\n");
    given_.values["FILE"] = {(folder_ / "shop.txt").string()};
    given_.values["--out"] = {(folder_ / "shop").string()};
    EXPECT_EQ(survey_import(given_, output()), ExitCode::DoneWithRejects);
    EXPECT_EQ(printed()["sheets"].dump(), R"(["survey.csv","choices.csv","settings.csv"])");
    EXPECT_EQ(printed()["lost"][0]["line"], 4);
    EXPECT_TRUE(read_questionnaire(folder_ / "shop"));
    EXPECT_EQ(survey_import(given_, output()), ExitCode::Conflict);
    given_.values["--format"] = {"excel"};
    EXPECT_EQ(survey_import(given_, output()), ExitCode::ValidationFailed);
}

}  // namespace
}  // namespace bellwether::app
