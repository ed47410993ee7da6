#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "campaigns/outcome.h"
#include "compliance/abandonment_account.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "simulator/world/complaints.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// dialer/store in memory and in virtual time: batches that wait together share a commit, nothing
/// is there before the commit, and its events come after it in the order of commits. Complains,
/// where the real one would refuse a row.
class SimStore {
public:
    enum class ContactState { Free, Claimed, Live, Done, Denied };

    struct Contact {
        NumberId number{};
        ContactState state = ContactState::Free;
        int attempts = 0;
        int priority = 0;
    };

    struct Attempt {
        CampaignId campaign{};
        ContactId contact{};
        NumberId number{};
        Epoch holder{};
        int attempts_made = 0;
        bool answered = false;
        bool served = false;  ///< connected, or spoken to
        std::optional<campaigns::Outcome> outcome;
        bool is_settled = false;  ///< by its agent, before its end
        std::optional<UtcTime> settled_due;
    };

    SimStore(VirtualDriver& driver, Complaints& complaints, std::uint64_t seed);

    void add_campaign(CampaignId campaign, ClientId client);
    /// @param priority  0 or above: a higher one is claimed first.
    void add_contact(CampaignId campaign, ContactId contact, NumberId number, int priority = 0);

    /// The actions of one event that go to the store; one atomic write.
    void submit(std::span<const engine::Action> actions, UtcTime at);
    /// A command's write: durable first, then the engine hears of it.
    void add_do_not_call(NumberId number, ClientId client);

    void stall(Duration length);  ///< no commit ends before
    void fail();                  ///< no commit ends any more; the engine is told
    /// The process was killed. What waited is lost; the commit under way may have reached the disk.
    void crash();

    /// A new process opens the store. Claims of the old one are given free.
    [[nodiscard]] Epoch begin_epoch();
    [[nodiscard]] std::vector<engine::AttemptFoundAlive> attempts_alive() const;
    [[nodiscard]] engine::CampaignRunState run_state(CampaignId campaign) const;
    /// Of the interviews that have come to count in the campaign's quotas.
    [[nodiscard]] campaigns::quota::Recount quota_counted(CampaignId campaign) const;
    /// What is on record of them, by interview.
    using Marks = std::map<InterviewId, std::vector<campaigns::quota::Mark>>;
    [[nodiscard]] Marks quota_marks(CampaignId campaign) const;
    /// The contact's value in a column of the list: "region" is r0, r1, r2, r3 by turns.
    [[nodiscard]] static std::string column_of(ContactId contact, const std::string& name);

    // --- for the invariants: what is durable ---

    [[nodiscard]] const std::vector<compliance::AbandonmentAccount>& accounts(
        CampaignId campaign) const;

    [[nodiscard]] const std::map<AttemptId, Attempt>& attempts() const { return attempts_; }
    [[nodiscard]] const std::map<std::pair<CampaignId, ContactId>, Contact>& contacts() const {
        return contacts_;
    }
    [[nodiscard]] bool has_answer(InterviewId interview, const std::string& question) const {
        return answers_.contains({interview, question});
    }
    /// Calls that came in and have not ended.
    [[nodiscard]] std::size_t inbound_alive() const { return inbound_.size(); }
    [[nodiscard]] bool idle() const { return waiting_.empty() && !committing_; }

private:
    struct Batch {
        std::vector<engine::Action> actions;
        UtcTime at;
        std::optional<engine::SuppressionAdded> command;
    };
    struct CampaignRows {
        ClientId client{};
        engine::CampaignRunState run_state = engine::CampaignRunState::Stopped;
        std::vector<compliance::AbandonmentAccount> accounts;
        std::set<std::pair<UtcTime, ContactId>> due;  ///< may be claimed from then on
        std::deque<ContactId> fresh;                  ///< never tried, without a priority
        std::set<std::pair<int, ContactId>> urgent;   ///< never tried, by minus the priority
    };

    void begin_commit();
    void end_commit();
    void apply(const Batch& batch);
    void deliver_all();
    [[nodiscard]] engine::ContactsOffered claim(const engine::AskForContacts& ask, UtcTime at);
    [[nodiscard]] campaigns::InterviewOffer interrupted(
        CampaignId campaign, ContactId contact, const std::vector<std::string>& columns) const;
    [[nodiscard]] std::optional<ContactId> next_free(CampaignId campaign, UtcTime at);
    [[nodiscard]] bool is_suppressed(NumberId number, ClientId client) const;
    void set_free(CampaignId campaign, ContactId contact, UtcTime due);
    [[nodiscard]] Attempt* held(AttemptId attempt);

    void write(const engine::AskForContacts& action, UtcTime at);
    void write(const engine::ReleaseContact& action, UtcTime at);
    void write(const engine::StoreAttempt& action, UtcTime at);
    void write(const engine::StoreMilestone& action, UtcTime at);
    void write(const engine::StoreOutcome& action, UtcTime at);
    void write(const engine::StoreAccount& action, UtcTime at);
    void write(const engine::StoreInterview& action, UtcTime at);
    void write(const engine::StoreAnswers& action, UtcTime at);
    void write(const engine::StoreQuota& action, UtcTime at);
    void write(const engine::StoreInterviewNote& action, UtcTime at);
    void write(const engine::StoreRefusal& action, UtcTime at);
    void write(const engine::StoreSuppression& action, UtcTime at);
    void write(const engine::StoreAgentState& action, UtcTime at);
    void write(const engine::StoreCampaignState& action, UtcTime at);
    void write(const engine::StoreDisposition& action, UtcTime at);
    void settle_at_end(AttemptId id, std::optional<UtcTime> due);
    void write(const engine::StoreCallback& action, UtcTime at);
    void write(const engine::StoreConversion& action, UtcTime at);
    void write(const engine::StoreTransfer& action, UtcTime at);
    void write(const engine::StoreQuality& action, UtcTime at);
    void write(const engine::StoreInbound& action, UtcTime at);
    void write(const engine::StoreInboundStep& action, UtcTime at);
    void settle(CampaignId campaign, ContactId contact, std::optional<UtcTime> due);

    VirtualDriver& driver_;
    Complaints& complaints_;

    Rng delays_;
    Rng luck_;
    Epoch epoch_{};
    Instant stalled_until_{};
    std::set<CallId> inbound_;
    std::map<std::pair<CampaignId, ContactId>, campaigns::PromisedCall> promised_;
    struct Refusal {
        campaigns::EarlierRefusal said;
        AttemptId attempt{};
    };
    std::map<std::pair<CampaignId, ContactId>, Refusal> refused_;
    bool failed_ = false;
    bool committing_ = false;
    std::vector<Batch> waiting_;
    std::vector<Batch> under_way_;
    std::deque<engine::Event> events_;  ///< of the commit that has just ended

    std::map<CampaignId, CampaignRows> campaigns_;
    std::map<std::pair<CampaignId, ContactId>, Contact> contacts_;
    std::map<AttemptId, Attempt> attempts_;
    std::map<NumberId, AttemptId> live_numbers_;
    struct Interview {
        CampaignId campaign{};
        ContactId contact{};
        bool ended = false;
        bool resumes = false;  ///< the next attempt goes on with it
        bool complete = false;
        std::optional<campaigns::Outcome> outcome;  ///< once it has ended
        AttemptId attempt{};
        std::vector<campaigns::quota::Mark> quotas;
    };
    std::map<InterviewId, Interview> interviews_;
    std::map<std::pair<InterviewId, std::string>, campaigns::EarlierAnswer> answers_;
    std::set<std::pair<NumberId, ClientId>> suppressed_;
};

}  // namespace bellwether::simulator
