#include "dialer/engine/actions.h"

#include <gtest/gtest.h>

namespace bellwether::engine {
namespace {

TEST(Actions, ThatWriteToTheStoreAreKnown) {
    for (const Action& action :
         {Action{AskForContacts{}}, Action{ReleaseContact{}}, Action{StoreAttempt{}},
          Action{StoreMilestone{}}, Action{StoreOutcome{}}, Action{StoreAccount{}},
          Action{StoreInterview{}}, Action{StoreAnswers{}}, Action{StoreSuppression{}},
          Action{StoreAgentState{}}, Action{StoreCampaignState{}}}) {
        EXPECT_TRUE(is_store_action(action)) << action.index();
    }
}

TEST(Actions, ThatDoNotAreKnownToo) {
    for (const Action& action :
         {Action{PlaceCall{}}, Action{RingAgent{}}, Action{HangUp{}}, Action{Bridge{}},
          Action{Unbridge{}}, Action{Play{}}, Action{StopPlaying{}}, Action{Record{}},
          Action{ExplainPacing{}}, Action{ShowContact{}}, Action{Alert{}}, Action{Reply{}},
          Action{ShutdownReady{}}}) {
        EXPECT_FALSE(is_store_action(action)) << action.index();
    }
}

}  // namespace
}  // namespace bellwether::engine
