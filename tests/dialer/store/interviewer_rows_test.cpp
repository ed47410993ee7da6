#include "dialer/store/interviewer_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dialer/store/survey_rows.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using campaigns::RefusalStrength;
using campaigns::RefusedBy;
using campaigns::RefusedWhen;
using testing::IsEmpty;
using testing::SizeIs;

class InterviewerRows : public testing::Test {
protected:
    InterviewerRows() {
        test.import_numbers({fiction(1), fiction(2)});
        agent_ =
            must(test.store->add_agent({.client = test.client, .name = "ann", .sip_user = "ann"}));
        const auto offers = test.claim(2).offers;
        first_ = test.attempt_of(offers.at(0));
        second_ = test.attempt_of(offers.at(1));
        test.write({first_});
        test.write({second_});
        test.write({engine::StoreInterview{
            InterviewId{7}, first_.attempt, test.campaign, first_.contact, at(1), {}}});
    }

    void note(const std::string& item, const std::string& text, int second) {
        test.write({engine::StoreInterviewNote{.interview = InterviewId{7},
                                               .attempt = first_.attempt,
                                               .agent = agent_,
                                               .item = item,
                                               .note = text,
                                               .probe = text.empty(),
                                               .at = at(second)}});
    }

    engine::StoreRefusal refusal(const engine::StoreAttempt& of) const {
        return {.interview = of.attempt == first_.attempt ? InterviewId{7} : InterviewId{},
                .attempt = of.attempt,
                .campaign = test.campaign,
                .contact = of.contact,
                .agent = agent_,
                .who = RefusedBy::Household,
                .when = RefusedWhen::Selection,
                .strength = RefusalStrength::Hard,
                .reason = "no time",
                .note = "shouted",
                .do_not_call = true,
                .at = at(9)};
    }

    TestStore test;
    AgentId agent_{};
    engine::StoreAttempt first_;
    engine::StoreAttempt second_;
};

TEST_F(InterviewerRows, KeepNotesAndProbesInTheirOrder) {
    note("q2", "asked twice", 5);
    note("q1", "", 4);
    const auto notes = must(interview_notes_of(*test.store, first_.contact));
    ASSERT_THAT(notes, SizeIs(2));
    EXPECT_EQ(notes[0].kind, NoteKind::Probe);
    EXPECT_EQ(notes[0].item, "q1");
    EXPECT_EQ(notes[1].kind, NoteKind::Note);
    EXPECT_EQ(notes[1].note, "asked twice");
    EXPECT_EQ(notes[1].interview, InterviewId{7});
    EXPECT_EQ(notes[1].attempt, first_.attempt);
    EXPECT_EQ(notes[1].agent, agent_);
    EXPECT_EQ(notes[1].at, at(5));
    EXPECT_THAT(must(interview_notes_of(*test.store, second_.contact)), IsEmpty());

    int seen = 0;
    must(for_each_interview_note(*test.store, test.campaign,
                                 [&](const InterviewNoteRecord&) { ++seen; }));
    EXPECT_EQ(seen, 2);
    must(for_each_interview_note(*test.store, test.add_campaign("other"),
                                 [&](const InterviewNoteRecord&) { ++seen; }));
    EXPECT_EQ(seen, 2);
}

TEST_F(InterviewerRows, KeepEveryRefusalWithAndWithoutAnInterview) {
    test.write({refusal(first_)});
    test.write({refusal(first_)});
    test.write({refusal(second_)});
    const auto refusals = must(refusals_of(*test.store, first_.contact));
    ASSERT_THAT(refusals, SizeIs(2));
    EXPECT_EQ(refusals[0].interview, InterviewId{7});
    EXPECT_EQ(refusals[0].attempt, first_.attempt);
    EXPECT_EQ(refusals[0].campaign, test.campaign);
    EXPECT_EQ(refusals[0].agent, agent_);
    EXPECT_EQ(refusals[0].who, RefusedBy::Household);
    EXPECT_EQ(refusals[0].when, RefusedWhen::Selection);
    EXPECT_EQ(refusals[0].strength, RefusalStrength::Hard);
    EXPECT_EQ(refusals[0].reason, "no time");
    EXPECT_EQ(refusals[0].note, "shouted");
    EXPECT_TRUE(refusals[0].do_not_call);
    EXPECT_EQ(refusals[0].at, at(9));
    EXPECT_EQ(must(refusals_of(*test.store, second_.contact)).at(0).interview, InterviewId{});
    int seen = 0;
    must(for_each_refusal(*test.store, test.campaign, [&](const RefusalRecord&) { ++seen; }));
    EXPECT_EQ(seen, 3);
}

TEST_F(InterviewerRows, OutliveARestart) {
    note("q1", "kept", 4);
    test.write({refusal(first_)});
    test.close();
    test.open();
    EXPECT_THAT(must(interview_notes_of(*test.store, first_.contact)), SizeIs(1));
    EXPECT_THAT(must(refusals_of(*test.store, first_.contact)), SizeIs(1));
}

TEST_F(InterviewerRows, TellWhyAnUnusualAnswerWasTakenAndWhoEnteredIt) {
    test.write({engine::StoreInterviewNote{.interview = InterviewId{7},
                                           .attempt = first_.attempt,
                                           .agent = agent_,
                                           .item = "q2",
                                           .note = "he is sure",
                                           .overrule = true,
                                           .at = at(5)}});
    EXPECT_EQ(must(interview_notes_of(*test.store, first_.contact)).at(0).kind, NoteKind::Overrule);
    for (const AgentId by : {agent_, AgentId{}}) {
        test.write({engine::StoreAnswers{.call = first_.call,
                                         .interview = InterviewId{7},
                                         .changes = {{.key = "q2", .value = "4"}},
                                         .at = at(6),
                                         .agent = by}});
    }
    std::vector<AgentId> by;
    must(for_each_answer_change(*test.store, test.campaign,
                                [&](const AnswerChangeRow& row) { by.push_back(row.agent); }));
    EXPECT_EQ(by, (std::vector{agent_, AgentId{}}));
}

}  // namespace
}  // namespace bellwether::store::test
