#include "dialer/app/reports/delivery_figures.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using campaigns::Delivery;
using campaigns::Outcome;

store::DeliveryCase contact(const std::string& state, std::vector<std::optional<Outcome>> outcomes,
                            const std::string& rule = {}) {
    store::DeliveryCase one{ContactId{7}, "",   PhoneNumber::from_digits(12025550101),
                            state,        rule, {}};
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        store::DeliveryAttempt attempt;
        attempt.id = AttemptId{i + 1};
        attempt.outcome = outcomes[i];
        one.attempts.push_back(attempt);
    }
    return one;
}

AttemptId shown(const DeliveryLine& line) {
    return line.attempt == nullptr ? AttemptId{} : line.attempt->id;
}

TEST(DeliveryLine, GoesByTheBestAttempt) {
    const auto one = contact("DONE", {Outcome::Busy, Outcome::MessageLeft, Outcome::NoticePlayed,
                                      Outcome::NoticePlayed, Outcome::NoAnswer});
    const auto line = delivery_line(one, {});
    EXPECT_EQ(line.delivery, Delivery::ToPerson);
    EXPECT_EQ(shown(line), AttemptId{3}) << "the first that did it";
    EXPECT_EQ(line.reason, "");
    EXPECT_FALSE(line.open);
}

TEST(DeliveryLine, IsAcknowledgedByAKeyOnTheCallItWasPressedIn) {
    const auto one = contact("DONE", {Outcome::InterviewPartial, Outcome::MessageLeft});
    const AnswersByContact answers{
        {ContactId{7}, {AttemptId{1}, {"heard=paid", UtcTime{std::chrono::seconds{5}}}}}};
    const auto line = delivery_line(one, answers);
    EXPECT_EQ(line.delivery, Delivery::Acknowledged);
    EXPECT_EQ(shown(line), AttemptId{1});
    ASSERT_NE(line.answers, nullptr);
    EXPECT_EQ(line.answers->text, "heard=paid");
    EXPECT_EQ(delivery_line(one, {}).delivery, Delivery::ToMachine);
}

struct Reason {
    store::DeliveryCase one;
    const char* reason;
    std::uint64_t attempt;
    bool open;
};

TEST(DeliveryLine, SaysWhyNot) {
    for (const Reason& why : {
             Reason{contact("RETRY", {Outcome::Busy, Outcome::NoAnswer}), "NO_ANSWER", 2, true},
             Reason{contact("DONE", {Outcome::OptedOut}), "OPTED_OUT", 1, false},
             Reason{contact("LIVE", {Outcome::Busy, std::nullopt}), "IN_CALL", 2, true},
             Reason{contact("", {}), "NOT_DIALED", 0, true},
             Reason{contact("DENIED", {}, "DO_NOT_CALL"), "DO_NOT_CALL", 0, false},
             Reason{contact("DENIED", {Outcome::Busy}, "DO_NOT_CALL"), "BUSY", 1, false},
         }) {
        const auto line = delivery_line(why.one, {});
        EXPECT_EQ(line.delivery, Delivery::NotDelivered);
        EXPECT_EQ(line.reason, why.reason);
        EXPECT_EQ(value_of(shown(line)), why.attempt) << why.reason;
        EXPECT_EQ(line.open, why.open) << why.reason;
    }
}

}  // namespace
}  // namespace bellwether::app
