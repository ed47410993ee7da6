#pragma once

#include "campaigns/form/interview.h"
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {

/// Two questions and two notes, all of them recorded.
inline Form recorded() {
    return form_of(
        {.survey = "type,name,label,audio,required\nnote,hi,Hi,hi.wav,\ninteger,a,A,a.wav,yes\n"
                   "select_one yn,b,B,b.wav,\nnote,bye,Bye,bye.wav,\n",
         .choices = "list_name,name,label\nyn,yes,Yes\nyn,no,No\n",
         .settings = ""});
}

/// A person on the line whom the test moves: follows what takes no time.
struct Line {
    Form form;
    InterviewState state;
    InterviewStep step;  ///< the last

    explicit Line(Form with, InterviewFacts facts = {.seed = 1,
                                                     .now = "",
                                                     .language = "",
                                                     .agents = true,
                                                     .contact = {},
                                                     .tel = {}})
        : form{std::move(with)} {
        step = begin(form, state, std::move(facts));
    }

    void hear() { step = prompt_ended(form, state); }
    /// Presses each key, then stores what is to be stored.
    void press(std::string_view keys) {
        for (const char key : keys) step = key_pressed(form, state, key);
    }
    void wait() { step = timed_out(form, state); }
    void store() { step = answer_stored(form, state); }
    void answer(std::string_view keys) {
        press(keys);
        if (state.phase == Phase::Listening) wait();
        ASSERT_EQ(state.phase, Phase::Storing);
        store();
    }
    std::string at() const { return key_of(form, state.item); }
    std::string stored() const {
        std::string text;
        for (const auto& c : step.store)
            text += std::string{name_of(c.kind)} + ' ' + c.key + '=' + c.value + ' ' +
                    std::string{name_of(c.how)} + ';';
        return text;
    }
};

}  // namespace bellwether::campaigns::form
