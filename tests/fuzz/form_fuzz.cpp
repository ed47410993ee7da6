// Any bytes as the three sheets of a questionnaire (0xFF ends a sheet; what follows a second one
// after the settings are keys): no crash, and whatever is accepted can be interviewed to its end,
// with every stored answer allowed by its constraint.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "campaigns/form/interview.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/read_form.h"

namespace {

using namespace bellwether::campaigns;
using namespace bellwether::campaigns::form;

constexpr int kStepsMax = 2000;

std::string take_part(std::string_view& rest) {
    const auto end = rest.find('\xFF');
    const std::string part{rest.substr(0, end)};
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return part;
}

InterviewStep move(const Form& form, InterviewState& state, char key) {
    constexpr std::string_view kKeys = "0123456789*#";
    switch (state.phase) {
        case Phase::Storing:
            return answer_stored(form, state);
        case Phase::OptingOut:
            return opt_out_stored(form, state);
        case Phase::Handover:
            return agent_unavailable(form, state);
        case Phase::Recording:
            return recording_ended(form, state, "r", std::chrono::seconds{key % 3});
        default:
            break;
    }
    if (key % 4 == 0) return prompt_ended(form, state);
    if (key % 4 == 1) return timed_out(form, state);
    return key_pressed(form, state, kKeys[static_cast<unsigned char>(key) % kKeys.size()]);
}

void check_marks(const Form& form, const InterviewState& state) {
    BW_CHECK(Picture(form, state.answers).overtaken().empty());
}

void interview(const Form& form, std::string_view keys) {
    InterviewState state;
    (void)begin(form, state,
                {.now = "2026-01-15T12:00:00+00:00",
                 .language = {},
                 .agents = true,
                 .contact = {},
                 .tel = {}});
    for (int i = 0; i < kStepsMax && state.phase != Phase::Ended; ++i) {
        const char key = keys.empty() ? static_cast<char>(i % 2)
                                      : keys[static_cast<std::size_t>(i) % keys.size()];
        (void)move(form, state, key);
        if (i % 64 == 0) check_marks(form, state);
    }
    (void)hung_up(form, state);
    BW_CHECK(state.end.has_value());
    check_marks(form, state);
    (void)path_of(form, state);
    (void)answers_of(form, state);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    FormSheets sheets{
        .survey = take_part(rest), .choices = take_part(rest), .settings = take_part(rest)};
    const auto form = read_form(std::move(sheets));
    if (form) {
        interview(*form, rest);
        return 0;
    }
    BW_CHECK(!form.error().empty());
    for (const SheetProblem& problem : form.error()) BW_CHECK(!describe(problem).empty());
    return 0;
}
