#include "dialer/app/files/campaign_file.h"

#include <gtest/gtest.h>

#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;

/// 2026-03-02T12:00:00Z, a Monday.
constexpr UtcTime kNow{std::chrono::milliseconds{1'772'452'800'000}};

/// A campaign with agents, one key per line so that tests can name lines.
const char* const kWithAgents =
    "name = \"spring\"\n"                                                   // 1
    "list = \"people\"\n"                                                   // 2
    "purpose = \"telemarketing\"\n"                                         // 3
    "mode = \"ratio\"\n"                                                    // 4
    "caller_id = \"+12025550100\"\n"                                        // 5
    "safe_harbour = \"sorry.wav\"\n"                                        // 6
    "[hours]\n"                                                             // 7
    "zone = \"America/New_York\"\n"                                         // 8
    "windows = [{days = \"Mon-Fri\", from = \"09:00\", to = \"21:00\"}]\n"  // 9
    "[retry]\n"                                                             // 10
    "attempts = 3\n"                                                        // 11
    "no_answer = \"30m\"\n"                                                 // 12
    "B = \"5m\"\n";                                                         // 13

class CampaignFileTest : public ::testing::Test {
protected:
    void SetUp() override {
        for (const char* wav : {"sorry.wav", "notice.wav", "survey/q1.wav", "survey/bye.wav"}) {
            write_wav(folder_ / wav);
        }
        write_file(folder_ / "survey/survey.csv",
                   "type,name,label,audio,constraint\n"
                   "select_one yesno,again,Would you come again?,q1.wav,\n"
                   "note,bye,Goodbye,bye.wav,\n");
        write_file(folder_ / "survey/choices.csv",
                   "list_name,name,label,tel::keys\nyesno,yes,Yes,1\nyesno,no,No,2\n");
    }

    Checked<CampaignFile> parse(const std::string& text) {
        return parse_campaign(
            {.text = text, .name = "c.toml", .folder = folder_.path(), .now = kNow});
    }

    /// kWithAgents with one text replaced.
    static std::string changed(const std::string& from, const std::string& to) {
        std::string text = kWithAgents;
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    }

    void expect_problem(const std::string& text, int line, const std::string& says) {
        const auto file = parse(text);
        ASSERT_FALSE(file) << "nothing was wrong, wanted: " << says;
        ASSERT_EQ(file.error().size(), 1U) << to_text(file.error());
        EXPECT_EQ(file.error()[0].line, line) << file.error()[0].text;
        EXPECT_NE(file.error()[0].text.find(says), std::string::npos) << file.error()[0].text;
    }

    TempFolder folder_;
};

TEST_F(CampaignFileTest, ReadsEveryKeyOfACampaignWithAgents) {
    const std::string more =
        "client = \"acme\"\nratio = 1.5\nlines = 12\ncalls_per_second = 3\nring_limit = \"30s\"\n"
        "connect_within = \"1500ms\"\nwrap_up = \"10s\"\nabandonment_max = \"2.5%\"\n"
        "account_window = \"thirty_days\"\nopt_out_key = \"9\"\nrecord = true\n";
    const auto file = parse(more + kWithAgents);
    ASSERT_TRUE(file) << to_text(file.error());
    const auto& spec = file->spec;
    EXPECT_EQ(file->client, "acme");
    EXPECT_EQ(file->lists.at(0).list, "people");
    EXPECT_EQ(spec.name, "spring");
    EXPECT_EQ(spec.purpose, campaigns::Purpose::Telemarketing);
    EXPECT_EQ(spec.mode, pacing::DialMode::Ratio);
    EXPECT_DOUBLE_EQ(spec.ratio, 1.5);
    EXPECT_EQ(spec.lines_max, 12);
    EXPECT_DOUBLE_EQ(spec.calls_per_second, 3);
    EXPECT_EQ(spec.caller_ids, std::vector<std::string>{"+12025550100"});
    EXPECT_EQ(spec.ring_limit, 30s);
    EXPECT_EQ(spec.connect_within, 1500ms);
    EXPECT_EQ(spec.wrap_up, 10s);
    ASSERT_EQ(spec.abandonment.size(), 1U);
    EXPECT_DOUBLE_EQ(spec.abandonment[0].cap.value(), 0.025);
    EXPECT_EQ(spec.abandonment[0].window.kind, compliance::WindowKind::ThirtyDays);
    EXPECT_EQ(spec.safe_harbour_prompt, (folder_ / "sorry.wav").string());
    EXPECT_EQ(spec.opt_out_key, '9');
    EXPECT_TRUE(spec.record);
    EXPECT_EQ(spec.hours.zone.name, "America/New_York");
    ASSERT_EQ(spec.hours.windows.size(), 1U);
    EXPECT_EQ(spec.hours.windows[0].days, 0b0011111);
    EXPECT_EQ(spec.hours.windows[0].from, 9h);
    EXPECT_EQ(spec.hours.windows[0].to, 21h);
    EXPECT_EQ(spec.retry.attempts_max, 3);
    ASSERT_EQ(spec.retry.delays.size(), 2U);
    EXPECT_EQ(spec.retry.delays[1].outcome, campaigns::Outcome::Busy);
    EXPECT_EQ(spec.retry.delays[1].delay, 5min);
    EXPECT_GT(spec.retry.unknown_cooloff, 0s);
}

TEST_F(CampaignFileTest, ReadsAnUnattendedSurvey) {
    const auto file =
        parse(changed("mode = \"ratio\"", "mode = \"unattended\"\nquestionnaire = \"survey\""));
    ASSERT_TRUE(file) << to_text(file.error());
    ASSERT_TRUE(file->spec.questionnaire);
    EXPECT_EQ(file->spec.questionnaire->folder, (folder_ / "survey").string());
    EXPECT_NE(file->spec.questionnaire->sheets.survey.find("q1.wav"), std::string::npos);
}

TEST_F(CampaignFileTest, ReadsASurveyByInterviewers) {
    const auto file = parse(std::string{"questionnaire = \"survey\"\n"} + kWithAgents);
    ASSERT_TRUE(file) << to_text(file.error());
    EXPECT_TRUE(file->spec.questionnaire);
    EXPECT_EQ(file->spec.mode, pacing::DialMode::Ratio);
    EXPECT_FALSE(file->spec.safe_harbour_prompt.empty());
}

TEST_F(CampaignFileTest, ItsStoredTextReadsTheSameFromAnywhere) {
    const auto file = parse(kWithAgents);
    ASSERT_TRUE(file);
    const auto again =
        parse_campaign({.text = file->stored_text, .name = "spring", .folder = "/", .now = kNow});
    ASSERT_TRUE(again) << to_text(again.error());
    EXPECT_EQ(again->spec.safe_harbour_prompt, file->spec.safe_harbour_prompt);
    EXPECT_EQ(again->stored_text, file->stored_text);
}

TEST_F(CampaignFileTest, NamesLineAndMendOfEveryFault) {
    expect_problem(changed("name = \"spring\"", "name = \"spring!\""), 1, "is not a name");
    expect_problem(changed("purpose = \"telemarketing\"\n", ""), 0, "purpose is missing");
    expect_problem(changed("\"telemarketing\"", "\"marketing\""), 3, "is not known");
    expect_problem(changed("\"+12025550100\"", "\"202 555 0100\""), 5, "E.164");
    expect_problem(changed("sorry.wav", "gone.wav"), 6, "is not there");
    expect_problem(changed("sorry.wav", "survey/survey.csv"), 6, "not a sound file");
    expect_problem(changed("safe_harbour = \"sorry.wav\"\n", ""), 0, "safe_harbour is missing");
    expect_problem(changed("New_York", "New_Yrok"), 8, "did you mean America/New_York?");
    expect_problem(changed("Mon-Fri", "Mon-Fry"), 9, "hours.windows[1].days");
    expect_problem(changed("09:00", "22:00"), 9, "later than from");
    expect_problem(changed("[{days = \"Mon-Fri\", from = \"09:00\", to = \"21:00\"}]", "[]"), 9,
                   "nothing would ever");
    expect_problem(changed("attempts = 3", "attempts = 0"), 11, "1 to 50");
    expect_problem(changed("\"30m\"", "\"30\""), 12, "no unit");
    expect_problem(changed("\"30m\"", "30"), 12, "text in quotes");
    expect_problem(changed("B = ", "bussy = "), 13, "did you mean BUSY?");
    expect_problem(changed("B = ", "NA = "), 13, "has a delay already");
    expect_problem(changed("B = ", "connected = "), 13, "is final");
    expect_problem(std::string{"ring_limit = \"3s\"\n"} + kWithAgents, 1, "5s to 2m");
    expect_problem(std::string{"abandonment_max = 3\n"} + kWithAgents, 1, "text in quotes");
    expect_problem(std::string{"ring_limt = \"30s\"\n"} + kWithAgents, 1,
                   "did you mean ring_limit?");
    expect_problem(std::string{"opt_out_key = \"99\"\n"} + kWithAgents, 1, "is not a key");
    expect_problem(std::string{"folder = \"here\"\n"} + kWithAgents, 1, "absolute path");
    expect_problem(std::string{"notice = \"notice.wav\"\n"} + kWithAgents, 1,
                   "needs dial_mode = \"unattended\"");
}

TEST_F(CampaignFileTest, UnattendedNeedsExactlyOneThingToPlay) {
    const auto unattended = [](const std::string& more) {
        return changed("mode = \"ratio\"", "mode = \"unattended\"" + more);
    };
    expect_problem(unattended(""), 4, "needs a questionnaire or a notice");
    expect_problem(unattended("\nquestionnaire = \"survey\"\nnotice = \"notice.wav\""), 6,
                   "keep one of them");
    EXPECT_TRUE(parse(unattended("\nnotice = \"notice.wav\"")));
}

TEST_F(CampaignFileTest, ReportsTheQuestionnairesOwnProblemsByFileAndRow) {
    write_file(folder_ / "survey/survey.csv",
               "type,name,label,audio\nselect_one nolist,again,Again?,q1.wav\n");
    const auto file =
        parse(changed("mode = \"ratio\"", "mode = \"unattended\"\nquestionnaire = \"survey\""));
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error()[0].file, (folder_ / "survey/survey.csv").string());
    EXPECT_EQ(file.error()[0].line, 2);
}

TEST_F(CampaignFileTest, ReportsAQuestionnaireThatIsNotThere) {
    const auto file =
        parse(changed("mode = \"ratio\"", "mode = \"unattended\"\nquestionnaire = \"nothing\""));
    ASSERT_FALSE(file);
    EXPECT_NE(to_text(file.error()).find("survey.csv"), std::string::npos);
}

TEST_F(CampaignFileTest, ReportsEveryProblemAtOnce) {
    const auto file = parse("name = \"a b\"\nmode = \"rat\"\n[hours]\nzone = \"Nowhere\"\n");
    ASSERT_FALSE(file);
    EXPECT_GE(file.error().size(), 6U) << to_text(file.error());
}

TEST_F(CampaignFileTest, ListensInTheBackgroundWithAgentsAndNotAtAllWithout) {
    const auto agents = parse(kWithAgents);
    ASSERT_TRUE(agents) << to_text(agents.error());
    EXPECT_EQ(agents->spec.detection.mode, answer_detect::Mode::Background);
    const auto notice =
        parse(changed("mode = \"ratio\"\n", "mode = \"unattended\"\nnotice = \"notice.wav\"\n"));
    ASSERT_TRUE(notice) << to_text(notice.error());
    EXPECT_EQ(notice->spec.detection.mode, answer_detect::Mode::Off);
}

TEST_F(CampaignFileTest, ReadsHowItListensToWhoAnswers) {
    const auto file = parse(std::string{kWithAgents} +
                            "[answer_detect]\nmode = \"careful\"\non_machine = \"leave_message\"\n"
                            "message = \"notice.wav\"\nannouncement = \"sorry.wav\"\n"
                            "on_no_speech = \"hang-up\"\naudit_share = \"2%\"\n");
    ASSERT_TRUE(file) << to_text(file.error());
    const auto& detection = file->spec.detection;
    EXPECT_EQ(detection.mode, answer_detect::Mode::Careful);
    EXPECT_EQ(detection.on_machine, campaigns::OnMachine::LeaveMessage);
    EXPECT_EQ(detection.on_no_speech, campaigns::OnNoSpeech::HangUp);
    EXPECT_EQ(detection.message_prompt, (folder_ / "notice.wav").string());
    EXPECT_EQ(detection.screener_prompt, (folder_ / "sorry.wav").string());
    EXPECT_EQ(detection.audit_share.value(), 0.02);
    EXPECT_TRUE(detection.count_errors) << "it hangs up on people, so that they count";
}

TEST_F(CampaignFileTest, ReadsHowCallsAreRecorded) {
    const auto with = [&](const std::string& section, const std::string& top) {
        return top + kWithAgents + "[recording]\n" + section;
    };
    const auto file =
        parse(with("format = \"flac\"\nannouncement = \"notice.wav\"\n", "record = true\n"));
    ASSERT_TRUE(file) << to_text(file.error());
    EXPECT_EQ(file->spec.recording.format, campaigns::RecordingFormat::Flac);
    EXPECT_EQ(file->spec.recording.announcement, (folder_ / "notice.wav").string());

    const auto plain = parse(std::string{"record = true\n"} + kWithAgents);
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->spec.recording.format, campaigns::RecordingFormat::Wav);
    EXPECT_EQ(plain->spec.recording.announcement, "");

    expect_problem(with("format = \"mp3\"\n", "record = true\n"), 16, "WAV, FLAC");
    expect_problem(with("announcement = \"gone.wav\"\n", "record = true\n"), 16, "is not there");
    expect_problem(with("announcement = \"survey/survey.csv\"\n", "record = true\n"), 16,
                   "not a sound file");
    expect_problem(with("format = \"flac\"\n", ""), 14, "needs record = true");
}

// Machines do not hear it, so nothing of them is kept that somebody could review.
TEST_F(CampaignFileTest, AnAnnouncementLeavesNothingToReview) {
    const auto text =
        "record = true\n" +
        changed("mode = \"ratio\"\n", "mode = \"unattended\"\nnotice = \"notice.wav\"\n") +
        "[answer_detect]\nmode = \"balanced\"\naudit_share = \"1%\"\n"
        "[recording]\nannouncement = \"notice.wav\"\n";
    expect_problem(text, 20, "audit_share");
}

TEST_F(CampaignFileTest, SaysWhatIsWrongWithHowItListens) {
    const auto with = [](const std::string& keys) {
        return std::string{kWithAgents} + "[answer_detect]\n" + keys;
    };
    expect_problem(with("on_machine = \"hang_up\"\n"), 14, "mode is missing");
    expect_problem(with("mode = \"balance\"\n"), 15, "BALANCED");
    expect_problem(with("mode = \"tones\"\non_machine = \"leave_message\"\n"), 14,
                   "message is missing");
    expect_problem(with("mode = \"tones\"\nmessage = \"notice.wav\"\n"), 16, "leave_message");
    expect_problem(with("mode = \"tones\"\naudit_share = \"101%\"\n"), 16, "audit_share");
}

}  // namespace
}  // namespace bellwether::app
