#include "dialer/app/reports/delivery_figures.h"

#include "base/enum_names.h"

namespace bellwether::app {

namespace {

using campaigns::Delivery;

std::string reason_of(const store::DeliveryCase& one) {
    if (one.attempts.empty()) return one.rule.empty() ? "NOT_DIALED" : one.rule;
    const auto& last = one.attempts.back();
    return last.outcome ? std::string{name_of(*last.outcome)} : "IN_CALL";
}

}  // namespace

DeliveryLine delivery_line(const store::DeliveryCase& one, const AnswersByContact& answers) {
    DeliveryLine line;
    line.open = one.state != "DONE" && one.state != "DENIED";
    const auto said = answers.find(one.contact);
    for (const auto& attempt : one.attempts) {
        const bool answered = said != answers.end() && said->second.first == attempt.id;
        const Delivery delivery = campaigns::delivery_of(attempt.outcome, answered);
        const bool is_nothing = line.delivery == Delivery::NotDelivered;
        if (delivery > line.delivery || (delivery == line.delivery && !is_nothing)) continue;
        line.delivery = delivery;
        line.attempt = &attempt;
        line.answers = answered ? &said->second.second : nullptr;
    }
    if (line.delivery == Delivery::NotDelivered) line.reason = reason_of(one);
    return line;
}

}  // namespace bellwether::app
