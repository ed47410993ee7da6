#include <gtest/gtest.h>

#include <algorithm>

#include "tests/dialer/app/handlers/ask.h"

// Outcome codes, rates and data files of a survey by the API.

namespace bellwether::app {
namespace {

using campaigns::Outcome;
namespace form = campaigns::form;

constexpr const char* kSurvey =
    "type,name,label,tel::keys\n"
    "note,hello,Good day.,\n"
    "select_one yn,shop,Did you visit us?,yes=1 no=2\n"
    "text,said,Anything else?,\n";
constexpr const char* kChoices = "list_name,name,label\nyn,yes,Yes\nyn,no,No\n";

/// A campaign with five people, of whom three were called.
class SurveyRoutes : public testing::Test {
protected:
    void SetUp() override {
        const auto folder = backend_.folder();
        write_file(folder / "shop" / "survey.csv", kSurvey);
        write_file(folder / "shop" / "choices.csv", kChoices);
        write_file(folder / "shop" / "settings.csv", "form_title,form_id\nShops,shops\n");
        Json campaign = notice_campaign(folder);
        std::string toml = campaign["toml"];
        const std::string notice = "notice = \"notice.wav\"";
        toml.replace(toml.find(notice), notice.size(), "questionnaire = \"shop\"");
        campaign["toml"] = toml;
        ask(backend_, "POST", "/campaigns", campaign);
        write_file(
            folder / "people.csv",
            "phone,external_id,weight_base\n+12025550101,a,2\n+12025550102,b,1\n+12025550103,c,1\n"
            "+12025550104,d,1\n+12025550105,e,1\n");
        ask(backend_, "POST", "/lists/people/imports",
            {{"path", (folder / "people.csv").string()}});
        const auto record = backend_.store().find_campaign("spring");
        campaign_ = (*record)->id;
        client_ = (*record)->client;
        write({engine::AskForContacts{campaign_, 3}});
        interview("a", "1.1", {{"shop", "yes"}, {"said", "=1+1"}});
        interview("b", "1.2", {{"shop", "no"}});
        attempt("c", Outcome::Abandoned);
    }

    void write(std::vector<engine::Action> actions) {
        store::WriteBatch batch;
        batch.journal = store::JournalEntry{
            seq_, {Instant{Duration{seq_}}, backend_.now}, R"({"is":"TIME_PASSED"})", {}, {}};
        batch.actions = std::move(actions);
        ++seq_;
        ASSERT_TRUE(backend_.store().submit(std::move(batch)));
        ASSERT_TRUE(backend_.store().flush().has_value());
    }

    engine::StoreAttempt begin(const std::string& person) {
        const auto contact = backend_.store().find_contacts(person)->at(0);
        engine::StoreAttempt attempt;
        attempt.attempt =
            AttemptId{(value_of(backend_.store().epoch()) << 32U) + static_cast<unsigned>(++last_)};
        attempt.call = CallId{value_of(attempt.attempt)};
        attempt.campaign = campaign_;
        attempt.client = client_;
        attempt.contact = contact.id;
        attempt.number = contact.number_id;
        attempt.epoch = backend_.store().epoch();
        attempt.attempts_made = 1;
        attempt.at = backend_.now;
        attempt.decision = {compliance::Verdict::Allow, compliance::Rule::None, {}};
        write({attempt});
        return attempt;
    }

    void end(const engine::StoreAttempt& attempt, Outcome outcome) {
        engine::StoreOutcome end;
        end.attempt = attempt.attempt;
        end.campaign = campaign_;
        end.contact = attempt.contact;
        end.outcome = outcome;
        end.decision = {compliance::Verdict::Allow, compliance::Rule::None, {}};
        end.attempts_made = 1;
        end.at = backend_.now + std::chrono::seconds{60};
        write({end});
    }

    void attempt(const std::string& person, Outcome outcome) { end(begin(person), outcome); }

    void interview(const std::string& person, const std::string& aapor,
                   const std::vector<std::pair<std::string, std::string>>& answers) {
        const auto attempt = begin(person);
        const InterviewId id{value_of(attempt.attempt) + 1000};
        write({engine::StoreInterview{
            id, attempt.attempt, campaign_, attempt.contact, backend_.now, {}}});
        for (const auto& [key, value] : answers) {
            engine::StoreAnswers stored;
            stored.interview = id;
            stored.changes = {{form::ChangeKind::Settle, key, value, form::Settled::Answered, {}}};
            stored.at = backend_.now + std::chrono::seconds{10};
            write({stored});
        }
        const bool is_whole = aapor == "1.1";
        write({engine::StoreInterview{
            id, attempt.attempt, campaign_, attempt.contact,
            backend_.now + std::chrono::seconds{50},
            form::InterviewEnd{is_whole ? form::Outcome::Complete : form::Outcome::Partial, aapor,
                               form::EndCause::LastItem}}});
        end(attempt, is_whole ? Outcome::InterviewComplete : Outcome::InterviewPartial);
    }

    Json export_to(const std::string& folder, Json more, int status = 200) {
        Json body{{"folder", (backend_.folder() / folder).string()}};
        body.update(more);
        return ask(backend_, "POST", "/campaigns/spring/export", body, status);
    }

    FakeBackend backend_;
    CampaignId campaign_{};
    ClientId client_{};
    std::uint64_t seq_ = 1;
    int last_ = 0;
};

Json rate(const Json& report, const std::string& name) {
    for (const auto& row : report["rates"]) {
        if (row["rate"] == name) return row;
    }
    return nullptr;
}

TEST_F(SurveyRoutes, EveryContactIsACaseWithItsCode) {
    const Json report = ask(backend_, "GET", "/reports/aapor?campaign=spring");
    EXPECT_EQ(report["cases"], 5);
    EXPECT_EQ(report["counts"]["I"], 1.0);
    EXPECT_EQ(report["counts"]["P"], 1.0);
    EXPECT_EQ(report["counts"]["UO"], 1.0) << "abandoned: 3.90A";
    EXPECT_EQ(report["counts"]["UH"], 2.0) << "never dialed: 3.11";
    EXPECT_EQ(report["only_abandoned"], 1);
    EXPECT_EQ(rate(report, "RR1")["value"], 0.2);
    EXPECT_EQ(rate(report, "RR1")["weighted"], 0.333333);  // 2 of 6
    const Json released = ask(backend_, "GET", "/reports/aapor?campaign=spring&released=true");
    EXPECT_EQ(released["cases"], 3);
    EXPECT_EQ(released["not_released"], 2);
}

TEST_F(SurveyRoutes, AReportStatesItsEstimate) {
    const Json fixed =
        ask(backend_, "GET", "/reports/aapor?campaign=spring&e=fixed:0.5&citation=office%20checks");
    EXPECT_EQ(fixed["e_citation"], "office checks");
    EXPECT_EQ(rate(fixed, "RR3")["value"], 0.285714);  // 1 / (2 + 0.5 * 3)
    ask(backend_, "GET", "/reports/aapor?campaign=spring&e=fixed:0.5", {}, 422);
    ask(backend_, "GET", "/reports/aapor?campaign=spring&e=guess", {}, 422);
    ask(backend_, "GET", "/reports/aapor?campaign=spring&e=one:1", {}, 422);
    ask(backend_, "GET", "/reports/aapor?campaign=spring&sample=people", {}, 422);
    ask(backend_, "GET", "/reports/aapor", {}, 422);
}

TEST_F(SurveyRoutes, AHouseHasItsOwnTables) {
    const auto file = backend_.folder() / "codes.csv";
    write_file(file, "code,label,class,household,rank,edition\n1.1,C,I,,10,x\n");
    const Json refused =
        ask(backend_, "GET", "/reports/aapor?campaign=spring&codes=" + file.string(), {}, 422);
    EXPECT_NE(refused.dump().find(file.string()), std::string::npos) << refused;
    const auto text = ask_text(backend_, "/reports/aapor?campaign=spring&format=csv");
    EXPECT_NE(text.find("code,1.1,Complete,I,1,2.0"), std::string::npos) << text;
}

TEST_F(SurveyRoutes, DataAreOfCompleteInterviewsUnlessPartialsAreAskedFor) {
    const Json done = export_to("out", {{"format", "csv"}});
    EXPECT_EQ(done["interviews"], 1);
    const auto csv = slurp(backend_.folder() / "out" / "shops.csv");
    EXPECT_NE(csv.find("\"a\",\""), std::string::npos) << csv;
    EXPECT_NE(csv.find(",1,2,,1,\"'=1+1\"\r\n"), std::string::npos) << csv;
    EXPECT_EQ(export_to("out", {{"format", "csv"}, {"partials", true}})["interviews"], 2);
}

TEST_F(SurveyRoutes, EachFormatHasItsFiles) {
    for (const char* format : {"triple-s", "ddi", "spss", "paradata"}) {
        const Json done = export_to(format, {{"format", format}});
        ASSERT_GE(done["files"].size(), 2U) << format;
        for (const auto& file : done["files"])
            EXPECT_TRUE(std::filesystem::exists(file["file"].get<std::string>())) << file;
    }
    const auto attempts = slurp(backend_.folder() / "paradata" / "shops_attempts.csv");
    EXPECT_NE(attempts.find("\"ABANDONED\",,\"3.90A\",\"\",1,\"3.90A\""), std::string::npos)
        << attempts;
    const auto items = slurp(backend_.folder() / "paradata" / "shops_items.csv");
    EXPECT_NE(items.find(",1,\"shop\",\"SETTLE\",\"ANSWERED\",\"\","), std::string::npos) << items;
    EXPECT_NE(items.find("+00:00\",10,1\n"), std::string::npos) << items;
    EXPECT_EQ(items.find("=1+1"), std::string::npos) << "no answers in paradata";
}

TEST_F(SurveyRoutes, WeightsReachTheMargins) {
    const auto margins = backend_.folder() / "margins.csv";
    write_file(margins, "variable,category,share\nshop,yes,0.4\nshop,no,0.6\n");
    const Json done =
        export_to("out", {{"format", "csv"}, {"partials", true}, {"weights", margins.string()}});
    EXPECT_EQ(done["weighting"].size(), 2U);
    const auto csv = slurp(backend_.folder() / "out" / "shops.csv");
    EXPECT_NE(csv.find(",1,2,0.8,1,"), std::string::npos) << csv;
    EXPECT_NE(csv.find(",1,1,1.2,2,"), std::string::npos) << csv;
    // Without the partial interview nobody said no.
    const Json refused = export_to("out", {{"format", "csv"}, {"weights", margins.string()}}, 422);
    EXPECT_NE(refused.dump().find("has a target and no case"), std::string::npos) << refused;
    write_file(margins, "variable,category,share\nshp,yes,0.4\nshp,no,0.6\n");
    EXPECT_NE(export_to("out", {{"format", "csv"}, {"weights", margins.string()}}, 422)
                  .dump()
                  .find("did you mean shop?"),
              std::string::npos);
}

TEST_F(SurveyRoutes, BaseWeightsComeFromTheHousehold) {
    const Json refused = export_to("out", {{"format", "csv"}, {"adults", "shp"}}, 422);
    EXPECT_NE(refused.dump().find("did you mean shop?"), std::string::npos) << refused;
    const Json words = export_to("out", {{"format", "csv"}, {"lines", "shop"}}, 422);
    EXPECT_NE(words.dump().find("have no number of at least 1"), std::string::npos) << words;
    // attempts = 1, so that the list's 2 stays.
    export_to("out", {{"format", "csv"}, {"adults", "attempts"}, {"lines", "attempts"}});
    const auto csv = slurp(backend_.folder() / "out" / "shops.csv");
    EXPECT_NE(csv.find(",1,2,,1,"), std::string::npos) << csv;
}

TEST_F(SurveyRoutes, TheCodebookNamesItsResponseRate) {
    export_to("out", {{"format", "ddi"}});
    const auto xml = slurp(backend_.folder() / "out" / "shops.xml");
    // RR3 of 1 complete, 1 partial, 3 unknown, weights 2, 1, 1, 1, 1, and nobody ineligible: e
    // is 1.
    EXPECT_NE(xml.find("<respRate>AAPOR RR3 0.333 (e = 1.000, proportional allocation; weighted by "
                       "base weights; AAPOR Standard Definitions"),
              std::string::npos)
        << xml;
}

TEST_F(SurveyRoutes, WhatIsAskedForIsChecked) {
    export_to("out", {{"format", "paradata"}, {"adults", "shop"}}, 422);
    export_to("out", {{"format", "xlsx"}}, 422);
    export_to("out", {{"format", "csv"}, {"folder", "relative"}}, 422);
    export_to("out", {{"format", "csv"}, {"weights", "/m.csv"}, {"cap", "0.5"}}, 422);
    export_to("out", {{"format", "paradata"}, {"weights", "/m.csv"}}, 422);
}

}  // namespace
}  // namespace bellwether::app
