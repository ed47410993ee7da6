#include "dialer/store/rows.h"

namespace bellwether::store {

AttemptRecord read_attempt(const Statement& row) {
    using MaybeTime = std::optional<UtcTime>;
    AttemptRecord attempt;
    attempt.id = row.get<AttemptId>(0);
    attempt.call = row.get<CallId>(1);
    attempt.campaign = row.get<CampaignId>(2);
    attempt.client = row.get<ClientId>(3);
    attempt.contact = row.get<ContactId>(4);
    attempt.number = row.get<NumberId>(5);
    attempt.epoch = row.get<Epoch>(6);
    attempt.attempts_made = row.get<int>(7);
    attempt.pacing = {row.get<int>(8), row.get<int>(9), row.get<pacing::LineLimit>(10),
                      row.get<pacing::DialMode>(30), row.get<pacing::ModeReason>(31)};
    attempt.decision = {row.get<compliance::Verdict>(11), row.get<compliance::Rule>(12),
                        row.get<MaybeTime>(13), row.get<std::string>(32)};
    attempt.at = row.get<UtcTime>(14);
    attempt.invited = row.get<MaybeTime>(15);
    attempt.ringing = row.get<MaybeTime>(16);
    attempt.answered = row.get<MaybeTime>(17);
    attempt.connected = row.get<MaybeTime>(18);
    attempt.spoken = row.get<MaybeTime>(19);
    attempt.ended = row.get<MaybeTime>(20);
    attempt.agent = row.get<AgentId>(21);
    attempt.outcome = row.get<std::optional<campaigns::Outcome>>(22);
    attempt.sip_status = row.get<int>(23);
    attempt.retry_after = row.get<std::optional<std::chrono::seconds>>(24);
    attempt.trunk = row.get<std::string>(34);
    attempt.q850_cause = row.get<std::optional<int>>(35);
    attempt.hang_up = row.get<engine::HangUpReason>(25);
    attempt.answered_after_cancel = row.get<bool>(26);
    attempt.withdrawn_by = {row.get<compliance::Verdict>(27), row.get<compliance::Rule>(28),
                            row.get<MaybeTime>(29), row.get<std::string>(33)};
    return attempt;
}

}  // namespace bellwether::store
