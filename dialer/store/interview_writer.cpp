#include "dialer/store/interview_writer.h"

#include <nlohmann/json.hpp>

#include "base/check.h"

namespace bellwether::store {

namespace {

using campaigns::form::ChangeKind;

/// A value of the JSON object as text; what is no text is written as JSON.
std::string text_of(const nlohmann::json& object, const std::string& name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

}  // namespace

InterviewWriter::InterviewWriter(Database& database, Epoch epoch)
    : database_{database},
      epoch_{epoch},
      begin_{database,
             "INSERT INTO interviews(id, client_id, attempt_id, campaign_id, contact_id, began_at) "
             "SELECT ?, client_id, id, campaign_id, contact_id, ? FROM attempts "
             "WHERE id = ? AND holder_epoch = ? ON CONFLICT(id) DO UPDATE SET "
             "attempt_id = excluded.attempt_id, ended_at = NULL, ending = NULL, aapor = '', "
             "cause = ''"},
      end_{database,
           "UPDATE interviews SET ended_at = ?, ending = ?, aapor = ?, cause = ? "
           "WHERE id = ? AND ended_at IS NULL"},
      note_{database,
            "INSERT INTO answer_changes(interview_id, attempt_id, question, kind, value, how, "
            "cause, at) SELECT id, attempt_id, ?, ?, ?, ?, ?, ? FROM interviews WHERE id = ?"},
      put_{database,
           "INSERT INTO answers(interview_id, question, client_id, value, at, how, kept) "
           "SELECT id, ?, client_id, ?, ?, ?, ? FROM interviews WHERE id = ? "
           "ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at, "
           "how = excluded.how, kept = excluded.kept"},
      take_back_{database, "DELETE FROM answers WHERE interview_id = ? AND question = ?"},
      contact_{database,
               "SELECT external_id, first_name, last_name, language, extra FROM contacts "
               "WHERE id = ?"},
      // One that a crash cut short has no end.
      interrupted_{database,
                   "SELECT id FROM interviews WHERE contact_id = ? AND campaign_id = ? "
                   "AND (ending IS NULL OR (ending IN ('PARTIAL', 'REFUSED') "
                   "AND cause <> 'OPT_OUT')) ORDER BY id DESC LIMIT 1"},
      answers_{database,
               "SELECT question, value, how, kept FROM answers WHERE interview_id = ? "
               "ORDER BY at, question"} {}

void InterviewWriter::write(const engine::StoreInterview& action) {
    if (action.end) {
        end_.run_with(action.at, action.end->outcome, action.end->aapor, action.end->cause,
                      action.interview);
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
                       action.interview);
        BW_CHECK(database_.changes() == 1);
        if (clears) {
            take_back_.run_with(action.interview, change.key);
        } else {
            put_.run_with(change.key, change.value, action.at, change.how,
                          change.kind == ChangeKind::Keep, action.interview);
        }
    }
}

campaigns::InterviewOffer InterviewWriter::offer(CampaignId campaign, ContactId contact,
                                                 const std::vector<std::string>& columns) {
    campaigns::InterviewOffer offer{.id = {}, .columns = columns_of(contact, columns)};
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
    return offer;
}

std::vector<campaigns::form::NamedText> InterviewWriter::columns_of(
    ContactId contact, const std::vector<std::string>& names) {
    std::vector<campaigns::form::NamedText> columns;
    BW_CHECK(contact_.bind(contact).step());
    const auto extra = nlohmann::json::parse(contact_.get<std::string>(4), nullptr, false);
    const auto own = [&](const std::string& name) -> std::string {
        if (name == "external_id") return contact_.get<std::string>(0);
        if (name == "first_name") return contact_.get<std::string>(1);
        if (name == "last_name") return contact_.get<std::string>(2);
        if (name == "language") return contact_.get<std::string>(3);
        return extra.is_object() ? text_of(extra, name) : std::string{};
    };
    columns.push_back({"language", own("language")});
    for (const std::string& name : names) {
        if (name != "language") columns.push_back({name, own(name)});
    }
    contact_.reset();
    return columns;
}

}  // namespace bellwether::store
