#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/talk.cpp: what an agent does with the call he has.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

TEST(Talk, TheAgentEndsTheCallAndKeepsHisPhone) {
    play(talking(
        office(),
        {Tell{"enough", "AGENT_ORDERED agent=1 order=HANG_UP request=4"},
         Expect{"only the contact is hung up on",
                {"STORE_AGENT_STATE state=WRAP_UP", "HANG_UP call=$c reason=AGENT_DONE",
                 "REPLY request=4 code=DONE"}},
         Never{"not he", {"HANG_UP call=$leg1"}}, Tell{"confirmed", "CALL_ENDED call=$c by=US"},
         Expect{"connected", {"STORE_OUTCOME outcome=CONNECTED"}}}));
}

// Field study, section 0, row 34: hold with a timer and an alert.
TEST(Talk, HoldHasMusicAndALimitThatIsSaidAloud) {
    play(talking(office(), {Tell{"one moment", "AGENT_ORDERED agent=1 order=HOLD"},
                            Expect{"music", {"UNBRIDGE contact_call=$c", "HOLD_CALL call=$c"}},
                            Wait{"two minutes", 120s},
                            Expect{"said",
                                   {"ALERT kind=HOLD_TOO_LONG call=$c",
                                    "TELL_AGENT agent=1 news=HOLD_TOO_LONG"}},
                            Tell{"back", "AGENT_ORDERED agent=1 order=RESUME"},
                            Expect{"they talk again", {"BRIDGE contact_call=$c agent_call=$leg1"}},
                            Tell{"again", "AGENT_ORDERED agent=1 order=RESUME request=5"},
                            Expect{"nothing is on hold", {"REPLY request=5 code=CONFLICT"}}}));
}

TEST(Talk, WhoHangsUpOnHoldFreesTheAgent) {
    play(talking(office(), {Tell{"one moment", "AGENT_ORDERED agent=1 order=HOLD"},
                            Tell{"he will not wait", "CALL_ENDED call=$c"},
                            Expect{"over",
                                   {"STORE_AGENT_STATE agent=1 state=WRAP_UP",
                                    "STORE_OUTCOME outcome=CONNECTED"}}}));
}

TEST(Talk, CardDataStaysOutOfTheRecording) {
    play(talking(office(), {Tell{"now the card", "AGENT_ORDERED agent=1 order=PAUSE_RECORDING"},
                            Expect{"paused", {"PAUSE_RECORDING call=$c paused=true"}},
                            Tell{"and on", "AGENT_ORDERED agent=1 order=RESUME_RECORDING"},
                            Expect{"recorded", {"PAUSE_RECORDING call=$c paused=false"}}}));
    play(talking(progressive(),
                 {Tell{"nothing to pause", "AGENT_ORDERED agent=1 order=PAUSE_RECORDING request=3"},
                  Expect{"refused", {"REPLY request=3 code=REFUSED"}}}));
}

TEST(Talk, ADispositionDuringTheCallDecidesAtItsEnd) {
    play(talking(office(), {Tell{"nobody there", "AGENT_DISPOSED agent=1 code=N"},
                            Expect{"on record, the contact untouched",
                                   {"STORE_DISPOSITION call=$c contact=1 code=N settles=false"}},
                            Tell{"he hangs up", "CALL_ENDED call=$c"},
                            Expect{"tried again though he was connected",
                                   {"STORE_OUTCOME outcome=CONNECTED due=$due"}}}));
}

// Between our BYE and its confirmation the call is still the contact's.
TEST(Talk, ADispositionWhileTheCallEndsDecidesAtItsEnd) {
    play(talking(office(), {Tell{"enough", "AGENT_ORDERED agent=1 order=HANG_UP"},
                            Tell{"nobody there", "AGENT_DISPOSED agent=1 code=N"},
                            Expect{"on record, the contact untouched",
                                   {"STORE_DISPOSITION call=$c settles=false due=$due"}},
                            Tell{"confirmed", "CALL_ENDED call=$c by=US"},
                            Expect{"tried again at the time it said",
                                   {"STORE_OUTCOME outcome=CONNECTED due=$due"}}}));
}

TEST(Talk, ADispositionAfterTheCallSettlesTheContact) {
    play(talking(office(), {Tell{"he hangs up", "CALL_ENDED call=$c"},
                            Expect{"done", {"STORE_OUTCOME outcome=CONNECTED due=null"}},
                            Tell{"by its key", "AGENT_DISPOSED agent=1 code=2 request=6"},
                            Expect{"kept",
                                   {"STORE_DISPOSITION code=NI settles=true due=null",
                                    "REPLY request=6 code=DONE"}}}));
}

TEST(Talk, DoNotCallIsOneWordAway) {
    play(talking(office(),
                 {Tell{"never again", "AGENT_DISPOSED agent=1 code=DNC"},
                  Expect{"both on record",
                         {"STORE_DISPOSITION code=DNC", "STORE_SUPPRESSION number=1 client=1"}}}));
}

TEST(Talk, ACallbackNeedsATimeToCome) {
    play(talking(office(),
                 {Tell{"no time", "AGENT_DISPOSED agent=1 code=CALLBK request=2"},
                  Expect{"refused", {"REPLY request=2 code=REFUSED"}},
                  Tell{"past", "AGENT_DISPOSED agent=1 code=CALLBK due=1 request=3"},
                  Expect{"refused", {"REPLY request=3 code=REFUSED"}},
                  Tell{"in an hour, himself",
                       "AGENT_DISPOSED agent=1 code=CALLBK due=1767610800000 mine=true request=4"},
                  Expect{"promised",
                         {"STORE_DISPOSITION code=CALLBK due=1767610800000",
                          "STORE_CALLBACK contact=1 agent=1 due=1767610800000",
                          "REPLY request=4 code=DONE"}},
                  Tell{"he hangs up", "CALL_ENDED call=$c"},
                  Expect{"due then", {"STORE_OUTCOME outcome=CONNECTED due=1767610800000"}}}));
}

TEST(Talk, WhatIsNoDispositionIsRefusedWithItsPlace) {
    play(talking(office(), {Tell{"what?", "AGENT_DISPOSED agent=1 code=XX request=2"},
                            Expect{"refused", {"REPLY request=2 code=NOT_FOUND"}}}));
    play({Given{"no call yet", office(), 1},
          Tell{"early", "AGENT_DISPOSED agent=1 code=NI request=2"},
          Expect{"refused", {"REPLY request=2 code=CONFLICT"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
