#include "dialer/store/claims.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "campaigns/contact_columns.h"
#include "dialer/store/records.h"

namespace bellwether::store {

namespace {

constexpr UtcTime kAtOnce{};  // due since ever

}  // namespace

Claims::Claims(Database& database, const ClaimOwner& owner, DialFacts& facts)
    : database_{database},
      owner_{owner},
      facts_{facts},
      fresh_{database},
      numbers_{database},
      details_{database, owner.epoch},
      refusals_{database},
      due_{database,
           "SELECT cc.contact_id, c.number_id, n.digits, c.kind, cc.client_id, cc.priority, "
           "cc.attempts FROM campaign_contacts cc JOIN contacts c ON c.id = cc.contact_id "
           "JOIN numbers n ON n.id = c.number_id WHERE cc.campaign_id = ? AND cc.priority = ? "
           "AND cc.due_at <= ? ORDER BY cc.due_at, cc.contact_id LIMIT ?"},
      due_at_priority_{database,
                       "SELECT min(due_at) FROM campaign_contacts WHERE campaign_id = ? "
                       "AND priority = ? AND due_at IS NOT NULL"},
      priority_below_{database,
                      "SELECT max(priority) FROM campaign_contacts WHERE campaign_id = ? "
                      "AND priority < ? AND due_at IS NOT NULL"},
      suppressed_{database,
                  "SELECT 1 FROM suppression WHERE digits = ? "
                  "AND ifnull(client_id, 0) IN (0, ?) AND removed_at IS NULL"},
      claim_fresh_{database,
                   "INSERT INTO campaign_contacts"
                   "(campaign_id, contact_id, client_id, state, priority, claim_owner, "
                   "claim_epoch) VALUES (?, ?, ?, 'CLAIMED', ?, ?, ?)"},
      claim_again_{database,
                   "UPDATE campaign_contacts "
                   "SET state = 'CLAIMED', due_at = NULL, claim_owner = ?, claim_epoch = ? "
                   "WHERE campaign_id = ? AND contact_id = ? AND due_at IS NOT NULL"},
      refuse_fresh_{
          database,
          "INSERT INTO campaign_contacts(campaign_id, contact_id, client_id, state, due_at, rule, "
          "cited, priority) VALUES (?, ?, ?, iif(?4 IS NULL, 'DENIED', 'NEW'), ?4, ?5, ?6, ?7)"},
      refuse_again_{
          database,
          "UPDATE campaign_contacts SET state = iif(?1 IS NULL, 'DENIED', iif(attempts = 0, 'NEW', "
          "'RETRY')), due_at = ?1, rule = ?2, cited = ?3 "
          "WHERE campaign_id = ?4 AND contact_id = ?5 AND due_at IS NOT NULL"},
      release_{
          database,
          "UPDATE campaign_contacts SET due_at = ?1, rule = ?2, cited = ?3, claim_owner = NULL, "
          "claim_epoch = NULL, state = iif(?1 IS NULL, 'DENIED', iif(attempts = 0, 'NEW', "
          "'RETRY')) "
          "WHERE campaign_id = ?4 AND contact_id = ?5 AND claim_epoch = ?6 AND state = 'CLAIMED'"},
      live_{database,
            "UPDATE campaign_contacts SET state = 'LIVE', attempts = ? "
            "WHERE campaign_id = ? AND contact_id = ? AND claim_epoch = ? AND state = 'CLAIMED'"},
      end_{database,
           "UPDATE campaign_contacts SET state = ?, attempts = ?, due_at = ?, last_outcome = ?, "
           "rule = ?, cited = ?, claim_owner = NULL, claim_epoch = NULL "
           "WHERE campaign_id = ? AND contact_id = ? AND claim_epoch = ? AND state = 'LIVE'"} {}

engine::ContactsOffered Claims::claim(const engine::AskForContacts& ask, UtcTime now) {
    const auto [campaign, count] = std::pair{ask.campaign, ask.count};
    BW_CHECK(count >= 1);
    engine::ContactsOffered offer;
    offer.campaign = campaign;
    numbers_.begin(campaign);
    int examined = 0;
    bool more = true;
    bool found = true;
    while (found && std::ssize(offer.offers) < count && examined < kExamined) {
        const int wanted = std::min(count - static_cast<int>(offer.offers.size()), kExamined);
        const auto candidates = next_candidates(campaign, wanted, now);
        found = !candidates.contacts.empty();
        more = candidates.more;
        examined += static_cast<int>(candidates.contacts.size());
        if (!settle(ask, candidates.contacts, now, offer)) return offer;
    }
    if (std::ssize(offer.offers) == count) return offer;
    offer.next_due = more ? std::optional{now} : earliest_due(campaign);
    return offer;
}

/// Who was promised a call; then those of the highest priority there is, among equals those that
/// are due before those never tried.
FreshContacts::Taken Claims::next_candidates(CampaignId campaign, int limit, UtcTime now) {
    if (auto promised = details_.promised(campaign, limit, now); !promised.empty())
        return {std::move(promised), true};
    const int due = due_priority(campaign, now);
    const int urgent = fresh_.top_priority(campaign);
    if (urgent > 0 && urgent > due) return {fresh_.take_urgent(campaign, urgent, limit), true};
    if (due >= 0) return {due_again(campaign, due, limit, now), true};
    return fresh_.take(campaign, limit);
}

/// The highest priority of those that are due; -1: nobody is. Two short looks for each priority in
/// use, of which there are kPriorityMax + 1 at the most.
int Claims::due_priority(CampaignId campaign, UtcTime now) {
    int below = campaigns::kPriorityMax + 1;
    while (priority_below_.bind(campaign, below).step()) {
        const auto priority = priority_below_.get<std::optional<int>>(0);
        priority_below_.reset();
        if (!priority) break;
        below = *priority;
        const bool found = due_at_priority_.bind(campaign, below).step();
        const auto due = found ? due_at_priority_.get<std::optional<UtcTime>>(0) : std::nullopt;
        due_at_priority_.reset();
        if (due && *due <= now) return below;
    }
    priority_below_.reset();
    return -1;
}

std::optional<UtcTime> Claims::earliest_due(CampaignId campaign) {
    std::optional<UtcTime> earliest;
    int below = campaigns::kPriorityMax + 1;
    while (priority_below_.bind(campaign, below).step()) {
        const auto priority = priority_below_.get<std::optional<int>>(0);
        priority_below_.reset();
        if (!priority) break;
        below = *priority;
        BW_CHECK(due_at_priority_.bind(campaign, below).step());
        const auto due = due_at_priority_.get<UtcTime>(0);
        due_at_priority_.reset();
        earliest = std::min(earliest.value_or(due), due);
    }
    priority_below_.reset();
    return earliest;
}

std::vector<Candidate> Claims::due_again(CampaignId campaign, int priority, int limit,
                                         UtcTime now) {
    auto found = read_all(due_.bind(campaign, priority, now, limit), [](const Statement& row) {
        return Candidate{row.get<ContactId>(0),
                         row.get<NumberId>(1),
                         PhoneNumber::from_digits(row.get<std::uint64_t>(2)),
                         row.get<std::string>(3),
                         row.get<ClientId>(4),
                         row.get<int>(5),
                         row.get<int>(6),
                         false};
    });
    due_.reset();
    return found;
}

/// False if the campaign is held back as a whole: then nobody else of the candidates was asked
/// about, and all of them wait as long.
bool Claims::settle(const engine::AskForContacts& ask, const std::vector<Candidate>& candidates,
                    UtcTime now, engine::ContactsOffered& offer) {
    const CampaignId campaign = ask.campaign;
    std::optional<compliance::Decision> held;
    for (const Candidate& candidate : candidates) {
        if (held) {
            refuse(campaign, candidate, *held);
            continue;
        }
        const Settled settled = decide(campaign, candidate, now);
        settle(campaign, candidate, settled, offer);
        if (settled.decision.verdict == compliance::Verdict::Allow)
            add_details(ask, candidate, now, offer.offers.back());
        if (settled.holds_campaign) held = settled.decision;
    }
    if (held) offer.next_due = held->until;
    return !held;
}

void Claims::add_details(const engine::AskForContacts& ask, const Candidate& candidate, UtcTime now,
                         campaigns::ContactOffer& offer) {
    details_.add(ask, now, offer);
    if (candidate.fresh) return;
    if (const auto standing = refusals_.standing(ask.campaign, candidate.contact))
        offer.refused = standing->refusal;
}

void Claims::settle(CampaignId campaign, const Candidate& candidate, const Settled& settled,
                    engine::ContactsOffered& offer) {
    const compliance::Decision& decision = settled.decision;
    if (decision.verdict != compliance::Verdict::Allow)
        return refuse(campaign, candidate, decision);
    if (candidate.fresh) {
        claim_fresh_.run_with(campaign, candidate.contact, candidate.client, candidate.priority,
                              owner_.name, owner_.epoch);
    } else {
        claim_again_.run_with(owner_.name, owner_.epoch, campaign, candidate.contact);
    }
    changed_one_row();
    offer.offers.push_back({candidate.contact, settled.number.id, candidate.attempts, false,
                            owner_.destination_allowed(settled.number.digits), decision.obligations,
                            candidate.priority});
}

/// The first number that may be dialed, in the order of the campaign's rule. Do-not-call on one of
/// them stands for all: who asked has asked. A number that a pack forbids is passed over.
Claims::Settled Claims::decide(CampaignId campaign, const Candidate& candidate, UtcTime now) {
    using campaigns::NumberVerdict;
    using compliance::Rule;
    using compliance::Verdict;
    const auto& numbers = numbers_.load(candidate);
    const NumberPicker::Number first = numbers.front();
    for (const auto& number : numbers) {
        if (is_suppressed(number.digits, candidate.client))
            return {{Verdict::Deny, Rule::DoNotCall, {}}, number};
    }
    if (auto held = after_refusal(campaign, candidate, now)) return {*std::move(held), first};
    std::optional<Settled> forbidden;
    while (true) {
        auto choice = numbers_.choose(now);
        if (choice.verdict != NumberVerdict::Dial &&
            details_.is_promised(campaign, candidate.contact, now)) {
            numbers_.lift_caps();
            choice = numbers_.choose(now);
        }
        if (choice.verdict == NumberVerdict::Wait)
            return {{Verdict::Defer, Rule::AttemptCap, choice.until}, first};
        if (choice.verdict == NumberVerdict::Exhausted)
            return forbidden.value_or(Settled{{Verdict::Deny, Rule::AttemptCap, {}}, first});
        const NumberPicker::Number number = numbers[choice.number];
        if (!facts_.asks()) return {{Verdict::Allow, Rule::None, {}}, number};
        auto answer = facts_.ask({.point = DialQuestion::Point::Selection,
                                  .now = now,
                                  .campaign = campaign,
                                  .client = candidate.client,
                                  .contact = candidate.contact,
                                  .number = number.digits});
        Settled settled{std::move(answer.decision), number, answer.holds_campaign};
        if (settled.decision.verdict != Verdict::Deny || settled.holds_campaign) return settled;
        if (!forbidden) forbidden = std::move(settled);
        numbers_.bar(choice.number);
    }
}

/// What a refusal leaves holds whatever has made the contact due: a reset of its list, a slip of an
/// agent. None: he has not refused, or may be called once more now.
std::optional<compliance::Decision> Claims::after_refusal(CampaignId campaign,
                                                          const Candidate& candidate, UtcTime now) {
    if (candidate.fresh) return std::nullopt;
    const auto standing = refusals_.standing(campaign, candidate.contact);
    if (!standing) return std::nullopt;
    if (!standing->due)
        return compliance::Decision{compliance::Verdict::Deny, compliance::Rule::Refused, {}};
    if (*standing->due <= now) return std::nullopt;
    return compliance::Decision{compliance::Verdict::Defer, compliance::Rule::Refused,
                                standing->due};
}

void Claims::refuse(CampaignId campaign, const Candidate& candidate,
                    const compliance::Decision& decision) {
    const bool is_denied = decision.verdict == compliance::Verdict::Deny;
    const auto due = is_denied ? std::nullopt : std::optional{decision.until.value_or(kAtOnce)};
    if (candidate.fresh) {
        refuse_fresh_.run_with(campaign, candidate.contact, candidate.client, due, decision.rule,
                               decision.cited, candidate.priority);
    } else {
        refuse_again_.run_with(due, decision.rule, decision.cited, campaign, candidate.contact);
    }
    changed_one_row();
}

bool Claims::is_suppressed(PhoneNumber number, ClientId client) {
    const bool found = suppressed_.bind(number.digits(), client).step();
    suppressed_.reset();
    return found;
}

void Claims::release(const engine::ReleaseContact& action) {
    const bool denied = action.decision.verdict == compliance::Verdict::Deny;
    const auto due = denied ? action.due : action.due.value_or(kAtOnce);
    release_.run_with(due, action.decision.rule, action.decision.cited, action.campaign,
                      action.contact, owner_.epoch);
    changed_one_row();
}

void Claims::begin_attempt(const engine::StoreAttempt& action) {
    live_.run_with(action.attempts_made, action.campaign, action.contact, owner_.epoch);
    changed_one_row();
}

bool Claims::end_attempt(const engine::StoreOutcome& action) {
    ContactState state = ContactState::Done;
    std::optional<UtcTime> due = action.due;
    const bool other_number =
        !due && numbers_.goes_on(action.campaign, action.contact, action.outcome,
                                 action.attempts_made, action.at);
    if (other_number) due = action.at;
    if (due) {
        state = action.attempts_made == 0 ? ContactState::New : ContactState::Retry;
    } else if (action.outcome == campaigns::Outcome::Withdrawn &&
               action.decision.verdict == compliance::Verdict::Deny) {
        state = ContactState::Denied;
    }
    end_.run_with(state, action.attempts_made, due, action.outcome, action.decision.rule,
                  action.decision.cited, action.campaign, action.contact, owner_.epoch);
    changed_one_row();
    return other_number;
}

void Claims::changed_one_row() const { BW_CHECK(database_.changes() == 1); }

}  // namespace bellwether::store
