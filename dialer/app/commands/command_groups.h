#pragma once

#include <string>
#include <vector>

#include "dialer/app/commands/command_table.h"
#include "dialer/app/files/json_text.h"

// The parts of the command table, one file per noun or two, and what they share.

namespace bellwether::app {

[[nodiscard]] std::vector<Command> service_commands();
[[nodiscard]] std::vector<Command> list_commands();  ///< list, lead
[[nodiscard]] std::vector<Command> campaign_commands();
[[nodiscard]] std::vector<Command> dnc_commands();
[[nodiscard]] std::vector<Command> consent_commands();
[[nodiscard]] std::vector<Command> agent_commands();
[[nodiscard]] std::vector<Command> talk_commands();    ///< report: callbacks, inbound, transfers
[[nodiscard]] std::vector<Command> report_commands();  ///< report, journal
[[nodiscard]] std::vector<Command> survey_commands();
[[nodiscard]] std::vector<Command> survey_quota_commands();
[[nodiscard]] std::vector<Command> survey_export_commands();
[[nodiscard]] std::vector<Command> store_commands();
[[nodiscard]] std::vector<Command> sim_commands();
[[nodiscard]] std::vector<Command> amd_commands();
[[nodiscard]] std::vector<Command> compliance_commands();
[[nodiscard]] std::vector<Command> audit_commands();

[[nodiscard]] Argument word(std::string name, std::string help);
[[nodiscard]] Argument option(std::string name, std::string value, std::string help);
[[nodiscard]] Argument required(std::string name, std::string value, std::string help);
[[nodiscard]] Argument flag(std::string name, std::string help);

/// Something that this process does by itself.
[[nodiscard]] Result<Plan> local(Plan::Local what);
[[nodiscard]] Plan get(const std::string& path);
[[nodiscard]] Plan post(const std::string& path, const Json& body);
/// "/api/v1/campaigns/<name>/<verb>", the name percent-encoded.
[[nodiscard]] std::string path_to(std::string_view collection, const std::string& name,
                                  std::string_view verb);
/// "?client=<NAME>" of --client; empty without it.
[[nodiscard]] std::string client_query(const Given& given);
/// Who gives the command, as the environment says; may be empty.
[[nodiscard]] std::string user_name();
/// The path as seen from anywhere: the service runs in another folder.
[[nodiscard]] std::string absolute(const std::string& path);

}  // namespace bellwether::app
