#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/form/interview.h"
#include "campaigns/form/read_form.h"
#include "tests/dialer/app/handlers/ask.h"

// What an interviewer's page is served, and what it does.

namespace bellwether::app {
namespace {

namespace form = campaigns::form;
using testing::HasSubstr;

class InterviewRoutes : public testing::Test {
protected:
    InterviewRoutes() {
        ask(backend_, "POST", "/agents", {{"name", "ada"}}, 201);
        ada_ = backend_.store().agents()->at(0).id;
        campaigns::QuestionnaireFiles files;
        files.sheets.survey =
            "type,name,label,hint,guidance_hint,required,constraint\n"
            "note,hello,Good day ${contact.name}.,Smile.,,,\n"
            "select_one yn,shop,Did you visit us?,,This week?,yes,\n"
            "integer,times,How often?,,,,. < 9\n";
        files.sheets.choices = "list_name,name,label\nyn,yes,Yes\nyn,no,No\n";
        engine::Campaign campaign;
        campaign.spec.id = CampaignId{3};
        campaign.spec.name = "poll";
        campaign.spec.questionnaire = files;
        form_ = *form::read_form(files.sheets);
        backend_.state.campaigns.emplace(CampaignId{3}, campaign);
        engine::Agent agent;
        agent.id = ada_;
        agent.contact_call = CallId{5};
        backend_.state.agents.emplace(ada_, agent);
        engine::Call call;
        call.id = CallId{5};
        call.campaign = CampaignId{3};
        call.contact = ContactId{8};
        call.agent = ada_;
        call.interview.emplace();
        call.interview->id = InterviewId{7};
        backend_.state.calls.emplace(CallId{5}, call);
        (void)form::begin(form_, run().state,
                          {.mode = form::Mode::Interviewer, .contact = {{"name", "Ann"}}});
    }

    engine::InterviewRun& run() { return *backend_.state.calls.at(CallId{5}).interview; }

    /// The item at hand is answered, and that is durable.
    void type(std::string_view text) {
        (void)form::answer_typed(form_, run().state, text);
        (void)form::answer_stored(form_, run().state);
    }

    Json get() { return ask(backend_, "GET", "/agents/ada/interview"); }
    Json post(const std::string& what, const Json& body, int status = 200) {
        return ask(backend_, "POST", "/agents/ada/interview/" + what, body, status);
    }
    template <class Event>
    const Event& told() const {
        return std::get<Event>(backend_.told.back());
    }

    FakeBackend backend_{true};
    AgentId ada_{};
    form::Form form_;
};

TEST_F(InterviewRoutes, ShowTheItemAtHand) {
    Json seen = get();
    EXPECT_EQ(seen["interview"], "7");
    EXPECT_EQ(seen["campaign"], "poll");
    EXPECT_EQ(seen["contact"], "8");
    EXPECT_EQ(seen["mode"], "interviewer");
    EXPECT_EQ(seen["phase"], "LISTENING");
    EXPECT_EQ(seen["item"]["key"], "hello");
    EXPECT_EQ(seen["item"]["type"], "NOTE");
    EXPECT_EQ(seen["item"]["text"], "Good day Ann.");
    EXPECT_EQ(seen["item"]["hint"], "Smile.");
    EXPECT_EQ(seen["answers"], Json::array());
    EXPECT_FALSE(seen.contains("end"));
    EXPECT_FALSE(seen.contains("rejected"));

    type("");
    seen = get();
    EXPECT_EQ(seen["item"]["key"], "shop");
    EXPECT_EQ(seen["item"]["probe"], "This week?");
    EXPECT_EQ(seen["item"]["required"], true);
    EXPECT_EQ(seen["item"]["choices"],
              Json::parse(R"([{"key":"1","name":"yes","label":"Yes","read_out":true},
                              {"key":"2","name":"no","label":"No","read_out":true}])"));
    EXPECT_EQ(seen["settled"], 0);
    EXPECT_EQ(seen["open"], 2);

    type("2");
    seen = get();
    EXPECT_EQ(seen["item"]["key"], "times");
    EXPECT_EQ(seen["answers"], Json::parse(R"([{"key":"shop","value":"no"}])"));
    EXPECT_EQ(seen["settled"], 1);
}

TEST_F(InterviewRoutes, ShowWhyAnAnswerWasNotAccepted) {
    run().rejected = "That is too many.";
    EXPECT_EQ(get()["rejected"], "That is too many.");
}

TEST_F(InterviewRoutes, ShowThatTheKeypadAsksAndHowItEnded) {
    run().state.answers.facts.mode = form::Mode::Line;
    EXPECT_EQ(get()["mode"], "keypad");
    run().state.answers.facts.mode = form::Mode::Interviewer;
    (void)form::break_off(form_, run().state, "2.111");
    const Json seen = get();
    EXPECT_EQ(seen["item"], nullptr);
    EXPECT_EQ(seen["end"],
              Json::parse(R"({"outcome":"REFUSED","aapor":"2.111","cause":"BROKEN_OFF"})"));
}

// surveys.md 7: the interviewer must not learn what the person told the keypad.
TEST_F(InterviewRoutes, HideWhatOnlyTheKeypadWasTold) {
    auto& sheets = backend_.state.campaigns.at(CampaignId{3}).spec.questionnaire->sheets;
    sheets.survey =
        "type,name,label,tel::interviewer\n"
        "select_one yn,shop,Did you visit us?,\ninteger,times,How often?,no\n";
    form_ = *form::read_form(sheets);
    (void)form::begin(form_, run().state, {.mode = form::Mode::Interviewer, .mixed = true});
    type("yes");
    EXPECT_EQ(get()["phase"], "HANDOVER");
    EXPECT_TRUE(get()["item"].is_null()) << "only the keypad's part is left";
    (void)form::change_mode(form_, run().state, form::Mode::Line);
    EXPECT_EQ(get()["item"]["key"], "times");
    (void)form::entry_made(form_, run().state, "7");
    EXPECT_EQ(get()["item"]["value"], "");
    EXPECT_EQ(get()["answers"], Json::array({{{"key", "shop"}, {"value", "yes"}}}));
}

TEST_F(InterviewRoutes, AreNotThereWithoutACallWithAnInterview) {
    ask(backend_, "GET", "/agents/eve/interview", {}, 404);
    backend_.state.calls.at(CallId{5}).interview.reset();
    EXPECT_THAT(ask(backend_, "GET", "/agents/ada/interview", {}, 404).dump(),
                HasSubstr("ada has no call with an interview"));
    backend_.state.calls.clear();
    ask(backend_, "GET", "/agents/ada/interview", {}, 404);
    backend_.state.agents.clear();
    ask(backend_, "GET", "/agents/ada/interview", {}, 404);
    FakeBackend store_alone;
    ask(store_alone, "POST", "/agents", {{"name", "ada"}}, 201);
    ask(store_alone, "GET", "/agents/ada/interview", {}, 503);
}

TEST_F(InterviewRoutes, ReadTheQuestionnaireThatIsInForce) {
    EXPECT_EQ(get()["item"]["text"], "Good day Ann.");
    std::string& survey =
        backend_.state.campaigns.at(CampaignId{3}).spec.questionnaire->sheets.survey;
    survey.replace(survey.find("Good day"), 8, "Hello");
    EXPECT_EQ(get()["item"]["text"], "Hello Ann.");
}

TEST_F(InterviewRoutes, AnAnswerNamesItsItemAndIsOneFormOfItsText) {
    post("answer", {{"item", "shop"}, {"text", "Zoe\u0308"}});
    const auto& answered = told<engine::InterviewerAnswered>();
    EXPECT_EQ(answered.agent, ada_);
    EXPECT_EQ(answered.item, "shop");
    EXPECT_EQ(answered.text, "Zo\u00eb");
    post("answer", {{"item", "hello"}, {"text", ""}});
    EXPECT_EQ(told<engine::InterviewerAnswered>().text, "");
}

TEST_F(InterviewRoutes, AnAnswerMustBeAText) {
    post("answer", {{"item", "times"}, {"text", 5}}, 422);
    post("answer", {{"item", "times"}}, 422);
    post("answer", {{"item", "times"}, {"text", std::string(10'001, 'x')}}, 422);
    EXPECT_TRUE(backend_.told.empty()) << "an empty answer would mean something else";
    post("answer", {{"item", "times"}, {"text", std::string(10'000, 'x')}});
}

TEST_F(InterviewRoutes, WhatTheEngineSaysOfAnAnswerIsPassedOn) {
    backend_.refusal = Error{Errc::Conflict, "the item at hand is \"shop\""};
    post("answer", {{"item", "times"}, {"text", "5"}}, 409);
    backend_.refusal = Error{Errc::Refused, "Not more than eight."};
    const Json refused = post("answer", {{"item", "times"}, {"text", "9"}}, 422);
    EXPECT_EQ(refused["code"], "REFUSED");
    EXPECT_EQ(refused["detail"], "Not more than eight.");
}

TEST_F(InterviewRoutes, EachWordIsItsOrder) {
    const std::vector<std::pair<const char*, engine::InterviewerOrder>> words{
        {"back", engine::InterviewerOrder::Back},
        {"repeat", engine::InterviewerOrder::Repeat},
        {"dont_know", engine::InterviewerOrder::DontKnow},
        {"refuse", engine::InterviewerOrder::Refuse},
        {"language", engine::InterviewerOrder::Language},
        {"keypad", engine::InterviewerOrder::Keypad},
        {"return", engine::InterviewerOrder::Return}};
    for (const auto& [word, order] : words) {
        post("order", {{"order", word}});
        EXPECT_EQ(told<engine::InterviewerOrdered>().order, order) << word;
    }
    EXPECT_THAT(post("order", {{"order", "sideways"}}, 422).dump(), HasSubstr("back, repeat"));
}

TEST_F(InterviewRoutes, ANoteHasWordsAndAProbeHasNone) {
    post("note", {{"item", "shop"}, {"note", "cafe\u0301, she said"}});
    EXPECT_EQ(told<engine::InterviewerNoted>().note, "caf\u00e9, she said");
    EXPECT_FALSE(told<engine::InterviewerNoted>().probe);
    post("note", {{"item", "shop"}, {"probe", true}});
    EXPECT_TRUE(told<engine::InterviewerNoted>().probe);
    EXPECT_EQ(told<engine::InterviewerNoted>().item, "shop");
    post("note", {{"item", "shop"}, {"note", ""}}, 422);
    post("note", {{"item", "shop"}}, 422);
}

TEST_F(InterviewRoutes, ARefusalSaysWhoWhenAndHowFirmly) {
    const Json body{{"who", "household"},  {"when", "introduction"}, {"strength", "hard"},
                    {"reason", "no time"}, {"note", "shouted"},      {"do_not_call", true}};
    post("refusal", body);
    const auto& told = this->told<engine::InterviewBrokenOff>();
    EXPECT_EQ(told.who, campaigns::RefusedBy::Household);
    EXPECT_EQ(told.when, campaigns::RefusedWhen::Introduction);
    EXPECT_EQ(told.strength, campaigns::RefusalStrength::Hard);
    EXPECT_EQ(told.reason, "no time");
    EXPECT_EQ(told.note, "shouted");
    EXPECT_TRUE(told.do_not_call);
    const std::size_t before = backend_.told.size();
    for (const char* key : {"who", "when", "strength"}) {
        Json without = body;
        without.erase(key);
        post("refusal", without, 422);
        without[key] = "perhaps";
        post("refusal", without, 422);
    }
    EXPECT_EQ(backend_.told.size(), before);
    post("refusal", {{"who", "unknown"}, {"when", "interview"}, {"strength", "soft"}});
    EXPECT_FALSE(this->told<engine::InterviewBrokenOff>().do_not_call);
}

}  // namespace
}  // namespace bellwether::app
