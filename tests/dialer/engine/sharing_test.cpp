#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/sharing.cpp: the trunks' lines among campaigns, and schedules.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

campaigns::CampaignSpec notices(std::uint64_t id) {
    auto spec = notice();
    spec.id = CampaignId{id};
    spec.lines_max = 20;
    return spec;
}

ContactsOffered contacts(std::uint64_t campaign, std::uint64_t first, std::uint64_t count) {
    ContactsOffered offers{.campaign = CampaignId{campaign}, .offers = {}, .next_due = {}};
    for (std::uint64_t id = first; id < first + count; ++id) {
        offers.offers.push_back(
            {.contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true});
    }
    return offers;
}

/// Two campaigns that want 20 lines each of 10: how many the second one gets.
int lines_of_the_second(int reserved, int weight) {
    Engine engine;
    Now now{Instant{1000h}, UtcTime{1'767'607'200s}};
    handle(engine, EngineStarted{Epoch{1}, 10, 1000.0}, now);
    auto second = notices(2);
    second.lines_reserved = reserved;
    second.line_weight = weight;
    handle(engine, CampaignApplied{.spec = notices(1), .run_state = CampaignRunState::Running},
           now);
    handle(engine, CampaignApplied{.spec = second, .run_state = CampaignRunState::Running}, now);
    now.elapsed += 1s;
    now.utc += 1s;
    handle(engine, contacts(1, 100, 20), now);
    handle(engine, contacts(2, 200, 20), now);
    for (int round = 0; round < 40; ++round) {  // calls end, and their lines go to whom they belong
        now.elapsed += 100ms;
        std::vector<CallId> ending;
        for (const auto& [id, call] : engine.state().calls) {
            if (call.campaign == CampaignId{1} && ending.empty()) ending.push_back(id);
        }
        for (const CallId id : ending) {
            handle(engine, AttemptStored{AttemptId{value_of(id)}}, now);
            handle(engine, CallFailed{id, {.sip_status = 486}}, now);
        }
        for (const std::uint64_t campaign : {1U, 2U}) {
            if (engine.state().campaigns.at(CampaignId{campaign}).asked)
                handle(engine,
                       contacts(campaign, campaign * 1000 + static_cast<std::uint64_t>(round) * 20,
                                20),
                       now);
        }
    }
    return engine.state().campaigns.at(CampaignId{2}).lines_in_flight;
}

TEST(Sharing, GivesEachItsShareWhateverItsPlaceInTheQueue) {
    EXPECT_EQ(lines_of_the_second(0, 1), 5);
    EXPECT_EQ(lines_of_the_second(0, 4), 8);
    EXPECT_EQ(lines_of_the_second(7, 1), 8);  // 7 of 10, and of the other 3 the half that is whole
}

TEST(Sharing, LeavesNothingIdleThatSomebodyWants) {
    play({Given{"one campaign dials", notices(1), 0},
          Tell{"another has nobody",
               CampaignApplied{.spec = notices(2), .run_state = CampaignRunState::Running}},
          Tell{"nobody", ContactsOffered{.campaign = CampaignId{2}}},
          Tell{"twenty for the first", contacts(1, 1, 20)},
          Expect{"all of them", {"STORE_ATTEMPT contact=1", "STORE_ATTEMPT contact=20"}}});
}

TEST(Sharing, WithoutATrunkNothingIsDialedAndItSaysSo) {
    play({Given{"one agent", progressive(), 1},
          Tell{"every trunk is down", "TRUNKS_CHANGED lines=0"},
          Expect{"said aloud",
                 {"ALERT kind=TRUNKS_DOWN", "EXPLAIN_PACING campaign=1 block=TRUNKS_DOWN"}},
          Offer{"a contact", 1}, Never{"not dialed", {"STORE_ATTEMPT"}},
          Tell{"one is back", "TRUNKS_CHANGED lines=10 calls_per_second=5.0"},
          Expect{"dialed", {"STORE_ATTEMPT contact=1"}}});
}

TEST(Sharing, ACampaignBeginsAndEndsByItsSchedule) {
    auto spec = progressive();
    spec.schedule.start = UtcTime{1'767'607'200s} + 1h;
    spec.schedule.stop = UtcTime{1'767'607'200s} + 2h;
    play({Given{"one agent", spec, 1}, Never{"too early", {"ASK_FOR_CONTACTS"}},
          Wait{"an hour", 1h}, Expect{"now", {"ASK_FOR_CONTACTS", "EXPLAIN_PACING block=NONE"}},
          Offer{"two contacts", 2}, Expect{"dialed", {"STORE_ATTEMPT contact=1 attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
          Expect{"the next", {"STORE_ATTEMPT contact=2 attempt=$d"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$d"}, Tell{"answered", "CALL_ANSWERED call=$d"},
          Wait{"past the end", 1h}, Expect{"drains", {"STORE_CAMPAIGN_STATE state=DRAINING"}},
          Never{"the talk goes on", {"HANG_UP call=$d"}}, Tell{"over", "CALL_ENDED call=$d"},
          Expect{"stops", {"STORE_CAMPAIGN_STATE state=STOPPED"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
