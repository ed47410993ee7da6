#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/listeners.cpp: supervisors who listen.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

TEST(Listeners, AreRungAndHearTheAgentInTheirRole) {
    play(talking(
        office(),
        {Tell{"a supervisor", "SUPERVISOR_CAME agent=1 phone=boss role=MONITOR request=2"},
         Expect{"rung", {"RING_SUPERVISOR phone=boss call=$s", "REPLY request=2 code=DONE"}},
         Tell{"answers", "CALL_ANSWERED call=$s"},
         Expect{"listens", {"LISTEN agent_call=$leg1 listener=$s role=MONITOR"}},
         Tell{"whispers", "SUPERVISOR_CAME agent=1 phone=boss role=WHISPER"},
         Expect{"no second leg", {"LISTEN agent_call=$leg1 listener=$s role=WHISPER"}},
         Tell{"leaves", "SUPERVISOR_CAME agent=1 phone=boss role=LEAVE"},
         Expect{"hung up", {"HANG_UP call=$s reason=LISTENER_GONE"}},
         Tell{"gone", "CALL_ENDED call=$s by=US"},
         Tell{"leaves again", "SUPERVISOR_CAME agent=1 phone=boss role=LEAVE request=4"},
         Expect{"nobody to leave", {"REPLY request=4 code=NOT_FOUND"}}}));
}

TEST(Listeners, GoWithTheAgent) {
    play({Given{"one agent", office(), 1},
          Tell{"a supervisor", "SUPERVISOR_CAME agent=1 phone=boss role=BARGE"},
          Expect{"rung", {"RING_SUPERVISOR call=$s"}}, Tell{"answers", "CALL_ANSWERED call=$s"},
          Tell{"the agent signs out", "AGENT_ORDERED agent=1 order=SIGN_OUT"},
          Expect{"both", {"HANG_UP call=$s reason=LISTENER_GONE", "HANG_UP call=$leg1"}}});
}

TEST(Listeners, NeedAnAgentWhoIsThere) {
    play({Given{"nobody", office(), 0},
          Tell{"to whom?", "SUPERVISOR_CAME agent=1 phone=boss role=MONITOR request=2"},
          Expect{"no", {"REPLY request=2 code=CONFLICT"}}});
}

TEST(Listeners, WhoDoNotAnswerAreGivenUp) {
    play({Given{"one agent", office(), 1},
          Tell{"a supervisor", "SUPERVISOR_CAME agent=1 phone=boss role=MONITOR"},
          Expect{"rung", {"RING_SUPERVISOR call=$s"}}, Wait{"he is not there", 25s},
          Expect{"enough", {"HANG_UP call=$s"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
