#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/dialing.cpp: how many lines, with which contacts, and why not more.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

campaigns::ContactOffer contact(std::uint64_t id, int priority) {
    return {.contact = ContactId{id},
            .number = NumberId{id},
            .destination_allowed = true,
            .priority = priority};
}

/// Contacts `from` to `to`, each of this priority.
ContactsOffered contacts(std::uint64_t from, std::uint64_t to, int priority) {
    ContactsOffered offered{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
    for (std::uint64_t id = from; id <= to; ++id) offered.offers.push_back(contact(id, priority));
    return offered;
}

/// Two lines, on which contacts 1 ($c) and 2 are dialed, and 3 to 100 are claimed.
std::vector<StoryStep> many_claimed(int priority, std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{
        Given{"two lines, 100 calls a second", notice(), 0},
        Tell{"a hundred contacts", contacts(1, 100, priority)},
        Never{"enough for now", {"ASK_FOR_CONTACTS"}},
        Expect{"two are dialed", {"STORE_ATTEMPT contact=1 attempt=$c", "STORE_ATTEMPT contact=2"}},
        Tell{"durable", "ATTEMPT_STORED attempt=$c"}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Dialing, CallsAHotLeadNextThoughManyAreClaimed) {
    play(many_claimed(0,
                      {Tell{"a hot lead is added", "CONTACTS_ADDED campaign=1 priority=9"},
                       Expect{"asked for at once", {"ASK_FOR_CONTACTS campaign=1 count=1"}},
                       Tell{"here it is", contacts(901, 901, 9)},
                       Expect{"there may be more of them", {"ASK_FOR_CONTACTS count=1"}},
                       Tell{"there are not", contacts(101, 101, 0)},
                       Never{"then it is enough", {"ASK_FOR_CONTACTS", "STORE_ATTEMPT contact=3"}},
                       Tell{"a line is free", "CALL_FAILED call=$c failure.sip_status=486"},
                       Expect{"the hot lead is next", {"STORE_ATTEMPT contact=901"}}}));
}

TEST(Dialing, AsksForAHotLeadThatTheAnswerUnderWayCannotHold) {
    play({Given{"two lines, 100 calls a second; asked for contacts", notice(), 0},
          Tell{"a hot lead is added meanwhile", "CONTACTS_ADDED campaign=1 priority=9"},
          Tell{"claimed before that", contacts(1, 100, 0)},
          Expect{"asked once more", {"ASK_FOR_CONTACTS campaign=1 count=1"}}});
}

TEST(Dialing, ClaimsNobodyBeforehandForThoseWhoWouldNotOvertake) {
    play(many_claimed(10, {Tell{"of no higher priority", "CONTACTS_ADDED campaign=1 priority=10"},
                           Never{"its turn comes", {"ASK_FOR_CONTACTS"}}}));
}

TEST(Dialing, ClaimsOnlySoManyHotLeadsBeyondWhatItNeeds) {
    play(many_claimed(
        0, {Tell{"a hot list is imported", "CONTACTS_ADDED campaign=1 priority=9"},
            Expect{"one", {"ASK_FOR_CONTACTS count=1"}},
            Tell{"and so on: 65 of them", contacts(901, 965, 9)},
            Expect{"98 and 65 are less than 100 and 64", {"ASK_FOR_CONTACTS"}},
            Tell{"one more", contacts(966, 966, 9)}, Never{"164 are enough", {"ASK_FOR_CONTACTS"}},
            Tell{"a line is free", "CALL_FAILED call=$c failure.sip_status=486"},
            Expect{"one is dialed, one is asked for",
                   {"STORE_ATTEMPT contact=901", "ASK_FOR_CONTACTS count=1"}}}));
}

TEST(Dialing, GoesByPriorityEqualsInTheirOrderCallbacksFirst) {
    auto spec = notice();
    spec.lines_max = 5;
    auto offered = contacts(1, 1, 0);
    for (const auto& [id, priority] :
         std::vector<std::pair<std::uint64_t, int>>{{2, 5}, {3, 9}, {4, 5}, {5, 0}}) {
        offered.offers.push_back(contact(id, priority));
    }
    offered.offers.back().promised = campaigns::PromisedCall{CallbackId{71}, {}, UtcTime{}};
    play({Given{"five lines", spec, 0}, Tell{"a callback and four with priorities", offered},
          Expect{"in order",
                 {"STORE_ATTEMPT contact=5", "STORE_ATTEMPT contact=3", "STORE_ATTEMPT contact=2",
                  "STORE_ATTEMPT contact=4", "STORE_ATTEMPT contact=1"}}});
}

TEST(Dialing, StartsOneLineForEachReadyAgentWhenProgressive) {
    play({Given{"two agents", progressive(), 2}, Offer{"five contacts", 5},
          Never{"not three", {"STORE_ATTEMPT contact=3"}},
          Expect{"two lines",
                 {"STORE_ATTEMPT contact=1 pacing.start=2 pacing.wanted=2 attempt=$c",
                  "STORE_ATTEMPT contact=2"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
          Expect{"the next at once",
                 {"STORE_OUTCOME attempt=$c outcome=BUSY", "STORE_ATTEMPT contact=3 attempt=$d"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$d"}, Tell{"answered", "CALL_ANSWERED call=$d"},
          Never{"one agent talks, one has a line", {"STORE_ATTEMPT"}},
          Expect{"put through", {"BRIDGE contact_call=$d"}}});
}

TEST(Dialing, CountsAnAnswerInEveryAccountOfTheCampaign) {
    auto spec = progressive();
    spec.abandonment = {{Probability{0.03}, {compliance::WindowKind::ThirtyDays, 0}},
                        {Probability{0.02}, {compliance::WindowKind::Day, 0}}};
    play({Given{"an agent", spec, 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"two accounts",
                 {"STORE_ACCOUNT account.window.kind=THIRTY_DAYS account.live_answers=1",
                  "STORE_ACCOUNT account.window.kind=DAY account.live_answers=1"}}});
}

TEST(Dialing, FillsTheLinesOfAnUnattendedCampaign) {
    play({Given{"two lines", notice(), 0}, Offer{"three contacts", 3},
          Never{"not three", {"STORE_ATTEMPT contact=3"}},
          Expect{"two", {"STORE_ATTEMPT contact=1", "STORE_ATTEMPT contact=2"}}});
}

TEST(Dialing, KeepsToTheCallsPerSecondOfTheCampaign) {
    auto spec = notice();
    spec.lines_max = 10;
    spec.calls_per_second = 0.5;
    play({Given{"one call in two seconds", spec, 0}, Offer{"five contacts", 5},
          Never{"no burst", {"STORE_ATTEMPT contact=2"}},
          Expect{"one", {"STORE_ATTEMPT contact=1 pacing.limit=CALL_RATE"}},
          Wait{"almost two seconds", 1'999ms}, Never{"not yet", {"STORE_ATTEMPT"}},
          Wait{"two seconds", 2ms}, Expect{"the second", {"STORE_ATTEMPT contact=2"}},
          Wait{"six more", 6s},
          Expect{
              "three more",
              {"STORE_ATTEMPT contact=3", "STORE_ATTEMPT contact=4", "STORE_ATTEMPT contact=5"}}});
}

TEST(Dialing, WaitsForItsHours) {
    auto spec = notice();
    spec.hours.windows = {{.days = 0x7f, .from = 11h, .to = 12h}};
    play({Given{"an hour early", spec, 0}, Wait{"almost eleven", 1h - 1ms},
          Never{"closed: nobody is even asked for", {"ASK_FOR_CONTACTS"}}, Wait{"eleven", 1ms},
          Expect{"open", {"ASK_FOR_CONTACTS", "EXPLAIN_PACING block=NONE"}},
          Offer{"one contact", 1}, Expect{"dialed", {"STORE_ATTEMPT contact=1"}}});
}

TEST(Dialing, LooksAgainWhenTheClockIsSet) {
    auto spec = notice();
    spec.hours.windows = {{.days = 0x7f, .from = 11h, .to = 12h}};
    play({Given{"an hour early", spec, 0}, StepClock{"the clock was an hour behind", 1h},
          Expect{"open", {"ASK_FOR_CONTACTS"}}});
}

TEST(Dialing, NeverCallsANumberTwiceAtOnce) {
    ContactsOffered twins{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
    for (const std::uint64_t contact : {1U, 2U}) {
        twins.offers.push_back(
            {.contact = ContactId{contact}, .number = NumberId{7}, .destination_allowed = true});
    }
    play({Given{"two lines", notice(), 0}, Tell{"two contacts of one number", twins},
          Never{"one of them only", {"STORE_ATTEMPT contact=2"}},
          // 10:00:30 UTC
          Expect{"the other comes back later",
                 {"STORE_ATTEMPT contact=1 number=7",
                  "RELEASE_CONTACT contact=2 decision.verdict=DEFER decision.rule=NUMBER_BUSY "
                  "due=1767607230000"}}});
}

TEST(Dialing, GivesBackContactsThatMayNotBeCalled) {
    ContactsOffered offer{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
    offer.offers = {{.contact = ContactId{1}, .number = NumberId{1}, .destination_allowed = false},
                    {.contact = ContactId{2},
                     .number = NumberId{2},
                     .suppressed = true,
                     .destination_allowed = true},
                    {.contact = ContactId{3},
                     .number = NumberId{3},
                     .attempts_made = 3,
                     .destination_allowed = true},
                    {.contact = ContactId{4}, .number = NumberId{4}, .destination_allowed = true}};
    play({Given{"two lines", notice(), 0}, Tell{"three that may not, one that may", offer},
          Expect{"each with its rule",
                 {"RELEASE_CONTACT contact=1 decision.verdict=DENY "
                  "decision.rule=DESTINATION_PREFIX due=null",
                  "RELEASE_CONTACT contact=2 decision.rule=DO_NOT_CALL due=null",
                  "RELEASE_CONTACT contact=3 decision.rule=ATTEMPT_CAP due=null",
                  "STORE_ATTEMPT contact=4"}}});
}

TEST(Dialing, DropsAContactThatIsSuppressedWhileItIsHeld) {
    play({Given{"two lines", notice(), 0}, Offer{"three contacts", 3},
          Expect{"two are dialed", {"STORE_ATTEMPT attempt=$c", "STORE_ATTEMPT attempt=$d"}},
          Tell{"do not call 3", "SUPPRESSION_ADDED number=3 client=0"},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
          Never{"not 3", {"STORE_ATTEMPT contact=3"}},
          Expect{"denied", {"RELEASE_CONTACT contact=3 decision.rule=DO_NOT_CALL due=null"}}});
}

TEST(Dialing, SharesTheTrunkBetweenCampaigns) {
    auto second = notice();
    second.id = CampaignId{2};
    second.lines_max = 200;
    ContactsOffered many{.campaign = CampaignId{2}, .offers = {}, .next_due = {}};
    for (std::uint64_t id = 1000; id < 1120; ++id) {
        many.offers.push_back(
            {.contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true});
    }
    second.calls_per_second = 1000;
    play({Given{"a trunk of 100 lines", notice(), 0},
          Tell{"a greedy campaign",
               CampaignApplied{.spec = second, .run_state = CampaignRunState::Running}},
          Tell{"120 contacts", many}, Wait{"a second", 1s},
          Never{"100 and no more", {"STORE_ATTEMPT contact=1100"}},
          Expect{"100 lines",
                 {"STORE_ATTEMPT contact=1000 attempt=$c", "STORE_ATTEMPT contact=1099",
                  "EXPLAIN_PACING campaign=2 decision.limit=TRUNK_LINES"}},
          Offer{"the other campaign wants a line", 1}, Never{"none", {"STORE_ATTEMPT"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
          Expect{"it gets the one that came free", {"STORE_ATTEMPT campaign=1 contact=1"}}});
}

TEST(Dialing, ExplainsWhatKeepsItFromDialing) {
    play({Given{"nobody is signed in", progressive(), 0}, Offer{"contacts", 3},
          Tell{"agent 1 comes", "AGENT_SIGNED_IN agent=1 campaign=1 ready=true"},
          Expect{"rung", {"RING_AGENT call=$l"}}, Tell{"ready", "CALL_ANSWERED call=$l"},
          Expect{"a line for him",
                 {"EXPLAIN_PACING block=NONE decision.limit=NONE forecast.idle=1"}},
          Tell{"he pauses", "AGENT_ORDERED agent=1 order=PAUSE"},
          Expect{"no agents", {"EXPLAIN_PACING decision.limit=NO_AGENTS"}},
          Tell{"pause", "CAMPAIGN_ORDERED campaign=1 order=PAUSE"},
          Expect{"not running", {"EXPLAIN_PACING block=NOT_RUNNING"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
