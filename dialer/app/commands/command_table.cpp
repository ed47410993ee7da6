#include "dialer/app/commands/command_table.h"

#include <iterator>

#include "dialer/app/commands/command_groups.h"

namespace bellwether::app {

const std::vector<Command>& commands() {
    static const std::vector<Command> all = [] {
        std::vector<Command> table;
        for (auto* group :
             {service_commands, list_commands, campaign_commands, dnc_commands, consent_commands,
              agent_commands, survey_commands, survey_quota_commands, survey_export_commands,
              report_commands, talk_commands, store_commands, sim_commands, amd_commands,
              compliance_commands, audit_commands}) {
            auto part = group();
            table.insert(table.end(), std::make_move_iterator(part.begin()),
                         std::make_move_iterator(part.end()));
        }
        return table;
    }();
    return all;
}

std::string_view noun_help(std::string_view noun) {
    static const std::map<std::string_view, std::string_view> help{
        {"list", "contact lists: import, look at"},
        {"list map", "how columns of list files are read, saved by name"},
        {"lead", "one person of a list"},
        {"lead notes", "what agents noted on calls"},
        {"campaign", "apply, run and explain campaigns"},
        {"dnc", "the do-not-call list"},
        {"consent", "who agreed to be called, and took it back"},
        {"agent", "people who take calls"},
        {"report", "figures that add up"},
        {"survey", "questionnaires: check, draw, try, import; and their answers"},
        {"store", "back the store up, and put a backup in its place"},
        {"journal", "everything the engine was told and did"},
        {"amd", "answer detection: judge recordings, measure and train"},
        {"compliance", "decisions by cited rules, and exact figures"},
        {"audit", "the evidence log: export, verify, erase, hold"},
        {"sim", "a practice world on real SIP and RTP, and replay"},
    };
    const auto found = help.find(noun);
    return found == help.end() ? std::string_view{} : found->second;
}

}  // namespace bellwether::app
