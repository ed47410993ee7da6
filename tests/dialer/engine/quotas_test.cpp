#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/quotas.cpp: interviews ask for their places, and closed contacts are not called.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

constexpr const char* kHead = "name,group,expression,target,on_full,message\n";

campaigns::CampaignSpec with(const std::string& cells, const std::string& settings = {}) {
    campaigns::CampaignSpec spec = survey();
    spec.retry.attempts_max = 3;
    spec.questionnaire->sheets.quotas = kHead + cells;
    if (!settings.empty()) spec.questionnaire->sheets.settings = settings;
    return spec;
}

/// Contacts 1.. with these regions.
Event offered(const std::vector<std::string>& regions) {
    ContactsOffered event{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
    for (const std::string& region : regions) {
        const std::uint64_t id = event.offers.size() + 1;
        event.offers.push_back(
            {.contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true});
        event.offers.back().interview =
            campaigns::InterviewOffer{.id = {}, .columns = {{"region", region}}, .earlier = {}};
    }
    return event;
}

/// Contact 1 has answered as $c.
std::vector<StoryStep> interviewed(campaigns::CampaignSpec spec, std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{Given{"a survey with quotas", std::move(spec)},
                                 Tell{"one contact", offered({"n"})},
                                 Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
                                 Tell{"durable", "ATTEMPT_STORED attempt=$c"},
                                 Expect{"placed", {"PLACE_CALL call=$c"}},
                                 Tell{"answered", "CALL_ANSWERED call=$c"}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Quotas, TakeAPlaceBeforeTheNextQuestionAndFillItAtTheEnd) {
    play(interviewed(
        with("yes,,${q1} = 'yes',5,,\n"),
        {Expect{"asked", {"STORE_INTERVIEW interview=$i", "PLAY call=$c prompts.0=/s/q1.wav"}},
         Key{"yes", "$c", '1'}, Expect{"stored", {"STORE_ANSWERS interview=$i"}},
         Tell{"durable", "ANSWER_STORED call=$c"},
         Expect{"a place, then the question",
                {"STORE_QUOTA interview=$i marks.0.cell=yes marks.0.standing=HELD",
                 "PLAY call=$c prompts.0=/s/q2.wav"}},
         Key{"4", "$c", '4'}, Key{"done", "$c", '#'}, Tell{"durable", "ANSWER_STORED call=$c"},
         Expect{"complete",
                {"STORE_QUOTA interview=$i marks.0.cell=yes marks.0.standing=COUNTED",
                 "STORE_INTERVIEW interview=$i end.outcome=COMPLETE"}}}));
}

TEST(Quotas, EndAnInterviewWhoseCellIsFull) {
    play(interviewed(
        with("yes,,${q1} = 'yes',0,,\nno,,${q1} = 'no',5,,\n"),
        {Expect{"asked", {"PLAY call=$c prompts.0=/s/q1.wav"}}, Key{"yes", "$c", '1'},
         Tell{"durable", "ANSWER_STORED call=$c"},
         Expect{"ended",
                {"STORE_QUOTA marks.1.cell=yes marks.1.standing=REJECTED",
                 "STORE_INTERVIEW end.outcome=QUOTA_FULL end.aapor=4.80", "HANG_UP call=$c"}},
         Tell{"ended", "CALL_ENDED call=$c by=US"},
         Expect{"for good", {"STORE_OUTCOME outcome=INTERVIEW_QUOTA_FULL due=null"}}}));
}

TEST(Quotas, DecideOnWhoHangsUpWithHisLastAnswer) {
    play(interviewed(
        with("yes,,${q1} = 'yes',5,,\nfour,,${q2} = 4,0,,\nother,,${q2} != 4,5,,\n"),
        {Key{"yes", "$c", '1'}, Tell{"durable", "ANSWER_STORED call=$c"}, Key{"4", "$c", '4'},
         Key{"done", "$c", '#'}, Expect{"on its way", {"STORE_ANSWERS call=$c"}},
         Tell{"he hangs up", "CALL_ENDED call=$c"},
         Expect{"not complete",
                {"STORE_QUOTA marks.1.cell=four marks.1.standing=REJECTED",
                 "STORE_INTERVIEW end.outcome=QUOTA_FULL",
                 "STORE_OUTCOME outcome=INTERVIEW_QUOTA_FULL"}}}));
}

TEST(Quotas, GiveThePlaceBackWhenSomebodyHangsUp) {
    play(interviewed(
        with("yes,,${q1} = 'yes',1,,\n"),
        {Key{"yes", "$c", '1'}, Tell{"durable", "ANSWER_STORED call=$c"},
         Expect{"a place", {"STORE_QUOTA marks.0.standing=HELD"}},
         Tell{"he hangs up", "CALL_ENDED call=$c"}, Expect{"back", {"STORE_QUOTA marks=[]"}}}));
}

TEST(Quotas, DoNotCallWhoseCellsAreFull) {
    play({Given{"a survey", with("north,r,${contact.region} = 'n',0,,\n"
                                 "south,r,${contact.region} = 's',9,,\n")},
          Tell{"north, south, north", offered({"n", "s", "n"})},
          Expect{
              "the one of the south alone",
              {"RELEASE_CONTACT contact=1 decision.verdict=DENY decision.rule=QUOTA_FULL "
               "decision.cited=north due=null",
               "RELEASE_CONTACT contact=3 decision.rule=QUOTA_FULL", "STORE_ATTEMPT contact=2"}}});
}

TEST(Quotas, HoldContactsBackWhileOthersHoldThePlaces) {
    play(
        interviewed(with("north,,${contact.region} = 'n',1,,\n"),
                    {Expect{"a place before the first question",
                            {"STORE_QUOTA marks.0.cell=north marks.0.standing=HELD",
                             "PLAY prompts.0=/s/q1.wav", "EXPLAIN_PACING block=QUOTAS_FULL"}},
                     Tell{"he hangs up", "CALL_ENDED call=$c"},
                     Expect{"open again", {"STORE_QUOTA marks=[]", "EXPLAIN_PACING block=NONE"}}}));
}

TEST(Quotas, WithdrawAnAttemptWhoseCellHasBecomeFullMeanwhile) {
    play({Given{"a survey", with("north,,${contact.region} = 'n',1,,\n")},
          Tell{"three", offered({"n", "n", "n"})},
          Expect{"one place, one line",
                 {"STORE_ATTEMPT contact=1 attempt=$a pacing.limit=QUOTA_NEARLY_FULL"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$a"}, Expect{"placed", {"PLACE_CALL call=$a"}},
          Tell{"nobody", "CALL_FAILED call=$a failure.sip_status=404"},
          Expect{"one in two answers at most: two lines for a place",
                 {"STORE_ATTEMPT contact=2 attempt=$c", "STORE_ATTEMPT contact=3 attempt=$d"}},
          Tell{"the first is durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"and answered", "CALL_ANSWERED call=$c"},
          Expect{"he has the place", {"STORE_QUOTA marks.0.standing=HELD"}},
          Tell{"the second is durable", "ATTEMPT_STORED attempt=$d"},
          Expect{"too late",
                 {"STORE_OUTCOME attempt=$d outcome=WITHDRAWN decision.rule=QUOTA_FULL"}},
          Never{"nobody is called", {"PLACE_CALL"}}});
}

TEST(Quotas, FinishACampaignThatNobodyCanFillAnyMore) {
    play(interviewed(
        with("all,,true(),1,,\n"),
        {Key{"yes", "$c", '1'}, Tell{"durable", "ANSWER_STORED call=$c"}, Key{"4", "$c", '4'},
         Key{"done", "$c", '#'}, Tell{"durable", "ANSWER_STORED call=$c"},
         Tell{"ended", "CALL_ENDED call=$c by=US"},
         Expect{"full", {"STORE_QUOTA marks.0.standing=COUNTED"}},
         Tell{"the rest of the sample", offered({"n", "n"})},
         Expect{"nobody is called", {"RELEASE_CONTACT decision.rule=QUOTA_FULL"}},
         Never{"nobody", {"STORE_ATTEMPT"}}}));
}

TEST(Quotas, KeepAPlaceForOneWhoMayGoOn) {
    play(interviewed(
        with("north,,${contact.region} = 'n',1,,\n", "form_id,tel::quota_hold_s\nsurvey,60\n"),
        {Expect{"a place", {"STORE_QUOTA marks.0.standing=HELD"}}, Key{"yes", "$c", '1'},
         Tell{"durable", "ANSWER_STORED call=$c"}, Tell{"he hangs up", "CALL_ENDED call=$c"},
         Never{"kept", {"STORE_QUOTA"}}, Wait{"nearly", 59s},
         Never{"kept", {"EXPLAIN_PACING block=NONE"}}, Wait{"over", 1s},
         Expect{"open again", {"EXPLAIN_PACING block=NONE"}}}));
}

TEST(Quotas, BeginWithWhatTheStoreHasCounted) {
    auto spec = with("all,,true(),2,,\n");
    play({Given{"a survey", spec},
          Tell{"another start, which finds two completes",
               CampaignApplied{.spec =
                                   [&] {
                                       auto other = spec;
                                       other.id = CampaignId{2};
                                       return other;
                                   }(),
                               .run_state = CampaignRunState::Running,
                               .counted = {.cells = {{"all", 2}}, .counted = 2}}},
          Expect{"nothing is left to do",
                 {"EXPLAIN_PACING campaign=2 block=QUOTAS_FULL",
                  "STORE_CAMPAIGN_STATE campaign=2 state=FINISHED"}}});
}

TEST(Quotas, RefuseACountThatMissesAnInterview) {
    auto changed = with("all,,true(),9,,\n");
    play(interviewed(
        with("all,,true(),5,,\n"),
        {Key{"yes", "$c", '1'}, Tell{"durable", "ANSWER_STORED call=$c"}, Key{"4", "$c", '4'},
         Key{"done", "$c", '#'}, Tell{"durable", "ANSWER_STORED call=$c"},
         Tell{"ended", "CALL_ENDED call=$c by=US"},
         Expect{"counted", {"STORE_QUOTA marks.0.standing=COUNTED"}},
         Tell{"counted before that", CampaignApplied{.request = RequestId{5}, .spec = changed}},
         Expect{"once more", {"REPLY request=5 code=CONFLICT"}},
         Tell{"counted now", CampaignApplied{.request = RequestId{6},
                                             .spec = changed,
                                             .counted = {.cells = {{"all", 1}}, .counted = 1}}},
         Expect{"taken", {"REPLY request=6 code=DONE"}}}));
}

TEST(Quotas, MayBeDropped) {
    play(interviewed(
        with("all,,true(),1,,\n"),
        {Key{"yes", "$c", '1'}, Tell{"durable", "ANSWER_STORED call=$c"}, Key{"4", "$c", '4'},
         Key{"done", "$c", '#'}, Tell{"durable", "ANSWER_STORED call=$c"},
         Tell{"ended", "CALL_ENDED call=$c by=US"}, Tell{"nobody else", offered({})},
         Expect{"full", {"STORE_CAMPAIGN_STATE state=FINISHED"}},
         Tell{"without quotas", CampaignApplied{.request = RequestId{5}, .spec = survey()}},
         Expect{"taken", {"REPLY request=5 code=DONE"}}}));
}

}  // namespace
}  // namespace bellwether::engine::story
