#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/promises.cpp: callbacks.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

const UtcTime kTen{1'767'607'200s};  // Monday 2026-01-05, 10:00 UTC, when stories begin

ContactsOffered offered(std::vector<std::uint64_t> fresh, std::uint64_t promised,
                        std::uint64_t agent) {
    ContactsOffered offers{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
    for (const auto id : fresh) {
        offers.offers.push_back(
            {.contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true});
    }
    offers.offers.push_back(
        {.contact = ContactId{promised},
         .number = NumberId{promised},
         .destination_allowed = true,
         .promised = campaigns::PromisedCall{CallbackId{70 + promised}, AgentId{agent}, kTen}});
    return offers;
}

TEST(Promises, ComeBeforeEverybodyElse) {
    play({Given{"one agent", progressive(), 1},
          Tell{"two fresh ones and a promise", offered({1, 2}, 3, 0)},
          Expect{"the promise", {"STORE_ATTEMPT contact=3 callback=73"}},
          Never{"and no other", {"STORE_ATTEMPT contact=1"}}});
}

TEST(Promises, AreKeptByTheAgentWhoMadeThem) {
    play({Given{"two agents", progressive(), 2},
          Tell{"agent 2 is on call with contact 1, agent 1 has promised contact 2",
               offered({1}, 2, 1)},
          Expect{"both are dialed",
                 {"STORE_ATTEMPT contact=2 callback=72 attempt=$p",
                  "STORE_ATTEMPT contact=1 attempt=$o"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$p"},
          Tell{"durable", "ATTEMPT_STORED attempt=$o"},
          Tell{"the other answers", "CALL_ANSWERED call=$o"},
          Expect{"agent 2 has him", {"BRIDGE contact_call=$o agent_call=$leg2"}},
          Tell{"the promised one answers", "CALL_ANSWERED call=$p"},
          Expect{"agent 1 has him", {"BRIDGE contact_call=$p agent_call=$leg1"}}});
}

TEST(Promises, WaitForAnAgentWhoIsAwayAndPassToAnybodyThen) {
    auto spec = progressive();
    spec.agents.callback_wait = 60s;
    play({Given{"agent 1, but 9 has promised", spec, 1}, Tell{"the promise", offered({}, 3, 9)},
          Never{"not yet", {"STORE_ATTEMPT"}}, Wait{"a minute", 60s},
          Expect{"somebody keeps it", {"STORE_ATTEMPT contact=3 callback=73"}}});
}

TEST(Promises, OfAnAgentAloneWaitForHim) {
    auto spec = progressive();
    spec.agents.callback_wait = 0s;
    play({Given{"agent 1, but 9 has promised", spec, 1}, Tell{"the promise", offered({}, 3, 9)},
          Wait{"an hour", 1h}, Never{"nobody else", {"STORE_ATTEMPT"}},
          Tell{"he comes", "AGENT_SIGNED_IN agent=9 campaign=1 ready=true"},
          Expect{"rung", {"RING_AGENT call=$l9"}}, Tell{"in", "CALL_ANSWERED call=$l9"},
          Expect{"and keeps it", {"STORE_ATTEMPT contact=3 callback=73"}}});
}

TEST(Promises, AreGivenBackWhenTheCampaignPauses) {
    play({Given{"agent 1, but 9 has promised", progressive(), 1},
          Tell{"the promise", offered({}, 3, 9)},
          Tell{"paused", "CAMPAIGN_ORDERED campaign=1 order=PAUSE"},
          Expect{"back", {"RELEASE_CONTACT contact=3"}}});
}

TEST(Promises, StandOnTheScreenWhereAgentsDialByHand) {
    auto spec = progressive();
    spec.mode = pacing::DialMode::Preview;
    play({Given{"one agent", spec, 1}, Tell{"a fresh one and his promise", offered({1}, 3, 1)},
          Expect{"his promise first", {"SHOW_CONTACT agent=1 contact=3"}},
          Never{"nothing is dialed by itself", {"STORE_ATTEMPT"}},
          Tell{"go", "AGENT_ORDERED agent=1 order=DIAL_NEXT"},
          Expect{"dialed", {"STORE_ATTEMPT contact=3 callback=73"}}});
}

TEST(Promises, AreNotKeptToWhoOptedOutMeanwhile) {
    auto spec = progressive();
    spec.agents.callback_wait = 60s;
    play({Given{"agent 1, but 9 has promised", spec, 1}, Tell{"the promise", offered({}, 3, 9)},
          Tell{"no more calls", "SUPPRESSION_ADDED number=3 client=1"}, Wait{"a minute", 60s},
          Expect{"given back for good",
                 {"RELEASE_CONTACT contact=3 decision.verdict=DENY decision.rule=DO_NOT_CALL"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
