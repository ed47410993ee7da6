#include "dialer/app/survey/questionnaire_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using testing::HasSubstr;

constexpr const char* kSurvey = "type,name,label\ninteger,age,How old?\n";

std::string problems_of(const std::filesystem::path& path) {
    const auto read = read_questionnaire(path);
    return read ? "" : to_text(read.error());
}

TEST(QuestionnaireSource, ReadsAFolder) {
    TempFolder folder;
    write_file(folder / "survey.csv", kSurvey);
    const auto read = read_questionnaire(folder.path());
    ASSERT_TRUE(read) << to_text(read.error());
    EXPECT_EQ(read->source.folder, folder.path());
    EXPECT_EQ(read->form.rows.size(), 1U);
    write_file(folder / "survey.csv", "type,name,label\ninteger,age,${x}\n");
    EXPECT_THAT(problems_of(folder.path()), HasSubstr("survey.csv:2: column label: "));
}

TEST(QuestionnaireSource, ReadsOneCsvAndCountsItsRows) {
    TempFolder folder;
    const auto file = folder / "poll.csv";
    write_file(file,
               "survey,type,name,label\n,select_one yn,a,A\n\nchoices,list_name,name\n,yn,y\n");
    const auto read = read_questionnaire(file);
    ASSERT_TRUE(read) << to_text(read.error());
    EXPECT_EQ(read->source.folder, folder.path());
    EXPECT_EQ(read->form.lists.size(), 1U);
    write_file(
        file,
        "survey,type,name,label\n,select_one yn,a,A\n\nchoices,list_name,name\n,yn,y\n,yn,y\n");
    EXPECT_THAT(problems_of(file), HasSubstr("poll.csv, sheet choices:6: "));
    write_file(file, "survey,type\nsurvey,type\n");
    EXPECT_THAT(problems_of(file), HasSubstr("begins twice, again in row 2"));
    write_file(file, kSurvey);
    EXPECT_THAT(problems_of(file), HasSubstr("has no sheet 'survey'"));
}

TEST(QuestionnaireSource, SaysWhatItCannotTake) {
    TempFolder folder;
    EXPECT_THAT(problems_of(folder.path()), HasSubstr("survey.csv is not there"));
    EXPECT_THAT(problems_of(folder / "none"), HasSubstr("is not there"));
    EXPECT_THAT(problems_of(folder / "none.csv"), HasSubstr("is not there"));
    write_file(folder / "a.ods", "x");
    EXPECT_THAT(problems_of(folder / "a.ods"), HasSubstr("neither a folder"));
    write_file(folder / "a.xlsx", "x");
    EXPECT_THAT(problems_of(folder / "a.xlsx"), HasSubstr("is no .xlsx workbook"));
    write_file(folder / "survey.csv", std::string(2U << 20U, ' '));
    EXPECT_THAT(problems_of(folder.path()), HasSubstr("larger than"));
}

}  // namespace
}  // namespace bellwether::app
