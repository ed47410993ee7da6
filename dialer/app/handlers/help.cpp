#include <fmt/format.h>

#include "base/nearest_name.h"
#include "campaigns/csv_writer.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/number_rules.h"

namespace bellwether::app {

namespace {

/// "no campaign "sprnig": did you mean spring?"
template <class Records>
tl::unexpected<Error> not_found(std::string_view noun, const std::string& name,
                                const Records& records) {
    std::vector<std::string_view> names;
    for (const auto& record : records) names.push_back(record.name);
    const auto near = nearest_name(name, names);
    const std::string mend = near ? fmt::format(": did you mean {}?", *near) : std::string{};
    return fail(Errc::NotFound, fmt::format("there is no {} \"{}\"{}", noun, name, mend));
}

}  // namespace

Result<store::CampaignRecord> find_campaign(Backend& backend, const std::string& name) {
    auto found = backend.store().find_campaign(name);
    if (!found) return tl::unexpected(found.error());
    if (*found) return **std::move(found);
    const auto all = backend.store().campaigns();
    if (!all) return tl::unexpected(all.error());
    return not_found("campaign", name, *all);
}

std::optional<CampaignFile> file_of(Backend& backend, const store::CampaignRecord& record) {
    auto file = parse_campaign(
        {.text = record.toml, .name = record.name, .folder = "/", .now = backend.utc_now()});
    if (!file) return std::nullopt;
    return *std::move(file);
}

Result<ClientId> find_client(Backend& backend, const std::string& name) {
    if (name.empty()) return ClientId{};
    const auto clients = backend.store().clients();
    if (!clients) return tl::unexpected(clients.error());
    for (const auto& client : *clients) {
        if (client.name == name) return client.id;
    }
    return not_found("client organisation", name, *clients);
}

Result<store::AgentRecord> find_agent(Backend& backend, const std::string& name) {
    const auto agents = backend.store().agents();
    if (!agents) return tl::unexpected(agents.error());
    for (const auto& agent : *agents) {
        if (agent.name == name) return agent;
    }
    return not_found("agent", name, *agents);
}

const campaigns::NumberRules& number_rules() {
    static const store::LibPhoneNumberRules rules;
    return rules;
}

Result<PhoneNumber> read_number(const std::string& text, const std::string& region) {
    if (text.empty()) return fail(Errc::InvalidInput, "a number is missing");
    if (!region.empty() && !store::LibPhoneNumberRules::knows_region(region)) {
        return fail(Errc::InvalidInput,
                    fmt::format("\"{}\" is not a region: write two letters, as US", region));
    }
    // E.164 is taken at its word: what is in service today may be newer than our numbering plans.
    if (auto number = PhoneNumber::parse(text)) return number;
    return number_rules().normalise(text, region);
}

std::string actor_of(const Call& call) {
    const std::string actor = text_member(call.body, "actor");
    return actor.empty() ? "operator" : actor;
}

std::string csv_row(const std::vector<std::string>& fields) {
    const std::vector<std::string_view> views(fields.begin(), fields.end());
    std::string row;
    // A field with a zero byte has no place in CSV: nothing of ours makes one.
    if (!campaigns::append_csv_row(row, views)) return "\r\n";
    return row;
}

Json decision_json(const compliance::Decision& decision) {
    Json json{{"verdict", name_of(decision.verdict)},
              {"rule", name_of(decision.rule)},
              {"until", iso_time(decision.until)}};
    if (!decision.cited.empty()) json["cited"] = decision.cited;
    if (decision.obligations.empty()) return json;
    json["obligations"] = Json::array();
    for (const auto obligation : decision.obligations)
        json["obligations"].push_back(name_of(obligation));
    return json;
}

Result<void> engine_has_heard(Backend& backend) {
    if (!backend.live()) return {};
    const auto heard = backend.inspect([](const engine::EngineState&) { return true; });
    if (!heard) return tl::unexpected(heard.error());
    return {};
}

}  // namespace bellwether::app
