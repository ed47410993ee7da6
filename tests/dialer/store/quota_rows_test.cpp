#include "dialer/store/quota_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/form/read_form.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using campaigns::Outcome;
using campaigns::form::InterviewEnd;
using campaigns::quota::Mark;
using campaigns::quota::PastInterview;
using campaigns::quota::Standing;
using testing::ElementsAre;
using testing::IsEmpty;

/// Cells over the column `region`.
campaigns::quota::Plan plan() {
    const auto form = must(Result<campaigns::form::Form>{*campaigns::form::read_form(
        {.survey = "type,name,label\ninteger,q1,One\n",
         .choices = {},
         .settings = {},
         .quotas = "name,expression,target\nnorth,${contact.region} = 'n',5\n"})});
    return *campaigns::quota::read_plan(form);
}

class QuotaRows : public testing::Test {
protected:
    QuotaRows() {
        test.import_text("phone,region,first_name\n" + fiction(1) + ",n,Ann\n" + fiction(2) +
                         ",s,Bea\n" + fiction(3) + ",n,Cas\n" + fiction(4) + ",,\n");
    }

    /// An interview of the contact of an attempt, which has begun.
    InterviewId begin(const engine::StoreAttempt& attempt) {
        const InterviewId id{++interviews_};
        test.write({attempt});
        test.write({engine::StoreInterview{
            id, attempt.attempt, test.campaign, attempt.contact, at(1), {}}});
        test.write({engine::StoreAnswers{attempt.call, id, {{.key = "q1", .value = "7"}}, at(2)}});
        return id;
    }
    void mark(InterviewId id, std::vector<Mark> marks, const std::string& fingerprint) {
        test.write({engine::StoreQuota{id, test.campaign, fingerprint, std::move(marks), at(3)}});
    }
    void end(InterviewId id, const engine::StoreAttempt& attempt, int second, InterviewEnd how) {
        test.write({engine::StoreInterview{id, attempt.attempt, test.campaign, attempt.contact,
                                           at(second), std::move(how)}});
    }
    std::vector<PastInterview> interviews() {
        return must(quota_interviews(*test.store, test.campaign, plan_));
    }

    TestStore test;
    campaigns::quota::Plan plan_ = plan();
    std::uint64_t interviews_ = 40;
};

TEST_F(QuotaRows, GiveInterviewsInTheOrderOfTheirEnds) {
    const auto offers = test.claim(3).offers;
    const auto first = test.attempt_of(offers[0]);
    const auto second = test.attempt_of(offers[1]);
    const auto third = test.attempt_of(offers[2]);
    const InterviewId a = begin(first);
    const InterviewId b = begin(second);
    const InterviewId c = begin(third);
    mark(a, {{"north", "north", Standing::Held}}, plan_.fingerprint);
    mark(a, {{"north", "north", Standing::Counted}, {"x", "", Standing::Outside}},
         plan_.fingerprint);
    mark(c, {{"north", "north", Standing::Held}}, plan_.fingerprint);
    end(a, first, 20, {});
    end(b, second, 10, {});
    const auto found = interviews();
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].id, b);
    EXPECT_EQ(found[1].id, a);
    EXPECT_EQ(found[1].contact, first.contact);
    EXPECT_EQ(found[1].outcome, campaigns::form::Outcome::Complete);
    EXPECT_EQ(found[1].ended, at(20));
    EXPECT_THAT(found[1].marks, ElementsAre(Mark{"north", "north", Standing::Counted},
                                            Mark{"x", "", Standing::Outside}));
    EXPECT_THAT(found[1].answers, IsEmpty());  // its record holds
    EXPECT_EQ(found[2].id, c);
    EXPECT_FALSE(found[2].outcome.has_value());
    // b was decided on under no cells that we know: its answers say where it counts.
    ASSERT_EQ(found[0].answers.size(), 1U);
    EXPECT_EQ(found[0].answers[0].value, "7");
    EXPECT_THAT(found[0].columns, ElementsAre(campaigns::form::NamedText{"language", ""},
                                              campaigns::form::NamedText{"region", "s"}));
}

TEST_F(QuotaRows, TakeAnInterviewThatACrashCutShortAsBrokenOff) {
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    begin(attempt);
    test.write({test.outcome_of(attempt, Outcome::Unknown)}, at(50));
    const auto found = interviews();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].outcome, campaigns::form::Outcome::Partial);
}

TEST_F(QuotaRows, ComeWithTheOfferOfAnInterviewThatGoesOn) {
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    const InterviewId id = begin(attempt);
    mark(id, {{"north", "north", Standing::Skipped}}, "");
    end(id, attempt, 5,
        {campaigns::form::Outcome::Partial, "1.2", campaigns::form::EndCause::HungUp});
    test.write({test.outcome_of(attempt, Outcome::InterviewPartial, at(60))}, at(6));
    test.write(
        {engine::AskForContacts{
            .campaign = test.campaign, .count = 1, .interviews = true, .columns = {"region"}}},
        at(70));
    const auto offered = test.events.all<engine::ContactsOffered>().back().offers.at(0);
    ASSERT_TRUE(offered.interview.has_value());
    EXPECT_EQ(offered.interview->id, id);
    EXPECT_THAT(offered.interview->quotas, ElementsAre(Mark{"north", "north", Standing::Skipped}));
}

TEST_F(QuotaRows, GroupTheSampleByTheColumnsOfTheCells) {
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    const auto interviewed = begin(attempt);  // one of the north is no sample any more
    (void)interviewed;
    auto groups = must(sample_groups(*test.store, test.campaign, {"region", "first_name"}));
    std::vector<std::string> texts;
    for (const SampleGroup& group : groups) {
        texts.push_back(group.columns[0].value + "/" + group.columns[1].value + ":" +
                        std::to_string(group.contacts));
    }
    EXPECT_THAT(texts, testing::UnorderedElementsAre("s/Bea:1", "n/Cas:1", "/:1"));
    groups = must(sample_groups(*test.store, test.campaign, {}));
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].contacts, 3);
    EXPECT_THAT(must(sample_groups(*test.store, test.campaign, {"it's \"odd\" \\ "})),
                testing::SizeIs(1));
}

TEST_F(QuotaRows, OpenClosedContactsAgain) {
    const auto offers = test.claim(2).offers;
    test.write({engine::ReleaseContact{
                    test.campaign,
                    offers[0].contact,
                    {compliance::Verdict::Deny, compliance::Rule::QuotaFull, {}, "north"},
                    {}},
                engine::ReleaseContact{test.campaign,
                                       offers[1].contact,
                                       {compliance::Verdict::Deny, compliance::Rule::DoNotCall, {}},
                                       {}}});
    const auto standing = must(test.store->standing(offers[0].contact));
    ASSERT_EQ(standing.size(), 1U);
    EXPECT_EQ(standing[0].rule, compliance::Rule::QuotaFull);
    EXPECT_EQ(standing[0].cited, "north");
    std::int64_t closed = 0;
    for (const SampleGroup& group : must(sample_groups(*test.store, test.campaign, {})))
        closed += group.state == SampleGroup::State::Closed ? group.contacts : 0;
    EXPECT_EQ(closed, 1);
    EXPECT_EQ(must(reopen_quota_contacts(*test.store, test.campaign)), 1);
    EXPECT_EQ(test.events.all<engine::ContactsAdded>().back().campaign, test.campaign);
    EXPECT_EQ(must(reopen_quota_contacts(*test.store, test.campaign)), 0);
    EXPECT_EQ(test.claim(9, at(10)).offers.size(), 3U);
}

TEST_F(QuotaRows, GiveTheColumnsOfAContact) {
    const auto offers = test.claim(1).offers;
    EXPECT_THAT(must(columns_of(*test.store, offers[0].contact, {"region", "none", "first_name"})),
                ElementsAre(campaigns::form::NamedText{"language", ""},
                            campaigns::form::NamedText{"region", "n"},
                            campaigns::form::NamedText{"none", ""},
                            campaigns::form::NamedText{"first_name", "Ann"}));
    EXPECT_FALSE(columns_of(*test.store, ContactId{999}, {}).has_value());
}

}  // namespace
}  // namespace bellwether::store::test
