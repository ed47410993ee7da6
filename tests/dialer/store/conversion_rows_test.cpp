#include "dialer/store/conversion_rows.h"

#include <gtest/gtest.h>

#include "dialer/store/conversions.h"
#include "dialer/store/talk.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using campaigns::Conversion;
using campaigns::Outcome;
using compliance::Rule;

constexpr std::int64_t kWeek = 7 * 86'400;

/// One contact who was talked to by an agent, and said no.
class Refusals : public testing::Test {
protected:
    Refusals() {
        agent_ = must(test_.store->add_agent({.client = test_.client, .name = "ann"}));
        test_.import_numbers({fiction(1)});
    }

    /// The contact is claimed, called and talked to.
    engine::StoreAttempt talk(std::int64_t second) {
        const auto offered = test_.claim(1, at(second));
        BW_CHECK(offered.offers.size() == 1);
        offer_ = offered.offers.front();
        auto attempt = test_.attempt_of(offer_);
        attempt.at = at(second);
        test_.write({attempt, engine::StoreMilestone{attempt.attempt, engine::Milestone::Connected,
                                                     at(second), agent_}},
                    at(second));
        return attempt;
    }

    engine::StoreConversion refusal(const engine::StoreAttempt& attempt, Conversion conversion,
                                    std::optional<UtcTime> due, std::int64_t second) const {
        return {.attempt = attempt.attempt,
                .campaign = test_.campaign,
                .client = test_.client,
                .contact = attempt.contact,
                .agent = agent_,
                .strength = campaigns::RefusalStrength::Soft,
                .conversion = conversion,
                .due = due,
                .at = at(second)};
    }

    void end(const engine::StoreAttempt& attempt, Conversion conversion, std::optional<UtcTime> due,
             std::int64_t second) {
        auto outcome = test_.outcome_of(attempt, Outcome::InterviewRefused, due);
        outcome.at = at(second);
        test_.write({refusal(attempt, conversion, due, second), outcome}, at(second));
    }

    [[nodiscard]] ContactStanding standing() const {
        return must(test_.store->standing(offer_.contact)).at(0);
    }

    TestStore test_;
    AgentId agent_{};
    campaigns::ContactOffer offer_;
};

TEST_F(Refusals, OfferACaseOnceMoreAfterItsCooling) {
    end(talk(0), Conversion::Planned, at(kWeek), 60);
    EXPECT_FALSE(offer_.refused);
    EXPECT_EQ(test_.claim(1, at(kWeek - 1)).offers.size(), 0U);
    test_.close();  // a restart changes nothing
    test_.open();
    EXPECT_EQ(test_.claim(1, at(kWeek - 1)).offers.size(), 0U);
    const auto second = talk(kWeek);
    ASSERT_TRUE(offer_.refused);
    EXPECT_EQ(offer_.refused->to, agent_);
    EXPECT_EQ(offer_.refused->at, at(60));
    EXPECT_EQ(offer_.attempts_made, 1);
    end(second, Conversion::Again, std::nullopt, kWeek + 60);
    EXPECT_EQ(test_.claim(1, at(9 * kWeek)).offers.size(), 0U);
    EXPECT_EQ(standing().state, ContactState::Done);
}

// The process dies while he still has the contact on the line: what becomes of him was said.
TEST_F(Refusals, AreToldWithTheAttemptThatACrashLeftAlive) {
    const auto attempt = talk(0);
    test_.write({refusal(attempt, Conversion::Planned, at(kWeek), 30)}, at(30));
    engine::StoreDisposition said{.call = CallId{value_of(attempt.attempt)},
                                  .attempt = attempt.attempt,
                                  .campaign = test_.campaign,
                                  .contact = attempt.contact,
                                  .agent = agent_,
                                  .code = "SOFT",
                                  .settles = false,
                                  .due = std::nullopt,
                                  .at = at(31)};
    test_.write({said}, at(31));
    test_.close();
    test_.open();
    const auto alive = must(test_.store->attempts_alive());
    ASSERT_EQ(alive.size(), 1U);
    EXPECT_TRUE(alive[0].is_settled);
    EXPECT_EQ(alive[0].settled_due, at(kWeek));
}

TEST_F(Refusals, LeaveADispositionToSettleAnAttemptWithoutOne) {
    const auto attempt = talk(0);
    engine::StoreDisposition said{.call = CallId{value_of(attempt.attempt)},
                                  .attempt = attempt.attempt,
                                  .campaign = test_.campaign,
                                  .contact = attempt.contact,
                                  .agent = agent_,
                                  .code = "N",
                                  .settles = false,
                                  .due = at(900),
                                  .at = at(31)};
    test_.write({said}, at(31));
    test_.close();
    test_.open();
    const auto alive = must(test_.store->attempts_alive());
    ASSERT_EQ(alive.size(), 1U);
    EXPECT_TRUE(alive[0].is_settled);
    EXPECT_EQ(alive[0].settled_due, at(900));
}

TEST_F(Refusals, LeaveAPromiseByKeyToSettleAnAttemptWithoutOne) {
    const auto attempt = talk(0);
    test_.write({engine::StoreCallback{.callback = CallbackId{5},
                                       .campaign = test_.campaign,
                                       .client = test_.client,
                                       .contact = attempt.contact,
                                       .attempt = attempt.attempt,
                                       .due = at(1'800),
                                       .at = at(30)}},
                at(30));
    test_.close();
    test_.open();
    const auto alive = must(test_.store->attempts_alive());
    ASSERT_EQ(alive.size(), 1U);
    EXPECT_TRUE(alive[0].is_settled);
    EXPECT_EQ(alive[0].settled_due, at(1'800));
}

// A reset of the list makes everybody due who is done: not who refused for good, nor before the
// cooling is over.
TEST_F(Refusals, HoldWhateverMakesTheCaseDue) {
    end(talk(0), Conversion::Hard, std::nullopt, 60);
    engine::StoreDisposition slip{.call = CallId{9},
                                  .campaign = test_.campaign,
                                  .contact = offer_.contact,
                                  .agent = agent_,
                                  .code = "N",
                                  .settles = true,
                                  .due = at(120),
                                  .at = at(100)};
    test_.write({slip}, at(100));
    EXPECT_EQ(test_.claim(1, at(200)).offers.size(), 0U);
    EXPECT_EQ(standing().state, ContactState::Denied);
    EXPECT_EQ(standing().rule, Rule::Refused);
}

TEST_F(Refusals, CoolWhateverMakesTheCaseDue) {
    end(talk(0), Conversion::Planned, at(kWeek), 60);
    engine::StoreDisposition slip{.call = CallId{9},
                                  .campaign = test_.campaign,
                                  .contact = offer_.contact,
                                  .agent = agent_,
                                  .code = "N",
                                  .settles = true,
                                  .due = at(120),
                                  .at = at(100)};
    test_.write({slip}, at(100));
    EXPECT_EQ(test_.claim(1, at(200)).offers.size(), 0U);
    EXPECT_EQ(standing().rule, Rule::Refused);
    EXPECT_EQ(standing().due, at(kWeek));
    // He calls in and asks to be called: that is his own wish.
    test_.write({engine::StoreCallback{.callback = CallbackId{5},
                                       .campaign = test_.campaign,
                                       .client = test_.client,
                                       .contact = offer_.contact,
                                       .due = at(1000),
                                       .at = at(900)}},
                at(900));
    EXPECT_EQ(test_.claim(1, at(1000)).offers.size(), 1U);
}

TEST_F(Refusals, SettleWhatWasPromisedBefore) {
    const auto attempt = talk(0);
    test_.write({engine::StoreCallback{.callback = CallbackId{5},
                                       .campaign = test_.campaign,
                                       .client = test_.client,
                                       .contact = attempt.contact,
                                       .due = at(1000),
                                       .at = at(10)}},
                at(10));
    end(attempt, Conversion::Planned, at(kWeek), 60);
    const auto promises = must(callbacks(*test_.store, UtcTime{}, UtcTime::max(), false));
    ASSERT_EQ(promises.size(), 1U);
    EXPECT_EQ(promises[0].replaced, at(60));
}

TEST_F(Refusals, AreTakenBack) {
    const auto attempt = talk(0);
    end(attempt, Conversion::Hard, std::nullopt, 60);
    auto back = refusal(attempt, Conversion::TakenBack, std::nullopt, 70);
    engine::StoreDisposition again{.call = CallId{9},
                                   .campaign = test_.campaign,
                                   .contact = offer_.contact,
                                   .agent = agent_,
                                   .code = "N",
                                   .settles = true,
                                   .due = at(120),
                                   .at = at(70)};
    test_.write({back, again}, at(70));
    const auto offered = test_.claim(1, at(120));
    ASSERT_EQ(offered.offers.size(), 1U);
    EXPECT_FALSE(offered.offers[0].refused);
}

TEST_F(Refusals, AreConvertedOnceAtMost) {
    const auto first = talk(0);
    end(first, Conversion::Planned, at(kWeek), 60);
    const auto second = talk(kWeek);
    // Somebody who did not know of the first one.
    end(second, Conversion::Planned, at(2 * kWeek), kWeek + 60);
    const auto last = must(last_refusal(*test_.store, test_.campaign, offer_.contact));
    ASSERT_TRUE(last);
    EXPECT_EQ(last->attempt, second.attempt);
    EXPECT_EQ(last->conversion, Conversion::Again);
    EXPECT_EQ(last->due, std::nullopt);
    EXPECT_EQ(test_.claim(1, at(3 * kWeek)).offers.size(), 0U);
}

TEST_F(Refusals, AreCountedByTheirFirst) {
    const auto figures = [&] {
        return must(conversion_figures(*test_.store, UtcTime{}, UtcTime::max()));
    };
    EXPECT_TRUE(figures().empty());
    end(talk(0), Conversion::Planned, at(kWeek), 60);
    ASSERT_EQ(figures().size(), 1U);
    EXPECT_EQ(figures()[0].campaign, test_.campaign);
    EXPECT_EQ(figures()[0].soft, 1);
    EXPECT_EQ(figures()[0].hard, 0);
    EXPECT_EQ(figures()[0].planned, 1);
    EXPECT_EQ(figures()[0].waiting, 1);
    EXPECT_EQ(figures()[0].attempted, 0);

    const auto second = talk(kWeek);
    EXPECT_EQ(figures()[0].waiting, 0);
    EXPECT_EQ(figures()[0].attempted, 1);
    EXPECT_EQ(figures()[0].converted, 0);
    const InterviewId interview{value_of(second.attempt) + 1};
    campaigns::form::InterviewEnd complete;
    complete.outcome = campaigns::form::Outcome::Complete;
    test_.write({engine::StoreInterview{
                     interview, second.attempt, test_.campaign, second.contact, at(kWeek), {}},
                 engine::StoreInterview{interview, second.attempt, test_.campaign, second.contact,
                                        at(kWeek + 60), complete},
                 test_.outcome_of(second, Outcome::InterviewComplete)},
                at(kWeek + 60));
    EXPECT_EQ(figures()[0].converted, 1);
    EXPECT_EQ(figures()[0].refused_again, 0);
    EXPECT_TRUE(must(conversion_figures(*test_.store, at(61), UtcTime::max())).empty());
}

}  // namespace
}  // namespace bellwether::store::test
