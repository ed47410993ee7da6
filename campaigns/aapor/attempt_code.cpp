#include "campaigns/aapor/attempt_code.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "campaigns/aapor/assigned_codes.h"
#include "campaigns/form/table.h"

namespace bellwether::campaigns::aapor {
namespace {

constexpr int kGone = 410;  // RFC 3261 §21.4.11; cause 22, number changed (RFC 3398 §7.2.4.1)

const std::array<form::KnownColumn, 2> kColumns{{{"disposition"}, {"aapor"}}};

/// VICIdial's own codes, where flags do not say it (field study 2.1).
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kUsualCodes{
    {{"NI", kRefusal},
     {"DEC", kRefusal},
     {"NP", kNoScreener},
     {"A", kMachine},
     {"DC", kDisconnected},
     {"N", kNoAnswer}}};

AttemptCode by_answer(const AttemptFacts& facts) {
    switch (facts.outcome) {
        case Outcome::Abandoned:
            return {std::string{kAbandoned}};
        case Outcome::InterviewComplete:
            return {std::string{kComplete}, true};
        case Outcome::InterviewScreened:
            return {std::string{kNoEligibleRespondent}, true};
        case Outcome::InterviewQuotaFull:
            return {std::string{kQuotaFilled}, true};
        // Only the interview knows whether its threshold was reached: without its word it was not.
        case Outcome::InterviewPartial:
        case Outcome::InterviewRefused:
            return {std::string{kBreakOff}, true};
        case Outcome::OptedOut:
            return {std::string{kRespondentRefusal}, true};
        default:
            return {std::string{kNoScreener}, true};
    }
}

/// What ended without anybody's answer. Our own failures say nothing of the number.
AttemptCode by_network(const AttemptFacts& facts) {
    switch (facts.outcome) {
        case Outcome::Machine:
            return {std::string{kMachine}};
        case Outcome::MessageLeft:
            return {std::string{kMachine}, false, true};
        case Outcome::Fax:
            return {std::string{kFax}};
        case Outcome::Busy:
            return {std::string{kAlwaysBusy}};
        case Outcome::NoAnswer:
        case Outcome::Cancelled:
            return {std::string{kNoAnswer}};
        case Outcome::InvalidNumber:
            return {std::string{facts.sip_status == kGone ? kNumberChanged : kNonWorking}};
        case Outcome::Rejected:
            return {std::string{kBarrier}};
        case Outcome::Unavailable:
        case Outcome::Congestion:
        case Outcome::Redirected:
        case Outcome::NoCommonCodec:
            return {std::string{kTechnicalProblem}};
        case Outcome::Unknown:
            return {std::string{kOtherUnknown}};
        default:
            return {};
    }
}

std::string_view by_meaning(const AttemptFacts& facts) {
    const auto has = [&](DispositionFlag flag) {
        return facts.meaning != nullptr && std::ranges::count(facts.meaning->flags, flag) != 0;
    };
    const auto effect = facts.meaning == nullptr ? DispositionEffect::Done : facts.meaning->effect;
    if (effect == DispositionEffect::DoNotCall) return kRespondentRefusal;
    if (effect == DispositionEffect::Refusal) return kRefusal;
    if (effect == DispositionEffect::CallBack || has(DispositionFlag::ScheduledCallback))
        return facts.selected ? kNeverAvailable : kNoScreener;
    const auto usual = std::ranges::find(kUsualCodes, std::string_view{facts.disposition},
                                         &decltype(kUsualCodes)::value_type::first);
    if (usual != kUsualCodes.end()) return usual->second;
    if (has(DispositionFlag::Completed)) return kComplete;
    if (has(DispositionFlag::NotInterested)) return kRefusal;
    if (has(DispositionFlag::Unworkable)) return kNonWorkingOrDisconnected;
    return has(DispositionFlag::HumanAnswered) ? kNoScreener : kOtherUnknown;
}

AttemptCode by_disposition(const AttemptFacts& facts, const CodeTable& table,
                           const std::vector<DispositionCode>& of_house) {
    const auto given =
        std::ranges::find(of_house, facts.disposition, &DispositionCode::disposition);
    AttemptCode said{given == of_house.end() ? std::string{by_meaning(facts)} : given->code};
    const Code* code = find_code(table, said.code);
    BW_CHECK(code != nullptr);
    // Levels 7, 9 and 10 are of calls that no person took; all others only a person can tell.
    const int level = level_of(*code);
    const bool of_a_person = level != 7 && level != 9 && level != 10;
    said.human = of_a_person ||
                 (facts.meaning != nullptr &&
                  std::ranges::count(facts.meaning->flags, DispositionFlag::HumanAnswered) != 0);
    return said;
}

/// Complete, partial, screened, quota full, and a refusal told with the one who refused: nothing an
/// agent says afterwards makes it another.
bool is_settled(const CodeTable& table, std::string_view interview_code) {
    const Code* code = find_code(table, interview_code);
    return code != nullptr &&
           (code->counts_as == Class::Interview || code->counts_as == Class::Partial ||
            code->counts_as == Class::NotEligible ||
            (code->counts_as == Class::Refusal && code->code != kBreakOff));
}

}  // namespace

tl::expected<std::vector<DispositionCode>, std::vector<SheetProblem>> read_disposition_codes(
    std::string_view name, std::string_view text, const CodeTable& table) {
    form::Findings findings;
    const form::Table sheet{name, text, kColumns, form::OtherColumns::Warn, findings};
    std::vector<DispositionCode> codes;
    for (const auto& row : sheet.rows()) {
        DispositionCode code{sheet.cell(row, "disposition"), sheet.cell(row, "aapor")};
        if (std::ranges::count(codes, code.disposition, &DispositionCode::disposition) != 0) {
            sheet.problem(row, "disposition", "\"" + code.disposition + "\" is there twice",
                          "keep one of the rows");
        }
        if (find_code(table, code.code) == nullptr) {
            sheet.problem(row, "aapor", "\"" + code.code + "\" is not in the table of codes",
                          "write a code of " + table.edition);
        }
        codes.push_back(std::move(code));
    }
    if (!findings.problems.empty()) return tl::unexpected(std::move(findings.problems));
    return codes;
}

AttemptCode attempt_code(const AttemptFacts& facts, const CodeTable& table,
                         const std::vector<DispositionCode>& of_house) {
    const bool ended_interview = !facts.interview_code.empty();
    if (ended_interview && is_settled(table, facts.interview_code))
        return {facts.interview_code, true};
    if (!facts.disposition.empty()) return by_disposition(facts, table, of_house);
    if (ended_interview) return {facts.interview_code, true};
    return class_of(facts.outcome) == OutcomeClass::Answered ? by_answer(facts) : by_network(facts);
}

}  // namespace bellwether::campaigns::aapor
