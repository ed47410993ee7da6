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

/// The contact's promise is a loose one.
ContactsOffered loosely(ContactsOffered offers) {
    offers.offers.back().promised->loose = true;
    return offers;
}

TEST(Promises, OfSomeTimeFromThenOnStandInLineWithOthers) {
    play({Given{"one agent", progressive(), 1},
          Tell{"two fresh ones and a loose promise", loosely(offered({1, 2}, 3, 0))},
          Expect{"the first", {"STORE_ATTEMPT contact=1 callback=0 attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
          Expect{"the second", {"STORE_ATTEMPT contact=2 attempt=$d"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$d"},
          Tell{"busy", "CALL_FAILED call=$d failure.sip_status=486"},
          Expect{"kept in its turn", {"STORE_ATTEMPT contact=3 callback=73"}}});
}

TEST(Promises, AreKeptBeyondTheCampaignsCap) {
    auto offers = offered({}, 3, 0);
    auto spec = progressive();
    spec.retry.attempts_max = 2;
    offers.offers.back().attempts_made = 2;
    play({Given{"two attempts at the most", spec, 1}, Tell{"two were made", offers},
          Expect{"the promised one is the third", {"STORE_ATTEMPT contact=3 attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Expect{"rung", {"PLACE_CALL call=$c"}},
          Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
          Expect{"and the last", {"STORE_OUTCOME attempt=$c due=null"}}});
    offers.offers.back().promised.reset();
    play({Given{"two attempts at the most", spec, 1}, Tell{"nothing was promised", offers},
          Expect{"given back", {"RELEASE_CONTACT contact=3 decision.rule=ATTEMPT_CAP"}}});
}

TEST(Promises, FetchTheirAgentFromAnotherCampaign) {
    auto second = progressive();
    second.id = CampaignId{2};
    second.caller_ids = {"+15550200"};
    play({Given{"campaign 1", progressive(), 0},
          Tell{"campaign 2",
               CampaignApplied{.spec = second, .run_state = CampaignRunState::Running}},
          Tell{"he serves both, 1 first", AgentSignedIn{.agent = AgentId{4},
                                                        .campaign = CampaignId{1},
                                                        .ready = true,
                                                        .further = {CampaignId{2}}}},
          Expect{"rung", {"RING_AGENT call=$l"}}, Tell{"in", "CALL_ANSWERED call=$l"},
          Tell{"1 has nobody left", ContactsOffered{.campaign = CampaignId{1}}},
          Expect{"he works for 2", {"STORE_AGENT_STATE agent=4 reason=MOVED campaign=2"}},
          Tell{"something is due in 1", "CONTACTS_ADDED campaign=1"},
          Expect{"asked for", {"ASK_FOR_CONTACTS campaign=1"}},
          Tell{"it is his promise", offered({}, 3, 4)},
          Expect{"he keeps it", {"STORE_ATTEMPT campaign=1 contact=3 callback=73"}}});
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
