#include "dialer/api/problem_json.h"
#include "dialer/app/files/consent_file.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/consents.h"

namespace bellwether::app {
namespace {

constexpr std::size_t kRejectsShown = 100;

Json revocation_json(const std::optional<store::Revocation>& revoked) {
    if (!revoked) return nullptr;
    return {{"at", iso_time(revoked->at)},
            {"channel", name_of(revoked->channel)},
            {"actor", revoked->actor},
            {"reason", revoked->reason},
            {"artefact", revoked->artefact}};
}

Json consent_json(const store::ConsentRecord& consent) {
    return {{"id", std::to_string(consent.id)},
            {"client", id_json(consent.client)},
            {"number", consent.number.e164()},
            {"name", consent.name},
            {"given", consent.given},
            {"purposes", consent.purposes},
            {"topics", consent.topics},
            {"channels", consent.channels},
            {"form", name_of(consent.form)},
            {"jurisdiction", consent.jurisdiction},
            {"method", enum_json(consent.method)},
            {"request_sha256", consent.request_sha256},
            {"response_sha256", consent.response_sha256},
            {"evidence_uri", consent.evidence_uri},
            {"script_version", consent.script_version},
            {"collector", consent.collector},
            {"expires", consent.expires},
            {"rnd_checked", consent.rnd_checked},
            {"rnd_result", consent.rnd_result},
            {"last_used", iso_time(consent.last_used)},
            {"recorded", iso_time(consent.recorded)},
            {"actor", consent.actor},
            {"revoked", revocation_json(consent.revoked)}};
}

Json rejects_json(const ConsentFile& file) {
    Json rejects = Json::array();
    for (std::size_t i = 0; i < file.rejects.size() && i < kRejectsShown; ++i) {
        rejects.push_back({{"row", file.rejects[i].row}, {"reason", file.rejects[i].reason}});
    }
    return rejects;
}

/// A number and the client whose consents are meant: 0 means every client's.
struct Whose {
    PhoneNumber number;
    ClientId client{};
};

Result<Whose> whose(Backend& backend, const Call& call) {
    const auto number =
        read_number(text_member(call.body, "number"), text_member(call.body, "region"));
    if (!number) return tl::unexpected(number.error());
    const auto client = find_client(backend, text_member(call.body, "client"));
    if (!client) return tl::unexpected(client.error());
    return Whose{*number, *client};
}

Result<store::ConsentChannel> channel_of(const Call& call) {
    const std::string text = text_member(call.body, "channel");
    if (text.empty()) return store::ConsentChannel::Api;
    const auto channel = enum_from_name<store::ConsentChannel>(text);
    if (!channel) {
        return fail(Errc::InvalidInput,
                    "`channel` must be web, paper, voice, api, agent, keypad or command");
    }
    return *channel;
}

}  // namespace

api::Response import_consents(Backend& backend, const Call& call) {
    const std::filesystem::path path = text_member(call.body, "path");
    if (!path.is_absolute())
        return api::problem({Errc::InvalidInput, "`path` must be an absolute path"});
    const auto client = find_client(backend, text_member(call.body, "client"));
    if (!client) return api::problem(client.error());
    auto file = read_consent_file(path, text_member(call.body, "region"));
    if (!file) return api::problem(file.error());

    std::int64_t fresh = 0;
    const bool is_rehearsal = flag_member(call.body, "dry_run");
    if (!is_rehearsal) {
        for (auto& consent : file->consents) {
            consent.client = *client;
            consent.recorded = backend.utc_now();
            consent.actor = actor_of(call);
        }
        const auto added = store::add_consents(backend.store(), file->consents);
        if (!added) return api::problem(added.error());
        fresh = *added;
    }
    return json_response({{"dry_run", is_rehearsal},
                          {"file_sha256", file->hash},
                          {"read", file->read},
                          {"accepted", file->consents.size()},
                          {"new", fresh},
                          {"rejected", file->rejects.size()},
                          {"rejects", rejects_json(*file)}});
}

api::Response show_consents(Backend& backend, const Call& call) {
    const auto about = whose(backend, call);
    if (!about) return api::problem(about.error());
    const auto consents = store::consents_of(backend.store(), about->number, about->client);
    if (!consents) return api::problem(consents.error());
    Json list = Json::array();
    for (const auto& consent : *consents) list.push_back(consent_json(consent));
    return json_response({{"number", about->number.e164()}, {"consents", std::move(list)}});
}

api::Response revoke_consent(Backend& backend, const Call& call) {
    const auto about = whose(backend, call);
    if (!about) return api::problem(about.error());
    const auto channel = channel_of(call);
    if (!channel) return api::problem(channel.error());
    const auto revoked = store::revoke_consents(backend.store(), about->number, about->client,
                                                {.at = backend.utc_now(),
                                                 .channel = *channel,
                                                 .actor = actor_of(call),
                                                 .reason = text_member(call.body, "reason"),
                                                 .artefact = text_member(call.body, "artefact")});
    if (!revoked) return api::problem(revoked.error());
    if (const auto heard = engine_has_heard(backend); !heard) return api::problem(heard.error());
    return json_response({{"number", about->number.e164()}, {"revoked", *revoked}});
}

/// The person whom the agent talks to, or talked to last, wants no more calls: on do-not-call, and
/// every consent to this client taken back.
api::Response opt_out_agents_call(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const auto last = backend.inspect([id = agent->id](const engine::EngineState& state) {
        const auto found = state.agents.find(id);
        return found == state.agents.end() ? AttemptId{} : found->second.last_attempt;
    });
    if (!last) return api::problem(last.error());
    if (*last == AttemptId{})
        return api::problem({Errc::Conflict, "the agent has talked to nobody since he signed in"});
    const auto attempt = backend.store().attempt(*last);
    if (!attempt) return api::problem(attempt.error());
    const auto number = backend.store().number(attempt->number);
    if (!number) return api::problem(number.error());

    const std::string reason = text_member(call.body, "reason");
    const auto added = backend.store().add_do_not_call({.number = *number,
                                                        .client = attempt->client,
                                                        .source = store::DoNotCallSource::Call,
                                                        .actor = agent->name,
                                                        .reason = reason,
                                                        .at = backend.utc_now(),
                                                        .removed = {}});
    if (!added) return api::problem(added.error());
    const auto revoked =
        store::revoke_consents(backend.store(), *number, attempt->client,
                               {.at = backend.utc_now(),
                                .channel = store::ConsentChannel::Agent,
                                .actor = agent->name,
                                .reason = reason,
                                .artefact = "attempt " + std::to_string(value_of(*last))});
    if (!revoked) return api::problem(revoked.error());
    if (const auto heard = engine_has_heard(backend); !heard) return api::problem(heard.error());
    return json_response({{"agent", agent->name},
                          {"attempt", id_json(*last)},
                          {"added", *added},
                          {"revoked", *revoked}});
}

}  // namespace bellwether::app
