// Any bytes as the three sheets of a questionnaire (0xFF ends a sheet): no crash, and whatever is
// accepted keeps the ranges of campaigns/questionnaire.h and can be interviewed to its end.

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

#include "base/check.h"
#include "campaigns/interview.h"
#include "campaigns/questionnaire_csv.h"

namespace {

using namespace bellwether::campaigns;

std::string_view take_sheet(std::string_view& rest) {
    const auto end = rest.find('\xFF');
    const std::string_view sheet = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return sheet;
}

void check_question(const Questionnaire& form, const Question& question) {
    BW_CHECK(!question.prompt.empty());
    BW_CHECK(question.timeout.count() >= 1);
    BW_CHECK(question.retries >= 0);
    BW_CHECK(0 <= question.min && question.min <= question.max);
    BW_CHECK((question.type == QuestionType::SelectOne) == !question.choices.empty());
    std::set<char> keys;
    for (const Choice& choice : question.choices) {
        BW_CHECK(keys.insert(choice.key).second);
        BW_CHECK(form.opt_out_key != choice.key);
        BW_CHECK(!choice.value.empty());
    }
}

void check_form(const Questionnaire& form) {
    std::set<std::string> names;
    bool asks = false;
    for (const Question& question : form.questions) {
        check_question(form, question);
        BW_CHECK(names.insert(question.name).second);
        asks = asks || question.type != QuestionType::Note;
    }
    BW_CHECK(asks);
}

void interview_in_silence(const Questionnaire& form) {
    InterviewState state;
    (void)begin(form, state);
    int steps = 0;
    while (state.phase != InterviewPhase::Ended) {
        (void)(state.phase == InterviewPhase::Listening ? timed_out(form, state)
                                                        : prompt_ended(form, state));
        BW_CHECK(++steps < 1'000'000);
    }
    BW_CHECK(state.end == InterviewEnd::Partial);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    const std::string_view survey = take_sheet(rest);
    const std::string_view choices = take_sheet(rest);
    const auto form = read_questionnaire({.survey = survey, .choices = choices, .settings = rest});
    if (form) {
        check_form(*form);
        interview_in_silence(*form);
        return 0;
    }
    BW_CHECK(!form.error().empty());
    for (const SheetProblem& problem : form.error()) BW_CHECK(!describe(problem).empty());
    return 0;
}
