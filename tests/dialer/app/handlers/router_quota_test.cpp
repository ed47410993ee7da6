#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/ask.h"

// survey quota, report quota, and what lead why and campaign check say of full cells.

namespace bellwether::app {
namespace {

using testing::HasSubstr;

class QuotaRoutes : public testing::Test {
protected:
    QuotaRoutes() {
        const auto poll = backend_.folder() / "poll";
        write_file(poll / "survey.csv",
                   "type,name,label,required\nselect_one sex,sex,Who are you?,yes\n");
        write_file(poll / "choices.csv",
                   "list_name,name,label,tel::key\nsex,m,Man,1\nsex,f,Woman,2\n");
        write_quotas("2");
        write_file(backend_.folder() / "people.csv",
                   "phone,region\n+12025550101,n\n+12025550102,n\n+12025550103,s\n"
                   "+12025550104,n\n");
        ask(backend_, "POST", "/campaigns", campaign());
        ask(backend_, "POST", "/lists/people/imports",
            {{"path", (backend_.folder() / "people.csv").string()}});
    }

    void write_quotas(const std::string& target) {
        write_file(backend_.folder() / "poll" / "quotas.csv",
                   "name,group,expression,target,start,label\n"
                   "north,region,${contact.region} = 'n'," +
                       target + ",1,The north\nsouth,region,${contact.region} = 's',5,,\n");
    }

    [[nodiscard]] Json campaign() const {
        return {{"toml",
                 "name = \"poll\"\nlist = \"people\"\npurpose = \"survey\"\n"
                 "dial_mode = \"unattended\"\nlines = 5\ncaller_id = \"+12025550100\"\n"
                 "questionnaire = \"poll\"\n[hours]\nzone = \"UTC\"\nwindows = [{days = \"daily\", "
                 "from = \"00:00\", to = \"24:00\"}]\n"},
                {"file", "poll.toml"},
                {"folder", backend_.folder().string()}};
    }

    void write(std::vector<engine::Action> actions) {
        store::JournalEntry entry{++seq_, {Instant{}, backend_.now}, "{}", "", {}};
        ASSERT_TRUE(backend_.store().submit({.journal = entry, .actions = std::move(actions)}));
        ASSERT_TRUE(backend_.store().flush().has_value());
    }

    /// Contacts 1 and 2 are claimed; 1 completes an interview that counts in the north.
    void interview_in_the_north(bool ends) {
        const CampaignId id = (*backend_.store().find_campaign("poll"))->id;
        write({engine::AskForContacts{.campaign = id, .count = 1}});
        const Epoch epoch = backend_.store().epoch();
        write({engine::StoreAttempt{.attempt = AttemptId{1},
                                    .call = CallId{1},
                                    .campaign = id,
                                    .client = ClientId{1},
                                    .contact = ContactId{1},
                                    .number = NumberId{1},
                                    .epoch = epoch,
                                    .attempts_made = 1,
                                    .at = backend_.now}});
        write({engine::StoreInterview{
            InterviewId{7}, AttemptId{1}, id, ContactId{1}, backend_.now, {}}});
        write({engine::StoreAnswers{
            CallId{1}, InterviewId{7}, {{.key = "sex", .value = "m"}}, backend_.now}});
        if (!ends) return;
        write({engine::StoreInterview{InterviewId{7}, AttemptId{1}, id, ContactId{1}, backend_.now,
                                      campaigns::form::InterviewEnd{.aapor = "1.1"}}});
    }

    static std::int64_t place(const Json& json, const std::string& name) {
        for (const auto& row : json["places"]) {
            if (row["place"] == name) return row["contacts"].get<std::int64_t>();
        }
        return -1;
    }

    FakeBackend backend_;
    std::uint64_t seq_ = 0;
};

TEST_F(QuotaRoutes, ShowTheCellsAndEachContactOnce) {
    interview_in_the_north(true);  // on record by its answers alone
    const Json quota = ask(backend_, "GET", "/campaigns/poll/quota");
    ASSERT_EQ(quota["cells"].size(), 2U);
    const Json& north = quota["cells"][0];
    EXPECT_EQ(north["cell"], "north");
    EXPECT_EQ(north["label"], "The north");
    EXPECT_EQ(north["target"], 2);
    EXPECT_EQ(north["start"], 1);
    EXPECT_EQ(north["completed"], 1);
    EXPECT_EQ(north["full"], true);
    EXPECT_EQ(north["full_since"], "2026-03-02T12:00:00.000+00:00");
    EXPECT_EQ(quota["cells"][1]["full_since"], nullptr);
    EXPECT_EQ(quota["contacts"], 4);
    EXPECT_EQ(place(quota, "COUNTED"), 1);
    EXPECT_EQ(place(quota, "CLOSED"), 2);
    EXPECT_EQ(place(quota, "OPEN"), 1);
    EXPECT_EQ(place(quota, "IN_FLIGHT"), 0);
}

TEST_F(QuotaRoutes, ReportAsCsv) {
    EXPECT_EQ(ask_text(backend_, "/reports/quota?format=csv"),
              "campaign,group,cell,label,target,start,completed,in_flight,full,full_since,rejected,"
              "skipped\r\npoll,region,north,The north,2,1,0,0,false,,0,0\r\n"
              "poll,region,south,,5,0,0,0,false,,0,0\r\n");
    EXPECT_EQ(ask(backend_, "GET", "/reports/quota")["campaigns"].size(), 1U);
}

TEST_F(QuotaRoutes, SayOfALeadThatItsCellIsFull) {
    interview_in_the_north(true);
    const Json why = ask(backend_, "GET", "/leads/2/why");
    EXPECT_EQ(why["standing"][0]["rule"], "QUOTA_FULL");
    EXPECT_THAT(why["standing"][0]["verdict"].get<std::string>(),
                HasSubstr("its quota cell north is full"));
    EXPECT_NE(ask(backend_, "GET", "/leads/3/why")["standing"][0]["rule"], "QUOTA_FULL");
}

TEST_F(QuotaRoutes, CheckCountsWhomTheCellsKeepFromBeingCalled) {
    interview_in_the_north(true);
    const Json check = ask(backend_, "POST", "/campaigns/check", campaign());
    EXPECT_EQ(check["preflight"]["closed_by_quota"], 2);
    EXPECT_EQ(check["preflight"]["open_by_quota"], 1);
    EXPECT_EQ(check["preflight"]["quotas"].size(), 2U);
}

TEST_F(QuotaRoutes, AHigherTargetOpensTheCellAgain) {
    interview_in_the_north(true);
    write_quotas("9");
    ask(backend_, "POST", "/campaigns", campaign());
    const Json quota = ask(backend_, "GET", "/campaigns/poll/quota");
    EXPECT_EQ(quota["cells"][0]["full"], false);
    EXPECT_EQ(place(quota, "OPEN"), 3);
}

TEST_F(QuotaRoutes, AFaultInTheSheetIsNamedAndSavesNothing) {
    write_file(backend_.folder() / "poll" / "quotas.csv",
               "name,expression,target\nmen,${sexx} = 'm',5\n");
    const Json refused = ask(backend_, "POST", "/campaigns", campaign(), 422);
    ASSERT_EQ(refused["errors"].size(), 1U);
    EXPECT_THAT(refused["errors"][0]["file"].get<std::string>(), HasSubstr("quotas.csv"));
    EXPECT_EQ(refused["errors"][0]["line"], 2);
    EXPECT_THAT(refused["errors"][0]["detail"].get<std::string>(),
                HasSubstr("did you mean 'sex'?"));
}

TEST_F(QuotaRoutes, ACampaignWithoutQuotasHasNoneToShow) {
    ask(backend_, "POST", "/campaigns", notice_campaign(backend_.folder()));
    ask(backend_, "GET", "/campaigns/spring/quota", Json::object(), 404);
    ask(backend_, "GET", "/campaigns/nobody/quota", Json::object(), 404);
}

}  // namespace
}  // namespace bellwether::app
