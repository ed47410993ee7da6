#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/interviews.cpp: the questionnaire on the line.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

/// Contact 1 has answered as $c, and is interviewed.
std::vector<StoryStep> interviewed(std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{Given{"a survey", survey()},
                                 Offer{"one contact", 1},
                                 Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
                                 Tell{"durable", "ATTEMPT_STORED attempt=$c"},
                                 Expect{"placed", {"PLACE_CALL call=$c"}},
                                 Tell{"answered", "CALL_ANSWERED call=$c"}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Interviews, MakeEachAnswerDurableBeforeTheNextIsAsked) {
    play(interviewed(
        {Expect{"the interview begins",
                {"STORE_INTERVIEW interview=$i end=null", "PLAY call=$c prompts.0=/s/q1.wav"}},
         Key{"he says yes", "$c", '1'}, Never{"not yet", {"PLAY"}},
         Expect{"stored", {"STOP_PLAYING call=$c", "STORE_ANSWERS interview=$i"}},
         Wait{"a slow disk", 10s}, Never{"still not", {"PLAY"}},
         Tell{"durable", "ANSWER_STORED call=$c"},
         Expect{"the next question", {"PLAY call=$c playback=$q prompts.0=/s/q2.wav"}},
         Tell{"heard", "PLAYBACK_ENDED call=$c playback=$q completed=true"}, Key{"4", "$c", '4'},
         Key{"2", "$c", '2'}, Never{"it may go on", {"STORE_ANSWERS"}}, Key{"done", "$c", '#'},
         Expect{"stored", {"STORE_ANSWERS interview=$i"}}, Tell{"durable", "ANSWER_STORED call=$c"},
         Expect{"complete",
                {"STORE_INTERVIEW interview=$i end.outcome=COMPLETE",
                 "HANG_UP call=$c reason=INTERVIEW_DONE"}},
         Tell{"ended", "CALL_ENDED call=$c by=US"},
         Expect{"done", {"STORE_OUTCOME outcome=INTERVIEW_COMPLETE due=null"}}}));
}

// tel::max_call_s = 60: whoever is in the middle of a question at that time may still answer it.
TEST(Interviews, EndPolitelyAfterTheItemAtWhichTheirTimeIsUp) {
    auto spec = survey();
    spec.questionnaire->sheets.settings =
        "form_id,tel::opt_out_key,tel::opt_out_audio,tel::max_call_s\ntwo,*,opted_out.wav,60\n";
    const auto answers_after = [&](Duration time, std::vector<StoryStep> then) {
        std::vector<StoryStep> steps{Given{"a survey of a minute", spec},
                                     Offer{"one contact", 1},
                                     Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
                                     Tell{"durable", "ATTEMPT_STORED attempt=$c"},
                                     Tell{"answered", "CALL_ANSWERED call=$c"},
                                     Expect{"asked", {"PLAY call=$c prompts.0=/s/q1.wav"}},
                                     Wait{"the prompt is long", time},
                                     Key{"yes", "$c", '1'},
                                     Expect{"kept", {"STORE_ANSWERS call=$c"}},
                                     Tell{"durable", "ANSWER_STORED call=$c"}};
        steps.insert(steps.end(), then.begin(), then.end());
        return steps;
    };
    play(answers_after(59s, {Expect{"time enough", {"PLAY call=$c prompts.0=/s/q2.wav"}}}));
    play(answers_after(
        60s, {Expect{"no other question",
                     {"STORE_INTERVIEW end.outcome=PARTIAL end.aapor=1.2 end.cause=TIME_LIMIT",
                      "HANG_UP call=$c reason=INTERVIEW_DONE"}},
              Never{"not asked", {"PLAY"}}, Tell{"ended", "CALL_ENDED call=$c by=US"},
              Expect{"one of two answered", {"STORE_OUTCOME outcome=INTERVIEW_PARTIAL"}}}));
}

TEST(Interviews, EndWhenNoAnswerComes) {
    play(interviewed(
        {Expect{"asked", {"PLAY call=$c playback=$p prompts.0=/s/q1.wav"}},
         Tell{"heard", "PLAYBACK_ENDED call=$c playback=$p completed=true"}, Wait{"silence", 5s},
         Expect{"asked again", {"PLAY call=$c playback=$q prompts.0=/s/q1.wav"}},
         Tell{"heard", "PLAYBACK_ENDED call=$c playback=$q completed=true"}, Wait{"silence", 5s},
         Expect{"enough",
                {"STORE_INTERVIEW end.outcome=REFUSED end.cause=TRIES_USED_UP",
                 "HANG_UP call=$c reason=INTERVIEW_DONE"}},
         Tell{"ended", "CALL_ENDED call=$c by=US"},
         Expect{"partial", {"STORE_OUTCOME outcome=INTERVIEW_PARTIAL"}}}));
}

TEST(Interviews, KeepTheAnswersOfOneWhoHangsUpInBetween) {
    play(interviewed(
        {Expect{"asked", {"STORE_INTERVIEW interview=$i"}}, Key{"yes", "$c", '1'},
         Expect{"stored", {"STORE_ANSWERS call=$c"}}, Tell{"he hangs up", "CALL_ENDED call=$c"},
         Expect{"partial",
                {"STORE_INTERVIEW interview=$i end.outcome=PARTIAL item=q1 heard=true",
                 "STORE_OUTCOME outcome=INTERVIEW_PARTIAL"}},
         Tell{"the answer is durable", "ANSWER_STORED call=$c"}, Expect{"and that is all", {}}}));
}

TEST(Interviews, EndAfterTheConfirmationOfAnOptOut) {
    play(interviewed({Expect{"asked", {"PLAY prompts.0=/s/q1.wav"}}, Key{"*", "$c", '*'},
                      Never{"not before it is durable", {"PLAY", "HANG_UP"}},
                      Expect{"stored", {"STORE_SUPPRESSION number=1 client=1"}},
                      Tell{"durable", "SUPPRESSION_ADDED number=1 client=1"},
                      Expect{"confirmed", {"PLAY call=$c playback=$p prompts.0=/s/opted_out.wav"}},
                      Tell{"heard", "PLAYBACK_ENDED call=$c playback=$p completed=true"},
                      Tell{"ended", "CALL_ENDED call=$c by=US"},
                      Expect{"opted out",
                             {"STORE_INTERVIEW end.outcome=REFUSED end.cause=OPT_OUT",
                              "STORE_OUTCOME outcome=OPTED_OUT due=null"}}}));
}

}  // namespace
}  // namespace bellwether::engine::story
