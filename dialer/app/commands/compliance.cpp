#include "dialer/app/commands/command_groups.h"

namespace bellwether::app {

namespace {

Argument packs_folder() {
    return option("--packs", "DIR", "packs of your own: they replace shipped ones of their id");
}

}  // namespace

std::vector<Command> compliance_commands() {
    return {
        {"compliance",
         "abandonment",
         "exact rates of abandonment windows, from counts as JSON on stdin",
         {},
         [](const Given&) { return local(Plan::Local::ComplianceAbandonment); }},
        {"compliance",
         "decide",
         "may these calls be placed, and by which rules, from cases as JSON on stdin",
         {packs_folder()},
         [](const Given&) { return local(Plan::Local::ComplianceDecide); }},
        {"compliance",
         "packs",
         "the policy packs, their rules and citations",
         {Argument{Argument::Kind::Words, "PACK", "", "its name, or a file", false},
          flag("--diff", "what the second of two packs has otherwise than the first"),
          packs_folder()},
         [](const Given&) { return local(Plan::Local::CompliancePacks); }},
    };
}

}  // namespace bellwether::app
