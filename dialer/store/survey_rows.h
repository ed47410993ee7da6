#pragma once

#include <functional>
#include <string>
#include <vector>

#include "campaigns/form/interview.h"
#include "dialer/store/store.h"

// What a survey's data files are made of, beside Store::interviews().

namespace bellwether::store {

/// What holds of one item of an interview, with or without a value.
struct StoredAnswerRow {
    InterviewId interview{};
    campaigns::form::StoredAnswer answer;  ///< personal
};

/// Calls `take` for each, by interview. `take` must not call the store.
[[nodiscard]] Result<void> for_each_stored_answer(
    const Store& store, CampaignId campaign,
    const std::function<void(const StoredAnswerRow&)>& take);

/// A change of an answer, without what it was.
struct AnswerChangeRow {
    InterviewId interview{};
    AttemptId attempt{};
    UtcTime began;  ///< the interview
    std::string question;
    campaigns::form::ChangeKind kind = campaigns::form::ChangeKind::Settle;
    std::string how;
    std::string cause;
    UtcTime at;
    AgentId agent{};  ///< the interviewer; 0: by keypad
};

/// Calls `take` for each, by interview and then in order. `take` must not call the store.
[[nodiscard]] Result<void> for_each_answer_change(
    const Store& store, CampaignId campaign,
    const std::function<void(const AnswerChangeRow&)>& take);

}  // namespace bellwether::store
