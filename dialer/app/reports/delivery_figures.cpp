#include "dialer/app/reports/delivery_figures.h"

#include "base/enum_names.h"

namespace bellwether::app {

namespace {

using campaigns::Delivery;

std::string outcome_text(const store::DeliveryAttempt& attempt) {
    return attempt.outcome ? std::string{name_of(*attempt.outcome)} : "IN_CALL";
}

std::string reason_of(const store::DeliveryCase& one) {
    if (one.attempts.empty()) return one.rule.empty() ? "NOT_DIALED" : one.rule;
    return outcome_text(one.attempts.back());
}

}  // namespace

DeliveryLine delivery_line(const store::DeliveryCase& one, const AnswersByContact& answers) {
    DeliveryLine line;
    line.open = one.state != "DONE" && one.state != "DENIED";
    const auto said = answers.find(one.contact);
    for (const auto& attempt : one.attempts) {
        const bool answered = said != answers.end() && said->second.first == attempt.id;
        const Delivery delivery = campaigns::delivery_of(attempt.outcome, attempt.heard, answered);
        const bool is_nothing = line.delivery == Delivery::NotDelivered;
        if (delivery > line.delivery || (delivery == line.delivery && !is_nothing)) continue;
        line.delivery = delivery;
        line.attempt = &attempt;
        line.answers = answered ? &said->second.second : nullptr;
    }
    if (line.delivery == Delivery::NotDelivered) line.reason = reason_of(one);
    return line;
}

void add_attempts(AttemptSums& sums, const store::DeliveryCase& one,
                  const std::set<AttemptId>& acknowledging) {
    for (const auto& attempt : one.attempts) {
        AttemptSum& sum = sums[outcome_text(attempt)];
        ++sum.attempts;
        if (acknowledging.contains(attempt.id)) ++sum.acknowledged;
        if (attempt.reached_agent) ++sum.reached_agent;
    }
}

}  // namespace bellwether::app
