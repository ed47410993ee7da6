#pragma once

#include "base/phone_number.h"
#include "campaigns/phone_normaliser.h"
#include "dialer/app/campaign_file.h"
#include "dialer/app/pacing_json.h"
#include "dialer/app/router.h"

// One function per route, one file per noun. Each answers JSON unless it says otherwise; errors are
// application/problem+json.

namespace bellwether::app {

// handlers_status.cpp
[[nodiscard]] api::Response get_status(Backend& backend, const Call& call);
[[nodiscard]] api::Response get_version(Backend& backend, const Call& call);

// handlers_campaigns.cpp
[[nodiscard]] api::Response list_campaigns(Backend& backend, const Call& call);
/// What is wrong with the files of the campaigns in the store: sounds gone, sheets changed.
[[nodiscard]] api::Response list_campaign_problems(Backend& backend, const Call& call);
[[nodiscard]] api::Response apply_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response check_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response start_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response pause_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response drain_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response stop_campaign(Backend& backend, const Call& call);

// handlers_figures.cpp
[[nodiscard]] api::Response get_campaign_stats(Backend& backend, const Call& call);

// handlers_explain.cpp
/// Why it dials as it does; `?at=` for why it did.
[[nodiscard]] api::Response explain_campaign(Backend& backend, const Call& call);

// handlers_lists.cpp
[[nodiscard]] api::Response show_lists(Backend& backend, const Call& call);
[[nodiscard]] api::Response show_list(Backend& backend, const Call& call);
[[nodiscard]] api::Response import_into_list(Backend& backend, const Call& call);

// handlers_leads.cpp
[[nodiscard]] api::Response find_leads(Backend& backend, const Call& call);
[[nodiscard]] api::Response get_lead_history(Backend& backend, const Call& call);
[[nodiscard]] api::Response explain_lead(Backend& backend, const Call& call);

// handlers_dnc.cpp
[[nodiscard]] api::Response add_do_not_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response remove_do_not_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response check_do_not_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response import_do_not_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response export_do_not_call(Backend& backend, const Call& call);  ///< text/csv

// handlers_agents.cpp
[[nodiscard]] api::Response list_agents(Backend& backend, const Call& call);
[[nodiscard]] api::Response add_agent(Backend& backend, const Call& call);
[[nodiscard]] api::Response remove_agent(Backend& backend, const Call& call);
[[nodiscard]] api::Response sign_agent_in(Backend& backend, const Call& call);
[[nodiscard]] api::Response order_agent(Backend& backend, const Call& call);

// handlers_detection.cpp
[[nodiscard]] api::Response report_detection(Backend& backend, const Call& call);  ///< or text/csv
[[nodiscard]] api::Response get_detections(Backend& backend, const Call& call);
[[nodiscard]] api::Response list_detections_to_review(Backend& backend, const Call& call);
[[nodiscard]] api::Response label_detection(Backend& backend, const Call& call);
[[nodiscard]] api::Response label_agents_call(Backend& backend, const Call& call);

// handlers_reports.cpp
/// The campaign named in the query, or all.
[[nodiscard]] Result<std::vector<store::CampaignRecord>> reported_campaigns(Backend& backend,
                                                                            const Call& call);
[[nodiscard]] api::Response report_outcomes(Backend& backend, const Call& call);  ///< or text/csv
[[nodiscard]] api::Response report_abandonment(Backend& backend,
                                               const Call& call);               ///< or text/csv
[[nodiscard]] api::Response export_survey(Backend& backend, const Call& call);  ///< text/csv

// handlers_journal.cpp
[[nodiscard]] api::Response export_journal(Backend& backend,
                                           const Call& call);  ///< application/x-ndjson

// --- what several of them need (handler_help.cpp) ---

[[nodiscard]] Result<store::CampaignRecord> find_campaign(Backend& backend,
                                                          const std::string& name);
/// The campaign's file again, for what the store's tables do not hold; none if its folder is gone.
[[nodiscard]] std::optional<CampaignFile> file_of(Backend& backend,
                                                  const store::CampaignRecord& record);
/// An empty name means every client organisation: id 0.
[[nodiscard]] Result<ClientId> find_client(Backend& backend, const std::string& name);
[[nodiscard]] Result<store::AgentRecord> find_agent(Backend& backend, const std::string& name);
/// A number as people write it; `region` ("US") for those without a country code.
[[nodiscard]] Result<PhoneNumber> read_number(const std::string& text, const std::string& region);
[[nodiscard]] const campaigns::NumberRules& number_rules();
/// Who gives a command, for the do-not-call list: the body's `actor`, or "operator".
[[nodiscard]] std::string actor_of(const Call& call);
/// A text as one row of CSV.
[[nodiscard]] std::string csv_row(const std::vector<std::string>& fields);
[[nodiscard]] Json decision_json(const compliance::Decision& decision);
/// Every agent with state, reason and seconds in it (handlers_agents.cpp).
[[nodiscard]] Result<Json> agents_json(Backend& backend);

}  // namespace bellwether::app
