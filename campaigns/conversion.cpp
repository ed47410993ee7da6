#include "campaigns/conversion.h"

#include "base/check.h"

namespace bellwether::campaigns {
namespace {

Conversion verdict_on(const std::optional<ConversionRule>& rule, const RetryRule& retry,
                      const CaseRefusal& refusal) {
    if (refusal.do_not_call) return Conversion::DoNotCall;
    if (refusal.before) return Conversion::Again;
    if (refusal.strength == RefusalStrength::Hard) return Conversion::Hard;
    if (refusal.to == AgentId{}) return Conversion::ByKey;
    if (!rule) return Conversion::Off;
    if (refusal.attempts_made >= retry.attempts_max) return Conversion::AttemptsUsed;
    return Conversion::Planned;
}

}  // namespace

AfterRefusal after_refusal(const std::optional<ConversionRule>& rule, const RetryRule& retry,
                           const compliance::ZoneOffsets& zone, const CaseRefusal& refusal) {
    BW_CHECK(refusal.attempts_made >= 1);
    const Conversion conversion = verdict_on(rule, retry, refusal);
    if (conversion != Conversion::Planned) return {conversion, std::nullopt};
    return {conversion, in_another_part(retry, zone, refusal.at, refusal.at + rule->cooling)};
}

AgentId barred_from(const std::optional<EarlierRefusal>& refused,
                    const std::optional<ConversionRule>& rule) {
    const bool anybody = !refused || (rule && rule->same_interviewer);
    return anybody ? AgentId{} : refused->to;
}

}  // namespace bellwether::campaigns
