#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/answers.cpp: what a person who answered hears and is asked.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

std::vector<StoryStep> and_then(std::vector<StoryStep> steps, std::vector<StoryStep> then) {
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

/// Contact 1 has answered as $c.
std::vector<StoryStep> answered(campaigns::CampaignSpec spec, int agents,
                                std::vector<StoryStep> then) {
    return and_then(
        {Given{"a campaign", std::move(spec), agents}, Offer{"one contact", 1},
         Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
         Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Expect{"placed", {"PLACE_CALL call=$c"}},
         Tell{"answered", "CALL_ANSWERED call=$c"}},
        std::move(then));
}

/// Two lines for one agent, contact 1 talks to him as $c; contact 2 has just answered as $d.
std::vector<StoryStep> one_too_many(std::vector<StoryStep> then) {
    auto spec = ratio(2);
    spec.abandonment[0].cap = Probability{0.5};
    return and_then(
        {Given{"two lines for each agent", spec, 2}, Offer{"two contacts", 2},
         Expect{"no answers yet, so as many lines as agents",
                {"STORE_ATTEMPT contact=1 attempt=$c", "STORE_ATTEMPT contact=2 attempt=$d"}},
         Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"durable", "ATTEMPT_STORED attempt=$d"},
         Tell{"contact 1 answers", "CALL_ANSWERED call=$c"},
         Expect{"agent 1 takes him", {"BRIDGE contact_call=$c agent_call=$leg1"}},
         Tell{"agent 2 takes a break", "AGENT_ORDERED agent=2 order=PAUSE"},
         Tell{"contact 2 answers", "CALL_ANSWERED call=$d"},
         Never{"nobody is free", {"BRIDGE", "PLAY"}}, Expect{"he waits", {}}},
        std::move(then));
}

TEST(Interviews, MakeEachAnswerDurableBeforeTheNextIsAsked) {
    play(answered(
        survey(), 0,
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

TEST(Interviews, EndWhenNoAnswerComes) {
    play(answered(
        survey(), 0,
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
    play(answered(
        survey(), 0,
        {Expect{"asked", {"STORE_INTERVIEW interview=$i"}}, Key{"yes", "$c", '1'},
         Expect{"stored", {"STORE_ANSWERS call=$c"}}, Tell{"he hangs up", "CALL_ENDED call=$c"},
         Expect{"partial",
                {"STORE_INTERVIEW interview=$i end.outcome=PARTIAL",
                 "STORE_OUTCOME outcome=INTERVIEW_PARTIAL"}},
         Tell{"the answer is durable", "ANSWER_STORED call=$c"}, Expect{"and that is all", {}}}));
}

TEST(Interviews, EndAfterTheConfirmationOfAnOptOut) {
    play(answered(survey(), 0,
                  {Expect{"asked", {"PLAY prompts.0=/s/q1.wav"}}, Key{"*", "$c", '*'},
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
