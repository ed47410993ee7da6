#pragma once

#include "base/phone_number.h"
#include "campaigns/phone_normaliser.h"
#include "dialer/app/files/campaign_file.h"
#include "dialer/app/handlers/router.h"
#include "dialer/app/reports/pacing_json.h"

// One function per route, one file per noun. Each answers JSON unless it says otherwise; errors are
// application/problem+json.

namespace bellwether::app {

// handlers/status.cpp
[[nodiscard]] api::Response get_status(Backend& backend, const Call& call);
[[nodiscard]] api::Response get_version(Backend& backend, const Call& call);

// handlers/campaigns.cpp
[[nodiscard]] api::Response list_campaigns(Backend& backend, const Call& call);
/// What is wrong with the files of the campaigns in the store: sounds gone, sheets changed.
[[nodiscard]] api::Response list_campaign_problems(Backend& backend, const Call& call);
[[nodiscard]] api::Response apply_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response check_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response start_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response pause_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response drain_campaign(Backend& backend, const Call& call);
[[nodiscard]] api::Response stop_campaign(Backend& backend, const Call& call);

// handlers/figures.cpp
[[nodiscard]] api::Response get_campaign_stats(Backend& backend, const Call& call);

// handlers/explain.cpp
/// Why it dials as it does; `?at=` for why it did.
[[nodiscard]] api::Response explain_campaign(Backend& backend, const Call& call);

// handlers/lists.cpp
[[nodiscard]] api::Response show_lists(Backend& backend, const Call& call);
[[nodiscard]] api::Response show_list(Backend& backend, const Call& call);

// handlers/list_reset.cpp
[[nodiscard]] api::Response get_list_stats(Backend& backend, const Call& call);
[[nodiscard]] api::Response reset_list(Backend& backend, const Call& call);

// handlers/imports.cpp
[[nodiscard]] api::Response import_into_list(Backend& backend, const Call& call);
[[nodiscard]] api::Response undo_list_import(Backend& backend, const Call& call);
[[nodiscard]] api::Response list_list_maps(Backend& backend, const Call& call);
[[nodiscard]] api::Response show_list_map(Backend& backend, const Call& call);
[[nodiscard]] api::Response save_list_map(Backend& backend, const Call& call);

// handlers/leads.cpp
[[nodiscard]] api::Response find_leads(Backend& backend, const Call& call);
[[nodiscard]] api::Response add_lead(Backend& backend,
                                     const Call& call);  ///< handlers/lead_add.cpp
[[nodiscard]] api::Response get_lead_history(Backend& backend, const Call& call);
[[nodiscard]] api::Response explain_lead(Backend& backend, const Call& call);

// handlers/consent.cpp
[[nodiscard]] api::Response import_consents(Backend& backend, const Call& call);
[[nodiscard]] api::Response show_consents(Backend& backend, const Call& call);
[[nodiscard]] api::Response revoke_consent(Backend& backend, const Call& call);
[[nodiscard]] api::Response opt_out_agents_call(Backend& backend, const Call& call);

// handlers/dnc.cpp
[[nodiscard]] api::Response add_do_not_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response remove_do_not_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response check_do_not_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response import_do_not_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response export_do_not_call(Backend& backend, const Call& call);  ///< text/csv

// handlers/number_lists.cpp
[[nodiscard]] api::Response import_number_list(Backend& backend, const Call& call);
/// The version in force of every list; `?versions=1` for the older ones too.
[[nodiscard]] api::Response show_number_lists(Backend& backend, const Call& call);
/// What each list of a client, or of all (0), says of a number.
[[nodiscard]] Result<Json> number_list_entries(Backend& backend, PhoneNumber number,
                                               ClientId client);

// handlers/agents.cpp
[[nodiscard]] api::Response list_agents(Backend& backend, const Call& call);
[[nodiscard]] api::Response add_agent(Backend& backend, const Call& call);
[[nodiscard]] api::Response remove_agent(Backend& backend, const Call& call);
[[nodiscard]] api::Response sign_agent_in(Backend& backend, const Call& call);
[[nodiscard]] api::Response order_agent(Backend& backend, const Call& call);

[[nodiscard]] api::Response change_agent(Backend& backend, const Call& call);

// handlers/talk.cpp
[[nodiscard]] api::Response dispose_of_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response transfer_call(Backend& backend, const Call& call);
[[nodiscard]] api::Response listen_to_agent(Backend& backend, const Call& call);
[[nodiscard]] api::Response list_callbacks(Backend& backend, const Call& call);
[[nodiscard]] api::Response list_conversions(Backend& backend, const Call& call);
[[nodiscard]] api::Response list_inbound(Backend& backend, const Call& call);
[[nodiscard]] api::Response list_transfers(Backend& backend, const Call& call);

// handlers/detection.cpp
[[nodiscard]] api::Response report_detection(Backend& backend, const Call& call);  ///< or text/csv
[[nodiscard]] api::Response get_detections(Backend& backend, const Call& call);
[[nodiscard]] api::Response list_detections_to_review(Backend& backend, const Call& call);
[[nodiscard]] api::Response label_detection(Backend& backend, const Call& call);
[[nodiscard]] api::Response label_agents_call(Backend& backend, const Call& call);

// handlers/reports.cpp
/// The campaign named in the query, or all.
[[nodiscard]] Result<std::vector<store::CampaignRecord>> reported_campaigns(Backend& backend,
                                                                            const Call& call);
[[nodiscard]] api::Response report_outcomes(Backend& backend, const Call& call);  ///< or text/csv
[[nodiscard]] api::Response report_abandonment(Backend& backend,
                                               const Call& call);               ///< or text/csv
[[nodiscard]] api::Response export_survey(Backend& backend, const Call& call);  ///< text/csv

// handlers/quota.cpp
[[nodiscard]] api::Response get_campaign_quota(Backend& backend, const Call& call);
[[nodiscard]] api::Response report_quota(Backend& backend, const Call& call);  ///< or text/csv

// handlers/period.cpp
[[nodiscard]] api::Response report_agents(Backend& backend, const Call& call);  ///< or text/csv
[[nodiscard]] api::Response report_caller_ids(Backend& backend,
                                              const Call& call);               ///< or text/csv
[[nodiscard]] api::Response report_lists(Backend& backend, const Call& call);  ///< or text/csv

// handlers/trunk_report.cpp
[[nodiscard]] api::Response report_trunks(Backend& backend, const Call& call);  ///< or text/csv
// handlers/quality.cpp
[[nodiscard]] api::Response report_quality(Backend& backend, const Call& call);  ///< or text/csv
// handlers/aapor.cpp
/// Final outcome codes of a campaign's cases, and its response rates; or text/csv.
[[nodiscard]] api::Response report_aapor(Backend& backend, const Call& call);

// handlers/survey_export.cpp
/// Writes a survey's data with its description into a folder.
[[nodiscard]] api::Response export_survey_data(Backend& backend, const Call& call);

// handlers/store.cpp
[[nodiscard]] api::Response back_up_store(Backend& backend, const Call& call);

// handlers/journal.cpp
[[nodiscard]] api::Response export_journal(Backend& backend,
                                           const Call& call);  ///< application/x-ndjson

// handlers/audit.cpp
[[nodiscard]] api::Response get_audit_status(Backend& backend, const Call& call);
[[nodiscard]] api::Response get_audit_key(Backend& backend, const Call& call);         ///< text
[[nodiscard]] api::Response get_audit_checkpoint(Backend& backend, const Call& call);  ///< text
[[nodiscard]] api::Response get_audit_proof(Backend& backend, const Call& call);
[[nodiscard]] api::Response export_audit(Backend& backend, const Call& call);
[[nodiscard]] api::Response get_personal_records(Backend& backend, const Call& call);
[[nodiscard]] api::Response erase_person(Backend& backend, const Call& call);
[[nodiscard]] api::Response expire_personal_records(Backend& backend, const Call& call);
[[nodiscard]] api::Response list_holds(Backend& backend, const Call& call);
[[nodiscard]] api::Response place_hold(Backend& backend, const Call& call);
[[nodiscard]] api::Response lift_hold(Backend& backend, const Call& call);

// --- what several of them need (handlers/help.cpp) ---

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
/// Returns when the engine has handled every event posted before: SuppressionAdded among them
/// (promise R7). Without an engine there is no call to cancel.
[[nodiscard]] Result<void> engine_has_heard(Backend& backend);
[[nodiscard]] Json decision_json(const compliance::Decision& decision);
/// Every agent with state, reason and seconds in it (handlers/agents.cpp).
[[nodiscard]] Result<Json> agents_json(Backend& backend);

}  // namespace bellwether::app
