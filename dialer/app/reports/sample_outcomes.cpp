#include "dialer/app/reports/sample_outcomes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace bellwether::app {

namespace {

namespace aapor = campaigns::aapor;

/// The place of a number among the case's; one that the contact has no more gets a place of its
/// own.
std::size_t place_of(NumberId number, std::vector<NumberId>& numbers) {
    const auto found = std::ranges::find(numbers, number);
    const auto place = static_cast<std::size_t>(found - numbers.begin());
    if (found == numbers.end()) numbers.push_back(number);
    return place;
}

aapor::AttemptFacts facts_of(const store::SampleCase& one, const store::SampleAttempt& attempt,
                             const SampleReading& reading) {
    aapor::AttemptFacts facts{.outcome = attempt.outcome,
                              .sip_status = attempt.sip_status,
                              .interview_code = attempt.interview_code,
                              .disposition = attempt.disposition};
    facts.meaning = campaigns::find_disposition(reading.dispositions, attempt.disposition);
    facts.selected = one.has_interview || reading.rules.sample == aapor::SampleKind::NamedList;
    // A questionnaire may give codes of its own; one that the table lacks says no more than the
    // outcome.
    if (aapor::find_code(reading.table, facts.interview_code) == nullptr)
        facts.interview_code.clear();
    return facts;
}

bool was_abandoned(const store::SampleCase& one) {
    return std::ranges::count(one.attempts, campaigns::Outcome::Abandoned,
                              &store::SampleAttempt::outcome) != 0;
}

}  // namespace

Result<std::optional<double>> parse_base_weight(const std::string& text) {
    if (text.empty()) return std::optional<double>{};
    double weight = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    if (!is_number || !std::isfinite(weight) || weight <= 0)
        return fail(Errc::InvalidInput, "is not a positive number with a decimal point");
    return std::optional{weight};
}

aapor::AttemptCode attempt_code_of(const store::SampleCase& one,
                                   const store::SampleAttempt& attempt,
                                   const SampleReading& reading) {
    return aapor::attempt_code(facts_of(one, attempt, reading), reading.table, reading.of_house);
}

aapor::FinalCode final_code_of(const store::SampleCase& one, const SampleReading& reading) {
    aapor::Case collected;
    auto numbers = one.numbers;
    for (const auto& attempt : one.attempts) {
        collected.attempts.push_back({.said = aapor::attempt_code(facts_of(one, attempt, reading),
                                                                  reading.table, reading.of_house),
                                      .at = attempt.ended,
                                      .number = place_of(attempt.number, numbers)});
    }
    collected.numbers = numbers.size();
    return aapor::final_code(reading.table, collected, reading.rules);
}

Result<SampleOutcomes> read_sample_outcomes(Backend& backend, CampaignId campaign,
                                            const std::optional<store::Period>& period,
                                            const SampleReading& reading) {
    SampleOutcomes outcomes;
    std::optional<Error> fault;
    std::int64_t weighted = 0;
    const auto take = [&](const store::SampleCase& one) {
        if (one.suppressed_before_dialing) {
            ++outcomes.suppressed_before_dialing;
            return;
        }
        if (reading.released_only && !one.is_released) {
            ++outcomes.not_released;
            return;
        }
        const auto weight = parse_base_weight(one.base_weight);
        if (!weight && !fault) {
            fault = Error{Errc::InvalidInput, "weight_base of contact " +
                                                  std::to_string(value_of(one.contact)) + " " +
                                                  weight.error().detail};
        }
        const bool has_weight = weight && *weight;
        if (has_weight) ++weighted;
        outcomes.cases.push_back(
            {final_code_of(one, reading).code, has_weight ? **weight : 1.0, was_abandoned(one)});
    };
    const auto read = store::for_each_case(backend.store(), campaign, period, take);
    if (!read) return tl::unexpected(read.error());
    if (fault) return tl::unexpected(*fault);
    const auto cases = static_cast<std::int64_t>(outcomes.cases.size());
    if (weighted != 0 && weighted != cases) {
        return fail(Errc::InvalidInput,
                    std::to_string(cases - weighted) + " of " + std::to_string(cases) +
                        " cases have no weight_base: give it to all, or to none");
    }
    return outcomes;
}

}  // namespace bellwether::app
