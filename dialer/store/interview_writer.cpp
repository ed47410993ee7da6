#include "dialer/store/interview_writer.h"

#include "base/check.h"
#include "dialer/store/interviewer_rows.h"

namespace bellwether::store {

namespace {

using campaigns::form::ChangeKind;

}  // namespace

InterviewWriter::InterviewWriter(Database& database, Epoch epoch)
    : database_{database},
      epoch_{epoch},
      begin_{database,
             "INSERT INTO interviews(id, client_id, attempt_id, campaign_id, contact_id, began_at) "
             "SELECT ?, client_id, id, campaign_id, contact_id, ? FROM attempts "
             "WHERE id = ? AND holder_epoch = ? ON CONFLICT(id) DO UPDATE SET "
             // Its code stays until it ends again: should a crash cut this attempt short, it has
             // reached no less than before.
             "attempt_id = excluded.attempt_id, ended_at = NULL, ending = NULL, cause = ''"},
      end_{database,
           "UPDATE interviews SET ended_at = ?, ending = ?, aapor = ?, cause = ? "
           "WHERE id = ? AND ended_at IS NULL"},
      reached_{database,
               "INSERT INTO interview_ends(attempt_id, interview_id, client_id, item, heard) "
               "SELECT id, ?, client_id, ?, ? FROM attempts WHERE id = ?"},
      note_{database,
            "INSERT INTO answer_changes(interview_id, attempt_id, question, kind, value, how, "
            "cause, at, agent_id) SELECT id, attempt_id, ?, ?, ?, ?, ?, ?, ? FROM interviews "
            "WHERE id = ?"},
      put_{database,
           "INSERT INTO answers(interview_id, question, client_id, value, at, how, kept) "
           "SELECT id, ?, client_id, ?, ?, ?, ? FROM interviews WHERE id = ? "
           "ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at, "
           "how = excluded.how, kept = excluded.kept"},
      take_back_{database, "DELETE FROM answers WHERE interview_id = ? AND question = ?"},
      columns_{database},
      // One that a crash cut short has no end.
      interrupted_{database,
                   "SELECT id FROM interviews WHERE contact_id = ? AND campaign_id = ? "
                   "AND (ending IS NULL OR (ending IN ('PARTIAL', 'REFUSED') "
                   "AND cause <> 'OPT_OUT')) ORDER BY id DESC LIMIT 1"},
      answers_{database,
               "SELECT question, value, how, kept FROM answers WHERE interview_id = ? "
               "ORDER BY at, question"},
      forget_marks_{database, "DELETE FROM interview_quotas WHERE interview_id = ?"},
      put_mark_{database,
                "INSERT INTO interview_quotas(interview_id, place, client_id, quota_group, cell, "
                "standing, fingerprint, at) SELECT id, ?, client_id, ?, ?, ?, ?, ? "
                "FROM interviews WHERE id = ?"},
      marks_{database,
             "SELECT quota_group, cell, standing FROM interview_quotas WHERE interview_id = ? "
             "ORDER BY place"},
      put_note_{database,
                "INSERT INTO interview_notes(interview_id, attempt_id, client_id, agent_id, item, "
                "kind, note, at) SELECT ?, id, client_id, ?, ?, ?, ?, ? FROM attempts "
                "WHERE id = ?"},
      put_refusal_{database,
                   "INSERT INTO refusals(interview_id, attempt_id, client_id, campaign_id, "
                   "contact_id, agent_id, who, stage, strength, reason, note, do_not_call, at) "
                   "SELECT ?, id, client_id, campaign_id, contact_id, ?, ?, ?, ?, ?, ?, ?, ? "
                   "FROM attempts WHERE id = ?"} {}

void InterviewWriter::write(const engine::StoreInterview& action) {
    if (action.end) {
        end_.run_with(action.at, action.end->outcome, action.end->aapor, action.end->cause,
                      action.interview);
        BW_CHECK(database_.changes() == 1);
        reached_.run_with(action.interview, action.item, action.heard, action.attempt);
    } else {
        begin_.run_with(action.interview, action.at, action.attempt, epoch_);
    }
    BW_CHECK(database_.changes() == 1);
}

/// What was given and taken back stays in answer_changes; `answers` is what holds now.
void InterviewWriter::write(const engine::StoreAnswers& action) {
    for (const auto& change : action.changes) {
        const bool clears = change.kind == ChangeKind::Clear;
        note_.run_with(change.key, change.kind, change.value, change.how,
                       clears ? std::string{name_of(change.cause)} : std::string{}, action.at,
                       or_null(action.agent), action.interview);
        BW_CHECK(database_.changes() == 1);
        if (clears) {
            take_back_.run_with(action.interview, change.key);
        } else {
            put_.run_with(change.key, change.value, action.at, change.how,
                          change.kind == ChangeKind::Keep, action.interview);
        }
    }
}

void InterviewWriter::write(const engine::StoreQuota& action) {
    forget_marks_.run_with(action.interview);
    int place = 0;
    for (const campaigns::quota::Mark& mark : action.marks) {
        put_mark_.run_with(++place, mark.group, mark.cell, mark.standing, action.fingerprint,
                           action.at, action.interview);
        BW_CHECK(database_.changes() == 1);
    }
}

void InterviewWriter::write(const engine::StoreInterviewNote& action) {
    const NoteKind kind = action.overrule ? NoteKind::Overrule
                          : action.probe  ? NoteKind::Probe
                                          : NoteKind::Note;
    put_note_.run_with(action.interview, action.agent, action.item, kind, action.note, action.at,
                       action.attempt);
    BW_CHECK(database_.changes() == 1);
}

void InterviewWriter::write(const engine::StoreRefusal& action) {
    put_refusal_.run_with(or_null(action.interview), action.agent, action.who, action.when,
                          action.strength, action.reason, action.note, action.do_not_call,
                          action.at, action.attempt);
    BW_CHECK(database_.changes() == 1);
}

campaigns::InterviewOffer InterviewWriter::offer(CampaignId campaign, ContactId contact,
                                                 const std::vector<std::string>& columns) {
    campaigns::InterviewOffer offer{.id = {}, .columns = columns_.of(contact, columns)};
    if (interrupted_.bind(contact, campaign).step()) offer.id = interrupted_.get<InterviewId>(0);
    interrupted_.reset();
    if (offer.id == InterviewId{}) return offer;
    answers_.bind(offer.id);
    while (answers_.step()) {
        offer.earlier.push_back({answers_.get<std::string>(0), answers_.get<std::string>(1),
                                 answers_.get<campaigns::form::Settled>(2),
                                 answers_.get<int>(3) != 0});
    }
    answers_.reset();
    offer.quotas = read_all(marks_.bind(offer.id), [](const Statement& row) {
        return campaigns::quota::Mark{row.get<std::string>(0), row.get<std::string>(1),
                                      row.get<campaigns::quota::Standing>(2)};
    });
    marks_.reset();
    return offer;
}

}  // namespace bellwether::store
