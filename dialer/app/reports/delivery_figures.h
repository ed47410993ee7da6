#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "campaigns/delivery.h"
#include "dialer/store/delivery_rows.h"

namespace bellwether::app {

/// What a person answered by keys in an interview.
struct KeyAnswers {
    std::string text;  ///< "heard=will_pay", several parted by blanks, in order of time
    UtcTime at;        ///< of the last
};

/// By contact, and in which attempt.
using AnswersByContact = std::map<ContactId, std::pair<AttemptId, KeyAnswers>>;

/// What became of the message to one contact, and the attempt that shows it.
struct DeliveryLine {
    campaigns::Delivery delivery = campaigns::Delivery::NotDelivered;
    /// Why it was not: the last attempt's outcome, IN_CALL, the rule that denies the contact, or
    /// NOT_DIALED; empty if it was.
    std::string reason;
    /// The one that delivered it best, the first of equals; else the last. None: never tried.
    const store::DeliveryAttempt* attempt = nullptr;
    const KeyAnswers* answers = nullptr;  ///< none unless Acknowledged
    bool open = false;                    ///< the campaign may still call
};

/// What it names lives in the arguments.
[[nodiscard]] DeliveryLine delivery_line(const store::DeliveryCase& one,
                                         const AnswersByContact& answers);

/// Contacts by what became of the message, and why; adds up to all contacts.
using DeliverySums = std::map<std::pair<campaigns::Delivery, std::string>, std::int64_t>;

}  // namespace bellwether::app
