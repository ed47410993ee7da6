#include "campaigns/aapor/outcome_report.h"

#include <algorithm>

#include "base/check.h"
#include "campaigns/aapor/assigned_codes.h"

namespace bellwether::campaigns::aapor {
namespace {

void add(Tally& tally, Class counts_as, double amount) {
    switch (counts_as) {
        case Class::Interview:
            tally.interviews += amount;
            break;
        case Class::Partial:
            tally.partials += amount;
            break;
        case Class::Refusal:
            tally.refusals += amount;
            break;
        case Class::NonContact:
            tally.noncontacts += amount;
            break;
        case Class::Other:
            tally.others += amount;
            break;
        case Class::UnknownHousehold:
            tally.unknown_households += amount;
            break;
        case Class::UnknownOther:
            tally.unknown_others += amount;
            break;
        case Class::NotEligible:
            tally.not_eligible += amount;
            break;
    }
}

enum class Quota { NotEligible, ClosedByDesign };

template <class Amount>
RatesLine line_of(const std::vector<CodeCount>& codes, const EChoice& choice, Quota quota,
                  Amount amount) {
    RatesLine line;
    for (const auto& count : codes) {
        const bool moves = quota == Quota::ClosedByDesign && count.code->code == kQuotaFilled;
        add(line.tally, moves ? Class::NonContact : count.code->counts_as, amount(count));
        if (!moves && count.code->household) line.tally.not_eligible_households += amount(count);
    }
    line.eligibility = estimate(line.tally, choice);
    line.rates = rates_of(line.tally, line.eligibility);
    return line;
}

}  // namespace

OutcomeReport report_outcomes(const CodeTable& table, const std::vector<CaseResult>& cases,
                              const EChoice& choice) {
    OutcomeReport report;
    std::vector<CodeCount> all;
    for (const auto& code : table.codes) all.push_back({&code, 0, 0});
    for (const auto& one : cases) {
        const auto count = std::ranges::find_if(
            all, [&](const CodeCount& entry) { return entry.code->code == one.code; });
        BW_CHECK(count != all.end());
        ++count->cases;
        count->weight += one.weight;
        ++report.cases;
        if (one.was_abandoned) ++report.ever_abandoned;
        if (one.code == kAbandoned) ++report.only_abandoned;
        if (one.weight != cases.front().weight) report.is_weighted = true;
    }
    std::ranges::copy_if(all, std::back_inserter(report.codes),
                         [](const CodeCount& count) { return count.cases > 0; });

    const auto by_cases = [](const CodeCount& count) { return static_cast<double>(count.cases); };
    const auto by_weight = [](const CodeCount& count) { return count.weight; };
    report.plain = line_of(report.codes, choice, Quota::NotEligible, by_cases);
    report.closed_by_design = line_of(report.codes, choice, Quota::ClosedByDesign, by_cases);
    report.weighted = line_of(report.codes, choice, Quota::NotEligible, by_weight);
    report.weighted_closed_by_design =
        line_of(report.codes, choice, Quota::ClosedByDesign, by_weight);
    return report;
}

}  // namespace bellwether::campaigns::aapor
