#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/phone_work.cpp: agents who have a phone and nothing else.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

campaigns::CampaignSpec spoken() {
    auto spec = office();
    spec.agents.speaks = true;
    return spec;
}

TEST(PhoneWork, PausesAndReturnsByKeysAndHearsSo) {
    play({Given{"one agent", spoken(), 1}, Key{"*", "$leg1", '*'}, Key{"2", "$leg1", '2'},
          Never{"not yet", {"STORE_AGENT_STATE"}}, Key{"lunch", "$leg1", '2'},
          Expect{"paused, and told",
                 {"STORE_AGENT_STATE state=PAUSED code=LUNCH",
                  "PLAY call=$leg1 prompts=[\"agent/paused\"]"}},
          Key{"*", "$leg1", '*'}, Key{"1", "$leg1", '1'},
          Expect{"ready, and told",
                 {"STORE_AGENT_STATE state=READY", "PLAY prompts=[\"agent/ready\"]"}}});
}

TEST(PhoneWork, WritesUpWithOneKeyAndIsReady) {
    play(talking(spoken(), {Tell{"the contact hangs up", "CALL_ENDED call=$c"},
                            Expect{"wrap-up", {"STORE_AGENT_STATE state=WRAP_UP"}},
                            Key{"a sale", "$leg1", '1'},
                            Expect{"kept, and ready",
                                   {"STORE_DISPOSITION code=SALE", "STORE_AGENT_STATE state=READY",
                                    "PLAY prompts=[\"agent/ready\"]"}}}));
}

TEST(PhoneWork, PromisesACallbackInHours) {
    std::vector<StoryStep> keys;
    for (const char key : std::string{"*72#"}) keys.push_back(Key{"a key", "$leg1", key});
    keys.push_back(Expect{
        "in two hours, himself",
        {"STORE_DISPOSITION code=CALLBK", "STORE_CALLBACK contact=1 agent=1 due=1767614400000"}});
    play(talking(spoken(), keys));
}

TEST(PhoneWork, KeysOfATalkAreMeantForOthers) {
    play(talking(spoken(), {Key{"a bank's menu", "$leg1", '4'},
                            Never{"nothing", {"PLAY", "STORE_DISPOSITION", "HANG_UP"}},
                            Key{"*", "$leg1", '*'}, Key{"3", "$leg1", '3'},
                            Expect{"a command", {"HANG_UP call=$c reason=AGENT_DONE"}}}));
}

TEST(PhoneWork, SaysWhenItDidNotUnderstandOrCannot) {
    play({Given{"one agent", spoken(), 1}, Key{"?", "$leg1", '7'},
          Expect{"told", {"PLAY prompts=[\"agent/not-understood\"]"}}, Key{"*", "$leg1", '*'},
          Key{"3", "$leg1", '3'}, Expect{"no call", {"PLAY prompts=[\"agent/not-possible\"]"}}});
}

TEST(PhoneWork, SignsOutByKeys) {
    play({Given{"one agent", spoken(), 1}, Key{"*", "$leg1", '*'}, Key{"0", "$leg1", '0'},
          Expect{"gone", {"STORE_AGENT_STATE state=SIGNED_OUT", "HANG_UP call=$leg1"}}});
}

TEST(PhoneWork, IsSilentWhereAgentsHaveScreens) {
    play({Given{"one agent", office(), 1}, Key{"*", "$leg1", '*'}, Key{"2", "$leg1", '2'},
          Key{"#", "$leg1", '#'}, Expect{"paused", {"STORE_AGENT_STATE state=PAUSED"}},
          Never{"no voice", {"PLAY"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
