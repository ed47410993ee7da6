#include "dialer/store/action_writer.h"

#include <cmath>
#include <type_traits>
#include <variant>

#include "base/check.h"
#include "dialer/engine/codec.h"

namespace bellwether::store {

namespace {

std::string milestone_sql(const std::string& assignment) {
    return "UPDATE attempts SET " + assignment +
           " WHERE id = ? AND holder_epoch = ? AND ended_at IS NULL";
}

// In the order of engine::Milestone. The first time counts; an agent may be replaced by another.
std::vector<Statement> prepare_milestones(Database& database) {
    std::vector<Statement> statements;
    for (const char* column : {"invited_at", "ringing_at", "answered_at"}) {
        statements.emplace_back(
            database, milestone_sql(std::string{column} + " = ifnull(" + column + ", ?)"));
    }
    statements.emplace_back(database,
                            milestone_sql("connected_at = ifnull(connected_at, ?), agent_id = ?"));
    statements.emplace_back(database, milestone_sql("spoken_at = ifnull(spoken_at, ?)"));
    return statements;
}

std::string joined_lines(const std::vector<engine::Encoded>& actions) {
    std::string lines;
    for (const engine::Encoded& action : actions) {
        BW_CHECK(action.text.find('\n') == std::string::npos);
        if (!lines.empty()) lines += '\n';
        lines += action.text;
    }
    return lines;
}

std::int64_t micros(Instant at) { return at.time_since_epoch().count(); }

}  // namespace

ActionWriter::ActionWriter(Database& database, Owner owner, std::uint64_t next_seq)
    : database_{database},
      owner_{std::move(owner)},
      next_seq_{next_seq},
      facts_{database, owner_.policy},
      claims_{database, owner_, facts_},
      calls_{database},
      talk_{database, owner_.epoch},
      interviews_{database, owner_.epoch},
      conversions_{database},
      digits_{database, "SELECT digits FROM numbers WHERE id = ?"},
      agent_name_{database, "SELECT name FROM agents WHERE id = ?"},
      insert_entry_{database,
                    "INSERT INTO journal(seq, elapsed_us, utc, event, actions) "
                    "VALUES (?, ?, ?, ?, ?)"},
      insert_personal_{database,
                       "INSERT INTO journal_personal(seq, part, personal) VALUES (?, ?, ?)"},
      // A segment without entries, from a start that came to nothing, is replaced by the next
      // start's.
      insert_segment_{database,
                      "INSERT OR REPLACE INTO journal_segments"
                      "(first_seq, epoch, elapsed_us, utc, snapshot, snapshot_personal) "
                      "VALUES (?, ?, ?, ?, ?, ?)"},
      insert_attempt_{
          database,
          "INSERT INTO attempts(id, call_id, campaign_id, client_id, contact_id, number_id, "
          "epoch, holder_epoch, attempts_made, at, pacing_start, pacing_wanted, pacing_limit, "
          "pacing_mode, pacing_reason, verdict, rule, verdict_until, cited, caller_id) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      milestones_{prepare_milestones(database)},
      end_attempt_{
          database,
          "UPDATE attempts SET ended_at = ?, outcome = ?, sip_status = ?, retry_after_s = ?, "
          "trunk = ?, q850_cause = ?, "
          "hang_up = ?, answered_after_cancel = ?, end_verdict = ?, end_rule = ?, "
          "end_verdict_until = ?, end_cited = ? WHERE id = ? AND holder_epoch = ? AND ended_at IS "
          "NULL"},
      insert_detection_{
          database,
          "INSERT INTO detections(client_id, attempt_id, campaign_id, at, verdict, code, "
          "p_machine_ppm, review, weights_version, evidence) "
          "SELECT client_id, id, campaign_id, ?, ?, ?, ?, ?, ?, ? FROM attempts WHERE id = ?"},
      label_detection_{database,
                       "UPDATE detections SET truth = ?, truth_at = ?, truth_agent_id = ? "
                       "WHERE attempt_id = ?"},
      put_account_{
          database,
          "INSERT INTO accounts(campaign_id, window_kind, window_hours, window_start, client_id, "
          "live_answers, abandoned) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
          "SET live_answers = excluded.live_answers, abandoned = excluded.abandoned"},
      suppress_{database,
                "INSERT INTO suppression(digits, client_id, source, actor, reason, at, attempt_id) "
                "SELECT digits, ?, 'CALL', ?, 'asked during the call', ?, ? "
                "FROM numbers WHERE id = ? ON CONFLICT DO NOTHING"},
      revoker_{database},
      insert_agent_state_{
          database,
          "INSERT INTO agent_states(client_id, agent_id, state, reason, campaign_id, code, at) "
          "SELECT client_id, id, ?, ?, ?, ?, ? FROM agents WHERE id = ?"},
      set_run_state_{database,
                     "UPDATE campaigns SET run_state = ?1, run_state_at = ?2, started_at = "
                     "iif(?1 = 'RUNNING', ifnull(started_at, ?2), started_at) WHERE id = ?3"} {}

void ActionWriter::write(const WriteBatch& batch, std::vector<StoreEvent>& events) {
    if (batch.journal) write_journal(*batch.journal);
    for (const engine::Action& action : batch.actions) {
        const auto write_one = [&](const auto& chosen) {
            using Chosen = std::decay_t<decltype(chosen)>;
            if constexpr (std::is_same_v<Chosen, engine::AskForContacts>) {
                write_claim(chosen, batch, events);
            } else if constexpr (requires { write_action(chosen, events); }) {
                write_action(chosen, events);
            } else {
                constexpr bool kGoesToTheStore = false;
                BW_CHECK(kGoesToTheStore);
            }
        };
        std::visit(write_one, action);
    }
}

void ActionWriter::write(const JournalSegment& segment) {
    BW_CHECK(segment.first_seq == next_seq_);
    insert_segment_.run_with(segment.first_seq, owner_.epoch, micros(segment.at.elapsed),
                             segment.at.utc, segment.snapshot.text, segment.snapshot.personal);
}

void ActionWriter::write_journal(const JournalEntry& entry) {
    BW_CHECK(entry.seq == next_seq_);
    ++next_seq_;
    insert_entry_.run_with(entry.seq, micros(entry.now.elapsed), entry.now.utc, entry.event,
                           joined_lines(entry.actions));
    if (!entry.event_personal.empty())
        insert_personal_.run_with(entry.seq, 0, entry.event_personal);
    int part = 0;
    for (const engine::Encoded& action : entry.actions) {
        ++part;
        if (!action.personal.empty()) insert_personal_.run_with(entry.seq, part, action.personal);
    }
}

void ActionWriter::write_claim(const engine::AskForContacts& action, const WriteBatch& batch,
                               Events& events) {
    BW_CHECK(batch.journal.has_value());
    events.emplace_back(claims_.claim(action, batch.journal->now.utc));
}

void ActionWriter::write_action(const engine::ReleaseContact& action, Events&) {
    claims_.release(action);
}

void ActionWriter::write_action(const engine::StoreAttempt& action, Events& events) {
    BW_CHECK(action.epoch == owner_.epoch);
    compliance::Decision decision = decide_at_invite(action);
    insert_attempt_.run_with(
        action.attempt, action.call, action.campaign, action.client, action.contact, action.number,
        action.epoch, owner_.epoch, action.attempts_made, action.at, action.pacing.start,
        action.pacing.wanted, action.pacing.limit, action.pacing.mode, action.pacing.reason,
        decision.verdict, decision.rule, decision.until, decision.cited, action.caller_id);
    talk_.keep(action);
    claims_.begin_attempt(action);
    events.emplace_back(engine::AttemptStored{action.attempt, std::move(decision)});
}

PhoneNumber ActionWriter::digits_of(NumberId number) {
    BW_CHECK(digits_.bind(number).step());
    const auto digits = PhoneNumber::from_digits(digits_.get<std::uint64_t>(0));
    digits_.reset();
    return digits;
}

/// Who took down what a person asked for.
std::string ActionWriter::agent_name(AgentId agent) {
    BW_CHECK(agent_name_.bind(agent).step());
    std::string name = agent_name_.get<std::string>(0);
    agent_name_.reset();
    return name;
}

/// By the policy, on the facts of this transaction: what it says is on record with the attempt.
compliance::Decision ActionWriter::decide_at_invite(const engine::StoreAttempt& action) {
    if (!facts_.asks()) return action.decision;
    return facts_
        .ask({.point = DialQuestion::Point::Invite,
              .now = action.at,
              .campaign = action.campaign,
              .client = action.client,
              .contact = action.contact,
              .attempt = action.attempt,
              .number = digits_of(action.number)})
        .decision;
}

void ActionWriter::write_action(const engine::StoreMilestone& action, Events&) {
    Statement& statement = milestones_.at(static_cast<std::size_t>(action.milestone));
    if (action.milestone == engine::Milestone::Connected) {
        statement.run_with(action.at, or_null(action.agent), action.attempt, owner_.epoch);
    } else {
        statement.run_with(action.at, action.attempt, owner_.epoch);
    }
    changed_one_row();
}

void ActionWriter::write_action(const engine::StoreOutcome& action, Events& events) {
    end_attempt_.run_with(action.at, action.outcome, action.sip_status, action.retry_after,
                          action.trunk, action.q850_cause, action.reason,
                          action.answered_after_cancel, action.decision.verdict,
                          action.decision.rule, action.decision.until, action.decision.cited,
                          action.attempt, owner_.epoch);
    changed_one_row();
    if (claims_.end_attempt(action)) events.emplace_back(engine::ContactsAdded{action.campaign});
    facts_.note(calls_.of(action.attempt));
}

void ActionWriter::write_action(const engine::StoreDetection& action, Events&) {
    const auto ppm = std::llround(action.p_machine * 1e6);
    insert_detection_.run_with(action.at, action.verdict, action.code, ppm, action.review,
                               action.evidence.weights_version, engine::encode(action.evidence),
                               action.attempt);
    changed_one_row();
}

/// No row where nobody listened to the call: then there is no verdict to correct.
void ActionWriter::write_action(const engine::StoreDetectionTruth& action, Events&) {
    label_detection_.run_with(action.truth, action.at, or_null(action.agent), action.attempt);
}

void ActionWriter::write_action(const engine::StoreAccount& action, Events&) {
    const auto& account = action.account;
    put_account_.run_with(action.campaign, account.window.kind, account.window.hours,
                          account.window_start, action.client, account.live_answers,
                          account.abandoned);
    changed_one_row();
}

void ActionWriter::write_action(const engine::StoreAnswers& action, Events& events) {
    interviews_.write(action);
    events.emplace_back(engine::AnswerStored{action.call});
}

void ActionWriter::write_action(const engine::StoreSuppression& action, Events& events) {
    const NumberId asked =
        action.caller == CallId{} ? action.number : talk_.number_of_caller(action.caller);
    const bool by_key = action.agent == AgentId{};
    const std::string actor = by_key ? "contact" : agent_name(action.agent);
    suppress_.run_with(or_null(action.client), actor, action.at, or_null(action.attempt), asked);
    const bool is_new = database_.changes() == 1;
    const PhoneNumber number = digits_of(asked);
    if (is_new) {
        facts_.note(to_record(compliance::evidence::DncFacts{.at = action.at,
                                                             .client = action.client,
                                                             .number = number,
                                                             .source = by_key ? "KEYPAD" : "AGENT",
                                                             .actor = actor,
                                                             .attempt = action.attempt}));
    }
    // Whoever asks not to be called takes his consents back.
    const Revocation asked_now{.at = action.at,
                               .channel = by_key ? ConsentChannel::Keypad : ConsentChannel::Agent,
                               .actor = actor};
    if (revoker_.revoke(number, action.client, asked_now) > 0) {
        facts_.note(
            to_record(compliance::evidence::ConsentFacts{.at = action.at,
                                                         .given = false,
                                                         .client = action.client,
                                                         .number = number,
                                                         .method = by_key ? "keypad" : "agent",
                                                         .actor = actor}));
    }
    events.emplace_back(engine::SuppressionAdded{asked, action.client, action.caller});
}

void ActionWriter::write_action(const engine::StoreAgentState& action, Events&) {
    insert_agent_state_.run_with(action.state, action.reason, or_null(action.campaign), action.code,
                                 action.at, action.agent);
    changed_one_row();
}

void ActionWriter::write_action(const engine::StoreCampaignState& action, Events&) {
    set_run_state_.run_with(action.state, action.at, action.campaign);
    changed_one_row();
}

void ActionWriter::changed_one_row() const { BW_CHECK(database_.changes() == 1); }

}  // namespace bellwether::store
