#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/conversions.cpp: cases that have refused, and who may call them once more.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

const UtcTime kLastWeek{1'766'999'000s};

campaigns::CampaignSpec converting() {
    auto spec = progressive();
    spec.wrap_up = 15s;
    spec.retry.attempts_max = 6;
    spec.conversion = campaigns::ConversionRule{};
    using enum campaigns::DispositionEffect;
    spec.agents.dispositions = {{.code = "SOFT", .key = '1', .effect = Refusal},
                                {.code = "HARD", .key = '2', .effect = Refusal},
                                {.code = "NI", .key = '3', .effect = Done},
                                {.code = "AGAIN", .key = '4', .effect = Retry, .delay = 60s},
                                {.code = "CALLBK", .key = '5', .effect = CallBack}};
    spec.agents.dispositions.front().strength = campaigns::RefusalStrength::Soft;
    return spec;
}

/// Agents ask: q1, yes or no.
campaigns::CampaignSpec interviewing() {
    auto spec = converting();
    spec.questionnaire = {
        .sheets = {"type,name,label,required\nselect_one yn,q1,Do you drive?,yes\n"
                   "select_one yn,q2,Do you walk?,yes\n",
                   "list_name,name,label,tel::key\nyn,yes,Yes,1\nyn,no,No,2\n",
                   "form_id\ndrivers\n"},
        .folder = "/s"};
    return spec;
}

/// Contact 3 has refused agent 1 a week ago; the others are fresh.
ContactsOffered offered(std::vector<std::uint64_t> fresh = {}) {
    ContactsOffered offers{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
    for (const auto id : fresh) {
        offers.offers.push_back(
            {.contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true});
    }
    offers.offers.push_back({.contact = ContactId{3},
                             .number = NumberId{3},
                             .attempts_made = 1,
                             .destination_allowed = true,
                             .refused = campaigns::EarlierRefusal{AgentId{1}, kLastWeek}});
    return offers;
}

std::vector<StoryStep> comes(std::uint64_t id, const std::string& leg,
                             std::vector<campaigns::Skill> skills = {}) {
    return {Tell{"he comes", AgentSignedIn{.agent = AgentId{id},
                                           .campaign = CampaignId{1},
                                           .ready = true,
                                           .skills = std::move(skills)}},
            Expect{"rung", {"RING_AGENT call=" + leg}}, Tell{"in", "CALL_ANSWERED call=" + leg}};
}

std::vector<StoryStep> joined(std::vector<std::vector<StoryStep>> parts) {
    std::vector<StoryStep> all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

TEST(Conversions, FollowASoftRefusalOnce) {
    play(joined(
        {talking(
             converting(),
             {Tell{"not now", "AGENT_DISPOSED agent=1 code=SOFT"},
              Expect{"planned",
                     {"STORE_DISPOSITION call=$c code=SOFT",
                      "STORE_CONVERSION attempt=$c contact=1 agent=1 strength=SOFT "
                      "conversion=PLANNED settles=false due=$d"}},
              Tell{"he hangs up", "CALL_ENDED call=$c"},
              Expect{"due then", {"STORE_OUTCOME attempt=$c outcome=CONNECTED due=$d"}},
              Wait{"wrap-up", 15s}, Tell{"a week later", offered()},
              Expect{"only he is there, whom it refused",
                     {"RELEASE_CONTACT contact=3 decision.verdict=DEFER decision.rule=REFUSED"}},
              Never{"not by him", {"STORE_ATTEMPT"}}}),
         comes(2, "$l2"),
         {Tell{"again", offered()}, Expect{"dialed", {"STORE_ATTEMPT contact=3 attempt=$e"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$e"}, Tell{"answers", "CALL_ANSWERED call=$e"},
          Expect{"the other one has him", {"BRIDGE contact_call=$e agent_call=$l2"}},
          Tell{"no again", "AGENT_DISPOSED agent=2 code=SOFT"},
          Expect{"that was the second",
                 {"STORE_CONVERSION attempt=$e agent=2 conversion=AGAIN due=null"}},
          Tell{"he hangs up", "CALL_ENDED call=$e"},
          Expect{"never again", {"STORE_OUTCOME attempt=$e due=null"}}}}));
}

TEST(Conversions, DoNotFollowAHardRefusalNorOneWhereTheyAreOff) {
    play(talking(converting(),
                 {Tell{"no!", "AGENT_DISPOSED agent=1 code=HARD"},
                  Expect{"never", {"STORE_CONVERSION strength=HARD conversion=HARD due=null"}},
                  Tell{"he hangs up", "CALL_ENDED call=$c"},
                  Expect{"never", {"STORE_OUTCOME attempt=$c due=null"}}}));
    auto off = converting();
    off.conversion.reset();
    play(talking(off, {Tell{"not now", "AGENT_DISPOSED agent=1 code=SOFT"},
                       Expect{"never", {"STORE_CONVERSION conversion=OFF due=null"}}}));
    play({Given{"switched off since", off, 2}, Tell{"who had been planned", offered()},
          Expect{"given back for good",
                 {"RELEASE_CONTACT contact=3 decision.verdict=DENY decision.rule=REFUSED"}},
          Never{"not dialed", {"STORE_ATTEMPT"}}});
}

TEST(Conversions, WaitForOneWhoMayWhileOthersAreDialed) {
    play({Given{"agents 1 and 2", converting(), 2}, Offer{"a contact", 1},
          Expect{"dialed", {"STORE_ATTEMPT contact=1 attempt=$o"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$o"}, Tell{"answers", "CALL_ANSWERED call=$o"},
          Expect{"agent 1 has been ready longest", {"BRIDGE contact_call=$o agent_call=$leg1"}},
          Tell{"fresh ones, and who refused agent 1", offered({11, 12})},
          Expect{"agent 2 is held for the conversion", {"STORE_ATTEMPT contact=3 attempt=$e"}},
          Never{"nobody is left for others", {"STORE_ATTEMPT contact=11"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$e"},
          Tell{"agent 1 is free", "CALL_ENDED call=$o"}, Wait{"wrap-up", 15s},
          Expect{"a fresh one for agent 1", {"STORE_ATTEMPT contact=11 attempt=$f"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$f"},
          Tell{"he answers first", "CALL_ANSWERED call=$f"},
          Expect{"agent 1", {"BRIDGE contact_call=$f agent_call=$leg1"}},
          Tell{"and the other", "CALL_ANSWERED call=$e"},
          Expect{"agent 2", {"BRIDGE contact_call=$e agent_call=$leg2"}}});
}

TEST(Conversions, FetchWhoMayFromAnotherCampaign) {
    auto second = converting();
    second.id = CampaignId{2};
    second.caller_ids = {"+15550200"};
    ContactsOffered of_second = offered();
    of_second.campaign = CampaignId{2};
    play({Given{"agent 1 works for campaign 1", converting(), 1},
          Tell{"campaign 2",
               CampaignApplied{.spec = second, .run_state = CampaignRunState::Running}},
          Tell{"agent 4 serves both", AgentSignedIn{.agent = AgentId{4},
                                                    .campaign = CampaignId{1},
                                                    .ready = true,
                                                    .further = {CampaignId{2}}}},
          Expect{"rung", {"RING_AGENT call=$l"}}, Tell{"in", "CALL_ANSWERED call=$l"},
          Tell{"1 has nobody left", ContactsOffered{.campaign = CampaignId{1}}},
          Tell{"2 has nobody but who has refused agent 1", of_second},
          Expect{"4 wins him over",
                 {"STORE_AGENT_STATE agent=4 reason=MOVED campaign=2",
                  "STORE_ATTEMPT campaign=2 contact=3"}}});
}

TEST(Conversions, GoToWhoHasTheSkill) {
    auto spec = converting();
    spec.conversion->skill = "converter";
    play(joined(
        {{Given{"agents 1 and 2 have none", spec, 2}, Tell{"refused agent 1", offered()},
          Expect{"given back", {"RELEASE_CONTACT contact=3 decision.rule=REFUSED"}}},
         comes(3, "$l3", {{"converter", 5}}),
         {Tell{"again", offered()}, Expect{"dialed", {"STORE_ATTEMPT contact=3 attempt=$e"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$e"}, Tell{"answers", "CALL_ANSWERED call=$e"},
          Expect{"his", {"BRIDGE contact_call=$e agent_call=$l3"}}}}));
}

TEST(Conversions, NeverFallToTheOneWhoWasRefused) {
    play({Given{"agents 1 and 2", converting(), 2}, Tell{"refused agent 1", offered()},
          Expect{"dialed", {"STORE_ATTEMPT contact=3 attempt=$e"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$e"}, Tell{"answers", "CALL_ANSWERED call=$e"},
          Expect{"agent 2", {"BRIDGE contact_call=$e agent_call=$leg2"}},
          Tell{"his phone is gone", "CALL_ENDED call=$leg2"}, Wait{"a moment", 1s},
          Never{"agent 1 is free, and not put through", {"BRIDGE"}},
          Wait{"the campaign's patience", 2s}, Expect{"the message", {"PLAY call=$e"}}});
    auto same = converting();
    same.conversion->same_interviewer = true;
    play({Given{"agent 1, who may", same, 1}, Tell{"refused agent 1", offered()},
          Expect{"dialed", {"STORE_ATTEMPT contact=3"}}});
}

TEST(Conversions, StandOnTheScreenOfWhoMay) {
    auto spec = converting();
    spec.mode = pacing::DialMode::Preview;
    play({Given{"agents 1 and 2", spec, 2}, Tell{"refused agent 1", offered()},
          Expect{"agent 2 sees it", {"SHOW_CONTACT agent=2 contact=3"}},
          Never{"agent 1 does not", {"SHOW_CONTACT agent=1"}},
          Tell{"go", "AGENT_ORDERED agent=2 order=DIAL_NEXT"},
          Expect{"dialed", {"STORE_ATTEMPT contact=3 attempt=$e"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$e"}, Tell{"answers", "CALL_ANSWERED call=$e"},
          Expect{"his", {"BRIDGE contact_call=$e agent_call=$leg2"}}});
}

TEST(Conversions, AreGivenBackWhenTheCampaignPausesAndNotMadeToWhoOptedOut) {
    auto spec = converting();
    spec.conversion->skill = "converter";
    play(joined({{Given{"agent 1", spec, 1}},
                 comes(2, "$l2", {{"converter", 1}}),
                 {Tell{"he takes a break", "AGENT_ORDERED agent=2 order=PAUSE"},
                  Tell{"refused agent 1", offered()},
                  Expect{"nobody may", {"RELEASE_CONTACT contact=3 decision.rule=REFUSED"}}}}));
    play({Given{"agents 1 and 2", converting(), 2}, Offer{"two contacts", 2},
          Expect{"both busy",
                 {"STORE_ATTEMPT contact=1 attempt=$a", "STORE_ATTEMPT contact=2 attempt=$b"}},
          Tell{"refused agent 1", offered()}, Never{"waits", {"STORE_ATTEMPT contact=3"}},
          Tell{"no more calls", "SUPPRESSION_ADDED number=3 client=1"},
          Tell{"one is not there", "ATTEMPT_STORED attempt=$a"},
          Tell{"nor the other", "ATTEMPT_STORED attempt=$b"},
          Tell{"busy", "CALL_FAILED call=$a failure.sip_status=486"},
          Tell{"busy", "CALL_FAILED call=$b failure.sip_status=486"},
          Expect{"given back for good",
                 {"RELEASE_CONTACT contact=3 decision.verdict=DENY decision.rule=DO_NOT_CALL"}}});
    play({Given{"agents 1 and 2", converting(), 2}, Offer{"two contacts", 2},
          Tell{"refused agent 1", offered()},
          Tell{"paused", "CAMPAIGN_ORDERED campaign=1 order=PAUSE"},
          Expect{"back", {"RELEASE_CONTACT contact=3 decision.verdict=ALLOW"}}});
}

TEST(Conversions, AreSettledInWrapUpTooAndMayBeTakenBack) {
    play(talking(
        converting(),
        {Tell{"he hangs up", "CALL_ENDED call=$c"}, Expect{"done", {"STORE_OUTCOME due=null"}},
         Tell{"that was a refusal", "AGENT_DISPOSED agent=1 code=SOFT"},
         Expect{"planned", {"STORE_CONVERSION attempt=$c conversion=PLANNED settles=true due=$d"}},
         Tell{"no, it was not", "AGENT_DISPOSED agent=1 code=AGAIN"},
         Expect{"corrected",
                {"STORE_CONVERSION attempt=$c conversion=TAKEN_BACK",
                 "STORE_DISPOSITION code=AGAIN settles=true"}}}));
}

TEST(Conversions, FollowARefusedInterviewWhateverTheDisposition) {
    play(talking(
        interviewing(),
        {Tell{"not now", "INTERVIEW_BROKEN_OFF agent=1 strength=SOFT who=RESPONDENT"},
         Expect{"planned",
                {"STORE_REFUSAL strength=SOFT", "STORE_INTERVIEW end.outcome=REFUSED",
                 "STORE_CONVERSION attempt=$c conversion=PLANNED due=$d"}},
         Tell{"no callback", "AGENT_DISPOSED agent=1 code=CALLBK due=1767693600000 request=4"},
         Expect{"it is settled", {"REPLY request=4 code=CONFLICT"}},
         Tell{"his code", "AGENT_DISPOSED agent=1 code=NI"},
         Expect{"on record, and no more", {"STORE_DISPOSITION code=NI settles=false due=null"}},
         Tell{"he hangs up", "CALL_ENDED call=$c"},
         Expect{"due then", {"STORE_OUTCOME outcome=INTERVIEW_REFUSED due=$d"}}}));
    play(talking(interviewing(),
                 {Tell{"never", "INTERVIEW_BROKEN_OFF agent=1 strength=SOFT do_not_call=true"},
                  Expect{"never", {"STORE_CONVERSION conversion=DO_NOT_CALL due=null"}}}));
}

Tell types(const char* what, const char* item, int request) {
    return {what,
            InterviewerAnswered{
                .request = RequestId(request), .agent = AgentId{1}, .item = item, .text = "yes"}};
}

// An interview that is put off goes on at its appointment, by the agent who gave it.
TEST(Appointments, GoOnWithTheInterviewThatWasPutOff) {
    ContactsOffered at_ten = offered();
    at_ten.offers.front().refused.reset();
    at_ten.offers.front().promised =
        campaigns::PromisedCall{CallbackId{70}, AgentId{1}, UtcTime{1'767'607'200s}};
    at_ten.offers.front().interview =
        campaigns::InterviewOffer{.id = InterviewId{44}, .columns = {}, .earlier = {{"q1", "yes"}}};
    play({Given{"agents 1 and 2", interviewing(), 2}, Tell{"the appointment", at_ten},
          Expect{"its agent is held for it", {"STORE_ATTEMPT contact=3 callback=70 attempt=$e"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$e"}, Tell{"answers", "CALL_ANSWERED call=$e"},
          Expect{"goes on",
                 {"BRIDGE contact_call=$e agent_call=$leg1", "STORE_INTERVIEW interview=44"}},
          types("q1 was answered", "q2", 5),
          Expect{"q2 is at hand", {"STORE_ANSWERS call=$e", "REPLY request=5 code=DONE"}},
          Tell{"durable", "ANSWER_STORED call=$e"},
          Expect{"complete", {"STORE_INTERVIEW interview=44 end.outcome=COMPLETE"}}});
}

TEST(Appointments, PutAnInterviewOffWithItsAnswers) {
    play(talking(
        interviewing(),
        {types("yes", "q1", 4), Expect{"stored", {"STORE_ANSWERS interview=$i"}},
         Tell{"durable", "ANSWER_STORED call=$c"},
         Tell{"tomorrow at ten", "AGENT_DISPOSED agent=1 code=CALLBK mine=true due=1767693600000"},
         Expect{"promised", {"STORE_CALLBACK contact=1 agent=1 due=$d"}},
         Tell{"goodbye", "AGENT_ORDERED agent=1 order=HANG_UP"},
         Tell{"over", "CALL_ENDED call=$c by=US"},
         Expect{"no refusal, and due then",
                {"STORE_INTERVIEW interview=$i end.cause=HUNG_UP",
                 "STORE_OUTCOME outcome=INTERVIEW_PARTIAL due=$d"}},
         Never{"not a refusal", {"STORE_REFUSAL", "STORE_CONVERSION"}}}));
}

}  // namespace
}  // namespace bellwether::engine::story
