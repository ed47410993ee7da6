#include <fmt/format.h>

#include <filesystem>

#include "dialer/api/problem_json.h"
#include "dialer/app/files/campaign_file.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/policy/call_policy.h"
#include "dialer/app/reports/campaign_preflight.h"
#include "dialer/app/survey/questionnaire_folder.h"
#include "dialer/store/dial_rehearsal.h"
#include "dialer/store/quota_rows.h"

namespace bellwether::app {

namespace {

api::Response refuse(const Problems& problems) {
    std::vector<api::Fault> faults;
    for (const Problem& problem : problems)
        faults.push_back({problem.file, problem.line, problem.text});
    const std::string detail = problems.size() == 1
                                   ? to_text(problems.front())
                                   : fmt::format("the campaign has {} problems", problems.size());
    return api::problem({Errc::InvalidInput, detail}, faults);
}

/// The body's `toml`, `folder` and `file`, as a campaign. The folder is where the command was
/// given: the service may run anywhere.
Checked<CampaignFile> read_campaign(Backend& backend, const Call& call) {
    const std::string text = text_member(call.body, "toml");
    const std::string file = text_member(call.body, "file");
    const std::filesystem::path folder = text_member(call.body, "folder");
    const std::string name = file.empty() ? "campaign.toml" : file;
    if (!folder.is_absolute()) {
        return tl::unexpected(
            Problems{{name, 0, "the request needs `folder`, an absolute path, beside `toml`"}});
    }
    return parse_campaign({.text = text, .name = name, .folder = folder, .now = backend.utc_now()});
}

Json list_names(const CampaignFile& file) {
    Json names = Json::array();
    for (const auto& use : file.lists) names.push_back(use.list);
    return names;
}

Json summary(const CampaignFile& file) {
    const auto& spec = file.spec;
    return {{"name", spec.name},
            {"client", file.client},
            {"list", file.lists.front().list},
            {"lists", list_names(file)},
            {"purpose", name_of(spec.purpose)},
            {"mode", name_of(spec.mode)},
            {"lines", spec.lines_max},
            {"calls_per_second", spec.calls_per_second},
            {"questions", questions_of(spec)},
            {"zone", spec.hours.zone.name}};
}

Result<store::CampaignRecord> save(Backend& backend, const CampaignFile& file) {
    store::CampaignRecord record;
    const auto client = backend.store().add_client(file.client);
    if (!client) return tl::unexpected(client.error());
    for (const auto& use : file.lists) {
        const auto list = backend.store().add_list(*client, use.list);
        if (!list) return tl::unexpected(list.error());
        record.lists.push_back({*list, use.priority, use.weight});
    }
    record.client = *client;
    record.list = record.lists.front().id;
    record.numbers = file.numbers;
    record.name = file.spec.name;
    record.toml = file.stored_text;
    const auto id = backend.store().save_campaign(record, backend.utc_now());
    if (!id) return tl::unexpected(id.error());
    return find_campaign(backend, record.name);  // as it stands: with its id and run state
}

api::Response order(Backend& backend, const Call& call, engine::CampaignOrder order) {
    const auto campaign = find_campaign(backend, call.names.at(0));
    if (!campaign) return api::problem(campaign.error());
    const auto done = backend.command([&](RequestId request) {
        return engine::CampaignOrdered{request, campaign->id, order};
    });
    if (!done) return api::problem(done.error());
    return json_response({{"campaign", campaign->name}, {"order", name_of(order)}});
}

// Contacts that tell which packs a campaign calls under: one would do where all are of one country.
constexpr std::int64_t kAskedAtStart = 200;

/// Fails with Refused if some of its contacts come under a pack that nobody has reviewed.
Result<void> packs_are_accepted(Backend& backend, const Call& call) {
    store::DialPolicy* policy = backend.dial_policy();
    const auto campaign = find_campaign(backend, call.names.at(0));
    if (policy == nullptr || !campaign) return {};  // not ours to say
    const auto rehearsal = store::rehearse_dials(backend.store(), *policy, campaign->id,
                                                 kAskedAtStart, backend.utc_now());
    if (!rehearsal) return tl::unexpected(rehearsal.error());
    const auto drafts = rehearsal->rules.find(kDraftPack);
    if (drafts == rehearsal->rules.end()) return {};
    return fail(Errc::Refused,
                fmt::format("{} of {} contacts come under a policy pack that nobody has reviewed: "
                            "name it in [compliance] accept_drafts to use it all the same "
                            "(`bellwether compliance packs` lists them)",
                            drafts->second, rehearsal->asked));
}

}  // namespace

api::Response list_campaigns(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto records = backend.store().campaigns();
    if (!records) return api::problem(records.error());
    const auto lists = backend.store().lists();
    if (!lists) return api::problem(lists.error());
    const auto clients = backend.store().clients();
    if (!clients) return api::problem(clients.error());
    std::map<ListId, std::string> list_names;
    for (const auto& list : *lists) list_names[list.id] = list.name;
    std::map<ClientId, std::string> client_names;
    for (const auto& client : *clients) client_names[client.id] = client.name;
    Json campaigns = Json::array();
    for (const auto& record : *records) {
        if (!scope->includes(record.client)) continue;
        campaigns.push_back({{"id", id_json(record.id)},
                             {"name", record.name},
                             {"client", client_names[record.client]},
                             {"list", list_names[record.list]},
                             {"state", name_of(record.run_state)}});
    }
    return json_response({{"campaigns", std::move(campaigns)}});
}

api::Response list_campaign_problems(Backend& backend, const Call&) {
    const auto records = backend.store().campaigns();
    if (!records) return api::problem(records.error());
    Json campaigns = Json::array();
    for (const auto& record : *records) {
        const auto file = parse_campaign(
            {.text = record.toml, .name = record.name, .folder = "/", .now = backend.utc_now()});
        Json problems = Json::array();
        if (!file) {
            for (const Problem& problem : file.error()) problems.push_back(to_text(problem));
        }
        campaigns.push_back({{"name", record.name}, {"problems", std::move(problems)}});
    }
    return json_response({{"campaigns", std::move(campaigns)}});
}

api::Response check_campaign(Backend& backend, const Call& call) {
    const auto file = read_campaign(backend, call);
    if (!file) return refuse(file.error());
    Json body{{"valid", true}};
    body.update(summary(*file));
    const auto known = backend.store().find_campaign(file->spec.name);
    if (!known) return api::problem(known.error());
    if (*known) {
        auto preflight = campaign_preflight(backend, **known, file->spec);
        if (!preflight) return api::problem(preflight.error());
        body["preflight"] = *std::move(preflight);
    }
    return json_response(body);
}

api::Response apply_campaign(Backend& backend, const Call& call) {
    const auto file = read_campaign(backend, call);
    if (!file) return refuse(file.error());
    // Sounds first: what cannot be played must not be saved.
    if (const auto loaded = backend.load_prompts(file->spec); !loaded)
        return api::problem(loaded.error());
    const auto record = save(backend, *file);
    if (!record) return api::problem(record.error());
    if (const auto applied = backend.apply(*record); !applied) return api::problem(applied.error());
    // A higher target, or none any more: who was not wanted may be now.
    const auto reopened = store::reopen_quota_contacts(backend.store(), record->id);
    if (!reopened) return api::problem(reopened.error());
    Json body{{"id", id_json(record->id)}};
    body.update(summary(*file));
    body["state"] = name_of(record->run_state);
    return json_response(body);
}

api::Response start_campaign(Backend& backend, const Call& call) {
    if (const auto allowed = packs_are_accepted(backend, call); !allowed)
        return api::problem(allowed.error());
    return order(backend, call, engine::CampaignOrder::Start);
}
api::Response pause_campaign(Backend& backend, const Call& call) {
    return order(backend, call, engine::CampaignOrder::Pause);
}
api::Response drain_campaign(Backend& backend, const Call& call) {
    return order(backend, call, engine::CampaignOrder::Drain);
}
api::Response stop_campaign(Backend& backend, const Call& call) {
    return order(backend, call, engine::CampaignOrder::Stop);
}

}  // namespace bellwether::app
