#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/reserve.cpp: lines that a rule allows only with an agent held for them. And what
// follows from the packs' decision at the INVITE.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;
using compliance::policy::ObligationKind;

ContactsOffered offered(std::vector<std::uint64_t> bound, std::vector<std::uint64_t> free) {
    ContactsOffered offers{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
    for (const auto id : bound) {
        offers.offers.push_back({.contact = ContactId{id},
                                 .number = NumberId{id},
                                 .destination_allowed = true,
                                 .obligations = {ObligationKind::ReserveAgent}});
    }
    for (const auto id : free) {
        offers.offers.push_back(
            {.contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true});
    }
    return offers;
}

/// So many lines for each agent, whatever it may cost.
campaigns::CampaignSpec overdial(double lines) {
    auto spec = ratio(lines);
    spec.pacing_safeguards = false;
    spec.pacing_guard = false;
    return spec;
}

TEST(Reserve, StartsNoBoundLineWithoutAFreeAgent) {
    play({Given{"overdial, one agent", overdial(3), 1},
          Tell{"three of them bound", offered({1, 2, 3}, {})},
          Expect{"one line, and the others wait for an agent",
                 {"STORE_ATTEMPT contact=1",
                  "RELEASE_CONTACT contact=2 decision.verdict=DEFER "
                  "decision.obligations=[\"reserve_agent\"]"}},
          Never{"none of them is dialed", {"STORE_ATTEMPT contact=2", "STORE_ATTEMPT contact=3"}}});
}

TEST(Reserve, KeepsTheAgentForTheBoundLine) {
    play({Given{"overdial, two agents", overdial(3), 2},
          Tell{"one of them bound", offered({1}, {2, 3, 4})},
          Expect{"the bound one, and others beside it",
                 {"STORE_ATTEMPT contact=1 attempt=$b", "STORE_ATTEMPT contact=2 attempt=$c",
                  "STORE_ATTEMPT contact=3 attempt=$d"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$b"},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"durable", "ATTEMPT_STORED attempt=$d"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"the agent who is not held takes it", {"BRIDGE contact_call=$c"}},
          Tell{"answered, too", "CALL_ANSWERED call=$d"},
          Never{"the one who is held does not", {"BRIDGE contact_call=$d"}},
          Tell{"the bound one is answered", "CALL_ANSWERED call=$b"},
          Expect{"and put through", {"BRIDGE contact_call=$b"}}});
}

TEST(Reserve, GivesTheAgentFreeWhenTheLineEnds) {
    play({Given{"overdial, one agent", overdial(2), 1}, Tell{"one bound", offered({1}, {})},
          Expect{"dialed", {"STORE_ATTEMPT contact=1 attempt=$b"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$b"},
          Tell{"busy", "CALL_FAILED call=$b failure.sip_status=486"},
          Tell{"another, free", offered({}, {2})},
          Expect{"dialed", {"STORE_ATTEMPT contact=2 attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"put through", {"BRIDGE contact_call=$c"}}});
}

TEST(Invite, IsNotSentIfThePacksSayNo) {
    play({Given{"an agent", progressive(), 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable, and denied",
               "ATTEMPT_STORED attempt=$c decision.verdict=DENY decision.rule=POLICY "
               "decision.cited=us.dnc.national"},
          Never{"no INVITE", {"PLACE_CALL"}},
          Expect{"withdrawn, with the rule",
                 {"STORE_OUTCOME attempt=$c outcome=WITHDRAWN decision.cited=us.dnc.national"}}});
}

TEST(Invite, HoldsAnAgentIfThePacksAskForOneOnlyNow) {
    play({Given{"overdial, one agent", overdial(2), 1}, Offer{"two contacts", 2},
          Expect{"two lines",
                 {"STORE_ATTEMPT contact=1 attempt=$c", "STORE_ATTEMPT contact=2 attempt=$d"}},
          Tell{"durable, with an obligation",
               "ATTEMPT_STORED attempt=$c decision.verdict=ALLOW "
               "decision.obligations=[\"reserve_agent\"]"},
          Never{"two lines and one agent: not now", {"PLACE_CALL"}},
          Expect{"withdrawn, to be called later",
                 {"STORE_OUTCOME attempt=$c outcome=WITHDRAWN decision.verdict=DEFER"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
