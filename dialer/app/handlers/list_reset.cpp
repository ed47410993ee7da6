#include <fmt/format.h>

#include <algorithm>

#include "dialer/api/problem_json.h"
#include "dialer/app/files/campaign_words.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/list_json.h"
#include "dialer/store/list_figures.h"

namespace bellwether::app {

namespace {

using campaigns::Outcome;

Result<store::ListRecord> list_named(Backend& backend, const std::string& name) {
    const auto list = backend.store().find_list(name);
    if (!list) return tl::unexpected(list.error());
    if (!*list) return fail(Errc::NotFound, fmt::format("there is no list \"{}\"", name));
    return **list;
}

/// The body's `outcomes`, or those after which nobody was reached.
Result<std::vector<Outcome>> read_outcomes(const Json& body) {
    const auto given = body.find("outcomes");
    if (given == body.end() || !given->is_array() || given->empty())
        return store::unreached_outcomes();
    std::vector<Outcome> outcomes;
    for (const auto& word : *given) {
        if (!word.is_string()) return fail(Errc::InvalidInput, "`outcomes` must be words");
        const auto outcome = parse_outcome(word.get<std::string>());
        if (!outcome) return tl::unexpected(outcome.error());
        if (*outcome == Outcome::OptedOut)
            return fail(Errc::Refused, "who opted out is never called again");
        outcomes.push_back(*outcome);
    }
    return outcomes;
}

/// What a reset of one campaign would do, and what stays, by outcome.
Json foreseen(const Json& standing, const std::vector<Outcome>& outcomes) {
    std::int64_t again = 0;
    Json rows = Json::array();
    for (const auto& row : standing["outcomes"]) {
        const auto outcome = enum_from_name<Outcome>(row["outcome"].get<std::string>());
        const bool resets = outcome && std::ranges::find(outcomes, *outcome) != outcomes.end();
        const auto contacts = row["contacts"].get<std::int64_t>();
        again += resets ? contacts : 0;
        rows.push_back({{"outcome", row["outcome"]},
                        {"contacts", contacts},
                        {"dialed_again", resets ? contacts : 0},
                        {"stays", resets ? 0 : contacts}});
    }
    return {{"campaign", standing["campaign"]},    {"left_untouched", standing["untouched"]},
            {"left_waiting", standing["waiting"]}, {"with_engine", standing["with_engine"]},
            {"denied_stay", standing["denied"]},   {"dialed_again", again},
            {"outcomes", std::move(rows)}};
}

Result<std::vector<CampaignId>> campaigns_of(Backend& backend, const store::ListRecord& list,
                                             const std::string& only) {
    const auto records = backend.store().campaigns();
    if (!records) return tl::unexpected(records.error());
    std::vector<CampaignId> ids;
    for (const auto& record : *records) {
        if (store::draws_on(record, list.id) && (only.empty() || record.name == only))
            ids.push_back(record.id);
    }
    if (ids.empty()) {
        return fail(Errc::NotFound,
                    fmt::format("no campaign{} draws on the list {}",
                                only.empty() ? "" : " \"" + only + "\"", list.name));
    }
    return ids;
}

}  // namespace

api::Response get_list_stats(Backend& backend, const Call& call) {
    const auto list = list_named(backend, call.names.at(0));
    if (!list) return api::problem(list.error());
    auto standing = list_standing_json(backend, list->id, {});
    if (!standing) return api::problem(standing.error());
    return json_response({{"list", list->name},
                          {"contacts", list->contacts},
                          {"imports", list->imports},
                          {"campaigns", *std::move(standing)}});
}

api::Response reset_list(Backend& backend, const Call& call) {
    const auto list = list_named(backend, call.names.at(0));
    if (!list) return api::problem(list.error());
    const std::string only = text_member(call.body, "campaign");
    const auto campaigns = campaigns_of(backend, *list, only);
    if (!campaigns) return api::problem(campaigns.error());
    const auto outcomes = read_outcomes(call.body);
    if (!outcomes) return api::problem(outcomes.error());
    const auto standing = list_standing_json(backend, list->id, only);
    if (!standing) return api::problem(standing.error());
    const bool dry_run = flag_member(call.body, "dry_run");
    Json body{{"list", list->name}, {"dry_run", dry_run}};
    if (!dry_run) {
        const auto reset = store::reset_list(backend.store(), {.list = list->id,
                                                               .campaigns = *campaigns,
                                                               .outcomes = *outcomes,
                                                               .actor = actor_of(call),
                                                               .at = backend.utc_now()});
        if (!reset) return api::problem(reset.error());
        body["reset"] = *reset;
    }
    body["campaigns"] = Json::array();
    for (const auto& one : *standing) body["campaigns"].push_back(foreseen(one, *outcomes));
    return json_response(body);
}

}  // namespace bellwether::app
