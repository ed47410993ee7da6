#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// What the detector tells: people wait for agents from their greeting on, machines are hung up on.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

std::vector<StoryStep> picked_up(int agents, std::vector<StoryStep> then) {
    auto spec = progressive();
    spec.detect_answers = true;
    std::vector<StoryStep> steps{
        Given{"a campaign with a detector", std::move(spec), agents}, Offer{"one contact", 1},
        Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
        Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Wait{"it rings", 10s},
        Tell{"picked up", "CALL_ANSWERED call=$c"}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Detection, NobodyIsPutThroughBeforeTheVerdict) {
    play(picked_up(1, {Never{"no verdict yet", {"BRIDGE", "STORE_ACCOUNT", "STORE_ATTEMPT"}},
                       Wait{"listening", 1s}, Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                       Expect{"counted and put through",
                              {"STORE_ACCOUNT account.live_answers=1", "BRIDGE contact_call=$c"}}}));
}

TEST(Detection, AMachineIsHungUpOnAndNotCounted) {
    play(picked_up(1, {Tell{"a machine", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                       Never{"no person", {"STORE_ACCOUNT", "BRIDGE"}},
                       Expect{"the end", {"HANG_UP call=$c reason=MACHINE"}},
                       Tell{"over", "CALL_ENDED call=$c"},
                       Expect{"its outcome", {"STORE_OUTCOME attempt=$c outcome=MACHINE"}}}));
}

/// The only agent has left between the ringing and the verdict: the person waits for nobody.
std::vector<StoryStep> waits_alone(std::vector<StoryStep> after) {
    std::vector<StoryStep> then{Tell{"the agent pauses", "AGENT_ORDERED agent=1 order=PAUSE"}};
    then.insert(then.end(), after.begin(), after.end());
    return picked_up(1, std::move(then));
}

TEST(Detection, TheLegalTimeRunsFromTheEndOfTheGreeting) {
    play(waits_alone({Wait{"his greeting", 900ms}, Tell{"is over", "GREETING_ENDED call=$c"},
                      Wait{"the verdict", 600ms},
                      Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                      Wait{"until 1.999 s after the greeting", 1399ms}, Never{"not yet", {"PLAY"}},
                      Wait{"two seconds", 1ms},
                      Expect{"the message", {"STORE_ACCOUNT account.abandoned=1", "PLAY call=$c"}}}));
}

TEST(Detection, AVerdictBeforeTheEndOfTheGreetingWaitsForIt) {
    play(waits_alone({Wait{"the verdict", 1s},
                      Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                      Wait{"he greets on", 400ms}, Tell{"and ends", "GREETING_ENDED call=$c"},
                      Wait{"until 1.999 s after it", 1999ms}, Never{"not yet", {"PLAY"}},
                      Wait{"two seconds", 1ms}, Expect{"the message", {"PLAY call=$c"}}}));
}

TEST(Detection, ALateVerdictLeavesFiftyMilliseconds) {
    play(waits_alone({Wait{"his greeting", 600ms}, Tell{"is over", "GREETING_ENDED call=$c"},
                      Wait{"a slow detector", 3s},
                      Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                      Never{"not in the same breath", {"PLAY"}}, Wait{"50 ms", 50ms},
                      Expect{"the message", {"PLAY call=$c"}}}));
}

TEST(Detection, ADetectorThatSaysNothingIsNotWaitedFor) {
    play(picked_up(1, {Wait{"almost five seconds", 4999ms}, Never{"listening", {"BRIDGE"}},
                       Wait{"five", 1ms},
                       Expect{"taken for a person",
                              {"STORE_ACCOUNT account.live_answers=1", "BRIDGE contact_call=$c"}},
                       Tell{"too late", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                       Never{"he talks already", {"HANG_UP"}}, Expect{"nothing", {}}}));
}

TEST(Detection, WhoeverHangsUpBeforeTheVerdictIsNotCounted) {
    play(picked_up(1, {Wait{"half a second", 500ms}, Tell{"gone", "CALL_ENDED call=$c"},
                       Never{"no person known", {"STORE_ACCOUNT"}},
                       Expect{"hung up", {"STORE_OUTCOME attempt=$c outcome=HUNG_UP"}}}));
}

TEST(Detection, WhomWeCutOffBeforeTheVerdictCountsAsAbandoned) {
    play(picked_up(1, {Tell{"the service ends", "SHUTDOWN_ORDERED drain=false"},
                       Expect{"it might have been a person",
                              {"STORE_ACCOUNT account.live_answers=1 account.abandoned=1",
                               "HANG_UP call=$c reason=SHUTDOWN"}}}));
}

}  // namespace
}  // namespace bellwether::engine::story
