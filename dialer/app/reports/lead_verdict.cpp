#include "dialer/app/reports/lead_verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "compliance/calling_hours.h"
#include "dialer/app/commands/explain_words.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/files/moment.h"

namespace bellwether::app {

namespace {

using compliance::Rule;
using engine::CampaignRunState;
using store::ContactState;

std::string on_its_clocks(const LeadFacts& facts, UtcTime time) {
    return facts.spec == nullptr ? iso_time(time) : zoned_time(time, facts.spec->hours.zone);
}

/// What lifts a rule, if anything does.
std::string mend_of(Rule rule) {
    switch (rule) {
        case Rule::DoNotCall:
            return "'bellwether dnc check NUMBER' tells since when and why; an entry made by "
                   "mistake is removed by 'dnc remove'";
        case Rule::DestinationPrefix:
            return "trunk.allowed_prefixes says where calls may go";
        case Rule::AttemptCap:
            return "the campaign's [retry] attempts and [numbers] say how often";
        case Rule::CallingHours:
            return "the campaign's [hours] say when";
        case Rule::QuotaFull:
            return "a higher target in quotas.csv, and 'bellwether campaign apply', open it again; "
                   "'bellwether survey quota' shows the cells";
        default:
            return {};
    }
}

/// Why a case that has refused is not called once more.
std::string_view reason_of(campaigns::Conversion conversion) {
    using campaigns::Conversion;
    switch (conversion) {
        case Conversion::DoNotCall:
            return "and asked not to be called";
        case Conversion::Again:
            return "for the second time";
        case Conversion::Hard:
            return "and it was no mild refusal";
        case Conversion::ByKey:
            return "by a key";
        case Conversion::Off:
            return "and the campaign converts nobody";
        case Conversion::AttemptsUsed:
            return "at the last of its attempts";
        case Conversion::Planned:
        case Conversion::TakenBack:
            return "and is called once more";
    }
    return "";
}

/// "it refused on …", said of a case that is called once more.
std::string refused_on(const LeadFacts& facts) {
    return fmt::format("it refused at {}", on_its_clocks(facts, facts.refusal->at));
}

bool is_converted(const LeadFacts& facts) {
    return facts.refusal && facts.refusal->conversion == campaigns::Conversion::Planned;
}

std::string for_whom(const LeadFacts& facts) {
    std::string who = "an interviewer other than the one who was refused";
    if (facts.spec == nullptr || !facts.spec->conversion) return who;
    const auto& rule = *facts.spec->conversion;
    if (rule.same_interviewer) who = "an interviewer";
    return rule.skill.empty() ? who : fmt::format("{}, with the skill {}", who, rule.skill);
}

/// It is not called any more because it has refused.
std::optional<LeadVerdict> refused_for_good(const LeadFacts& facts) {
    const auto state = facts.standing.state;
    if (state != ContactState::Done && state != ContactState::Denied) return std::nullopt;
    const bool switched_off = state == ContactState::Denied && is_converted(facts) &&
                              facts.standing.rule == Rule::Refused;
    if (!facts.refusal || (is_converted(facts) && !switched_off)) return std::nullopt;
    const auto why = switched_off ? campaigns::Conversion::Off : facts.refusal->conversion;
    return LeadVerdict{.rule = Rule::Refused,
                       .words = fmt::format("{}, {}: it is not called any more", refused_on(facts),
                                            reason_of(why)),
                       .mend = {}};
}

LeadVerdict closed_by_quota(const std::string& cell, bool for_good) {
    std::string words = cell.empty() ? std::string{"no quota cell is about it"}
                                     : fmt::format("its quota cell {} is full", cell);
    words += for_good ? ": it is not called any more" : " while the interviews that go on hold it";
    return {.rule = Rule::QuotaFull, .words = std::move(words), .mend = mend_of(Rule::QuotaFull)};
}

/// No answer that it could give would fill an open cell.
std::optional<LeadVerdict> not_wanted(const LeadFacts& facts) {
    if (!facts.quota_refusal) return std::nullopt;
    return closed_by_quota(facts.quota_refusal->cell, facts.quota_refusal->for_good);
}

/// What is over: no call will come, whatever anybody waits for.
std::optional<LeadVerdict> settled(const LeadFacts& facts) {
    const auto& standing = facts.standing;
    if (standing.state == ContactState::Live) return LeadVerdict{.words = explain(standing.state)};
    if (auto verdict = refused_for_good(facts)) return verdict;
    if (standing.state == ContactState::Done) {
        const bool capped = facts.spec != nullptr &&
                            standing.attempts >= facts.spec->retry.attempts_max &&
                            standing.attempts > 1;
        const std::string after =
            standing.last_outcome ? fmt::format(" after {}", name_of(*standing.last_outcome)) : "";
        return LeadVerdict{.rule = capped ? Rule::AttemptCap : Rule::None,
                           .words = fmt::format("done{}{}: it will not be called again", after,
                                                capped ? ", and all its attempts were made" : ""),
                           .mend =
                               "'bellwether list reset' dials again who was not reached; "
                               "--dry-run shows whom"};
    }
    const bool closed = standing.state == ContactState::Denied && standing.rule == Rule::QuotaFull;
    if (closed) return closed_by_quota(standing.cited, true);
    if (standing.state == ContactState::Denied) {
        return LeadVerdict{
            .rule = standing.rule,
            .words = fmt::format("a rule forbids calling it for good: {}",
                                 standing.cited.empty() ? explain(standing.rule) : standing.cited),
            .mend = mend_of(standing.rule)};
    }
    return std::nullopt;
}

/// A rule that forbids the call at any hour.
std::optional<LeadVerdict> forbidden(const LeadFacts& facts) {
    if (facts.on_do_not_call) {
        return LeadVerdict{.rule = Rule::DoNotCall,
                           .words = "the number is on do-not-call: it will not be called",
                           .mend = mend_of(Rule::DoNotCall)};
    }
    if (!facts.destination_allowed) {
        return LeadVerdict{.rule = Rule::DestinationPrefix,
                           .words = explain(Rule::DestinationPrefix),
                           .mend = mend_of(Rule::DestinationPrefix)};
    }
    if (facts.spec != nullptr && facts.standing.attempts >= facts.spec->retry.attempts_max) {
        return LeadVerdict{
            .rule = Rule::AttemptCap,
            .words = fmt::format("it has had {} attempts, and the campaign allows {}",
                                 facts.standing.attempts, facts.spec->retry.attempts_max),
            .mend = mend_of(Rule::AttemptCap)};
    }
    return std::nullopt;
}

/// What somebody must do first.
std::optional<LeadVerdict> held(const LeadFacts& facts) {
    if (!facts.live) {
        return LeadVerdict{.words = "no service is running: nothing is dialed until one is started",
                           .mend = "'bellwether serve'"};
    }
    if (facts.spec == nullptr) {
        return LeadVerdict{.words = "the campaign's files cannot be read: see 'bellwether doctor'"};
    }
    if (facts.run_state != CampaignRunState::Running) {
        return LeadVerdict{
            .words = fmt::format("the campaign does not dial: {}",
                                 explain(facts.run_state, engine::DialBlock::NotRunning, {})),
            .mend = "'bellwether campaign start'"};
    }
    return std::nullopt;
}

/// A moment from `at` on that lies in the calling hours; none if there is none for two weeks.
std::optional<UtcTime> in_hours(const LeadFacts& facts, UtcTime at) {
    const auto hours = compliance::check_hours(facts.spec->hours, at);
    return hours.open ? std::optional{at} : hours.until;
}

/// A clock must strike first: the retry, the number's rest, the calling hours.
std::optional<LeadVerdict> waiting(const LeadFacts& facts) {
    UtcTime from = facts.now;
    LeadVerdict verdict;
    if (facts.standing.due && *facts.standing.due > from) {
        from = *facts.standing.due;
        verdict.words = fmt::format("it is tried again from {} on", on_its_clocks(facts, from));
        if (is_converted(facts)) {
            verdict.rule = Rule::Refused;
            verdict.words = fmt::format("{}: {} calls it once more, from {} on", refused_on(facts),
                                        for_whom(facts), on_its_clocks(facts, from));
        }
    }
    if (facts.number_cools_until && *facts.number_cools_until > from) {
        from = *facts.number_cools_until;
        verdict.rule = Rule::NumberBusy;
        verdict.words =
            fmt::format("a call to the number was cut by a crash: nobody dials it before {}",
                        on_its_clocks(facts, from));
    }
    verdict.next_at = in_hours(facts, from);
    if (verdict.next_at == from) {
        if (verdict.words.empty()) return std::nullopt;
        return verdict;
    }
    verdict.rule = Rule::CallingHours;
    verdict.mend = mend_of(Rule::CallingHours);
    const std::string opens = verdict.next_at
                                  ? "they open at " + on_its_clocks(facts, *verdict.next_at)
                                  : "they do not open within two weeks";
    verdict.words += verdict.words.empty()
                         ? "it is outside the calling hours: " + opens
                         : fmt::format("; that is outside the calling hours: {}", opens);
    return verdict;
}

/// It could be dialed now: what is it waiting for?
LeadVerdict in_turn(const LeadFacts& facts) {
    LeadVerdict verdict{.next_at = facts.now};
    if (facts.number_busy) {
        verdict.rule = Rule::NumberBusy;
        verdict.words = "another call to the number is under way: its turn comes after it";
    } else if (is_converted(facts)) {
        verdict.rule = Rule::Refused;
        verdict.words = fmt::format("{}, and waits for {}", refused_on(facts), for_whom(facts));
    } else if (facts.standing.state == ContactState::Claimed) {
        verdict.words = "it is among the next to be dialed";
    } else if (facts.ahead == 0) {
        verdict.words = "it is the next in turn";
    } else if (facts.ahead == 1) {
        verdict.words = "it waits for its turn: one contact stands before it";
    } else {
        verdict.words =
            fmt::format("it waits for its turn: {} contacts stand before it", facts.ahead);
    }
    if (!facts.campaign_reason.empty())
        verdict.words += fmt::format("; the campaign: {}", facts.campaign_reason);
    return verdict;
}

}  // namespace

LeadVerdict lead_verdict(const LeadFacts& facts) {
    for (const auto& reason : {settled, forbidden, not_wanted, held, waiting}) {
        if (auto verdict = reason(facts)) return *std::move(verdict);
    }
    return in_turn(facts);
}

}  // namespace bellwether::app
