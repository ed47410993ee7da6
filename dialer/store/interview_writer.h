#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaigns/campaign_spec.h"
#include "dialer/engine/actions.h"
#include "dialer/store/contact_columns.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Interviews, their answers, what interviewers noted and who refused: what the engine stores, and
/// what an interrupted interview is gone on with. Runs inside the writer's transaction; methods
/// throw SqliteError.
class InterviewWriter {
public:
    InterviewWriter(Database& database, Epoch epoch);

    void write(const engine::StoreInterview& action);
    void write(const engine::StoreAnswers& action);
    void write(const engine::StoreQuota& action);
    void write(const engine::StoreInterviewNote& action);
    void write(const engine::StoreRefusal& action);

    /// What an interview of the campaign with the contact goes by: the columns asked for (and his
    /// language), and the answers of one that was interrupted with what quotas made of them.
    [[nodiscard]] campaigns::InterviewOffer offer(CampaignId campaign, ContactId contact,
                                                  const std::vector<std::string>& columns);

private:
    Database& database_;
    Epoch epoch_;
    Statement begin_;
    Statement end_;
    Statement reached_;
    Statement note_;
    Statement put_;
    Statement take_back_;
    ContactColumns columns_;
    Statement interrupted_;
    Statement answers_;
    Statement forget_marks_;
    Statement put_mark_;
    Statement marks_;
    Statement put_note_;
    Statement put_refusal_;
};

}  // namespace bellwether::store
