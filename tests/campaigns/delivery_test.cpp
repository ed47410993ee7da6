#include "campaigns/delivery.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

struct Case {
    std::optional<Outcome> outcome;
    bool answered;
    Delivery delivery;
};

TEST(Delivery, IsToldByTheOutcomeAndTheKey) {
    for (const Case& one : {
             Case{Outcome::NoticePlayed, false, Delivery::ToPerson},
             Case{Outcome::NoticePlayed, true, Delivery::Acknowledged},
             Case{Outcome::InterviewComplete, false, Delivery::ToPerson},
             Case{Outcome::InterviewComplete, true, Delivery::Acknowledged},
             Case{Outcome::InterviewPartial, true, Delivery::Acknowledged},
             Case{Outcome::InterviewPartial, false, Delivery::NotDelivered},
             Case{Outcome::InterviewRefused, false, Delivery::NotDelivered},
             Case{Outcome::OptedOut, false, Delivery::NotDelivered},
             Case{Outcome::HungUp, false, Delivery::NotDelivered},
             Case{Outcome::Abandoned, false, Delivery::NotDelivered},
             Case{Outcome::Connected, false, Delivery::ToAgent},
             Case{Outcome::Connected, true, Delivery::Acknowledged},
             Case{Outcome::MessageLeft, false, Delivery::ToMachine},
             Case{Outcome::Machine, false, Delivery::NotDelivered},
             Case{Outcome::Busy, false, Delivery::NotDelivered},
             Case{Outcome::Unknown, false, Delivery::NotDelivered},
             Case{std::nullopt, false, Delivery::NotDelivered},
         })
        EXPECT_EQ(delivery_of(one.outcome, false, one.answered), one.delivery)
            << (one.outcome ? name_of(*one.outcome) : "up") << one.answered;
}

TEST(Delivery, IsToWhoHeardItAllAndHungUp) {
    EXPECT_EQ(delivery_of(Outcome::InterviewPartial, true, false), Delivery::ToPerson);
    EXPECT_EQ(delivery_of(Outcome::Connected, true, false), Delivery::ToPerson);
    EXPECT_EQ(delivery_of(Outcome::InterviewPartial, true, true), Delivery::Acknowledged);
}

}  // namespace
}  // namespace bellwether::campaigns
