#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/transfers.cpp: somebody else takes a call over.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

std::vector<StoryStep> asked(const char* warm, std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{
        Tell{"to support",
             std::string{"TRANSFER_ORDERED agent=1 target=support request=3 warm="} + warm},
        Expect{"on hold, and the desk rings",
               {"UNBRIDGE contact_call=$c", "HOLD_CALL call=$c",
                "RING_TARGET call=$t target.address=77", "REPLY request=3 code=DONE"}}};
    steps.insert(steps.end(), then.begin(), then.end());
    return talking(office(), std::move(steps), 2);
}

TEST(Transfers, HandTheCallOnAndFreeTheAgent) {
    play(asked(
        "false",
        {Tell{"the desk answers", "CALL_ANSWERED call=$t"},
         Expect{"they talk, and he writes up",
                {"BRIDGE contact_call=$c agent_call=$t",
                 "STORE_TRANSFER result=HANDED_OVER target=support",
                 "STORE_AGENT_STATE agent=1 state=WRAP_UP"}},
         Tell{"the contact hangs up", "CALL_ENDED call=$c"},
         Expect{"the desk too",
                {"HANG_UP call=$t reason=TRANSFER_OVER", "STORE_OUTCOME outcome=CONNECTED"}},
         Tell{"gone", "CALL_ENDED call=$t by=US"}, Tell{"drain", "SHUTDOWN_ORDERED drain=true"},
         Expect{"nothing is left of it", {"HANG_UP call=$leg1"}}}));
}

// Field study, section 0, row 33: nobody answers, and the call returns to the agent by itself.
TEST(Transfers, WhoDoesNotAnswerInTimeGivesTheCallBack) {
    play(asked("false", {Wait{"it rings out", 20s},
                         Expect{"back with his agent",
                                {"STORE_TRANSFER result=NO_ANSWER",
                                 "BRIDGE contact_call=$c agent_call=$leg1",
                                 "TELL_AGENT agent=1 news=TRANSFER_RETURNED",
                                 "HANG_UP call=$t reason=TRANSFER_NO_ANSWER"}},
                         Tell{"cancelled", "CALL_FAILED call=$t failure.sip_status=487"},
                         Never{"and stays there", {"BRIDGE", "STORE_TRANSFER"}}}));
}

TEST(Transfers, BusyGivesTheCallBackAtOnce) {
    play(asked("false", {Tell{"busy", "CALL_FAILED call=$t failure.sip_status=486"},
                         Expect{"back",
                                {"STORE_TRANSFER result=FAILED",
                                 "BRIDGE contact_call=$c agent_call=$leg1"}}}));
}

TEST(Transfers, AWarmOneBeginsWithAWordBetweenColleagues) {
    play(asked(
        "true",
        {Tell{"the desk answers", "CALL_ANSWERED call=$t"},
         Expect{"the two talk first",
                {"BRIDGE contact_call=$t agent_call=$leg1", "TELL_AGENT news=TRANSFER_ANSWERED"}},
         Tell{"all three", "AGENT_ORDERED agent=1 order=CONFERENCE"},
         Expect{"joined", {"JOIN_CALLS contact_call=$c agent_call=$leg1 third_call=$t"}},
         Tell{"yours", "AGENT_ORDERED agent=1 order=HAND_OVER"},
         Expect{
             "theirs",
             {"UNBRIDGE contact_call=$t agent_call=$leg1", "BRIDGE contact_call=$c agent_call=$t",
              "STORE_TRANSFER warm=true result=HANDED_OVER"}},
         Tell{"the desk hangs up", "CALL_ENDED call=$t"},
         Expect{"so does the contact's line", {"HANG_UP call=$c reason=TRANSFER_OVER"}}}));
}

TEST(Transfers, AWarmOneCanBeTakenBack) {
    play(asked("true", {Tell{"the desk answers", "CALL_ANSWERED call=$t"},
                        Expect{"they talk", {"BRIDGE contact_call=$t"}},
                        Tell{"not now", "AGENT_ORDERED agent=1 order=TAKE_BACK"},
                        Expect{"as before",
                               {"STORE_TRANSFER result=TAKEN_BACK", "HANG_UP call=$t",
                                "BRIDGE contact_call=$c agent_call=$leg1"}}}));
}

TEST(Transfers, AnAgentWhoIsLostMeanwhileLosesNobody) {
    play(asked("false", {Tell{"his phone drops", "CALL_ENDED call=$leg1"},
                         Expect{"lost", {"ALERT kind=AGENT_PHONE_LOST"}},
                         Tell{"the desk is busy", "CALL_FAILED call=$t failure.sip_status=486"},
                         Expect{"another agent has the contact",
                                {"STORE_TRANSFER result=FAILED", "BRIDGE contact_call=$c"}}}));
    play(asked("true", {Tell{"the desk answers", "CALL_ANSWERED call=$t"},
                        Tell{"his phone drops", "CALL_ENDED call=$leg1"},
                        Expect{"the desk has the contact",
                               {"BRIDGE contact_call=$c agent_call=$t",
                                "STORE_TRANSFER result=HANDED_OVER"}}}));
}

TEST(Transfers, WhoHangsUpWhileItRingsSendsTheDeskAway) {
    play(asked("false", {Tell{"he will not wait", "CALL_ENDED call=$c"},
                         Expect{"called off",
                                {"STORE_TRANSFER result=GONE_MEANWHILE", "HANG_UP call=$t",
                                 "STORE_AGENT_STATE agent=1 state=WRAP_UP"}}}));
}

TEST(Transfers, GoOnlyWhereTheCampaignSays) {
    play(talking(office(), {Tell{"anywhere", "TRANSFER_ORDERED agent=1 target=+1900 request=5"},
                            Expect{"no", {"REPLY request=5 code=NOT_FOUND"}},
                            Never{"nothing rings", {"RING_TARGET"}}}));
    play({Given{"no call", office(), 1},
          Tell{"what for?", "TRANSFER_ORDERED agent=1 target=support request=5"},
          Expect{"no", {"REPLY request=5 code=CONFLICT"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
