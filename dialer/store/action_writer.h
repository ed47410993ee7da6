#pragma once

#include <functional>
#include <string>
#include <vector>

#include "dialer/store/call_record.h"
#include "dialer/store/claims.h"
#include "dialer/store/consent_revoker.h"
#include "dialer/store/conversion_rows.h"
#include "dialer/store/interview_writer.h"
#include "dialer/store/sqlite.h"
#include "dialer/store/store.h"
#include "dialer/store/talk_writer.h"

namespace bellwether::store {

/// Writes what the engine asked for, inside the writer's transaction. A row that should be there
/// and is not, or is ours no more, is a bug: checked. Methods throw SqliteError.
class ActionWriter {
public:
    using Owner = ClaimOwner;

    /// @param next_seq  of the journal; entries must follow it without a gap, checked.
    ActionWriter(Database& database, Owner owner, std::uint64_t next_seq);

    void write(const WriteBatch& batch, std::vector<StoreEvent>& events);
    void write(const JournalSegment& segment);

    /// Records for the evidence log that came of what was written, in order; each is given once.
    [[nodiscard]] std::vector<compliance::evidence::Record> take_evidence() {
        return facts_.take_records();
    }

    [[nodiscard]] const Owner& owner() const { return owner_; }

private:
    using Events = std::vector<StoreEvent>;

    void write_journal(const JournalEntry& entry);
    void write_claim(const engine::AskForContacts& action, const WriteBatch& batch, Events& events);
    void write_action(const engine::ReleaseContact& action, Events& events);
    void write_action(const engine::StoreAttempt& action, Events& events);
    [[nodiscard]] PhoneNumber digits_of(NumberId number);
    [[nodiscard]] std::string agent_name(AgentId agent);
    [[nodiscard]] compliance::Decision decide_at_invite(const engine::StoreAttempt& action);
    void write_action(const engine::StoreMilestone& action, Events& events);
    void write_action(const engine::StoreOutcome& action, Events& events);
    void write_action(const engine::StoreDetection& action, Events& events);
    void write_action(const engine::StoreDetectionTruth& action, Events& events);
    void write_action(const engine::StoreAccount& action, Events& events);
    void write_action(const engine::StoreAnswers& action, Events& events);
    void write_action(const engine::StoreSuppression& action, Events& events);
    void write_action(const engine::StoreAgentState& action, Events& events);
    void write_action(const engine::StoreCampaignState& action, Events& events);
    void write_action(const engine::StoreConversion& action, Events&) {
        conversions_.write(action);
    }
    template <class Action>
    requires requires(TalkWriter& talk, const Action& action) { talk.write(action); }
    void write_action(const Action& action, Events&) { talk_.write(action); }
    template <class Action>
    requires requires(InterviewWriter& interviews, const Action& action) {
        interviews.write(action);
    }
    void write_action(const Action& action, Events&) { interviews_.write(action); }
    void changed_one_row() const;  ///< checks it

    Database& database_;
    Owner owner_;
    std::uint64_t next_seq_;
    DialFacts facts_;
    Claims claims_;
    CallRecords calls_;
    TalkWriter talk_;
    InterviewWriter interviews_;
    ConversionRows conversions_;
    Statement digits_;
    Statement agent_name_;
    Statement insert_entry_;
    Statement insert_personal_;
    Statement insert_segment_;
    Statement insert_attempt_;
    std::vector<Statement> milestones_;  ///< one per engine::Milestone
    Statement end_attempt_;
    Statement insert_detection_;
    Statement label_detection_;
    Statement put_account_;
    Statement suppress_;
    ConsentRevoker revoker_;
    Statement insert_agent_state_;
    Statement set_run_state_;
};

}  // namespace bellwether::store
