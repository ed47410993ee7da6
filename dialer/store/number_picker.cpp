#include "dialer/store/number_picker.h"

#include <algorithm>

#include "base/check.h"
#include "dialer/store/number_rule_text.h"

namespace bellwether::store {

NumberPicker::NumberPicker(Database& database)
    : rule_query_{database, "SELECT number_rule FROM campaigns WHERE id = ?"},
      others_{database,
              "SELECT cn.number_id, n.digits, cn.kind FROM contact_numbers cn "
              "JOIN numbers n ON n.id = cn.number_id WHERE cn.contact_id = ? ORDER BY cn.place"},
      attempts_query_{database,
                      "SELECT number_id, at, outcome FROM attempts WHERE contact_id = ? "
                      "ORDER BY id"},
      contact_{database,
               "SELECT c.number_id, n.digits, c.kind, c.client_id, c.priority FROM contacts c "
               "JOIN numbers n ON n.id = c.number_id WHERE c.id = ?"} {}

void NumberPicker::begin(CampaignId campaign) {
    BW_CHECK(rule_query_.bind(campaign).step());
    rule_ = number_rule_of(rule_query_.get<std::string>(0));
    rule_query_.reset();
}

const std::vector<NumberPicker::Number>& NumberPicker::load(const Candidate& candidate) {
    ids_.assign(1, {candidate.number, candidate.digits});
    numbers_.assign(1, {candidate.kind, false});
    others_.bind(candidate.contact);
    while (others_.step()) {
        ids_.push_back(
            {others_.get<NumberId>(0), PhoneNumber::from_digits(others_.get<std::uint64_t>(1))});
        numbers_.push_back({others_.get<std::string>(2), false});
    }
    others_.reset();
    attempts_.clear();
    caps_lifted_ = false;
    // Whoever has one number, and no cap on it, needs no look at what became of it: retries and
    // packs count for themselves.
    const bool has_choice = ids_.size() > 1 || rule_.attempts_max > 0 || rule_.per_day_max > 0;
    if (has_choice) read_attempts(candidate.contact);
    return ids_;
}

/// Attempts at a number that the contact has no more are nobody's.
void NumberPicker::read_attempts(ContactId contact) {
    attempts_query_.bind(contact);
    while (attempts_query_.step()) {
        const auto number = std::ranges::find(ids_, attempts_query_.get<NumberId>(0), &Number::id);
        if (number == ids_.end()) continue;
        attempts_.push_back({static_cast<std::size_t>(number - ids_.begin()),
                             attempts_query_.get<UtcTime>(1),
                             attempts_query_.get<std::optional<campaigns::Outcome>>(2)});
    }
    attempts_query_.reset();
}

campaigns::NumberChoice NumberPicker::choose(UtcTime now) const {
    if (ids_.size() == 1 && attempts_.empty() && !numbers_.front().barred)
        return {campaigns::NumberVerdict::Dial, 0, {}};
    if (!caps_lifted_) return campaigns::choose_number(numbers_, attempts_, rule_, now);
    campaigns::NumberRule uncapped = rule_;
    uncapped.attempts_max = 0;
    uncapped.per_day_max = 0;
    return campaigns::choose_number(numbers_, attempts_, uncapped, now);
}

bool NumberPicker::goes_on(CampaignId campaign, ContactId contact, campaigns::Outcome outcome,
                           int attempts_made, UtcTime now) {
    if (!campaigns::is_the_numbers_fault(outcome)) return false;
    begin(campaign);
    if (attempts_made >= rule_.contact_attempts_max) return false;
    BW_CHECK(contact_.bind(contact).step());
    load({contact, contact_.get<NumberId>(0),
          PhoneNumber::from_digits(contact_.get<std::uint64_t>(1)), contact_.get<std::string>(2),
          contact_.get<ClientId>(3), contact_.get<int>(4), attempts_made, false});
    contact_.reset();
    return ids_.size() > 1 && choose(now).verdict != campaigns::NumberVerdict::Exhausted;
}

}  // namespace bellwether::store
