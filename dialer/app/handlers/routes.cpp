#include "dialer/app/handlers/delivery.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/handlers/interview.h"
#include "dialer/app/handlers/ledger.h"
#include "dialer/app/handlers/notes.h"

namespace bellwether::app {

const std::vector<Route>& routes() {
    static const std::vector<Route> all{
        {"GET", "/api/v1/status", get_status},
        {"GET", "/api/v1/version", get_version},

        {"GET", "/api/v1/campaigns", list_campaigns},
        {"GET", "/api/v1/campaigns/problems", list_campaign_problems},
        {"POST", "/api/v1/campaigns", apply_campaign, true},
        {"POST", "/api/v1/campaigns/check", check_campaign, true},
        {"POST", "/api/v1/campaigns/{}/start", start_campaign},
        {"POST", "/api/v1/campaigns/{}/pause", pause_campaign},
        {"POST", "/api/v1/campaigns/{}/drain", drain_campaign},
        {"POST", "/api/v1/campaigns/{}/stop", stop_campaign},
        {"GET", "/api/v1/campaigns/{}/stats", get_campaign_stats},
        {"GET", "/api/v1/campaigns/{}/explain", explain_campaign, true},
        {"GET", "/api/v1/campaigns/{}/answers", export_survey, true},
        {"GET", "/api/v1/campaigns/{}/quota", get_campaign_quota, true},
        {"POST", "/api/v1/campaigns/{}/export", export_survey_data, true},

        {"GET", "/api/v1/lists", show_lists},
        {"GET", "/api/v1/lists/{}", show_list},
        {"GET", "/api/v1/lists/{}/stats", get_list_stats, true},
        {"POST", "/api/v1/lists/{}/reset", reset_list, true},
        {"POST", "/api/v1/lists/{}/imports", import_into_list, true},
        {"POST", "/api/v1/imports/{}/undo", undo_list_import, true},
        {"GET", "/api/v1/list-maps", list_list_maps},
        {"GET", "/api/v1/list-maps/{}", show_list_map},
        {"POST", "/api/v1/list-maps/{}", save_list_map},

        {"POST", "/api/v1/leads", add_lead},
        {"POST", "/api/v1/leads/find", find_leads},
        {"POST", "/api/v1/leads/notes/search", search_notes},
        {"GET", "/api/v1/leads/{}/history", get_lead_history},
        {"GET", "/api/v1/leads/{}/why", explain_lead},

        {"POST", "/api/v1/do-not-call", add_do_not_call},
        {"POST", "/api/v1/do-not-call/remove", remove_do_not_call},
        {"POST", "/api/v1/do-not-call/check", check_do_not_call},
        {"POST", "/api/v1/do-not-call/import", import_do_not_call, true},
        {"GET", "/api/v1/do-not-call", export_do_not_call, true},
        {"GET", "/api/v1/number-lists", show_number_lists},
        {"POST", "/api/v1/number-lists/import", import_number_list, true},

        {"POST", "/api/v1/consents/import", import_consents, true},
        {"POST", "/api/v1/consents/show", show_consents},
        {"POST", "/api/v1/consents/revoke", revoke_consent},

        {"GET", "/api/v1/agents", list_agents},
        {"POST", "/api/v1/agents", add_agent},
        {"POST", "/api/v1/agents/{}/remove", remove_agent},
        {"POST", "/api/v1/agents/{}/signin", sign_agent_in},
        {"POST", "/api/v1/agents/{}/ready", order_agent},
        {"POST", "/api/v1/agents/{}/pause", order_agent},
        {"POST", "/api/v1/agents/{}/wrapup", order_agent},
        {"POST", "/api/v1/agents/{}/signout", order_agent},
        {"POST", "/api/v1/agents/{}/leave", order_agent},
        {"POST", "/api/v1/agents/{}/kick", order_agent},
        {"POST", "/api/v1/agents/{}/skip", order_agent},
        {"POST", "/api/v1/agents/{}/dial", order_agent},
        {"POST", "/api/v1/agents/{}/hangup", order_agent},
        {"POST", "/api/v1/agents/{}/hold", order_agent},
        {"POST", "/api/v1/agents/{}/resume", order_agent},
        {"POST", "/api/v1/agents/{}/pauserecording", order_agent},
        {"POST", "/api/v1/agents/{}/resumerecording", order_agent},
        {"POST", "/api/v1/agents/{}/handover", order_agent},
        {"POST", "/api/v1/agents/{}/takeback", order_agent},
        {"POST", "/api/v1/agents/{}/conference", order_agent},
        {"POST", "/api/v1/agents/{}/change", change_agent},
        {"POST", "/api/v1/agents/{}/outcome", dispose_of_call},
        {"POST", "/api/v1/agents/{}/notes/search", search_notes_for_agent},
        {"POST", "/api/v1/agents/{}/transfer", transfer_call},
        {"POST", "/api/v1/agents/{}/listen", listen_to_agent},
        {"GET", "/api/v1/agents/{}/interview", get_agents_interview},
        {"POST", "/api/v1/agents/{}/interview/answer", answer_in_interview},
        {"POST", "/api/v1/agents/{}/interview/order", order_in_interview},
        {"POST", "/api/v1/agents/{}/interview/note", note_in_interview},
        {"POST", "/api/v1/agents/{}/interview/refusal", refuse_interview},
        {"GET", "/api/v1/callbacks", list_callbacks},
        {"GET", "/api/v1/conversions", list_conversions},
        {"GET", "/api/v1/inbound", list_inbound},
        {"GET", "/api/v1/transfers", list_transfers},
        {"POST", "/api/v1/agents/{}/label", label_agents_call},
        {"POST", "/api/v1/agents/{}/optout", opt_out_agents_call},

        {"GET", "/api/v1/reports/outcomes", report_outcomes},
        {"GET", "/api/v1/reports/quota", report_quota, true},
        {"GET", "/api/v1/reports/abandonment", report_abandonment},
        {"GET", "/api/v1/reports/amd", report_detection},
        {"GET", "/api/v1/reports/agents", report_agents, true},
        {"GET", "/api/v1/reports/delivery", report_delivery, true},
        {"GET", "/api/v1/reports/ledger", report_ledger, true},
        {"GET", "/api/v1/reports/caller-ids", report_caller_ids, true},
        {"GET", "/api/v1/reports/quality", report_quality, true},
        {"GET", "/api/v1/reports/lists", report_lists, true},
        {"GET", "/api/v1/reports/trunks", report_trunks, true},
        {"GET", "/api/v1/reports/aapor", report_aapor, true},

        {"POST", "/api/v1/store/backup", back_up_store, true},

        {"GET", "/api/v1/detections/to-review", list_detections_to_review},
        {"GET", "/api/v1/detections/{}", get_detections},
        {"POST", "/api/v1/detections/{}/label", label_detection},

        {"GET", "/api/v1/audit/status", get_audit_status},
        {"GET", "/api/v1/audit/key", get_audit_key},
        {"GET", "/api/v1/audit/checkpoint", get_audit_checkpoint},
        {"GET", "/api/v1/audit/records/{}", get_audit_proof},
        {"POST", "/api/v1/audit/export", export_audit, true},
        {"POST", "/api/v1/audit/person", get_personal_records},
        {"POST", "/api/v1/audit/erase", erase_person},
        {"POST", "/api/v1/audit/expire", expire_personal_records, true},
        {"GET", "/api/v1/audit/holds", list_holds},
        {"POST", "/api/v1/audit/holds/place", place_hold},
        {"POST", "/api/v1/audit/holds/lift", lift_hold},

        {"GET", "/api/v1/journal", export_journal, true},
    };
    return all;
}

}  // namespace bellwether::app
