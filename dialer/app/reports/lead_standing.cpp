#include "dialer/app/reports/lead_standing.h"

#include <algorithm>
#include <utility>

#include "compliance/destination.h"
#include "dialer/app/commands/explain_words.h"
#include "dialer/app/files/moment.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/lead_verdict.h"

namespace bellwether::app {

namespace {

/// What the engine knows of a campaign and of a number.
struct Seen {
    std::optional<campaigns::CampaignSpec> spec;
    engine::CampaignRunState run_state = engine::CampaignRunState::Stopped;
    std::string reason;
    bool number_busy = false;
    std::optional<UtcTime> number_cools_until;
};

Result<Seen> look(Backend& backend, const store::CampaignRecord& campaign, NumberId number) {
    if (backend.live()) {
        return backend.inspect([id = campaign.id, number](const engine::EngineState& state) {
            Seen seen;
            const auto found = state.campaigns.find(id);
            if (found != state.campaigns.end()) {
                const engine::Campaign& live = found->second;
                seen.spec = live.spec;
                seen.run_state = live.run_state;
                seen.reason = explain(live.run_state, live.last_block, live.last_decision);
            }
            seen.number_busy = state.live_numbers.contains(number);
            const auto cooling = state.cooling.find(number);
            if (cooling != state.cooling.end()) seen.number_cools_until = cooling->second.until;
            return seen;
        });
    }
    Seen seen{.run_state = campaign.run_state};
    if (auto file = file_of(backend, campaign)) seen.spec = std::move(file->spec);
    return seen;
}

bool may_dial(const Config& config, const PhoneNumber& number) {
    // As the service has it: without a trunk nothing may be dialed.
    return compliance::allowed(config.allowed_prefixes(), number);
}

Json hours_json(const LeadFacts& facts) {
    if (facts.spec == nullptr) return nullptr;
    const auto hours = compliance::check_hours(facts.spec->hours, facts.now);
    return {{"open", hours.open},
            {"until",
             hours.until ? Json(zoned_time(*hours.until, facts.spec->hours.zone)) : Json(nullptr)}};
}

Json to_json(const store::CampaignRecord& campaign, const LeadFacts& facts) {
    const auto& standing = facts.standing;
    const LeadVerdict verdict = lead_verdict(facts);
    const bool waits =
        standing.state == store::ContactState::New || standing.state == store::ContactState::Retry;
    Json json{{"campaign", campaign.name},
              {"campaign_state", name_of(facts.run_state)},
              {"state", name_of(standing.state)},
              {"verdict", verdict.words},
              {"mend", verdict.mend},
              {"next_at", nullptr},
              {"rule", name_of(verdict.rule)},
              {"attempts", standing.attempts},
              {"attempts_max", nullptr},
              {"due", iso_time(standing.due)},
              {"ahead", waits ? Json(facts.ahead) : Json(nullptr)},
              {"hours", hours_json(facts)},
              {"campaign_reason", facts.campaign_reason},
              {"last_outcome", enum_json(standing.last_outcome)},
              {"last_rule", name_of(standing.rule)},
              {"last_cited", standing.cited}};
    if (verdict.next_at) {
        json["next_at"] = facts.spec == nullptr
                              ? iso_time(*verdict.next_at)
                              : zoned_time(*verdict.next_at, facts.spec->hours.zone);
    }
    if (facts.spec != nullptr) json["attempts_max"] = facts.spec->retry.attempts_max;
    return json;
}

Result<Json> standing_in(Backend& backend, const store::ContactRecord& contact,
                         const store::CampaignRecord& campaign,
                         const store::ContactStanding& standing, bool on_do_not_call) {
    const auto seen = look(backend, campaign, contact.number_id);
    if (!seen) return tl::unexpected(seen.error());
    const UtcTime now = backend.utc_now();
    const auto ahead = backend.store().contacts_ahead(campaign.id, contact.id, now);
    if (!ahead) return tl::unexpected(ahead.error());
    std::optional<QuotaRefusal> refusal;
    if (seen->spec) {
        const auto found = quota_refusal(backend, campaign.id, *seen->spec, contact.id);
        if (!found) return tl::unexpected(found.error());
        refusal = *found;
    }
    const auto refused = store::last_refusal(backend.store(), campaign.id, contact.id);
    if (!refused) return tl::unexpected(refused.error());
    return to_json(campaign, {.now = now,
                              .standing = standing,
                              .spec = seen->spec ? &*seen->spec : nullptr,
                              .run_state = seen->run_state,
                              .live = backend.live(),
                              .on_do_not_call = on_do_not_call,
                              .destination_allowed = may_dial(backend.config(), contact.number),
                              .number_busy = seen->number_busy,
                              .number_cools_until = seen->number_cools_until,
                              .quota_refusal = refusal,
                              .refusal = *refused,
                              .ahead = *ahead,
                              .campaign_reason = seen->reason});
}

}  // namespace

Result<Json> lead_standing(Backend& backend, const store::ContactRecord& contact,
                           bool on_do_not_call) {
    const auto standings = backend.store().standing(contact.id);
    if (!standings) return tl::unexpected(standings.error());
    const auto campaigns = backend.store().campaigns();
    if (!campaigns) return tl::unexpected(campaigns.error());
    Json all = Json::array();
    for (const auto& campaign : *campaigns) {
        const auto touched =
            std::ranges::find(*standings, campaign.id, &store::ContactStanding::campaign);
        const bool is_touched = touched != standings->end();
        if (!is_touched && !store::draws_on(campaign, contact.list)) continue;
        const auto standing =
            is_touched ? *touched : store::ContactStanding{.campaign = campaign.id};
        auto json = standing_in(backend, contact, campaign, standing, on_do_not_call);
        if (!json) return json;
        all.push_back(*std::move(json));
    }
    return all;
}

}  // namespace bellwether::app
