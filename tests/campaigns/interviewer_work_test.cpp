#include "campaigns/interviewer_work.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns {
namespace {

using form::ChangeKind;
using form::EndCause;
using form::Outcome;
using form::Settled;

form::Form asked() {
    return form::form_asking(
        "type,name,label\n"
        "note,hi,One two three four five six seven eight\n"  // 8 words: 2 s at 240 a minute
        "integer,a,One two three four\n"                     // 4: 1 s
        "begin_repeat,visit,V\ninteger,spent,One two three four\nend_repeat,,\n");
}

TEST(InterviewerWork, CountsAnInterview) {
    InterviewerWork work;
    add_interview(asked(),
                  {.items = {{.key = "hi", .how = Settled::Played},
                             {.key = "a", .seconds = 2.9},  // note and question take 3 s
                             {.key = "visit[1]/spent", .how = Settled::DontKnow, .seconds = 1.1},
                             {.key = "a", .kind = ChangeKind::Clear},
                             {.key = "a", .seconds = 0.2},  // gone back to: not read again
                             {.key = "visit[2]/spent", .how = Settled::Refused, .seconds = 0.5},
                             {.key = "tel.language", .kind = ChangeKind::Keep}},
                   .end = form::InterviewEnd{Outcome::Partial, "1.2", EndCause::BrokenOff},
                   .notes = 1,
                   .probes = 2,
                   .overrules = 3},
                  work);
    EXPECT_EQ(work.interviews, 1);
    EXPECT_EQ(work.partial, 1);
    EXPECT_EQ(work.probes, 2);
    EXPECT_EQ(work.overrules, 3);
    EXPECT_EQ(work.all.settled, 4);
    EXPECT_EQ(work.all.timed, 3);
    EXPECT_EQ(work.all.too_fast, 2);
    EXPECT_EQ(work.all.gone_back, 1);
    EXPECT_EQ(work.all.dont_know, 1);
    EXPECT_EQ(work.all.refused, 1);
    EXPECT_EQ(work.questions.at("a").too_fast, 1);
    EXPECT_EQ(work.questions.at("spent").settled, 2);
    EXPECT_EQ(work.questions.at("spent").break_offs, 1) << "nothing was answered behind it";
}

TEST(InterviewerWork, KnowsWhereNothingWasAnswered) {
    InterviewerWork work;
    add_interview(
        asked(),
        {.items = {}, .end = form::InterviewEnd{Outcome::Refused, "2.11", EndCause::BrokenOff}},
        work);
    EXPECT_EQ(work.questions.at("").break_offs, 1);
    add_interview(asked(),
                  {.items = {{.key = "a"}},
                   .end = form::InterviewEnd{Outcome::Refused, "2.12", EndCause::HungUp},
                   .item = "visit[2]"},
                  work);
    EXPECT_EQ(work.questions.at("visit").break_offs, 1) << "it was at hand";
    add_interview(asked(),
                  {.items = {{.key = "gone", .seconds = 0.0}, {.key = "a"}},
                   .end = form::InterviewEnd{Outcome::Complete, "1.1", EndCause::LastItem}},
                  work);
    EXPECT_EQ(work.complete, 1);
    EXPECT_EQ(work.all.timed, 0) << "a row that is gone has no words, and one has no time";
    EXPECT_EQ(work.all.settled, 3);
}

TEST(InterviewerWork, TakesTheMiddleOfTimes) {
    EXPECT_EQ(median_of({}), std::nullopt);
    EXPECT_EQ(median_of({9, 1, 4}), 4);
    EXPECT_EQ(median_of({9, 1, 4, 5}), 4.5);
}

}  // namespace
}  // namespace bellwether::campaigns
