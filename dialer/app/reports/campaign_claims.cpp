#include "dialer/app/reports/campaign_claims.h"

#include <fmt/format.h>

#include <algorithm>

#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"

namespace bellwether::app {

namespace {

const char* key_of(const campaigns::CampaignSpec& spec) {
    return spec.caller_ids.size() == 1 ? "caller_id" : "caller_ids";
}

/// Numbers of ours that a campaign of another organisation shows.
std::vector<std::string> shared_numbers(const campaigns::CampaignSpec& ours,
                                        const campaigns::CampaignSpec& other) {
    std::vector<std::string> shared;
    for (const std::string& number : ours.caller_ids) {
        if (std::ranges::find(other.caller_ids, number) != other.caller_ids.end())
            shared.push_back(number);
    }
    return shared;
}

std::string number_words(const std::string& number, const campaigns::CampaignSpec& ours,
                         const store::CampaignRecord& record, const campaigns::CampaignSpec& other,
                         bool is_asked_for_client) {
    if (is_asked_for_client) {
        return fmt::format("{}: {} is in use for somebody else: show a number of your own",
                           key_of(ours), number);
    }
    return fmt::format(
        "{}: {} stands as {} in campaign {} of another client organisation too: who calls it back "
        "could not be told apart. Show another number in one of the two",
        key_of(ours), number, key_of(other), record.name);
}

}  // namespace

Result<Problems> claimed_by_others(Backend& backend, const CampaignFile& file,
                                   const std::string& file_name, bool is_asked_for_client) {
    const auto clients = backend.store().clients();
    if (!clients) return tl::unexpected(clients.error());
    const auto known = std::ranges::find(*clients, file.client, &store::ClientRecord::name);
    const ClientId own = known == clients->end() ? ClientId{} : known->id;
    Problems problems;
    const auto note = [&](std::string text) {
        problems.push_back({file_name, 0, std::move(text)});
    };
    for (const auto& use : file.lists) {
        const auto list = backend.store().find_list(use.list);
        if (!list) return tl::unexpected(list.error());
        if (*list && (*list)->client != own) note(name_is_taken("list", use.list).value().detail);
    }
    const auto campaigns = backend.store().campaigns();
    if (!campaigns) return tl::unexpected(campaigns.error());
    for (const auto& record : *campaigns) {
        if (record.client == own) continue;
        if (record.name == file.spec.name)
            note(name_is_taken("campaign", record.name).value().detail);
        const auto other = file_of(backend, record);
        if (!other) continue;  // its files are gone: it dials nobody
        for (const std::string& number : shared_numbers(file.spec, other->spec))
            note(number_words(number, file.spec, record, other->spec, is_asked_for_client));
    }
    return problems;
}

}  // namespace bellwether::app
