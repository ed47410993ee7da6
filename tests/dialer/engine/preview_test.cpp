#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/preview.cpp: the contact is on the agent's screen before it is dialed; and the end
// of a shift.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

campaigns::CampaignSpec preview() {
    auto spec = manual();
    spec.mode = pacing::DialMode::Preview;
    return spec;
}

TEST(Preview, ShowsEachReadyAgentHisContactAndDialsNone) {
    play(
        {Given{"two agents", preview(), 2}, Offer{"five contacts", 5},
         Never{"nobody asked", {"STORE_ATTEMPT"}},
         Expect{"one each", {"SHOW_CONTACT agent=1 contact=1", "SHOW_CONTACT agent=2 contact=2"}}});
}

TEST(Preview, DialsTheContactOnTheScreenForTheAgentWhoAskedAndNobodyElse) {
    play({Given{"two agents", preview(), 2}, Offer{"five contacts", 5},
          Expect{"shown", {"SHOW_CONTACT agent=2 contact=2"}},
          Tell{"agent 2 dials", "AGENT_ORDERED agent=2 order=DIAL_NEXT"},
          Never{"not the other's", {"STORE_ATTEMPT contact=1"}},
          Expect{"his", {"STORE_ATTEMPT contact=2 attempt=$c pacing.mode=PREVIEW"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"put through to him", {"BRIDGE contact_call=$c agent_call=$leg2"}}});
}

TEST(Preview, ASkippedContactGoesBackAndAnotherIsShown) {
    play({Given{"an agent", preview(), 1}, Offer{"two contacts", 2},
          Expect{"shown", {"SHOW_CONTACT agent=1 contact=1"}},
          Tell{"he skips", "AGENT_ORDERED agent=1 order=SKIP"},
          Expect{"back to the list, and the next",
                 {"RELEASE_CONTACT contact=1 decision.verdict=ALLOW",
                  "SHOW_CONTACT agent=1 contact=2"}}});
}

TEST(Preview, AnAgentWhoPausesGivesHisContactBack) {
    play({Given{"an agent", preview(), 1}, Offer{"two contacts", 2},
          Expect{"shown", {"SHOW_CONTACT agent=1 contact=1"}},
          Tell{"a break", "AGENT_ORDERED agent=1 order=PAUSE"},
          Expect{"given back", {"RELEASE_CONTACT contact=1"}},
          Tell{"he cannot dial now", "AGENT_ORDERED request=7 agent=1 order=DIAL_NEXT"},
          Expect{"refused", {"REPLY request=7 code=CONFLICT"}}});
}

TEST(Leave, EndsTheShiftAtOnceBetweenCalls) {
    play({Given{"an agent", progressive(), 1}, Tell{"home", "AGENT_ORDERED agent=1 order=LEAVE"},
          Expect{"signed out", {"STORE_AGENT_STATE agent=1 state=SIGNED_OUT"}}});
}

TEST(Leave, LetsCallAndWrapUpFinishFirst) {
    play({Given{"an agent", progressive(), 1}, Offer{"three contacts", 3},
          Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"they talk", {"BRIDGE"}}, Tell{"home", "AGENT_ORDERED agent=1 order=LEAVE"},
          Never{"not yet", {"STORE_AGENT_STATE", "HANG_UP"}}, Tell{"over", "CALL_ENDED call=$c"},
          Expect{"wrap-up", {"STORE_AGENT_STATE agent=1 state=WRAP_UP"}}, Wait{"wrap-up", 1min},
          Never{"no further call", {"STORE_ATTEMPT", "STORE_AGENT_STATE agent=1 state=READY"}},
          Expect{"signed out", {"STORE_AGENT_STATE agent=1 state=SIGNED_OUT"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
