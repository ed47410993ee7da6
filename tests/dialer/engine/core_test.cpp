#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/core.cpp: starts, shutdowns and a store that fails.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

/// Contact 1 talks to agent 1 ($c), contact 2 rings ($d), contact 3 is being stored ($e).
std::vector<StoryStep> busy_service(std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{
        Given{"three agents", progressive(), 3},
        Offer{"three contacts", 3},
        Expect{
            "stored",
            {"STORE_ATTEMPT attempt=$c", "STORE_ATTEMPT attempt=$d", "STORE_ATTEMPT attempt=$e"}},
        Tell{"durable", "ATTEMPT_STORED attempt=$c"},
        Tell{"durable", "ATTEMPT_STORED attempt=$d"},
        Tell{"answered", "CALL_ANSWERED call=$c"},
        Expect{"put through", {"BRIDGE contact_call=$c agent_call=$leg1"}}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Core, DrainsAtAShutdownAndSaysWhenItIsReady) {
    play(busy_service(
        {Tell{"shut down", "SHUTDOWN_ORDERED drain=true"},
         Never{"who talks may talk on", {"HANG_UP call=$c", "UNBRIDGE"}},
         Expect{"ringing lines are cancelled", {"HANG_UP call=$d reason=SHUTDOWN"}},
         Tell{"late", "AGENT_SIGNED_IN request=4 agent=9 campaign=1"},
         Tell{"too late", "CAMPAIGN_ORDERED request=5 campaign=1 order=START"},
         Expect{"no", {"REPLY request=4 code=REFUSED", "REPLY request=5 code=REFUSED"}},
         Tell{"the last attempt is durable", "ATTEMPT_STORED attempt=$e"},
         Never{"no INVITE", {"PLACE_CALL"}},
         Expect{"given back", {"STORE_OUTCOME attempt=$e outcome=WITHDRAWN reason=SHUTDOWN"}},
         Tell{"confirmed", "CALL_FAILED call=$d failure.sip_status=487"},
         Never{"not ready yet", {"SHUTDOWN_READY"}},
         Expect{"cancelled", {"STORE_OUTCOME attempt=$d outcome=CANCELLED"}},
         Tell{"the talk ends", "CALL_ENDED call=$c"},
         Expect{"the agents go home",
                {"STORE_OUTCOME attempt=$c outcome=CONNECTED",
                 "STORE_AGENT_STATE state=SIGNED_OUT reason=SHUTDOWN",
                 "HANG_UP call=$leg1 reason=SIGN_OUT"}},
         Tell{"leg 1", "CALL_ENDED call=$leg1 by=US"},
         Tell{"leg 2", "CALL_ENDED call=$leg2 by=US"},
         Never{"one is left", {"SHUTDOWN_READY"}},
         Tell{"leg 3", "CALL_ENDED call=$leg3 by=US"},
         Expect{"ready", {"SHUTDOWN_READY"}},
         Tell{"said once", "SHUTDOWN_ORDERED drain=true"},
         Never{"once", {"SHUTDOWN_READY"}}}));
}

TEST(Core, EndsEverythingAtTheSecondOrder) {
    play(busy_service(
        {Tell{"shut down", "SHUTDOWN_ORDERED drain=true"},
         Expect{"ringing lines are cancelled", {"HANG_UP call=$d"}},
         Tell{"at once", "SHUTDOWN_ORDERED drain=false"}, Never{"no phone was lost", {"ALERT"}},
         Expect{"all of it",
                {"UNBRIDGE contact_call=$c", "HANG_UP call=$c reason=SHUTDOWN",
                 "STORE_AGENT_STATE agent=1 state=SIGNED_OUT reason=SHUTDOWN", "HANG_UP call=$leg1",
                 "HANG_UP call=$leg2", "HANG_UP call=$leg3"}},
         Tell{"withdrawn", "ATTEMPT_STORED attempt=$e"}, Wait{"nobody confirms anything", 40s},
         Expect{
             "ready all the same",
             {"STORE_OUTCOME attempt=$e outcome=WITHDRAWN",
              "STORE_OUTCOME attempt=$c outcome=CONNECTED reason=SHUTDOWN", "SHUTDOWN_READY"}}}));
}

TEST(Core, IsReadyAtOnceWhenNothingIsUp) {
    play({Given{"nobody", progressive(), 0}, Tell{"shut down", "SHUTDOWN_ORDERED drain=true"},
          Expect{"ready", {"SHUTDOWN_READY"}}});
}

TEST(Core, StopsDialingWhenTheStoreFailsAndLetsPeopleFinish) {
    play(busy_service(
        {Tell{"the disk is full", "STORE_FAILED"},
         Never{"who talks may talk on", {"HANG_UP call=$c"}},
         Expect{"nothing new; what waits for the store is given up",
                {"HANG_UP call=$d reason=SHUTDOWN", "STORE_OUTCOME attempt=$e outcome=WITHDRAWN",
                 "EXPLAIN_PACING block=STORE_FAILED"}},
         Tell{"confirmed", "CALL_FAILED call=$d failure.sip_status=487"},
         Tell{"the talk ends", "CALL_ENDED call=$c"}, Tell{"leg 1", "CALL_ENDED call=$leg1 by=US"},
         Tell{"leg 2", "CALL_ENDED call=$leg2 by=US"}, Tell{"leg 3", "CALL_ENDED call=$leg3 by=US"},
         Expect{"ready to end", {"SHUTDOWN_READY"}}}));
}

TEST(Core, EndsInterviewsWhenTheStoreFails) {
    play({Given{"a survey", survey(), 0}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Tell{"the disk is full", "STORE_FAILED"},
          Expect{"ended", {"STORE_INTERVIEW end.cause=HUNG_UP", "HANG_UP call=$c reason=SHUTDOWN"}}});
}

TEST(Core, GivesIdsThatNoOtherStartGives) {
    // Epoch 1: ids begin at 2^32.
    play({Given{"a campaign", notice(), 0}, Offer{"one contact", 1},
          Expect{"the first id", {"STORE_ATTEMPT attempt=4294967297 call=4294967297 epoch=1"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
