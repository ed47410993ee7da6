#include "compliance/policy/case_form.h"

#include "compliance/policy/pack_form.h"
#include "compliance/policy/text_forms.h"

namespace bellwether::compliance::policy {
namespace {

using evidence::Array;
using evidence::Object;
using evidence::Value;

Value zones_form(std::span<const Zone> zones) {
    Array names;
    for (const Zone zone : zones) names.emplace_back(zone->name);
    return names;
}

template <class T>
void add_text(Object& object, const char* key, const std::optional<T>& value) {
    if (value) object.emplace(key, to_text(*value));
}

void add_text(Object& object, const char* key, std::string_view value) {
    if (!value.empty()) object.emplace(key, value);
}

Value windows_form(std::span<const HouseWindow> windows) {
    Array form;
    for (const HouseWindow& window : windows) {
        Object entry{{"weekly", form_of(std::vector<HoursWindow>(window.weekly.begin(),
                                                                 window.weekly.end()))}};
        if (window.purpose) entry.emplace("purpose", name_of(*window.purpose));
        form.emplace_back(std::move(entry));
    }
    return form;
}

Value campaign_form(const CampaignFacts& campaign) {
    Object form{{"purpose", name_of(campaign.purpose)},
                {"mode", name_of(campaign.mode)},
                {"sector", name_of(campaign.sector)},
                {"transfers_to_sales", campaign.transfers_to_sales},
                {"safe_harbour_message", campaign.has_safe_harbour_message},
                {"caller_id_owned", campaign.owns_caller_id},
                {"message", Object{{"identity", campaign.message_has_identity},
                                   {"number", campaign.message_has_number},
                                   {"opt_out_key", campaign.message_has_opt_out_key}}},
                {"operator_contract", campaign.has_operator_contract},
                {"house_windows", windows_form(campaign.house_windows)}};
    add_text(form, "seller", campaign.seller);
    add_text(form, "subject", campaign.subject);
    add_text(form, "call_label", campaign.call_label);
    add_text(form, "started", campaign.started);
    if (campaign.window_totals) {
        form.emplace("window_totals", Object{{"live", campaign.window_totals->live},
                                             {"abandoned", campaign.window_totals->abandoned}});
    }
    return form;
}

Value contact_form(const DialCase& given) {
    Object address{{"zones", zones_form(given.address.zones)},
                   {"confirmed", given.address.is_confirmed}};
    add_text(address, "region", given.address.region);
    return Object{{"kind", name_of(given.contact)}, {"address", std::move(address)}};
}

/// Null: looked up just now, and not listed.
Value list_form(const ListFacts& list) {
    if (list.was_just_asked && !list.is_listed) return {};
    Object form;
    if (list.is_known) form.emplace("listed", list.is_listed);
    add_text(form, "retrieved", list.retrieved);
    return form;
}

Value tps_form(const ListFacts& list) {
    if (list.was_just_asked && !list.is_listed) return {};
    Object form;
    if (list.is_known) {
        form.emplace("listed_since",
                     list.listed_since ? Value{to_text(*list.listed_since)} : Value{});
    }
    add_text(form, "retrieved", list.retrieved);
    return form;
}

Value lists_form(const DialCase& given) {
    Object form{{"national_dnc", list_form(given.national_dnc)},
                {"mass_call_refusal", given.has_refused_mass_calls}};
    add_text(form, "internal_dnc", given.internal_dnc);
    if (given.tps) form.emplace("tps", tps_form(*given.tps));
    return form;
}

Value consent_form(const ConsentFacts& consent) {
    Array channels;
    for (std::size_t i = 0; i < kEnumNames<Channel>.size(); ++i) {
        if (consent.channels.has(static_cast<Channel>(i))) {
            channels.emplace_back(kEnumNames<Channel>[i]);
        }
    }
    Object form{{"channels", std::move(channels)}, {"artefact", consent.has_artefact}};
    if (consent.form) form.emplace("form", name_of(*consent.form));
    add_text(form, "given", consent.given);
    add_text(form, "revoked", consent.revoked);
    return form;
}

Value relationship_form(const Relationship& relationship) {
    Object form{{"customer", relationship.is_customer}};
    add_text(form, "last_purchase", relationship.last_purchase);
    add_text(form, "last_inquiry", relationship.last_inquiry);
    add_text(form, "donor_since", relationship.donor_since);
    add_text(form, "objected", relationship.objected);
    add_text(form, "notified_ok", relationship.notified_ok);
    add_text(form, "notified_ok_withdrawn", relationship.notified_ok_withdrawn);
    return form;
}

Value attempt_form(const PastAttempt& attempt) {
    Object form;
    add_text(form, "at", attempt.at);
    add_text(form, "subject", attempt.subject);
    if (attempt.outcome) form.emplace("outcome", name_of(*attempt.outcome));
    if (attempt.kind) form.emplace("kind", name_of(*attempt.kind));
    return form;
}

}  // namespace

Value form_of(const DialCase& given) {
    Array consents;
    for (const ConsentFacts& consent : given.consents) consents.push_back(consent_form(consent));
    Array history;
    for (const PastAttempt& attempt : given.history) history.push_back(attempt_form(attempt));
    Array holidays;
    for (const Date day : given.holidays) holidays.emplace_back(to_text(day));
    return Object{{"now", to_text(given.now)},
                  {"campaign", campaign_form(given.campaign)},
                  {"number", Object{{"e164", given.number.e164},
                                    {"kind", name_of(given.number.kind)},
                                    {"line_type", name_of(given.number.line)},
                                    {"zones", zones_form(given.number.zones)}}},
                  {"contact", contact_form(given)},
                  {"lists", lists_form(given)},
                  {"consent", std::move(consents)},
                  {"relationship", relationship_form(given.relationship)},
                  {"history", std::move(history)},
                  {"holidays", std::move(holidays)},
                  {"end_guard_s", given.end_guard.count()}};
}

}  // namespace bellwether::compliance::policy
