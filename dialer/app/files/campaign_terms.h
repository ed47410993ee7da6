#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "compliance/policy/words.h"

namespace bellwether::app {

/// What a campaign's file says to the policy packs, beside its spec: [compliance].
struct CampaignTerms {
    compliance::policy::Sector sector = compliance::policy::Sector::Commercial;
    std::string subject;  ///< what the calls are about; empty: the campaign's name
    bool transfers_to_sales = false;
    bool operator_contract = false;      ///< with the operator, for mass calls
    std::string call_label;              ///< what the person's screen shows of the call
    bool message_identity = false;       ///< recordings say who calls
    bool message_number = false;         ///< and under which number he is reached
    std::vector<std::string> packs;      ///< that bind it beside those that its numbers choose
    std::chrono::seconds end_guard{60};  ///< no call starts so shortly before its hours end
};

}  // namespace bellwether::app
