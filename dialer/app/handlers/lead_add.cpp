#include <fmt/format.h>

#include <algorithm>

#include "campaigns/contact_columns.h"
#include "campaigns/number_reader.h"
#include "compliance/destination.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/hand_leads.h"

namespace bellwether::app {

namespace {

using store::HandLeadFate;

/// "+12025550101" or "mobile:+12025550101".
Result<store::ImportNumber> read_one(const Config& config, const std::string& text,
                                     const std::string& region) {
    const auto colon = text.find(':');
    const std::string kind = colon == std::string::npos ? "" : text.substr(0, colon);
    const std::string digits = colon == std::string::npos ? text : text.substr(colon + 1);
    const auto read = campaigns::read_number(number_rules(), {digits, {}, region});
    if (!read) return tl::unexpected(read.error());
    const bool allowed = compliance::allowed(config.allowed_prefixes(), read->number);
    if (!allowed) {
        return fail(Errc::Refused,
                    "no trunk may dial this destination: see allowed_prefixes in [trunk]");
    }
    return store::ImportNumber{read->number, kind};
}

Result<std::vector<store::ImportNumber>> read_numbers(const Config& config, const Json& body) {
    std::vector<store::ImportNumber> numbers;
    const auto given = body.find("numbers");
    if (given == body.end() || !given->is_array() || given->empty())
        return fail(Errc::InvalidInput, "`numbers` must be a list of at least one number");
    for (const auto& text : *given) {
        if (!text.is_string()) return fail(Errc::InvalidInput, "`numbers` must be texts");
        auto number = read_one(config, text.get<std::string>(), text_member(body, "region"));
        if (!number) return tl::unexpected(number.error());
        const auto known = std::ranges::find(numbers, number->number, &store::ImportNumber::number);
        if (known == numbers.end()) numbers.push_back(*std::move(number));
    }
    return numbers;
}

Result<store::ImportRow> read_lead(const Config& config, const Json& body) {
    auto numbers = read_numbers(config, body);
    if (!numbers) return tl::unexpected(numbers.error());
    store::ImportRow row{.first = std::move(numbers->front())};
    row.others.assign(std::make_move_iterator(numbers->begin() + 1),
                      std::make_move_iterator(numbers->end()));
    row.external_id = text_member(body, "external_id");
    row.first_name = text_member(body, "first_name");
    row.last_name = text_member(body, "last_name");
    row.language = text_member(body, "language");
    const auto columns = body.find("columns");
    row.extra = columns != body.end() && columns->is_object() ? columns->dump() : "{}";
    const auto priority = body.find("priority");
    if (priority == body.end() || priority->is_null()) return row;
    if (!priority->is_number_integer() || *priority < 0 || *priority > campaigns::kPriorityMax) {
        return fail(Errc::InvalidInput, fmt::format("a priority is a whole number from 0 to {}",
                                                    campaigns::kPriorityMax));
    }
    row.priority = priority->get<int>();
    return row;
}

/// The campaigns that will dial it, and where it stands with each.
Result<Json> waits_in(Backend& backend, const store::ListRecord& list, ContactId contact) {
    const auto records = backend.store().campaigns();
    if (!records) return tl::unexpected(records.error());
    Json campaigns = Json::array();
    for (const auto& record : *records) {
        if (!store::draws_on(record, list.id)) continue;
        const auto ahead = backend.store().contacts_ahead(record.id, contact, backend.utc_now());
        if (!ahead) return tl::unexpected(ahead.error());
        campaigns.push_back(
            {{"campaign", record.name}, {"state", name_of(record.run_state)}, {"ahead", *ahead}});
    }
    return campaigns;
}

}  // namespace

api::Response add_lead(Backend& backend, const Call& call) {
    const std::string name = text_member(call.body, "list");
    const auto list = backend.store().find_list(name);
    if (!list) return api::problem(list.error());
    if (!*list) {
        return api::problem(
            {Errc::NotFound, fmt::format("there is no list \"{}\": an import or a campaign makes "
                                         "it",
                                         name)});
    }
    const auto lead = read_lead(backend.config(), call.body);
    if (!lead) return api::problem(lead.error());
    const auto added = store::add_lead(backend.store(), (*list)->id, *lead,
                                       store::DedupeScope::List, backend.utc_now());
    if (!added) return api::problem(added.error());
    if (added->fate == HandLeadFate::Suppressed) {
        return api::problem({Errc::Refused, "a number of this lead is on do-not-call"});
    }
    if (added->fate == HandLeadFate::Duplicate) {
        return api::problem(
            {Errc::Conflict,
             fmt::format("lead {} of this list has the number already", value_of(added->contact))});
    }
    auto campaigns = waits_in(backend, **list, added->contact);
    if (!campaigns) return api::problem(campaigns.error());
    return json_response({{"id", id_json(added->contact)},
                          {"list", name},
                          {"priority", lead->priority},
                          {"campaigns", *std::move(campaigns)}},
                         201);
}

}  // namespace bellwether::app
