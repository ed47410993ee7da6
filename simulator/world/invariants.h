#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/ids.h"
#include "campaigns/quota/plan.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/state.h"
#include "simulator/world/complaints.h"
#include "simulator/world/sim_store.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// The promises of design.md §4, checked after every event: what was ordered (the actions) against
/// a bookkeeping of its own, and what the engine believes (its state) against a recount.
class Invariants {
public:
    Invariants(const SimStore& store, Complaints& complaints);

    void check(const Step& step, const engine::EngineState& state,
               const std::optional<engine::Deadline>& deadline);
    /// A new process begins with what the store holds.
    void restarted(const std::vector<engine::AttemptFoundAlive>& alive);
    /// After ShutdownReady, the store being idle. Where the store has failed, what it does not hold
    /// is settled by the next start.
    void check_end(const engine::EngineState& state);

private:
    enum class ContactPlace { Free, Claimed, Live };
    using ContactKey = std::pair<CampaignId, ContactId>;

    struct Attempt {
        CampaignId campaign{};
        ContactId contact{};
        NumberId number{};
        bool durable = false;
        bool placed = false;
        bool answered = false;
        bool served = false;
        bool found_alive = false;
        campaigns::Outcome known = campaigns::Outcome::Unknown;  ///< of one that was found alive
        Instant answered_at{};
    };

    // --- what happened and what was ordered ---
    void heard(const engine::Event& event);
    void note(const engine::ContactsOffered& event);
    void note(const engine::AttemptFoundAlive& event);
    void ordered(const engine::Action& action, const Step& step, const engine::EngineState& state);
    void on(const engine::StoreAttempt& action, const Step& step, const engine::EngineState& state);
    void on(const engine::PlaceCall& action, const Step& step, const engine::EngineState& state);
    void on(const engine::StoreMilestone& action, const Step& step, const engine::EngineState&);
    void on(const engine::StoreOutcome& action, const Step& step, const engine::EngineState& state);
    void on(const engine::StoreAccount& action, const Step& step, const engine::EngineState& state);
    [[nodiscard]] compliance::AbandonmentAccount& account(CampaignId campaign,
                                                          const compliance::AccountWindow& window);
    void on(const engine::StoreAnswers& action, const Step& step, const engine::EngineState&);
    void on(const engine::StoreQuota& action, const Step& step, const engine::EngineState&);
    void on(const engine::Play& action, const Step& step, const engine::EngineState& state);
    void on(const engine::Record& action, const Step& step, const engine::EngineState& state);
    void on(const engine::ReleaseContact& action, const Step& step, const engine::EngineState&);
    void on(const engine::StoreCampaignState& action, const Step& step, const engine::EngineState&);
    void on(const engine::StoreDisposition& action, const Step& step, const engine::EngineState&);
    void on(const engine::StoreCallback& action, const Step& step, const engine::EngineState&);
    void on(const engine::StoreConversion& action, const Step& step, const engine::EngineState&);
    void settled(CampaignId campaign, ContactId contact, std::optional<UtcTime> due);
    void on(const engine::Bridge& action, const Step& step, const engine::EngineState& state);
    void moves(ContactKey contact, ContactPlace from, ContactPlace to);

    // --- what the engine believes ---
    void recount(const engine::EngineState& state);
    void recount_campaign(const engine::EngineState& state, const engine::Campaign& campaign);
    void check_call(const engine::EngineState& state, const engine::Call& call);
    void check_partner(const engine::EngineState& state, const engine::Call& call);
    void check_agent(const engine::EngineState& state, const engine::Agent& agent);
    void check_accounts(const engine::EngineState& state);
    void check_quotas(const engine::EngineState& state, const engine::Campaign& campaign);
    void check_overdial(const Step& step, const engine::EngineState& state);
    void check_by_hand(const engine::EngineState& state, CampaignId campaign);

    [[nodiscard]] bool is_suppressed(NumberId number, ClientId client) const;
    void expect(bool holds, const char* promise, const std::string& detail);

    const SimStore& store_;
    Complaints& complaints_;

    std::map<ContactKey, ContactPlace> places_;  ///< absent: free
    std::map<ContactKey, UtcTime> not_before_;   ///< the retry that was ordered
    std::map<NumberId, UtcTime> cooling_;        ///< a crash left an attempt at it in the dark
    std::map<AttemptId, Attempt> live_;
    std::map<NumberId, AttemptId> live_numbers_;
    std::set<AttemptId> ended_;
    std::set<std::pair<NumberId, ClientId>> suppressed_;
    using Changes = std::pair<InterviewId, std::vector<campaigns::form::AnswerChange>>;
    std::map<CallId, std::deque<Changes>> answers_under_way_;
    std::set<std::pair<InterviewId, std::string>> acknowledged_;
    std::map<CallId, std::uint64_t> announcing_;  ///< the playback that tells of the recording
    std::set<CallId> announced_;                  ///< have heard it to its end
    std::map<CampaignId, std::vector<compliance::AbandonmentAccount>> accounts_;
    /// A questionnaire's cells, and what was ordered of them by interview.
    struct Quotas {
        campaigns::form::FormSheets sheets;
        campaigns::quota::Plan plan;
        SimStore::Marks marks;
    };
    std::map<CampaignId, Quotas> quotas_;
    std::map<CampaignId, std::int64_t> counted_abandoned_;  ///< increments of the accounts
    std::map<CampaignId, std::int64_t> ended_abandoned_;    ///< attempts that ended so
};

}  // namespace bellwether::simulator
