#include "dialer/app/commands/command_groups.h"

namespace bellwether::app {

std::vector<Command> store_commands() {
    const Argument folder = word("FOLDER", "of the backup");
    return {
        {"store",
         "backup",
         "copy the store while it is in use, with the evidence log and its keys",
         {folder},
         [](const Given& given) -> Result<Plan> {
             Plan plan = post("/api/v1/store/backup", {{"path", absolute(given.value("FOLDER"))}});
             plan.is_long = true;
             return plan;
         }},
        {"store",
         "restore",
         "check a backup and put it in the place of the store; refuses while a service runs",
         {folder, flag("--dry-run", "check the backup only"),
          flag("--replace", "move the store that is there aside first")},
         [](const Given&) { return local(Plan::Local::StoreRestore); }},
    };
}

}  // namespace bellwether::app
