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
      promised_{database,
                "SELECT cc.contact_id, c.number_id, n.digits, cc.client_id, cc.attempts, "
                "c.language, cb.id, ifnull(cb.agent_id, 0), cb.due_at "
                "FROM callbacks cb JOIN campaign_contacts cc ON cc.campaign_id = cb.campaign_id "
                "AND cc.contact_id = cb.contact_id JOIN contacts c ON c.id = cc.contact_id "
                "JOIN numbers n ON n.id = c.number_id WHERE cb.campaign_id = ?1 "
                "AND cb.kept_at IS NULL AND cb.replaced_at IS NULL AND cb.due_at <= ?2 "
                "AND cc.due_at <= ?2 ORDER BY cb.due_at, cb.id LIMIT ?3"},
      due_{database,
           "SELECT cc.contact_id, c.number_id, n.digits, cc.client_id, cc.attempts, c.language, "
           "cb.id, ifnull(cb.agent_id, 0), cb.due_at "
           "FROM campaign_contacts cc JOIN contacts c ON c.id = cc.contact_id "
           "JOIN numbers n ON n.id = c.number_id "
           "LEFT JOIN callbacks cb ON cb.campaign_id = cc.campaign_id "
           "AND cb.contact_id = cc.contact_id AND cb.kept_at IS NULL AND cb.replaced_at IS NULL "
           "WHERE cc.campaign_id = ? AND cc.due_at <= ? ORDER BY cc.due_at, cc.contact_id LIMIT ?"},
      tally_{database,
             "SELECT outcome, count(*), sum(at >= ?) FROM attempts "
             "WHERE contact_id = ? AND campaign_id = ? AND outcome IS NOT NULL "
             "AND outcome <> 'WITHDRAWN' GROUP BY outcome"},
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
             "SELECT c.id, c.number_id, n.digits, c.client_id, 0, c.language "
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

engine::ContactsOffered Claims::claim(const engine::AskForContacts& ask, UtcTime now) {
    BW_CHECK(ask.count >= 1);
    const CampaignId campaign = ask.campaign;
    engine::ContactsOffered offer;
    offer.campaign = campaign;
    int examined = 0;
    bool more = true;
    while (more && std::ssize(offer.offers) < ask.count && examined < kExamined) {
        const int wanted = std::min(ask.count - static_cast<int>(offer.offers.size()), kExamined);
        auto candidates = promised(campaign, wanted, now);
        if (candidates.empty()) candidates = due_again(campaign, wanted, now);
        if (candidates.empty()) candidates = never_tried(campaign, wanted);
        more = !candidates.empty();
        examined += static_cast<int>(candidates.size());
        if (!settle(ask, candidates, now, offer)) return offer;
    }
    if (std::ssize(offer.offers) == ask.count) return offer;
    if (more) {
        offer.next_due = now;
    } else if (next_due_.bind(campaign).step()) {
        offer.next_due = next_due_.get<std::optional<UtcTime>>(0);
    }
    next_due_.reset();
    return offer;
}

std::vector<Claims::Candidate> Claims::read_due(Statement& query) {
    std::vector<Candidate> found;
    while (query.step()) {
        Candidate candidate{query.get<ContactId>(0),
                            query.get<NumberId>(1),
                            PhoneNumber::from_digits(query.get<std::uint64_t>(2)),
                            query.get<ClientId>(3),
                            query.get<int>(4),
                            false,
                            query.get<std::string>(5)};
        if (const auto callback = query.get<std::optional<std::int64_t>>(6)) {
            candidate.promised = {static_cast<CallbackId>(*callback), query.get<AgentId>(7),
                                  query.get<UtcTime>(8)};
        }
        found.push_back(std::move(candidate));
    }
    query.reset();
    return found;
}

/// Who was promised a call comes before everybody else.
std::vector<Claims::Candidate> Claims::promised(CampaignId campaign, int limit, UtcTime now) {
    return read_due(promised_.bind(campaign, now, limit));
}

std::vector<Claims::Candidate> Claims::due_again(CampaignId campaign, int limit, UtcTime now) {
    return read_due(due_.bind(campaign, now, limit));
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
                             fresh_.get<ClientId>(3), 0, true, fresh_.get<std::string>(5)});
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
bool Claims::settle(const engine::AskForContacts& ask, const std::vector<Candidate>& candidates,
                    UtcTime now, engine::ContactsOffered& offer) {
    const CampaignId campaign = ask.campaign;
    std::optional<compliance::Decision> held;
    for (const Candidate& candidate : candidates) {
        if (held) {
            refuse(campaign, candidate, *held);
            continue;
        }
        const DialAnswer answer = decide(campaign, candidate, now);
        settle(ask, candidate, answer.decision, offer);
        if (answer.holds_campaign) held = answer.decision;
    }
    if (held) offer.next_due = held->until;
    return !held;
}

void Claims::settle(const engine::AskForContacts& ask, const Candidate& candidate,
                    const compliance::Decision& decision, engine::ContactsOffered& offer) {
    const CampaignId campaign = ask.campaign;
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
                            owner_.destination_allowed(candidate.digits), decision.obligations,
                            candidate.language, history_of(ask, candidate), candidate.promised});
}

/// What the engine's retry rule asks for, and nothing else: most campaigns ask for nothing.
campaigns::ContactHistory Claims::history_of(const engine::AskForContacts& ask,
                                             const Candidate& candidate) {
    campaigns::ContactHistory history;
    if (candidate.attempts == 0 || (!ask.today_since && !ask.tally_outcomes)) return history;
    tally_.bind(ask.today_since.value_or(UtcTime::max()), candidate.contact, ask.campaign);
    while (tally_.step()) {
        history.attempts_today += tally_.get<int>(2);
        if (ask.tally_outcomes)
            history.outcomes.push_back({tally_.get<campaigns::Outcome>(0), tally_.get<int>(1)});
    }
    tally_.reset();
    return history;
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
