#include "compliance/policy/case_reader.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/case_support.h"

namespace bellwether::compliance::policy {
namespace {

TEST(CaseReader, ReadsEveryFact) {
    const auto read = read_case(json(kFullCase), made_sources());
    ASSERT_TRUE(read) << read.error().detail;
    const DialCase& facts = read->facts();
    EXPECT_EQ(to_text(facts.now), "2026-11-23T13:00:00Z");
    EXPECT_EQ(read->packs(), std::vector<std::string>{"us-federal"});
    EXPECT_EQ(facts.campaign.purpose, Purpose::Survey);
    EXPECT_EQ(facts.campaign.mode, Mode::Manual);
    EXPECT_EQ(facts.campaign.sector, Sector::Press);
    EXPECT_EQ(facts.campaign.call_label, "Bank");
    EXPECT_EQ(facts.campaign.house_windows[0].weekly.size(), 2U);
    EXPECT_EQ(facts.campaign.window_totals->abandoned, 302);
    EXPECT_EQ(facts.number.zones[0]->name, "America/New_York");
    EXPECT_EQ(facts.address.zones[0]->name, "America/Chicago");
    EXPECT_TRUE(facts.address.is_confirmed);
    EXPECT_EQ(facts.contact, ContactKind::Business);
    EXPECT_EQ(to_text(*facts.internal_dnc), "2025-07-10");
    EXPECT_TRUE(facts.national_dnc.is_listed);
    EXPECT_EQ(to_text(*facts.tps->listed_since), "2026-10-01");
    EXPECT_TRUE(facts.has_refused_mass_calls);
    EXPECT_TRUE(facts.consents[0].channels.has(Channel::Prerecorded));
    EXPECT_FALSE(facts.consents[0].channels.has(Channel::Autodialed));
    EXPECT_EQ(to_text(*facts.consents[0].revoked), "2026-11-01T10:00:00Z");
    EXPECT_FALSE(facts.relationship.last_inquiry);
    EXPECT_EQ(to_text(*facts.relationship.notified_ok), "2026-02-01");
    EXPECT_EQ(facts.history[0].outcome, CallOutcome::Abandoned);
    EXPECT_EQ(facts.holidays.size(), 1U);
    EXPECT_EQ(facts.end_guard, std::chrono::seconds{30});
}

TEST(CaseReader, TakesTheContractsDefaults) {
    const auto read = read_case(json(kSmallCase), made_sources());
    ASSERT_TRUE(read) << read.error().detail;
    const DialCase& facts = read->facts();
    EXPECT_FALSE(read->packs());
    EXPECT_EQ(facts.campaign.mode, Mode::Predictive);
    EXPECT_EQ(facts.campaign.sector, Sector::Commercial);
    EXPECT_EQ(facts.contact, ContactKind::Consumer);
    EXPECT_EQ(facts.number.line, LineType::Unknown);
    EXPECT_EQ(facts.number.zones[0]->name, "America/New_York") << "by the table";
    EXPECT_FALSE(facts.campaign.owns_caller_id);
    EXPECT_FALSE(facts.campaign.window_totals);
    EXPECT_FALSE(facts.national_dnc.is_known);
    EXPECT_FALSE(facts.tps);
    EXPECT_TRUE(facts.consents.empty());
    EXPECT_EQ(facts.end_guard, std::chrono::seconds{60});
}

TEST(CaseReader, ZonesGivenReplaceTheTableEvenNone) {
    const auto read =
        read_case(json(R"({"now":"2026-11-23T13:00:00Z","campaign":{"purpose":"survey"},
                 "number":{"e164":"+12125550123","zones":[]},
                 "contact":{"address":{"region":"US-CA"}}})"),
                  made_sources());
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_TRUE(read->facts().number.zones.empty());
    ASSERT_EQ(read->facts().address.zones.size(), 1U) << "those of the region";
}

TEST(CaseReader, NullInsideListsMeansNotListed) {
    const auto read =
        read_case(json(R"({"now":"2026-11-23T13:00:00Z","campaign":{"purpose":"survey"},
                 "number":{"e164":"+12125550123"},
                 "lists":{"internal_dnc":null,"national_dnc":null,"tps":{"listed_since":null},
                          "mass_call_refusal":null}})"),
                  made_sources());
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_TRUE(read->facts().national_dnc.is_known);
    EXPECT_TRUE(read->facts().national_dnc.was_just_asked);
    EXPECT_TRUE(read->facts().tps->is_known);
    EXPECT_FALSE(read->facts().tps->is_listed);
    EXPECT_FALSE(read->facts().internal_dnc);
}

TEST(CaseReader, NamesTheKeyThatIsWrong) {
    const auto fault = [](std::string_view text) {
        const auto read = read_case(json(text), made_sources());
        return read ? std::string{"read"} : read.error().detail;
    };
    EXPECT_EQ(fault("{}"), "now is missing");
    EXPECT_EQ(fault("[]"), "the case must be an object");
    EXPECT_EQ(fault(R"({"now":"2026-11-23T13:00:00Z","number":{"e164":"+1"}})"),
              "campaign is missing");
    const std::string small{kSmallCase};
    EXPECT_EQ(fault(small.substr(0, small.size() - 1) + R"(,"histroy":[]})"),
              "histroy is not known: did you mean history?");
    EXPECT_EQ(fault(small.substr(0, small.size() - 1) + R"(,"history":[{},{"at":1}]})"),
              "history[1].at must be text");
}

TEST(CaseReader, OnlyAStoredCaseSaysTheNumbersKind) {
    const auto value = json(
        R"({"now":"2026-11-23T13:00:00Z","campaign":{"purpose":"survey"},
            "number":{"e164":"+12125550123","kind":"premium"}})");
    CaseSources sources = made_sources();
    EXPECT_FALSE(read_case(value, sources));
    sources.is_stored = true;
    const auto read = read_case(value, sources);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->facts().number.kind, NumberKind::Premium);
}

TEST(CaseReader, ACaseKeepsItsFactsWhenItIsMoved) {
    auto read = read_case(json(kFullCase), made_sources());
    ASSERT_TRUE(read);
    const ReadCase moved = std::move(*read);
    EXPECT_EQ(moved.facts().campaign.subject, "t1");
    EXPECT_EQ(moved.facts().history[0].subject, "t1");
}

}  // namespace
}  // namespace bellwether::compliance::policy
