#include <gtest/gtest.h>

#include <ostream>

#include "tests/dialer/engine/story.h"

// dialer/engine/agents.cpp: agents, their phones, and their orders.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

/// One agent talks to contact 1 ($c).
std::vector<StoryStep> on_call(campaigns::CampaignSpec spec, std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{Given{"one agent", std::move(spec), 1},
                                 Offer{"one contact", 1},
                                 Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
                                 Tell{"durable", "ATTEMPT_STORED attempt=$c"},
                                 Tell{"answered", "CALL_ANSWERED call=$c"},
                                 Expect{"put through", {"BRIDGE contact_call=$c"}}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Agents, AreRungAtSignInAndReadyWhenTheyAnswer) {
    play({Given{"nobody yet", progressive(), 0},
          Tell{"agent 7 signs in", "AGENT_SIGNED_IN request=5 agent=7 campaign=1 ready=true"},
          Expect{"his phone is rung",
                 {"STORE_AGENT_STATE agent=7 state=CALLING_PHONE", "RING_AGENT agent=7 call=$l",
                  "REPLY request=5 code=DONE"}},
          Tell{"he answers", "CALL_ANSWERED call=$l"},
          Expect{"ready", {"STORE_AGENT_STATE agent=7 state=READY reason=SIGNED_IN"}}});
}

TEST(Agents, WhoDoNotWantCallsYetArePausedWhenTheyAnswer) {
    play({Given{"nobody yet", progressive(), 0},
          Tell{"agent 7 signs in", "AGENT_SIGNED_IN agent=7 campaign=1 ready=false"},
          Expect{"rung", {"RING_AGENT call=$l"}}, Tell{"he answers", "CALL_ANSWERED call=$l"},
          Expect{"paused", {"STORE_AGENT_STATE agent=7 state=PAUSED reason=SIGNED_IN"}}});
}

TEST(Agents, WhoDoNotAnswerTheirPhoneAreNotSignedIn) {
    play({Given{"nobody yet", progressive(), 0},
          Tell{"agent 7 signs in", "AGENT_SIGNED_IN agent=7 campaign=1 ready=true"},
          Expect{"rung", {"RING_AGENT call=$l"}}, Wait{"he is not there", 25s},
          Expect{"enough", {"HANG_UP call=$l reason=RING_LIMIT"}},
          Tell{"confirmed", "CALL_FAILED call=$l failure.sip_status=487"},
          Expect{"said aloud",
                 {"ALERT kind=AGENT_PHONE_NO_ANSWER agent=7",
                  "STORE_AGENT_STATE agent=7 state=SIGNED_OUT reason=PHONE_NO_ANSWER"}},
          Tell{"again", "AGENT_SIGNED_IN request=6 agent=7 campaign=1"},
          Expect{"and rung again", {"RING_AGENT agent=7", "REPLY request=6 code=DONE"}}});
}

TEST(Agents, AreRefusedWithAReason) {
    play({Given{"one agent", progressive(), 1},
          Tell{"twice", "AGENT_SIGNED_IN request=2 agent=1 campaign=1"},
          Expect{"no", {"REPLY request=2 code=CONFLICT"}},
          Tell{"nowhere", "AGENT_SIGNED_IN request=3 agent=2 campaign=99"},
          Expect{"no", {"REPLY request=3 code=NOT_FOUND"}},
          Tell{"a stranger", "AGENT_ORDERED request=4 agent=9 order=READY"},
          Expect{"no", {"REPLY request=4 code=CONFLICT"}},
          Tell{"no wrap-up to end", "AGENT_ORDERED request=5 agent=1 order=WRAP_UP"},
          Expect{"no", {"REPLY request=5 code=CONFLICT"}},
          Tell{"by hand", "AGENT_ORDERED request=6 agent=1 order=DIAL_NEXT"},
          Expect{"no", {"REPLY request=6 code=REFUSED"}}});
    play({Given{"an unattended campaign", notice(), 0},
          Tell{"an agent comes", "AGENT_SIGNED_IN request=2 agent=1 campaign=1"},
          Expect{"no", {"REPLY request=2 code=REFUSED"}}});
}

TEST(Agents, WrapUpAfterACallAndAreReadyByThemselves) {
    play(on_call(progressive(),
                 {Tell{"the contact hangs up", "CALL_ENDED call=$c"},
                  Expect{"wrap-up",
                         {"UNBRIDGE contact_call=$c",
                          "STORE_AGENT_STATE agent=1 state=WRAP_UP reason=CALL_OVER",
                          "STORE_OUTCOME outcome=CONNECTED due=null"}},
                  Wait{"just short of it", 14'999ms}, Never{"not yet", {"STORE_AGENT_STATE"}},
                  Wait{"the wrap-up is over", 1ms},
                  Expect{"ready", {"STORE_AGENT_STATE agent=1 state=READY reason=WRAP_UP_OVER"}}}));
}

TEST(Agents, InAWrapUpWithoutLimitSayWhenTheyAreReady) {
    auto spec = progressive();
    spec.wrap_up = 0s;
    play(on_call(spec, {Tell{"the contact hangs up", "CALL_ENDED call=$c"},
                        Expect{"wrap-up", {"STORE_AGENT_STATE state=WRAP_UP"}}, Wait{"hours", 3h},
                        Never{"still", {"STORE_AGENT_STATE"}},
                        Tell{"done", "AGENT_ORDERED agent=1 order=WRAP_UP"},
                        Expect{"ready", {"STORE_AGENT_STATE state=READY reason=ASKED"}}}));
}

TEST(Agents, WhoAskForAPauseDuringACallGetItAfterwards) {
    play(on_call(progressive(),
                 {Tell{"a pause, please", "AGENT_ORDERED request=8 agent=1 order=PAUSE"},
                  Never{"the talk goes on", {"UNBRIDGE", "STORE_AGENT_STATE"}},
                  Expect{"noted", {"REPLY request=8 code=DONE"}},
                  Tell{"the contact hangs up", "CALL_ENDED call=$c"},
                  Expect{"paused", {"STORE_AGENT_STATE agent=1 state=PAUSED"}}}));
}

TEST(Agents, WhoSignOutDuringACallLeaveAfterwards) {
    play(
        on_call(progressive(), {Tell{"I must go", "AGENT_ORDERED request=8 agent=1 order=SIGN_OUT"},
                                Never{"the talk goes on", {"UNBRIDGE", "HANG_UP"}},
                                Expect{"noted", {"REPLY request=8 code=DONE"}},
                                Tell{"the contact hangs up", "CALL_ENDED call=$c"},
                                Expect{"gone",
                                       {"STORE_AGENT_STATE agent=1 state=SIGNED_OUT reason=ASKED",
                                        "HANG_UP call=$leg1 reason=SIGN_OUT"}}}));
}

TEST(Agents, WhoAreKickedLeaveAtOnceAndTheirContactWaits) {
    play(
        on_call(progressive(), {Tell{"out", "AGENT_ORDERED agent=1 order=KICK"},
                                Expect{"at once",
                                       {"UNBRIDGE contact_call=$c agent_call=$leg1",
                                        "STORE_AGENT_STATE agent=1 state=SIGNED_OUT reason=KICKED",
                                        "HANG_UP call=$leg1 reason=SIGN_OUT"}},
                                Wait{"nobody else", 2s}, Expect{"the message", {"PLAY call=$c"}}}));
}

TEST(Agents, WhoseRegistrationIsLostDuringACallFinishItAndGetNoMore) {
    play(on_call(progressive(), {Tell{"not registered any more", "AGENT_PHONE_LOST agent=1"},
                                 Never{"the talk goes on", {"UNBRIDGE"}},
                                 Expect{"said aloud", {"ALERT kind=AGENT_PHONE_LOST agent=1"}},
                                 Tell{"the contact hangs up", "CALL_ENDED call=$c"},
                                 Expect{"paused", {"STORE_AGENT_STATE agent=1 state=PAUSED"}}}));
}

TEST(Agents, WhosePhoneDropsAreRungAgainWhenTheyAreReady) {
    play({Given{"one agent", progressive(), 1}, Tell{"the phone drops", "CALL_ENDED call=$leg1"},
          Expect{"paused",
                 {"ALERT kind=AGENT_PHONE_LOST",
                  "STORE_AGENT_STATE agent=1 state=PAUSED reason=PHONE_LOST"}},
          Tell{"back again", "AGENT_ORDERED agent=1 order=READY"},
          Expect{"rung", {"STORE_AGENT_STATE state=CALLING_PHONE", "RING_AGENT call=$new"}},
          Tell{"he answers", "CALL_ANSWERED call=$new"},
          Expect{"ready", {"STORE_AGENT_STATE agent=1 state=READY"}}});
}

TEST(Agents, WhoAllLeaveTakeTheRingingLinesWithThem) {
    play({Given{"two agents", progressive(), 2}, Offer{"two contacts", 2},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c", "STORE_ATTEMPT attempt=$d"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"rings", "CALL_RINGING call=$c"},
          Tell{"the first leaves", "AGENT_ORDERED agent=1 order=SIGN_OUT"},
          Never{"one is left", {"HANG_UP call=$c"}},
          Tell{"the second leaves", "AGENT_ORDERED agent=2 order=PAUSE"},
          Expect{"cancelled at once", {"HANG_UP call=$c reason=AGENTS_GONE"}},
          Tell{"the other attempt is durable", "ATTEMPT_STORED attempt=$d"},
          Never{"not placed", {"PLACE_CALL"}},
          Expect{"given back", {"STORE_OUTCOME attempt=$d outcome=WITHDRAWN reason=AGENTS_GONE"}}});
}

// Field study 3, row 4: the dialer keeps calling after every agent has left.
struct Leaving {
    const char* name;
    const char* event;
};
void PrintTo(const Leaving& row, std::ostream* out) { *out << row.name; }

class Pain04AgentsGone : public testing::TestWithParam<Leaving> {};

TEST_P(Pain04AgentsGone, NobodyIsCalledAnyMore) {
    play({Given{"two lines for the only agent", ratio(2), 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Expect{"placed", {"PLACE_CALL call=$c"}},
          Tell{"rings", "CALL_RINGING call=$c"}, Tell{"the agent leaves", GetParam().event},
          Expect{"what rings is cancelled at once", {"HANG_UP call=$c reason=AGENTS_GONE"}},
          Tell{"confirmed", "CALL_FAILED call=$c failure.sip_status=487"},
          Expect{"and is not held against the contact",
                 {"STORE_OUTCOME attempt=$c outcome=CANCELLED reason=AGENTS_GONE"}},
          Offer{"twenty more contacts", 20}, Wait{"a night", 10h},
          Never{"nobody is called", {"STORE_ATTEMPT", "PLACE_CALL"}}});
}

INSTANTIATE_TEST_SUITE_P(
    Ways, Pain04AgentsGone,
    testing::Values(Leaving{"Pause", "AGENT_ORDERED agent=1 order=PAUSE"},
                    Leaving{"SignOut", "AGENT_ORDERED agent=1 order=SIGN_OUT"},
                    Leaving{"EndOfShift", "AGENT_ORDERED agent=1 order=LEAVE"},
                    Leaving{"Kicked", "AGENT_ORDERED agent=1 order=KICK"},
                    Leaving{"PhoneHangsUp", "CALL_ENDED call=$leg1"},
                    Leaving{"RegistrationLost", "AGENT_PHONE_LOST agent=1"}),
    [](const auto& row) { return row.param.name; });

TEST(Agents, DialByHandOneLineAtATime) {
    play({Given{"two agents", manual(), 2}, Offer{"two contacts", 2},
          Never{"nobody asked", {"STORE_ATTEMPT"}},
          Tell{"agent 2 asks", "AGENT_ORDERED request=4 agent=2 order=DIAL_NEXT"},
          Expect{"one line", {"REPLY request=4 code=DONE", "STORE_ATTEMPT contact=1 attempt=$c"}},
          Tell{"impatient", "AGENT_ORDERED request=5 agent=2 order=DIAL_NEXT"},
          Never{"no second line", {"STORE_ATTEMPT"}},
          Expect{"no", {"REPLY request=5 code=CONFLICT"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"the one who asked", {"BRIDGE contact_call=$c agent_call=$leg2"}}});
}

TEST(Agents, WhoLeaveAfterAskingByHandLeaveNoLineBehind) {
    play({Given{"two agents", manual(), 2}, Offer{"two contacts", 2},
          Tell{"agent 2 asks", "AGENT_ORDERED agent=2 order=DIAL_NEXT"},
          Expect{"one line", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"and leaves", "AGENT_ORDERED agent=2 order=PAUSE"},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Never{"for nobody", {"PLACE_CALL"}},
          Expect{"given back", {"STORE_OUTCOME attempt=$c outcome=WITHDRAWN reason=AGENTS_GONE"}},
          Tell{"agent 1 asks", "AGENT_ORDERED agent=1 order=DIAL_NEXT"},
          Expect{"one line", {"STORE_ATTEMPT attempt=$d"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$d"}, Expect{"placed", {"PLACE_CALL call=$d"}},
          Tell{"agent 1 leaves", "AGENT_ORDERED agent=1 order=SIGN_OUT"},
          Expect{"cancelled", {"HANG_UP call=$d reason=AGENTS_GONE"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
