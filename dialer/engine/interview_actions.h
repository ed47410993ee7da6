#pragma once

#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"
#include "campaigns/refusal.h"

// What interviewers leave beside the answers, to be made durable.

namespace bellwether::engine {

struct StoreInterviewNote {
    static constexpr std::string_view kName = "STORE_INTERVIEW_NOTE";
    InterviewId interview{};
    AttemptId attempt{};
    AgentId agent{};
    std::string item;       ///< key of the item it belongs to; empty: none
    std::string note;       ///< personal data; may be empty with `probe`
    bool probe = false;     ///< the question was asked again, in these other words
    bool overrule = false;  ///< why an unusual answer was taken
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("interview", self.interview);
        visit("attempt", self.attempt);
        visit("agent", self.agent);
        visit("item", self.item);
        visit.personal("note", self.note);
        visit("probe", self.probe);
        visit("overrule", self.overrule);
        visit("at", self.at);
    }
};

struct StoreRefusal {
    static constexpr std::string_view kName = "STORE_REFUSAL";
    InterviewId interview{};
    AttemptId attempt{};
    CampaignId campaign{};
    ContactId contact{};
    AgentId agent{};
    campaigns::RefusedBy who = campaigns::RefusedBy::Unknown;
    campaigns::RefusedWhen when = campaigns::RefusedWhen::Introduction;
    campaigns::RefusalStrength strength = campaigns::RefusalStrength::Soft;
    std::string reason;
    std::string note;  ///< personal data
    bool do_not_call = false;
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("interview", self.interview);
        visit("attempt", self.attempt);
        visit("campaign", self.campaign);
        visit("contact", self.contact);
        visit("agent", self.agent);
        visit("who", self.who);
        visit("when", self.when);
        visit("strength", self.strength);
        visit("reason", self.reason);
        visit.personal("note", self.note);
        visit("do_not_call", self.do_not_call);
        visit("at", self.at);
    }
};

}  // namespace bellwether::engine
