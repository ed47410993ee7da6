#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/quota_lines.cpp: nobody is called for a place that others will probably have taken.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

campaigns::CampaignSpec with(const std::string& cells) {
    campaigns::CampaignSpec spec = survey();
    spec.lines_max = 20;
    spec.questionnaire->sheets.quotas = "name,group,expression,target,on_full,mode\n" + cells;
    return spec;
}

/// Contacts 1.. with these regions.
Event offered(const std::string& regions) {
    ContactsOffered event{.campaign = CampaignId{1}, .offers = {}, .next_due = {}};
    for (const char region : regions) {
        const std::uint64_t id = event.offers.size() + 1;
        event.offers.push_back(
            {.contact = ContactId{id}, .number = NumberId{id}, .destination_allowed = true});
        event.offers.back().interview = campaigns::InterviewOffer{
            .id = {}, .columns = {{"region", std::string(1, region)}}, .earlier = {}};
    }
    return event;
}

TEST(QuotaLines, StartNoMoreThanTheLastPlacesAskFor) {
    play({Given{"a survey", with("all,,true(),2,,\n")}, Tell{"four", offered("nnnn")},
          Expect{"two",
                 {"STORE_ATTEMPT contact=1 pacing.start=2 pacing.wanted=20 "
                  "pacing.limit=QUOTA_NEARLY_FULL",
                  "STORE_ATTEMPT contact=2", "EXPLAIN_PACING decision.limit=QUOTA_NEARLY_FULL"}},
          Never{"no more", {"STORE_ATTEMPT"}}});
}

TEST(QuotaLines, GoOnWithThoseWhoseCellsHaveRoom) {
    play({Given{"a survey", with("north,r,${contact.region} = 'n',1,,\n"
                                 "south,r,${contact.region} = 's',9,,\n")},
          Tell{"two of the north among the south", offered("nnsns")},
          Expect{"one of the north, and both of the south",
                 {"STORE_ATTEMPT contact=1 attempt=$c", "STORE_ATTEMPT contact=3",
                  "STORE_ATTEMPT contact=5"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Expect{"placed", {"PLACE_CALL call=$c"}},
          Tell{"nobody", "CALL_FAILED call=$c failure.sip_status=404"},
          Expect{"in the order of the list",
                 {"STORE_ATTEMPT contact=2", "STORE_ATTEMPT contact=4"}}});
}

TEST(QuotaLines, LeaveSoftCellsAndOtherSurveysAlone) {
    play({Given{"a survey", with("all,,true(),1,,soft\n")}, Tell{"three", offered("nnn")},
          Expect{
              "all",
              {"STORE_ATTEMPT contact=1", "STORE_ATTEMPT contact=2", "STORE_ATTEMPT contact=3"}}});
}

TEST(QuotaLines, SendBackThoseBeyondWhatIsKeptAtHand) {
    play({Given{"a survey", with("north,,${contact.region} = 'n',1,,\n"
                                 "south,,${contact.region} = 's',9,,\n")},
          Tell{"seventy", offered(std::string(70, 'n'))},
          Expect{"one called, 64 kept, five sent back",
                 {"STORE_ATTEMPT contact=1",
                  "RELEASE_CONTACT contact=70 decision.verdict=DEFER decision.rule=QUOTA_FULL",
                  "RELEASE_CONTACT contact=66"}},
          Never{"no more of them", {"RELEASE_CONTACT", "STORE_ATTEMPT"}}});
}

TEST(QuotaLines, SearchTheListForOthersOnceASecond) {
    play(
        {Given{"a survey", with("north,,${contact.region} = 'n',1,,\n"
                                "south,,${contact.region} = 's',9,,\n")},
         Tell{"two of the north", offered("nn")},
         Expect{"others are asked for", {"STORE_ATTEMPT contact=1 attempt=$c", "ASK_FOR_CONTACTS"}},
         Tell{"one more of the north", offered("n")}, Never{"not at once", {"ASK_FOR_CONTACTS"}},
         Wait{"a second", 1s}, Tell{"durable", "ATTEMPT_STORED attempt=$c"},
         Tell{"rings", "CALL_RINGING call=$c"},
         Tell{"the campaign is looked at", "TRUNKS_CHANGED lines=50 calls_per_second=50"},
         Expect{"again", {"ASK_FOR_CONTACTS"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
