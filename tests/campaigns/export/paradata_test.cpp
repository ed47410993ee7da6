#include "campaigns/export/paradata.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::exports {
namespace {

TEST(Paradata, HasARowPerAttemptAndPerChange) {
    const auto files = paradata_files("s", {.attempts = {{.case_id = "a1",
                                                          .number = 2,
                                                          .dialed = "2026-03-02T10:00:00.000+00:00",
                                                          .ended = "2026-03-02T10:01:00.000+00:00",
                                                          .outcome = "BUSY",
                                                          .sip_status = 486,
                                                          .aapor = "3.12",
                                                          .decides = true,
                                                          .final_code = "3.12"}},
                                            .items = {{.interview_id = "7",
                                                       .attempt = 1,
                                                       .key = "visit[1]/spent",
                                                       .kind = "SETTLE",
                                                       .how = "ANSWERED",
                                                       .at = "2026-03-02T10:00:09.500+00:00",
                                                       .seconds = 4.25,
                                                       .turn = 1},
                                                      {.interview_id = "7",
                                                       .key = "x",
                                                       .kind = "CLEAR",
                                                       .cause = "NOT_RELEVANT",
                                                       .interviewer = "3"}},
                                            .notes = {},
                                            .refusals = {}});
    ASSERT_EQ(files.size(), 4U);
    EXPECT_EQ(files[0].name, "s_attempts.csv");
    EXPECT_NE(files[0].text.find("\"a1\",2,\"2026-03-02T10:00:00.000+00:00\",\"\","
                                 "\"2026-03-02T10:01:00.000+00:00\",\"BUSY\",486,\"3.12\",\"\",1,"
                                 "\"3.12\"\n"),
              std::string::npos)
        << files[0].text;
    EXPECT_NE(files[1].text.find("\"7\",1,\"visit[1]/spent\",\"SETTLE\",\"ANSWERED\",\"\","
                                 "\"2026-03-02T10:00:09.500+00:00\",4.25,1,\"LINE\",\"\"\n"),
              std::string::npos)
        << files[1].text;
    EXPECT_NE(files[1].text.find("\"7\",,\"x\",\"CLEAR\",\"\",\"NOT_RELEVANT\",\"\",,0,"
                                 "\"INTERVIEWER\",\"3\"\n"),
              std::string::npos)
        << files[1].text;
}

TEST(Paradata, HasWhatInterviewersWrote) {
    const auto files = paradata_files("s", {.attempts = {},
                                            .items = {},
                                            .notes = {{.interview_id = "7",
                                                       .attempt = 1,
                                                       .interviewer = "3",
                                                       .key = "age",
                                                       .kind = "NOTE",
                                                       .note = "=1+1, he\nsaid \"later\"",
                                                       .at = "2026-03-02T10:00:09.500+00:00"},
                                                      {.interview_id = "7",
                                                       .attempt = 1,
                                                       .interviewer = "3",
                                                       .key = "age",
                                                       .kind = "PROBE",
                                                       .note = "",
                                                       .at = "t"}},
                                            .refusals = {{.case_id = "a1",
                                                          .attempt = 2,
                                                          .interviewer = "3",
                                                          .who = "HOUSEHOLD",
                                                          .when = "SELECTION",
                                                          .strength = "HARD",
                                                          .reason = "angry",
                                                          .do_not_call = true,
                                                          .note = "-",
                                                          .at = "t"}}});
    EXPECT_EQ(files.at(2).name, "s_notes.csv");
    EXPECT_EQ(files[2].text,
              "interview_id,attempt,interviewer,item,kind,note,at\n"
              "\"7\",1,\"3\",\"age\",\"NOTE\",\"'=1+1, he said \"\"later\"\"\","
              "\"2026-03-02T10:00:09.500+00:00\"\n"
              "\"7\",1,\"3\",\"age\",\"PROBE\",\"\",\"t\"\n");
    EXPECT_EQ(files.at(3).name, "s_refusals.csv");
    EXPECT_EQ(files[3].text,
              "case_id,attempt,interviewer,who,when,strength,reason,do_not_call,note,at\n"
              "\"a1\",2,\"3\",\"HOUSEHOLD\",\"SELECTION\",\"HARD\",\"angry\",1,\"'-\",\"t\"\n");
}

}  // namespace
}  // namespace bellwether::campaigns::exports
