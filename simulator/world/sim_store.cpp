#include "simulator/world/sim_store.h"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <variant>

#include "base/check.h"
#include "campaigns/interview_outcome.h"

namespace bellwether::simulator {
namespace {

using engine::CampaignRunState;
using namespace std::chrono_literals;

// design.md §4: group commit within 2 ms on the disks that were measured.
constexpr double kCommitLeastUs = 200;
constexpr double kCommitMostUs = 2000;
constexpr Probability kCommitReachedTheDisk{0.5};

std::string text_of(auto id) { return std::to_string(value_of(id)); }

}  // namespace

SimStore::SimStore(VirtualDriver& driver, Complaints& complaints, std::uint64_t seed)
    : driver_{driver},
      complaints_{complaints},
      delays_{seed, "store delays"},
      luck_{seed, "store luck"} {}

void SimStore::add_campaign(CampaignId campaign, ClientId client) {
    campaigns_[campaign].client = client;
}

void SimStore::add_contact(CampaignId campaign, ContactId contact, NumberId number, int priority) {
    contacts_[{campaign, contact}] = {.number = number, .priority = priority};
    CampaignRows& rows = campaigns_.at(campaign);
    if (priority > 0) {
        rows.urgent.emplace(-priority, contact);
    } else {
        rows.fresh.push_back(contact);
    }
}

// --- commits ---

void SimStore::submit(std::span<const engine::Action> actions, UtcTime at) {
    if (failed_) return;
    Batch batch{.actions = {}, .at = at, .command = {}};
    for (const engine::Action& action : actions) {
        if (engine::is_store_action(action)) batch.actions.push_back(action);
    }
    if (batch.actions.empty()) return;
    waiting_.push_back(std::move(batch));
    begin_commit();
}

void SimStore::add_do_not_call(NumberId number, ClientId client) {
    if (failed_ || !driver_.running()) return;
    waiting_.push_back({{}, driver_.now().utc, engine::SuppressionAdded{number, client}});
    begin_commit();
}

void SimStore::begin_commit() {
    if (committing_ || waiting_.empty() || failed_) return;
    committing_ = true;
    under_way_ = std::exchange(waiting_, {});
    const Duration delay{static_cast<std::int64_t>(delays_.uniform(kCommitLeastUs, kCommitMostUs))};
    const Duration stalled = std::max(Duration::zero(), stalled_until_ - driver_.now().elapsed);
    driver_.after(delay + stalled, [this] { end_commit(); });
}

void SimStore::end_commit() {
    if (failed_) return;
    for (const Batch& batch : under_way_) apply(batch);
    under_way_.clear();
    committing_ = false;
    deliver_all();
    begin_commit();
}

void SimStore::deliver_all() {
    while (!events_.empty()) {
        const engine::Event event = std::move(events_.front());
        events_.pop_front();
        driver_.deliver(event);
    }
}

void SimStore::apply(const Batch& batch) {
    for (const engine::Action& action : batch.actions) {
        std::visit(
            [&](const auto& chosen) {
                if constexpr (requires { write(chosen, batch.at); }) write(chosen, batch.at);
            },
            action);
    }
    if (batch.command) {
        suppressed_.insert({batch.command->number, batch.command->client});
        events_.emplace_back(*batch.command);
    }
}

void SimStore::stall(Duration length) {
    stalled_until_ = std::max(stalled_until_, driver_.now().elapsed + length);
}

void SimStore::fail() {
    if (failed_ || !driver_.running()) return;
    failed_ = true;
    waiting_.clear();
    under_way_.clear();
    driver_.deliver(engine::StoreFailed{});
}

void SimStore::crash() {
    if (!failed_ && luck_.happens(kCommitReachedTheDisk)) {
        for (const Batch& batch : under_way_) apply(batch);
    }
    events_.clear();  // nobody is left to hear them
    waiting_.clear();
    under_way_.clear();
    committing_ = false;
    failed_ = false;  // whoever restarts it has made room on the disk
}

// --- a new start ---

Epoch SimStore::begin_epoch() {
    epoch_ = static_cast<Epoch>(value_of(epoch_) + 1);
    for (auto& [key, contact] : contacts_) {
        if (contact.state == ContactState::Claimed) set_free(key.first, key.second, UtcTime{});
    }
    for (auto& [id, attempt] : attempts_) {
        if (!attempt.outcome) attempt.holder = epoch_;
    }
    for (auto& [id, interview] : interviews_) interview.resumes |= !interview.ended;
    inbound_.clear();  // ended with the process that held them
    return epoch_;
}

std::vector<engine::AttemptFoundAlive> SimStore::attempts_alive() const {
    std::vector<engine::AttemptFoundAlive> alive;
    for (const auto& [id, attempt] : attempts_) {
        if (attempt.outcome) continue;
        alive.push_back({.campaign = attempt.campaign,
                         .attempt = id,
                         .contact = attempt.contact,
                         .attempts_made = attempt.attempts_made,
                         .answered = attempt.answered,
                         .served = attempt.served,
                         .number = attempt.number,
                         .is_settled = attempt.is_settled,
                         .settled_due = attempt.settled_due});
        for (const auto& [interview, row] : interviews_) {
            if (row.attempt == id) alive.back().interviewed = row.outcome;
        }
    }
    return alive;
}

CampaignRunState SimStore::run_state(CampaignId campaign) const {
    return campaigns_.at(campaign).run_state;
}

const std::vector<compliance::AbandonmentAccount>& SimStore::accounts(CampaignId campaign) const {
    return campaigns_.at(campaign).accounts;
}

// --- claims ---

void SimStore::write(const engine::AskForContacts& action, UtcTime at) {
    events_.emplace_back(claim(action, at));
}

engine::ContactsOffered SimStore::claim(const engine::AskForContacts& ask, UtcTime at) {
    const CampaignId campaign = ask.campaign;
    const int count = ask.count;
    CampaignRows& rows = campaigns_.at(campaign);
    engine::ContactsOffered offer{.campaign = campaign, .offers = {}, .next_due = {}};
    while (std::ssize(offer.offers) < count) {
        const auto contact = next_free(campaign, at);
        if (!contact) break;
        Contact& row = contacts_.at({campaign, *contact});
        if (is_suppressed(row.number, rows.client)) {
            row.state = ContactState::Denied;
            continue;
        }
        row.state = ContactState::Claimed;
        offer.offers.push_back({.contact = *contact,
                                .number = row.number,
                                .attempts_made = row.attempts,
                                .suppressed = false,
                                .destination_allowed = true,
                                .priority = row.priority});
        if (ask.interviews)
            offer.offers.back().interview = interrupted(campaign, *contact, ask.columns);
        const auto promise = promised_.find({campaign, *contact});
        if (promise != promised_.end() && promise->second.due <= at)
            offer.offers.back().promised = promise->second;
        const auto refusal = refused_.find({campaign, *contact});
        if (refusal != refused_.end()) offer.offers.back().refused = refusal->second.said;
    }
    const bool is_short = std::ssize(offer.offers) < count;
    if (is_short && !rows.due.empty()) offer.next_due = rows.due.begin()->first;
    return offer;
}

/// The last interview of the campaign with the contact that did not come to its end.
campaigns::InterviewOffer SimStore::interrupted(CampaignId campaign, ContactId contact,
                                                const std::vector<std::string>& columns) const {
    campaigns::InterviewOffer offer{.columns = {{"language", ""}}};
    for (const std::string& name : columns)
        offer.columns.push_back({name, column_of(contact, name)});
    for (const auto& [id, row] : interviews_) {
        if (row.campaign != campaign || row.contact != contact || !row.resumes) continue;
        offer.id = id;
        offer.quotas = row.quotas;
    }
    for (const auto& [key, answer] : answers_) {
        if (key.first == offer.id) offer.earlier.push_back(answer);
    }
    return offer;
}

/// As dialer/store does: the highest priority first; within one those due again, then the list in
/// its order.
std::optional<ContactId> SimStore::next_free(CampaignId campaign, UtcTime at) {
    CampaignRows& rows = campaigns_.at(campaign);
    const auto priority_of = [&](const auto& due) {
        return contacts_.at({campaign, due.second}).priority;
    };
    const auto not_yet =
        rows.due.upper_bound({at, ContactId{std::numeric_limits<std::uint64_t>::max()}});
    const auto due = std::max_element(rows.due.begin(), not_yet, [&](const auto& a, const auto& b) {
        return priority_of(a) < priority_of(b);
    });
    const bool is_due = due != not_yet;
    const int urgent = rows.urgent.empty() ? 0 : -rows.urgent.begin()->first;
    if (urgent > 0 && (!is_due || urgent > priority_of(*due)))
        return rows.urgent.extract(rows.urgent.begin()).value().second;
    if (is_due) return rows.due.extract(due).value().second;
    if (rows.fresh.empty()) return std::nullopt;
    const ContactId contact = rows.fresh.front();
    rows.fresh.pop_front();
    return contact;
}

bool SimStore::is_suppressed(NumberId number, ClientId client) const {
    return suppressed_.contains({number, client}) || suppressed_.contains({number, ClientId{}});
}

void SimStore::set_free(CampaignId campaign, ContactId contact, UtcTime due) {
    contacts_.at({campaign, contact}).state = ContactState::Free;
    campaigns_.at(campaign).due.insert({due, contact});
}

void SimStore::write(const engine::ReleaseContact& action, UtcTime) {
    Contact& contact = contacts_.at({action.campaign, action.contact});
    if (contact.state != ContactState::Claimed) {
        return complaints_.add(
            "claims", "contact " + text_of(action.contact) + " is given back and was not claimed");
    }
    if (!action.due && action.decision.verdict == compliance::Verdict::Deny) {
        contact.state = ContactState::Denied;
    } else {
        set_free(action.campaign, action.contact, action.due.value_or(UtcTime{}));
    }
}

// --- attempts ---

SimStore::Attempt* SimStore::held(AttemptId attempt) {
    const auto found = attempts_.find(attempt);
    const bool mine = found != attempts_.end() && found->second.holder == epoch_;
    if (mine && !found->second.outcome) return &found->second;
    complaints_.add("R3", "a row for attempt " + text_of(attempt) + ", which is not alive");
    return nullptr;
}

void SimStore::write(const engine::StoreAttempt& action, UtcTime) {
    Contact& contact = contacts_.at({action.campaign, action.contact});
    const bool number_is_free = live_numbers_.try_emplace(action.number, action.attempt).second;
    if (!number_is_free) {
        complaints_.add("R1", "two live attempts at number " + text_of(action.number));
    }
    if (contact.state != ContactState::Claimed || action.epoch != epoch_) {
        complaints_.add("claims", "contact " + text_of(action.contact) + " dialed without a claim");
    }
    contact.state = ContactState::Live;
    contact.attempts = action.attempts_made;
    if (action.callback != CallbackId{}) promised_.erase({action.campaign, action.contact});
    const bool is_new =
        attempts_
            .try_emplace(action.attempt, Attempt{.campaign = action.campaign,
                                                 .contact = action.contact,
                                                 .number = action.number,
                                                 .holder = epoch_,
                                                 .attempts_made = action.attempts_made})
            .second;
    if (!is_new) complaints_.add("R3", "attempt " + text_of(action.attempt) + " is stored twice");
    events_.emplace_back(engine::AttemptStored{action.attempt});
}

void SimStore::write(const engine::StoreMilestone& action, UtcTime) {
    Attempt* attempt = held(action.attempt);
    if (attempt == nullptr) return;
    switch (action.milestone) {
        case engine::Milestone::Invited:
        case engine::Milestone::Ringing:
            break;
        case engine::Milestone::Answered:
            attempt->answered = true;
            break;
        case engine::Milestone::Connected:
        case engine::Milestone::Spoken:
            attempt->served = true;
            break;
    }
}

void SimStore::write(const engine::StoreOutcome& action, UtcTime) {
    Attempt* attempt = held(action.attempt);
    if (attempt == nullptr) return;
    attempt->outcome = action.outcome;
    live_numbers_.erase(attempt->number);

    Contact& contact = contacts_.at({action.campaign, action.contact});
    if (contact.state != ContactState::Live) {
        complaints_.add("R3", "contact " + text_of(action.contact) + " ends and was not live");
    }
    contact.attempts = action.attempts_made;
    if (action.due) {
        set_free(action.campaign, action.contact, *action.due);
    } else {
        const bool denied = action.decision.verdict == compliance::Verdict::Deny;
        contact.state = denied ? ContactState::Denied : ContactState::Done;
    }
}

void SimStore::write(const engine::StoreAccount& action, UtcTime) {
    if (action.account.abandoned < 0 || action.account.abandoned > action.account.live_answers) {
        complaints_.add("R5", "more abandoned than answered in an account");
    }
    auto& accounts = campaigns_.at(action.campaign).accounts;
    const auto kept = std::ranges::find_if(
        accounts, [&](const auto& account) { return account.window == action.account.window; });
    if (kept == accounts.end()) {
        accounts.push_back(action.account);
    } else if (kept->window_start <= action.account.window_start) {
        *kept = action.account;
    }
}

// --- interviews and the rest ---

void SimStore::write(const engine::StoreInterview& action, UtcTime) {
    if (!action.end) {
        const auto [row, is_new] = interviews_.try_emplace(action.interview);
        if (!is_new && !row->second.resumes)
            complaints_.add("R3", "an interview goes on that was over");
        row->second = {.campaign = action.campaign,
                       .contact = action.contact,
                       .attempt = action.attempt,
                       .quotas = std::move(row->second.quotas)};
        return;
    }
    const auto found = interviews_.find(action.interview);
    if (found == interviews_.end() || found->second.ended) {
        return complaints_.add("R3", "an interview ends that is not open");
    }
    using campaigns::form::Outcome;
    found->second.ended = true;
    found->second.complete = action.end->outcome == Outcome::Complete;
    found->second.outcome = campaigns::outcome_of(action.end->outcome, action.end->cause);
    const bool broken_off =
        action.end->outcome == Outcome::Partial || action.end->outcome == Outcome::Refused;
    found->second.resumes = broken_off && action.end->cause != campaigns::form::EndCause::OptOut;
}

void SimStore::write(const engine::StoreAnswers& action, UtcTime) {
    for (const auto& change : action.changes) {
        const std::pair answer{action.interview, change.key};
        if (change.kind != campaigns::form::ChangeKind::Clear) {
            answers_[answer] = {change.key, change.value, change.how,
                                change.kind == campaigns::form::ChangeKind::Keep};
        } else if (answers_.erase(answer) == 0) {
            complaints_.add("R3",
                            "an answer to '" + change.key + "' is taken back and is not there");
        }
    }
    events_.emplace_back(engine::AnswerStored{action.call});
}

void SimStore::write(const engine::StoreQuota& action, UtcTime) {
    const auto found = interviews_.find(action.interview);
    if (found == interviews_.end())
        return complaints_.add("R3", "quotas decide on an interview that is not there");
    found->second.quotas = action.marks;
}

void SimStore::write(const engine::StoreInterviewNote& action, UtcTime) {
    if (!interviews_.contains(action.interview))
        complaints_.add("R3", "a note belongs to an interview that is not there");
}

void SimStore::write(const engine::StoreRefusal& action, UtcTime) {
    if (!interviews_.contains(action.interview))
        complaints_.add("R3", "a refusal belongs to an interview that is not there");
}

std::string SimStore::column_of(ContactId contact, const std::string& name) {
    constexpr std::uint64_t kRegions = 4;
    return name == "region" ? "r" + std::to_string(value_of(contact) % kRegions) : std::string{};
}

SimStore::Marks SimStore::quota_marks(CampaignId campaign) const {
    Marks marks;
    for (const auto& [id, interview] : interviews_) {
        if (interview.campaign == campaign) marks[id] = interview.quotas;
    }
    return marks;
}

campaigns::quota::Recount SimStore::quota_counted(CampaignId campaign) const {
    campaigns::quota::Recount counted;
    std::map<std::string, std::int64_t> cells;
    for (const auto& [id, interview] : interviews_) {
        if (interview.campaign != campaign || !interview.ended || !interview.complete) continue;
        ++counted.counted;
        for (const campaigns::quota::Mark& mark : interview.quotas)
            cells[mark.cell] += mark.standing == campaigns::quota::Standing::Counted;
    }
    for (const auto& [cell, completed] : cells) counted.cells.push_back({cell, completed});
    return counted;
}

void SimStore::write(const engine::StoreSuppression& action, UtcTime) {
    suppressed_.insert({action.number, action.client});
    events_.emplace_back(engine::SuppressionAdded{action.number, action.client, action.caller});
}

void SimStore::write(const engine::StoreAgentState&, UtcTime) {}
void SimStore::write(const engine::StoreTransfer&, UtcTime) {}
void SimStore::write(const engine::StoreQuality&, UtcTime) {}

// --- what agents say and promise, and who calls in ---

/// One who is with the engine is settled at the end of his call.
void SimStore::settle(CampaignId campaign, ContactId id, std::optional<UtcTime> due) {
    const auto found = contacts_.find({campaign, id});
    if (found == contacts_.end()) return;
    Contact& contact = found->second;
    if (contact.state != ContactState::Free && contact.state != ContactState::Done) return;
    for (auto& [when, other] : std::set{campaigns_.at(campaign).due})
        if (other == id) campaigns_.at(campaign).due.erase({when, other});
    std::erase(campaigns_.at(campaign).fresh, id);
    contact.state = ContactState::Done;
    if (due) set_free(campaign, id, *due);
}

void SimStore::write(const engine::StoreDisposition& action, UtcTime) {
    if (action.settles) return settle(action.campaign, action.contact, action.due);
    const auto refusal = refused_.find({action.campaign, action.contact});
    const bool has_refused = refusal != refused_.end() && refusal->second.attempt == action.attempt;
    if (!has_refused) settle_at_end(action.attempt, action.due);
}

/// The contact has its call still: a crash must not forget what becomes of it.
void SimStore::settle_at_end(AttemptId id, std::optional<UtcTime> due) {
    const auto attempt = attempts_.find(id);
    if (attempt == attempts_.end()) return;
    attempt->second.is_settled = true;
    attempt->second.settled_due = due;
}

void SimStore::write(const engine::StoreCallback& action, UtcTime) {
    promised_[{action.campaign, action.contact}] = {action.callback, action.agent, action.due,
                                                    action.loose};
    settle(action.campaign, action.contact, action.due);
}

void SimStore::write(const engine::StoreConversion& action, UtcTime at) {
    const std::pair who{action.campaign, action.contact};
    if (action.conversion == campaigns::Conversion::TakenBack) {
        refused_.erase(who);
        return;
    }
    const auto before = refused_.find(who);
    const bool again = before != refused_.end() && before->second.attempt != action.attempt;
    refused_[who] = {{action.agent, at}, action.attempt};
    if (again && action.conversion == campaigns::Conversion::Planned)
        complaints_.add("refusals", "contact " + text_of(action.contact) + " is converted twice");
    promised_.erase(who);
    if (action.settles) return settle(action.campaign, action.contact, action.due);
    settle_at_end(action.attempt, action.due);
}

void SimStore::write(const engine::StoreInbound& action, UtcTime) {
    if (!inbound_.insert(action.call).second)
        complaints_.add("R3", "call " + text_of(action.call) + " comes in twice");
}

void SimStore::write(const engine::StoreInboundStep& action, UtcTime) {
    if (!inbound_.contains(action.call))
        complaints_.add("R3", "a step of call " + text_of(action.call) + ", which is not there");
    if (action.step == engine::InboundStep::Ended) inbound_.erase(action.call);
}

void SimStore::write(const engine::StoreCampaignState& action, UtcTime) {
    campaigns_.at(action.campaign).run_state = action.state;
}

}  // namespace bellwether::simulator
