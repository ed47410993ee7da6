#pragma once

#include <vector>

#include "campaigns/number_choice.h"
#include "dialer/store/fresh_contacts.h"

namespace bellwether::store {

/// Which number of a contact is dialed: gathers what campaigns::choose_number() is told. Runs
/// inside the writer's transaction; methods throw SqliteError.
class NumberPicker {
public:
    explicit NumberPicker(Database& database);

    /// One of a contact's numbers.
    struct Number {
        NumberId id{};
        PhoneNumber digits;
    };

    /// From now on the rule is this campaign's.
    void begin(CampaignId campaign);
    /// From now on the contact is this one. Returns all its numbers, in the list's order.
    const std::vector<Number>& load(const Candidate& candidate);
    /// Of the contact loaded. NumberChoice::number is an index into load()'s.
    [[nodiscard]] campaigns::NumberChoice choose(UtcTime now) const;
    /// The rule's own caps do not hold for the contact loaded: a promise goes before a plan.
    void lift_caps() { caps_lifted_ = true; }
    /// A rule forbids this number of the contact loaded: the next choice is another.
    void bar(std::size_t number) { numbers_[number].barred = true; }

    /// The contact was given up after an attempt that ended so; may another of its numbers be
    /// tried?
    [[nodiscard]] bool goes_on(CampaignId campaign, ContactId contact, campaigns::Outcome outcome,
                               int attempts_made, UtcTime now);

private:
    void read_attempts(ContactId contact);

    Statement rule_query_;
    Statement others_;
    Statement attempts_query_;
    Statement contact_;
    campaigns::NumberRule rule_;
    bool caps_lifted_ = false;
    std::vector<Number> ids_;
    std::vector<campaigns::ContactNumber> numbers_;  ///< as ids_
    std::vector<campaigns::NumberAttempt> attempts_;
};

}  // namespace bellwether::store
