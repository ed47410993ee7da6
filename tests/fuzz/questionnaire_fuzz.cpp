// Any bytes as the three sheets of a questionnaire (0xFF ends a sheet; what follows the third are
// keys): no crash, and whatever is accepted can be interviewed, each stored answer with the name of
// an item.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "campaigns/form/interview.h"
#include "campaigns/form/prompt_list.h"
#include "campaigns/form/read_form.h"

namespace {

namespace form = bellwether::campaigns::form;

constexpr std::size_t kKeysMax = 400;  // an interview of any interest is over by then

std::string_view take_part(std::string_view& rest) {
    const auto end = rest.find('\xFF');
    const std::string_view part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return part;
}

/// Whatever the interpreter asks for happens at once; then it is given the next key.
void obey(const form::Form& read, form::InterviewState& state, form::InterviewStep step) {
    for (int turns = 0; turns < 1000 && !step.end; ++turns) {
        for (const auto& change : step.store) BW_CHECK(form::item_of(read, change.key).has_value());
        if (!step.store.empty()) {
            step = form::answer_stored(read, state);
        } else if (step.opt_out) {
            step = form::opt_out_stored(read, state);
        } else if (step.agent) {
            step = form::agent_unavailable(read, state);
        } else if (step.record) {
            step = form::recording_ended(read, state, "r", std::chrono::seconds{1});
        } else if (!step.play.empty()) {
            step = form::prompt_ended(read, state);
        } else {
            return;
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    form::FormSheets sheets;
    sheets.survey = take_part(rest);
    sheets.choices = take_part(rest);
    sheets.settings = take_part(rest);
    const auto read = form::read_form(sheets);
    if (!read) {
        BW_CHECK(!read.error().empty());
        return 0;
    }
    (void)form::list_prompts(*read);
    form::InterviewState state;
    obey(*read, state, form::begin(*read, state, {.now = "2026-03-02T14:03:07+01:00"}));
    for (const char key : rest.substr(0, kKeysMax)) {
        if (state.end) break;
        const bool is_key = std::string_view{"0123456789*#"}.find(key) != std::string_view::npos;
        obey(*read, state,
             is_key ? form::key_pressed(*read, state, key) : form::timed_out(*read, state));
    }
    (void)form::hung_up(*read, state);
    (void)form::path_of(*read, state);
    return 0;
}
