#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/inbound.cpp: people who call us.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

/// Contact 5 with number 55 calls back as call 900; he has been taken and hears the menu as $m.
std::vector<StoryStep> called(int agents, std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{
        Given{"the office", office(), agents},
        Tell{"he calls back",
             "CALL_ARRIVED call=900 called=+15550100 campaign=1 contact=5 number=55 attempt=44"},
        Expect{"on record, then answered",
               {"STORE_INBOUND call=900 campaign=1 client=1 contact=5 number=55 attempt=44",
                "ANSWER_CALL call=900"}},
        Tell{"he is on the line", "CALL_ANSWERED call=900"},
        Expect{"who it was, and why",
               {"STORE_INBOUND_STEP call=900 step=ANSWERED", "RECORD call=900",
                "PLAY call=900 prompts=[\"who.wav\"] playback=$m"}}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Inbound, SilenceHearsItAgainAndIsThenHungUpOn) {
    play(
        called(1, {Tell{"heard", "PLAYBACK_ENDED call=900 playback=$m completed=true"},
                   Wait{"not a key", 8s}, Expect{"again", {"PLAY call=900 playback=$n"}},
                   Tell{"heard", "PLAYBACK_ENDED call=900 playback=$n completed=true"},
                   Wait{"not a key", 8s}, Expect{"good bye", {"HANG_UP call=900 reason=MENU_DONE"}},
                   Tell{"confirmed", "CALL_ENDED call=900 by=US"},
                   Expect{"on record", {"STORE_INBOUND_STEP step=ENDED reason=MENU_DONE"}}}));
}

// He calls the number of an organisation that never called him: what the other one knows of him is
// not told.
TEST(Inbound, WhomAnotherOrganisationKnowsIsAStranger) {
    auto other = office();
    other.id = CampaignId{2};
    other.client = ClientId{2};
    other.caller_ids = {"+15550200"};
    play({Given{"the office", office()},
          Tell{"of another organisation", CampaignApplied{.spec = other}},
          Tell{"he calls the other",
               "CALL_ARRIVED call=900 called=+15550200 campaign=1 contact=5 number=55 attempt=44"},
          Expect{"a stranger there",
                 {"STORE_INBOUND campaign=2 client=2 contact=0 number=55 attempt=0"}},
          Tell{"he calls back",
               "CALL_ARRIVED call=901 called=+15550100 campaign=1 contact=5 number=55 attempt=44"},
          Expect{"known here", {"STORE_INBOUND campaign=1 client=1 contact=5 attempt=44"}}});
}

TEST(Inbound, AKeyLeadsToAnAgent) {
    play(called(1, {Key{"an agent, please", "900", '1'},
                    Expect{"put through, his history on the screen",
                           {"STOP_PLAYING call=900", "STORE_INBOUND_STEP step=QUEUED",
                            "STORE_AGENT_STATE agent=1 state=ON_CALL",
                            "STORE_INBOUND_STEP step=CONNECTED agent=1",
                            "BRIDGE contact_call=900 agent_call=$leg1",
                            "SHOW_CONTACT agent=1 contact=5 attempt=44 inbound=true"}},
                    Tell{"he hangs up", "CALL_ENDED call=900"},
                    Expect{"wrap-up",
                           {"STORE_AGENT_STATE agent=1 state=WRAP_UP",
                            "STORE_INBOUND_STEP step=ENDED reason=NONE"}}}));
}

TEST(Inbound, WaitsForABusyAgentWithMusic) {
    auto steps = talking(
        office(),
        {Tell{"he calls", "CALL_ARRIVED call=900 called=+15550100 campaign=1 contact=5 number=55"},
         Tell{"on the line", "CALL_ANSWERED call=900"}, Key{"an agent", "900", '1'},
         Expect{"music", {"HOLD_CALL call=900"}}, Tell{"the other hangs up", "CALL_ENDED call=$c"},
         Wait{"the wrap-up", 15s}, Expect{"now he", {"BRIDGE contact_call=900"}}});
    play(steps);
}

TEST(Inbound, WhoWaitsTooLongIsToldSo) {
    play(talking(office(),
                 {Tell{"he calls", "CALL_ARRIVED call=900 called=+15550100 campaign=1 number=55"},
                  Tell{"on the line", "CALL_ANSWERED call=900"}, Key{"an agent", "900", '1'},
                  Expect{"music", {"HOLD_CALL call=900"}}, Wait{"two minutes", 120s},
                  Expect{"sorry", {"PLAY call=900 prompts=[\"sorry.wav\"] playback=$s"}},
                  Tell{"heard", "PLAYBACK_ENDED call=900 playback=$s completed=true"},
                  Expect{"good bye", {"HANG_UP call=900 reason=QUEUE_TOO_LONG"}},
                  Tell{"confirmed", "CALL_ENDED call=900 by=US"},
                  Expect{"on record", {"STORE_INBOUND_STEP step=ENDED reason=QUEUE_TOO_LONG"}}}));
}

TEST(Inbound, WithNobodyAtWorkHeDoesNotWaitInVain) {
    play(called(0, {Key{"an agent", "900", '1'},
                    Expect{"sorry at once", {"PLAY call=900 prompts=[\"sorry.wav\"]"}}}));
}

TEST(Inbound, OptingOutIsDurableBeforeItIsConfirmed) {
    play(called(
        1, {Key{"no more calls", "900", '9'},
            Expect{"first the disk", {"STORE_SUPPRESSION number=55 client=1 attempt=44"}},
            Never{"no word yet", {"PLAY"}}, Tell{"durable", "SUPPRESSION_ADDED number=55 client=1"},
            Expect{"then the word",
                   {"STORE_INBOUND_STEP step=OPTED_OUT",
                    "PLAY call=900 prompts=[\"no-more.wav\"] playback=$o"}},
            Tell{"heard", "PLAYBACK_ENDED call=900 playback=$o completed=true"},
            Expect{"good bye", {"HANG_UP call=900 reason=DO_NOT_CALL"}}}));
}

// The engine knows no number of him: the store does, by his call.
TEST(Inbound, WhoWasNeverCalledOptsOutByTheNumberHeCallsFrom) {
    const CallArrived stranger{
        .call = CallId{900}, .called = "+15550100", .caller = "+12025550143", .language = ""};
    play({Given{"the office", office(), 1}, Tell{"a stranger", stranger},
          Expect{"his number is on record before he is answered",
                 {"STORE_INBOUND call=900 campaign=1 number=0", "ANSWER_CALL call=900"}},
          Tell{"on the line", "CALL_ANSWERED call=900"}, Expect{"the menu", {"PLAY call=900"}},
          Key{"no more calls", "900", '9'},
          Expect{"first the disk", {"STORE_SUPPRESSION number=0 client=1 attempt=0 caller=900"}},
          Never{"no word yet", {"PLAY"}},
          Tell{"somebody else's is durable", "SUPPRESSION_ADDED number=71 client=1"},
          Never{"not his", {"PLAY"}},
          Tell{"durable", "SUPPRESSION_ADDED number=70 client=1 caller=900"},
          Expect{"then the word",
                 {"STORE_INBOUND_STEP step=OPTED_OUT",
                  "PLAY call=900 prompts=[\"no-more.wav\"] playback=$o"}},
          Tell{"heard", "PLAYBACK_ENDED call=900 playback=$o completed=true"},
          Expect{"good bye", {"HANG_UP call=900 reason=DO_NOT_CALL"}}});
}

TEST(Inbound, WhoHidesHisNumberIsToldThatItIsNotKnown) {
    auto spec = office();
    spec.inbound->no_number_prompt = "no-number.wav";
    const auto presses_9 = [](campaigns::CampaignSpec campaign, const char* says) {
        return std::vector<StoryStep>{
            Given{"the office", std::move(campaign), 1},
            Tell{"somebody", "CALL_ARRIVED call=900 called=+15550100"},
            Tell{"on the line", "CALL_ANSWERED call=900"},
            Expect{"the menu", {"PLAY call=900"}},
            Key{"no more calls", "900", '9'},
            Expect{"which number?", {std::string{"PLAY call=900 playback=$n prompts.0="} + says}},
            Never{"nothing to store", {"STORE_SUPPRESSION"}}};
    };
    auto told = presses_9(spec, "no-number.wav");
    told.push_back(Tell{"heard", "PLAYBACK_ENDED call=900 playback=$n completed=true"});
    told.push_back(Expect{"and the menu again", {"PLAY call=900 prompts=[\"who.wav\"]"}});
    play(told);
    play(presses_9(office(), "who.wav"));
}

TEST(Inbound, ACallbackIsPromisedToWhomWeKnow) {
    play(called(
        1, {Key{"call me", "900", '2'},
            Expect{"said", {"PLAY call=900 prompts=[\"we-call.wav\"] playback=$w"}},
            Tell{"heard", "PLAYBACK_ENDED call=900 playback=$w completed=true"},
            Expect{"promised",
                   {"STORE_CALLBACK contact=5 agent=0", "STORE_INBOUND_STEP step=CALLBACK_PROMISED",
                    "HANG_UP call=900 reason=MENU_DONE"}}}));
}

TEST(Inbound, IsMatchedByTheNumberThatWasCalledIfNotByThePerson) {
    play({Given{"the office", office(), 1},
          Tell{"a stranger", "CALL_ARRIVED call=901 called=+15550100"},
          Expect{"ours all the same",
                 {"STORE_INBOUND campaign=1 contact=0", "ANSWER_CALL call=901"}}});
}

TEST(Inbound, WhatNoCampaignTakesIsRefusedAndOnRecordAllTheSame) {
    play({Given{"the office", office(), 1},
          Tell{"another number", "CALL_ARRIVED call=902 called=+15559999"},
          Expect{"no", {"STORE_INBOUND call=902 campaign=0", "HANG_UP call=902 reason=NOT_TAKEN"}},
          Never{"not answered", {"ANSWER_CALL"}}, Tell{"gone", "CALL_ENDED call=902 by=US"},
          Expect{"ended", {"STORE_INBOUND_STEP step=ENDED reason=NOT_TAKEN"}}});
    play({Given{"no menu", progressive(), 1},
          Tell{"to it", "CALL_ARRIVED call=902 called=+15550100"},
          Expect{"no", {"HANG_UP call=902 reason=NOT_TAKEN"}}});
}

// It can never dial out: whatever he presses, no INVITE and no other leg comes of it.
TEST(Inbound, NoKeyOfACallerPlacesACall) {
    std::vector<StoryStep> steps;
    for (const char key : std::string{"0123456789*#ABCD"})
        steps.push_back(Key{std::string{"key "} + key, "900", key});
    steps.push_back(Never{"nothing", {"PLACE_CALL", "RING_TARGET", "RING_AGENT"}});
    play(called(1, steps));
}

// Who is on the line with us is not called on top of that (promise R1).
TEST(Inbound, TheCallersNumberIsNotDialedMeanwhile) {
    play({Given{"the office", office(), 2},
          Tell{"number 1 calls", "CALL_ARRIVED call=900 called=+15550100 campaign=1 number=1"},
          Offer{"and is offered", 1},
          Expect{"later", {"RELEASE_CONTACT contact=1 decision.rule=NUMBER_BUSY"}},
          Never{"not now", {"STORE_ATTEMPT"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
