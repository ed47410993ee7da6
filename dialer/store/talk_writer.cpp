#include "dialer/store/talk_writer.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "base/check.h"
#include "base/phone_number.h"

namespace bellwether::store {

namespace {

constexpr double kMosParts = 1e3;   // quality_schema.h
constexpr double kLossParts = 1e6;  // likewise

std::optional<std::int64_t> in_parts(std::optional<double> value, double parts) {
    if (!value) return std::nullopt;
    return std::llround(*value * parts);
}

Statement inbound_step(Database& database, const std::string& assignment) {
    return {database,
            "UPDATE inbound_calls SET " + assignment + " WHERE epoch = ?2 AND call_id = ?3"};
}

}  // namespace

TalkWriter::TalkWriter(Database& database, Epoch epoch)
    : database_{database},
      epoch_{epoch},
      dispose_{database,
               "INSERT INTO dispositions(epoch, call_id, attempt_id, client_id, campaign_id, "
               "contact_id, agent_id, code, note, due_at, at) "
               "SELECT ?, ?, ?, client_id, id, ?, ?, ?, ?, ?, ? "
               "FROM campaigns WHERE id = ? ON CONFLICT DO UPDATE SET agent_id = "
               "excluded.agent_id, code = excluded.code, note = excluded.note, "
               "due_at = excluded.due_at, at = excluded.at"},
      settle_{database,
              "UPDATE campaign_contacts SET state = iif(?1 IS NULL, 'DONE', 'RETRY'), due_at = ?1 "
              "WHERE campaign_id = ?2 AND contact_id = ?3 AND state IN ('NEW', 'RETRY', 'DONE')"},
      replace_callback_{database,
                        "UPDATE callbacks SET replaced_at = ? WHERE campaign_id = ? "
                        "AND contact_id = ? AND kept_at IS NULL AND replaced_at IS NULL"},
      insert_callback_{database,
                       "INSERT INTO callbacks(id, client_id, campaign_id, contact_id, attempt_id, "
                       "agent_id, due_at, loose, promised_at) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      keep_callback_{database,
                     "UPDATE callbacks SET kept_at = ?, kept_attempt = ? "
                     "WHERE id = ? AND kept_at IS NULL"},
      insert_transfer_{database,
                       "INSERT INTO transfers(epoch, call_id, attempt_id, client_id, campaign_id, "
                       "agent_id, target, warm, result, at) "
                       "SELECT ?, ?, ?, client_id, id, ?, ?, ?, ?, ? FROM campaigns WHERE id = ?"},
      note_number_{database, "INSERT INTO numbers(digits) VALUES (?) ON CONFLICT DO NOTHING"},
      find_number_{database, "SELECT id FROM numbers WHERE digits = ?"},
      insert_inbound_{database,
                      "INSERT INTO inbound_calls(epoch, call_id, client_id, campaign_id, "
                      "contact_id, number_id, attempt_id, called, arrived_at) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      caller_{database,
              "SELECT ifnull(number_id, 0) FROM inbound_calls WHERE epoch = ? AND call_id = ?"},
      insert_quality_{database,
                      "INSERT INTO call_quality(epoch, call_id, attempt_id, trunk, mos_heard, "
                      "mos_sent, lost_ppm, jitter_us, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
      answer_inbound_{inbound_step(database, "answered_at = ?1")},
      queue_inbound_{inbound_step(database, "queued_at = ?1")},
      connect_inbound_{inbound_step(database,
                                    "connected_at = ifnull(connected_at, ?1), "
                                    "agent_id = ?4")},
      opt_out_inbound_{inbound_step(database, "opted_out_at = ?1")},
      promise_inbound_{inbound_step(database, "callback_at = ?1")},
      end_inbound_{inbound_step(database, "ended_at = ?1, ending = ?4")} {}

void TalkWriter::write(const engine::StoreDisposition& action) {
    dispose_.run_with(epoch_, action.call, or_null(action.attempt), or_null(action.contact),
                      action.agent, action.code, action.note, action.due, action.at,
                      action.campaign);
    BW_CHECK(database_.changes() == 1);
    if (action.settles && action.contact != ContactId{})
        settle_.run_with(action.due, action.campaign, action.contact);
}

/// The contact may be claimed from then on; one who is with the engine is settled at the end of
/// his call.
void TalkWriter::write(const engine::StoreCallback& action) {
    replace_callback_.run_with(action.at, action.campaign, action.contact);
    insert_callback_.run_with(action.callback, action.client, action.campaign, action.contact,
                              or_null(action.attempt), or_null(action.agent), action.due,
                              action.loose, action.at);
    settle_.run_with(action.due, action.campaign, action.contact);
}

void TalkWriter::keep(const engine::StoreAttempt& attempt) {
    if (attempt.callback == CallbackId{}) return;
    keep_callback_.run_with(attempt.at, attempt.attempt, attempt.callback);
}

void TalkWriter::write(const engine::StoreTransfer& action) {
    insert_transfer_.run_with(epoch_, action.call, or_null(action.attempt), or_null(action.agent),
                              action.target, action.warm, action.result, action.at,
                              action.campaign);
    BW_CHECK(database_.changes() == 1);
}

/// One whom we never called gets a number of the store, which do-not-call goes by.
NumberId TalkWriter::number_for(const engine::StoreInbound& action) {
    if (action.caller.empty()) return action.number;
    const auto caller = PhoneNumber::parse(action.caller);
    BW_CHECK(caller.has_value());  // who tells the engine of a caller has read it
    note_number_.run_with(caller->digits());
    BW_CHECK(find_number_.bind(caller->digits()).step());
    const auto number = find_number_.get<NumberId>(0);
    find_number_.reset();
    return number;
}

NumberId TalkWriter::number_of_caller(CallId call) {
    BW_CHECK(caller_.bind(epoch_, call).step());
    const auto number = caller_.get<NumberId>(0);
    caller_.reset();
    BW_CHECK(number != NumberId{});
    return number;
}

void TalkWriter::write(const engine::StoreQuality& action) {
    const engine::CallQuality& heard = action.quality;
    insert_quality_.run_with(epoch_, action.call, or_null(action.attempt), heard.trunk,
                             in_parts(heard.mos_heard, kMosParts),
                             in_parts(heard.mos_sent, kMosParts), in_parts(heard.lost, kLossParts),
                             heard.jitter.count(), action.at);
}

void TalkWriter::write(const engine::StoreInbound& action) {
    insert_inbound_.run_with(epoch_, action.call, or_null(action.client), or_null(action.campaign),
                             or_null(action.contact), or_null(number_for(action)),
                             or_null(action.attempt), action.called, action.at);
}

void TalkWriter::write(const engine::StoreInboundStep& action) {
    switch (action.step) {
        case engine::InboundStep::Answered:
            answer_inbound_.run_with(action.at, epoch_, action.call);
            break;
        case engine::InboundStep::Queued:
            queue_inbound_.run_with(action.at, epoch_, action.call);
            break;
        case engine::InboundStep::Connected:
            connect_inbound_.run_with(action.at, epoch_, action.call, or_null(action.agent));
            break;
        case engine::InboundStep::OptedOut:
            opt_out_inbound_.run_with(action.at, epoch_, action.call);
            break;
        case engine::InboundStep::CallbackPromised:
            promise_inbound_.run_with(action.at, epoch_, action.call);
            break;
        case engine::InboundStep::Ended:
            end_inbound_.run_with(action.at, epoch_, action.call, action.reason);
            break;
    }
    BW_CHECK(database_.changes() == 1);
}

void settle_lost_inbound(Database& database, Epoch epoch, UtcTime now) {
    Statement{database,
              "UPDATE inbound_calls SET ended_at = ?, ending = 'LOST' "
              "WHERE ended_at IS NULL AND epoch <> ?"}
        .run_with(now, epoch);
}

}  // namespace bellwether::store
