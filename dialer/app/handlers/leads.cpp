#include <fmt/format.h>

#include <map>
#include <string>

#include "dialer/api/problem_json.h"
#include "dialer/app/commands/explain_words.h"
#include "dialer/app/files/recording_names.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/lead_standing.h"
#include "dialer/app/reports/quality_figures.h"
#include "dialer/store/call_quality.h"
#include "dialer/store/interviewer_rows.h"

namespace bellwether::app {

namespace {

/// What the ids of a lead's records are called; a name that cannot be read is missing.
struct Names {
    std::map<ListId, std::string> lists;
    std::map<CampaignId, std::string> campaigns;
    std::map<AgentId, std::string> agents;
};

template <class Id, class Records>
void note_names(const Result<Records>& records, std::map<Id, std::string>& names) {
    if (!records) return;
    for (const auto& record : *records) names[record.id] = record.name;
}

Names read_names(Backend& backend) {
    Names names;
    note_names(backend.store().lists(), names.lists);
    note_names(backend.store().campaigns(), names.campaigns);
    note_names(backend.store().agents(), names.agents);
    return names;
}

template <class Id>
Json name_json(const std::map<Id, std::string>& names, Id id) {
    const auto found = names.find(id);
    return found == names.end() ? id_json(id) : Json(found->second);
}

/// All numbers of a contact, in the list's order.
Json numbers_json(const store::ContactRecord& contact) {
    Json numbers = Json::array();
    numbers.push_back({{"number", contact.number.e164()}, {"type", contact.kind}});
    for (const auto& other : contact.others)
        numbers.push_back({{"number", other.number.e164()}, {"type", other.kind}});
    return numbers;
}

Json contact_json(const store::ContactRecord& contact, const Names& names) {
    return {{"id", id_json(contact.id)},
            {"number", contact.number.e164()},
            {"external_id", contact.external_id},
            {"first_name", contact.first_name},
            {"last_name", contact.last_name},
            {"list", name_json(names.lists, contact.list)},
            {"row", contact.row},
            {"priority", contact.priority},
            {"numbers", numbers_json(contact)}};
}

/// Which of the contact's numbers; null for one that it has no more.
Json number_json(const store::ContactRecord& contact, NumberId number) {
    if (number == contact.number_id) return contact.number.e164();
    for (const auto& other : contact.others) {
        if (other.id == number) return other.number.e164();
    }
    return nullptr;
}

Json attempt_json(const store::AttemptRecord& attempt, const store::ContactRecord& contact,
                  const Names& names) {
    Json json{{"id", id_json(attempt.id)},
              {"number", number_json(contact, attempt.number)},
              {"campaign", name_json(names.campaigns, attempt.campaign)},
              {"at", iso_time(attempt.at)},
              {"outcome", enum_json(attempt.outcome)},
              {"trunk", attempt.trunk},
              {"sip_status", attempt.sip_status},
              {"hang_up", name_of(attempt.hang_up)},
              {"agent", name_json(names.agents, attempt.agent)}};
    json["q850_cause"] = attempt.q850_cause ? Json(*attempt.q850_cause) : Json(nullptr);
    json["invited"] = iso_time(attempt.invited);
    json["ringing"] = iso_time(attempt.ringing);
    json["answered"] = iso_time(attempt.answered);
    json["connected"] = iso_time(attempt.connected);
    json["spoken"] = iso_time(attempt.spoken);
    json["ended"] = iso_time(attempt.ended);
    return json;
}

/// What interviewers wrote of a lead, and when he would not be interviewed.
Result<Json> notes_json(Backend& backend, ContactId contact, const Names& names) {
    const auto notes = store::interview_notes_of(backend.store(), contact);
    if (!notes) return tl::unexpected(notes.error());
    Json json = Json::array();
    for (const auto& note : *notes) {
        json.push_back({{"at", iso_time(note.at)},
                        {"attempt", id_json(note.attempt)},
                        {"agent", name_json(names.agents, note.agent)},
                        {"item", note.item},
                        {"kind", name_of(note.kind)},
                        {"note", note.note}});
    }
    return json;
}

Result<Json> refusals_json(Backend& backend, ContactId contact, const Names& names) {
    const auto refusals = store::refusals_of(backend.store(), contact);
    if (!refusals) return tl::unexpected(refusals.error());
    Json json = Json::array();
    for (const auto& refusal : *refusals) {
        json.push_back({{"at", iso_time(refusal.at)},
                        {"campaign", name_json(names.campaigns, refusal.campaign)},
                        {"attempt", id_json(refusal.attempt)},
                        {"agent", name_json(names.agents, refusal.agent)},
                        {"who", name_of(refusal.who)},
                        {"when", name_of(refusal.when)},
                        {"strength", name_of(refusal.strength)},
                        {"reason", refusal.reason},
                        {"do_not_call", refusal.do_not_call},
                        {"note", refusal.note}});
    }
    return json;
}

Result<store::ContactRecord> contact_of(Backend& backend, const Call& call) {
    const auto id = id_from_text<ContactId>(call.names.at(0));
    if (!id)
        return fail(Errc::InvalidInput,
                    "a lead's id is a number: find it with 'bellwether lead find'");
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return tl::unexpected(scope.error());
    auto contact = backend.store().contact(*id);
    if (contact && !scope->includes(contact->client)) {
        return fail(Errc::NotFound, fmt::format("client organisation \"{}\" has no lead {}",
                                                scope->name(), value_of(*id)));
    }
    return contact;
}

/// Why each attempt was made: pacing's reason for the line, compliance's for the person.
Json why_json(const store::AttemptRecord& attempt, const Names& names) {
    Json json{{"at", iso_time(attempt.at)},
              {"campaign", name_json(names.campaigns, attempt.campaign)},
              {"attempt", id_json(attempt.id)},
              {"number_of_attempt", attempt.attempts_made},
              {"pacing", pacing_json(attempt.pacing)},
              {"compliance", decision_json(attempt.decision)},
              {"outcome", enum_json(attempt.outcome)}};
    if (attempt.outcome == campaigns::Outcome::Withdrawn) {
        json["withdrawn_by"] = decision_json(attempt.withdrawn_by);
    }
    return json;
}

Result<Json> suppression_json(Backend& backend, const store::ContactRecord& contact) {
    const auto entry = backend.store().check_do_not_call(contact.number, contact.client);
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) return Json(nullptr);
    return Json{{"source", name_of((*entry)->source)},
                {"actor", (*entry)->actor},
                {"reason", (*entry)->reason},
                {"at", iso_time((*entry)->at)}};
}

}  // namespace

api::Response find_leads(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    const std::string external_id = text_member(call.body, "external_id");
    Result<std::vector<store::ContactRecord>> found;
    if (!external_id.empty()) {
        found = backend.store().find_contacts(external_id);
    } else {
        const auto number =
            read_number(text_member(call.body, "number"), text_member(call.body, "region"));
        if (!number) return api::problem(number.error());
        found = backend.store().find_contacts(*number);
    }
    if (!found) return api::problem(found.error());
    std::erase_if(*found, [&](const auto& contact) { return !scope->includes(contact.client); });
    if (found->empty())
        return api::problem({Errc::NotFound, "no lead has this number or external id"});
    const Names names = read_names(backend);
    Json leads = Json::array();
    for (const auto& contact : *found) leads.push_back(contact_json(contact, names));
    return json_response({{"leads", std::move(leads)}});
}

api::Response get_lead_history(Backend& backend, const Call& call) {
    const auto contact = contact_of(backend, call);
    if (!contact) return api::problem(contact.error());
    const auto attempts = backend.store().attempts_of(contact->id);
    if (!attempts) return api::problem(attempts.error());
    const auto heard = store::quality_of(backend.store(), contact->id);
    if (!heard) return api::problem(heard.error());
    const Names names = read_names(backend);
    auto notes = notes_json(backend, contact->id, names);
    if (!notes) return api::problem(notes.error());
    auto refusals = refusals_json(backend, contact->id, names);
    if (!refusals) return api::problem(refusals.error());
    Json body = contact_json(*contact, names);
    body["attempts"] = Json::array();
    for (const auto& attempt : *attempts) {
        Json json = attempt_json(attempt, *contact, names);
        const auto quality = heard->find(attempt.id);
        json["quality"] =
            quality == heard->end() ? Json(nullptr) : call_quality_json(quality->second);
        const std::string recording = recording_of(backend.config().recordings, attempt.id);
        json["recording"] = recording.empty() ? Json(nullptr) : Json(recording);
        body["attempts"].push_back(std::move(json));
    }
    body["refusals"] = *std::move(refusals);
    body["notes"] = *std::move(notes);
    return json_response(body);
}

api::Response explain_lead(Backend& backend, const Call& call) {
    const auto contact = contact_of(backend, call);
    if (!contact) return api::problem(contact.error());
    const auto attempts = backend.store().attempts_of(contact->id);
    if (!attempts) return api::problem(attempts.error());
    auto suppression = suppression_json(backend, *contact);
    if (!suppression) return api::problem(suppression.error());
    auto standing = lead_standing(backend, *contact, !suppression->is_null());
    if (!standing) return api::problem(standing.error());
    const Names names = read_names(backend);
    auto refusals = refusals_json(backend, contact->id, names);
    if (!refusals) return api::problem(refusals.error());
    Json body{{"id", id_json(contact->id)},
              {"number", contact->number.e164()},
              {"list", name_json(names.lists, contact->list)},
              {"do_not_call", *std::move(suppression)},
              {"standing", *std::move(standing)},
              {"refusals", *std::move(refusals)}};
    body["attempts"] = Json::array();
    for (const auto& attempt : *attempts) body["attempts"].push_back(why_json(attempt, names));
    return json_response(body);
}

}  // namespace bellwether::app
