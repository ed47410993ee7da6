#include "dialer/app/handlers/interview.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "campaigns/cell_text.h"
#include "campaigns/form/interview.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/survey/form_shelf.h"
#include "dialer/app/survey/nfc.h"

// The interview of an agent's call: the item at hand for his page, and what he does with it.

namespace bellwether::app {

namespace {

namespace form = campaigns::form;

// Half an hour of fast typing: 60 words of five letters a minute, in bytes.
constexpr std::size_t kTextMax = 10'000;

/// Copied on the core thread.
struct Seen {
    InterviewId id{};
    CampaignId campaign{};
    ContactId contact{};
    std::string campaign_name;
    form::FormSheets sheets;
    form::InterviewState state;
    std::optional<std::string> rejected;
};

/// One for the process: what it gives goes by the sheets alone.
FormShelf& forms() {
    static FormShelf shelf;
    return shelf;
}

std::optional<Seen> look(const engine::EngineState& state, AgentId id) {
    const auto agent = state.agents.find(id);
    if (agent == state.agents.end()) return std::nullopt;
    const auto call = state.calls.find(agent->second.contact_call);
    if (call == state.calls.end() || !call->second.interview) return std::nullopt;
    const auto campaign = state.campaigns.find(call->second.campaign);
    if (campaign == state.campaigns.end() || !campaign->second.spec.questionnaire)
        return std::nullopt;
    const engine::InterviewRun& run = *call->second.interview;
    return Seen{.id = run.id,
                .campaign = campaign->first,
                .contact = call->second.contact,
                .campaign_name = campaign->second.spec.name,
                .sheets = campaign->second.spec.questionnaire->sheets,
                .state = run.state,
                .rejected = run.rejected};
}

/// What the person tells the keypad alone is not for the interviewer's eyes.
bool is_for_interviewers(const form::Form& form, const std::string& key) {
    const auto item = form::item_of(form, key);
    return item && form.rows[item->row].line.interviewer;
}

Json item_json(const form::Form& form, const form::CurrentItem& item) {
    Json choices = Json::array();
    for (const auto& choice : item.choices) {
        choices.push_back({{"key", choice.key},
                           {"name", choice.name},
                           {"label", choice.label},
                           {"read_out", choice.read_out}});
    }
    return {{"key", item.key},
            {"type", name_of(item.type)},
            {"text", item.text},
            {"hint", item.hint},
            {"probe", item.probe},
            {"choices", std::move(choices)},
            {"required", item.required},
            {"value", is_for_interviewers(form, item.key) ? item.value : std::string{}}};
}

Json answers_json(const form::Form& form, const form::InterviewState& state) {
    Json answers = Json::array();
    for (const auto& answer : form::answers_of(form, state)) {
        if (is_for_interviewers(form, answer.name))
            answers.push_back({{"key", answer.name}, {"value", answer.value}});
    }
    return answers;
}

Json end_json(const form::InterviewEnd& end) {
    return {{"outcome", name_of(end.outcome)}, {"aapor", end.aapor}, {"cause", name_of(end.cause)}};
}

Json interview_json(const Seen& seen, const form::Form& form) {
    const bool asks = seen.state.answers.facts.mode == form::Mode::Interviewer;
    const auto item = form::current(form, seen.state);
    Json json{{"interview", id_json(seen.id)},
              {"campaign", seen.campaign_name},
              {"contact", id_json(seen.contact)},
              {"mode", asks ? "interviewer" : "keypad"},
              {"phase", name_of(seen.state.phase)},
              {"language", item ? Json(item->language) : Json(nullptr)},
              {"settled", item ? Json(item->settled) : Json(nullptr)},
              {"open", item ? Json(item->open) : Json(nullptr)},
              {"item", item ? item_json(form, *item) : Json(nullptr)}};
    if (seen.rejected) json["rejected"] = *seen.rejected;
    json["answers"] = answers_json(form, seen.state);
    if (seen.state.end) json["end"] = end_json(*seen.state.end);
    return json;
}

/// A text of the body as it is stored. Errors: InvalidInput.
Result<std::string> typed_text(const Json& body, const char* key) {
    const auto found = body.find(key);
    if (found == body.end() || !found->is_string())
        return fail(Errc::InvalidInput, fmt::format("`{}` is missing, or is not a text", key));
    auto text = to_nfc(found->get<std::string>());
    if (text.size() > kTextMax) {
        return fail(Errc::InvalidInput,
                    fmt::format("`{}` is longer than {} bytes: keep to the point", key, kTextMax));
    }
    return text;
}

/// The same of a text that may be left out.
Result<std::string> typed_text_or_none(const Json& body, const char* key) {
    if (!body.contains(key)) return std::string{};
    return typed_text(body, key);
}

/// One of the enum's names, in letters of any case. Errors: InvalidInput.
template <class E>
Result<E> word_member(const Json& body, const char* key) {
    std::string word = text_member(body, key);
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::toupper(c); });
    if (const auto value = enum_from_name<E>(word)) return *value;
    std::string all;
    for (const std::string_view name : kEnumNames<E>) {
        if (!all.empty()) all += ", ";
        all += campaigns::lower_case(std::string{name});
    }
    return fail(Errc::InvalidInput, fmt::format("`{}` is one of {}", key, all));
}

/// The engine's word on what an interviewer did.
api::Response done(const Result<void>& reply, Json body) {
    if (reply) return json_response(body);
    // Not a rule that forbids it: the answer does not fit the question, and the page shows why.
    if (reply.error().code == Errc::Refused)
        return api::http_problem(422, api::code_name(Errc::Refused), reply.error().detail);
    return api::problem(reply.error());
}

}  // namespace

api::Response get_agents_interview(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const auto seen = backend.inspect(
        [id = agent->id](const engine::EngineState& state) { return look(state, id); });
    if (!seen) return api::problem(seen.error());
    if (!*seen) {
        return api::problem(
            {Errc::NotFound, fmt::format("{} has no call with an interview", agent->name)});
    }
    const auto form = forms().form_of((*seen)->campaign, (*seen)->sheets);
    return json_response(interview_json(**seen, *form));
}

api::Response answer_in_interview(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const auto text = typed_text(call.body, "text");
    if (!text) return api::problem(text.error());
    const std::string item = text_member(call.body, "item");
    const auto reply = backend.command([&](RequestId request) {
        return engine::InterviewerAnswered{request, agent->id, item, *text};
    });
    return done(reply, {{"agent", agent->name}, {"item", item}});
}

api::Response order_in_interview(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const auto order = word_member<engine::InterviewerOrder>(call.body, "order");
    if (!order) return api::problem(order.error());
    const auto reply = backend.command([&](RequestId request) {
        return engine::InterviewerOrdered{request, agent->id, *order};
    });
    return done(reply, {{"agent", agent->name}, {"order", name_of(*order)}});
}

api::Response note_in_interview(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const bool probe = flag_member(call.body, "probe");
    const auto note = probe ? Result<std::string>{} : typed_text(call.body, "note");
    if (!note) return api::problem(note.error());
    if (!probe && note->empty())
        return api::problem({Errc::InvalidInput, "`note` is empty: there is nothing to keep"});
    const std::string item = text_member(call.body, "item");
    const auto reply = backend.command([&](RequestId request) {
        return engine::InterviewerNoted{request, agent->id, item, *note, probe};
    });
    return done(reply, {{"agent", agent->name}, {"item", item}, {"probe", probe}});
}

api::Response refuse_interview(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const auto who = word_member<campaigns::RefusedBy>(call.body, "who");
    if (!who) return api::problem(who.error());
    const auto when = word_member<campaigns::RefusedWhen>(call.body, "when");
    if (!when) return api::problem(when.error());
    const auto strength = word_member<campaigns::RefusalStrength>(call.body, "strength");
    if (!strength) return api::problem(strength.error());
    const auto reason = typed_text_or_none(call.body, "reason");
    if (!reason) return api::problem(reason.error());
    const auto note = typed_text_or_none(call.body, "note");
    if (!note) return api::problem(note.error());
    const bool do_not_call = flag_member(call.body, "do_not_call");
    const auto reply = backend.command([&](RequestId request) {
        return engine::InterviewBrokenOff{.request = request,
                                          .agent = agent->id,
                                          .who = *who,
                                          .when = *when,
                                          .strength = *strength,
                                          .reason = *reason,
                                          .note = *note,
                                          .do_not_call = do_not_call};
    });
    return done(reply, {{"agent", agent->name},
                        {"who", name_of(*who)},
                        {"when", name_of(*when)},
                        {"strength", name_of(*strength)},
                        {"do_not_call", do_not_call}});
}

}  // namespace bellwether::app
