#include "dialer/store/claims.h"

#include <algorithm>

#include "base/check.h"
#include "dialer/store/records.h"

namespace bellwether::store {

namespace {

constexpr UtcTime kAtOnce{};  // due since ever

}  // namespace

Claims::Claims(Database& database, const ClaimOwner& owner, DialFacts& facts)
    : database_{database},
      owner_{owner},
      facts_{facts},
      due_{database,
           "SELECT cc.contact_id, c.number_id, n.digits, cc.client_id, cc.attempts "
           "FROM campaign_contacts cc JOIN contacts c ON c.id = cc.contact_id "
           "JOIN numbers n ON n.id = c.number_id "
           "WHERE cc.campaign_id = ? AND cc.due_at <= ? ORDER BY cc.due_at, cc.contact_id LIMIT ?"},
      next_due_{database,
                "SELECT min(due_at) FROM campaign_contacts "
                "WHERE campaign_id = ? AND due_at IS NOT NULL"},
      next_import_{database,
                   "SELECT i.id, max(ifnull(ci.taken, 0), i.first_contact - 1), i.last_contact "
                   "FROM campaigns p JOIN imports i ON i.list_id = p.list_id "
                   "LEFT JOIN campaign_imports ci ON ci.campaign_id = p.id AND ci.import_id = i.id "
                   "WHERE p.id = ? AND i.state = 'COMPLETE' "
                   "AND max(ifnull(ci.taken, 0), i.first_contact - 1) < i.last_contact "
                   "ORDER BY i.id LIMIT 1"},
      fresh_{database,
             "SELECT c.id, c.number_id, n.digits, c.client_id, 0 "
             "FROM contacts c JOIN numbers n ON n.id = c.number_id "
             "WHERE c.id > ? AND c.id <= ? ORDER BY c.id LIMIT ?"},
      advance_{database,
               "INSERT INTO campaign_imports(campaign_id, import_id, taken) VALUES (?, ?, ?) "
               "ON CONFLICT DO UPDATE SET taken = excluded.taken"},
      suppressed_{database,
                  "SELECT 1 FROM suppression WHERE digits = ? "
                  "AND ifnull(client_id, 0) IN (0, ?) AND removed_at IS NULL"},
      claim_fresh_{database,
                   "INSERT INTO campaign_contacts"
                   "(campaign_id, contact_id, client_id, state, claim_owner, claim_epoch) "
                   "VALUES (?, ?, ?, 'CLAIMED', ?, ?)"},
      claim_again_{database,
                   "UPDATE campaign_contacts "
                   "SET state = 'CLAIMED', due_at = NULL, claim_owner = ?, claim_epoch = ? "
                   "WHERE campaign_id = ? AND contact_id = ? AND due_at IS NOT NULL"},
      refuse_fresh_{
          database,
          "INSERT INTO campaign_contacts(campaign_id, contact_id, client_id, state, due_at, rule, "
          "cited) VALUES (?, ?, ?, iif(?4 IS NULL, 'DENIED', 'NEW'), ?4, ?5, ?6)"},
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

engine::ContactsOffered Claims::claim(CampaignId campaign, int count, UtcTime now) {
    BW_CHECK(count >= 1);
    engine::ContactsOffered offer;
    offer.campaign = campaign;
    int examined = 0;
    bool more = true;
    while (more && std::ssize(offer.offers) < count && examined < kExamined) {
        const int wanted = std::min(count - static_cast<int>(offer.offers.size()), kExamined);
        auto candidates = due_again(campaign, wanted, now);
        if (candidates.empty()) candidates = never_tried(campaign, wanted);
        more = !candidates.empty();
        examined += static_cast<int>(candidates.size());
        if (!settle(campaign, candidates, now, offer)) return offer;
    }
    if (std::ssize(offer.offers) == count) return offer;
    if (more) {
        offer.next_due = now;
    } else if (next_due_.bind(campaign).step()) {
        offer.next_due = next_due_.get<std::optional<UtcTime>>(0);
    }
    next_due_.reset();
    return offer;
}

std::vector<Claims::Candidate> Claims::due_again(CampaignId campaign, int limit, UtcTime now) {
    std::vector<Candidate> found;
    due_.bind(campaign, now, limit);
    while (due_.step()) {
        found.push_back({due_.get<ContactId>(0), due_.get<NumberId>(1),
                         PhoneNumber::from_digits(due_.get<std::uint64_t>(2)),
                         due_.get<ClientId>(3), due_.get<int>(4), false});
    }
    due_.reset();
    return found;
}

std::vector<Claims::Candidate> Claims::never_tried(CampaignId campaign, int limit) {
    std::vector<Candidate> found;
    while (found.empty() && next_import_.bind(campaign).step()) {
        const auto import = next_import_.get<ImportId>(0);
        const auto taken = next_import_.get<std::int64_t>(1);
        const auto last = next_import_.get<std::int64_t>(2);
        fresh_.bind(taken, last, limit);
        while (fresh_.step()) {
            found.push_back({fresh_.get<ContactId>(0), fresh_.get<NumberId>(1),
                             PhoneNumber::from_digits(fresh_.get<std::uint64_t>(2)),
                             fresh_.get<ClientId>(3), 0, true});
        }
        fresh_.reset();
        const bool full = std::ssize(found) == limit;
        const auto upto = full ? static_cast<std::int64_t>(found.back().contact) : last;
        advance_.run_with(campaign, import, upto);
    }
    next_import_.reset();
    return found;
}

/// False if the campaign is held back as a whole: then nobody else of the candidates was asked
/// about, and all of them wait as long.
bool Claims::settle(CampaignId campaign, const std::vector<Candidate>& candidates, UtcTime now,
                    engine::ContactsOffered& offer) {
    std::optional<compliance::Decision> held;
    for (const Candidate& candidate : candidates) {
        if (held) {
            refuse(campaign, candidate, *held);
            continue;
        }
        const DialAnswer answer = decide(campaign, candidate, now);
        settle(campaign, candidate, answer.decision, offer);
        if (answer.holds_campaign) held = answer.decision;
    }
    if (held) offer.next_due = held->until;
    return !held;
}

void Claims::settle(CampaignId campaign, const Candidate& candidate,
                    const compliance::Decision& decision, engine::ContactsOffered& offer) {
    if (decision.verdict != compliance::Verdict::Allow)
        return refuse(campaign, candidate, decision);
    if (candidate.fresh) {
        claim_fresh_.run_with(campaign, candidate.contact, candidate.client, owner_.name,
                              owner_.epoch);
    } else {
        claim_again_.run_with(owner_.name, owner_.epoch, campaign, candidate.contact);
    }
    changed_one_row();
    offer.offers.push_back({candidate.contact, candidate.number, candidate.attempts, false,
                            owner_.destination_allowed(candidate.digits), decision.obligations});
}

DialAnswer Claims::decide(CampaignId campaign, const Candidate& candidate, UtcTime now) {
    using compliance::Rule;
    using compliance::Verdict;
    if (is_suppressed(candidate)) return {.decision = {Verdict::Deny, Rule::DoNotCall, {}}};
    if (!facts_.asks()) return {.decision = {Verdict::Allow, Rule::None, {}}};
    return facts_.ask({.point = DialQuestion::Point::Selection,
                       .now = now,
                       .campaign = campaign,
                       .client = candidate.client,
                       .contact = candidate.contact,
                       .number = candidate.digits});
}

void Claims::refuse(CampaignId campaign, const Candidate& candidate,
                    const compliance::Decision& decision) {
    const bool is_denied = decision.verdict == compliance::Verdict::Deny;
    const auto due = is_denied ? std::nullopt : std::optional{decision.until.value_or(kAtOnce)};
    if (candidate.fresh) {
        refuse_fresh_.run_with(campaign, candidate.contact, candidate.client, due, decision.rule,
                               decision.cited);
    } else {
        refuse_again_.run_with(due, decision.rule, decision.cited, campaign, candidate.contact);
    }
    changed_one_row();
}

bool Claims::is_suppressed(const Candidate& candidate) {
    const bool found = suppressed_.bind(candidate.digits.digits(), candidate.client).step();
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

void Claims::end_attempt(const engine::StoreOutcome& action) {
    ContactState state = ContactState::Done;
    if (action.due) {
        state = action.attempts_made == 0 ? ContactState::New : ContactState::Retry;
    } else if (action.outcome == campaigns::Outcome::Withdrawn &&
               action.decision.verdict == compliance::Verdict::Deny) {
        state = ContactState::Denied;
    }
    end_.run_with(state, action.attempts_made, action.due, action.outcome, action.decision.rule,
                  action.decision.cited, action.campaign, action.contact, owner_.epoch);
    changed_one_row();
}

void Claims::changed_one_row() const { BW_CHECK(database_.changes() == 1); }

}  // namespace bellwether::store
