#include "campaigns/delivery.h"

namespace bellwether::campaigns {

Delivery delivery_of(std::optional<Outcome> outcome, bool heard, bool answered) {
    if (answered) return Delivery::Acknowledged;
    if (heard) return Delivery::ToPerson;
    if (!outcome) return Delivery::NotDelivered;
    switch (*outcome) {
        case Outcome::NoticePlayed:
        case Outcome::InterviewComplete:  // nothing is left to be said
            return Delivery::ToPerson;
        case Outcome::Connected:
            return Delivery::ToAgent;
        case Outcome::MessageLeft:
            return Delivery::ToMachine;
        default:
            return Delivery::NotDelivered;
    }
}

}  // namespace bellwether::campaigns
