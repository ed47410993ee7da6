#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using campaigns::Outcome;
using campaigns::OutcomeClass;

TEST(StoreAttempts, KeepsEveryFieldOfAnAttemptsLife) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const AgentId agent = must(test.store->add_agent(
        {AgentId{}, test.client, "ann", "ann", "d41d8cd98f00b204e9800998ecf8427e", ""}));
    auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    attempt.decision.until = at(77);
    test.write({attempt});
    const auto stored = test.events.all<engine::AttemptStored>();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].attempt, attempt.attempt);

    test.write({engine::StoreMilestone{attempt.attempt, engine::Milestone::Invited, at(2), {}},
                engine::StoreMilestone{attempt.attempt, engine::Milestone::Ringing, at(3), {}},
                engine::StoreMilestone{attempt.attempt, engine::Milestone::Ringing, at(4), {}},
                engine::StoreMilestone{attempt.attempt, engine::Milestone::Answered, at(5), {}},
                engine::StoreMilestone{attempt.attempt, engine::Milestone::Connected, at(6), agent},
                engine::StoreMilestone{attempt.attempt, engine::Milestone::Spoken, at(7), {}}});
    auto end = test.outcome_of(attempt, Outcome::Connected);
    end.sip_status = 200;
    end.retry_after = std::chrono::seconds{9};
    end.reason = engine::HangUpReason::AgentDone;
    end.answered_after_cancel = true;
    test.write({end});

    const auto records = must(test.store->attempts_of(attempt.contact));
    ASSERT_EQ(records.size(), 1U);
    const AttemptRecord& record = records[0];
    EXPECT_EQ(record.id, attempt.attempt);
    EXPECT_EQ(record.call, attempt.call);
    EXPECT_EQ(record.campaign, test.campaign);
    EXPECT_EQ(record.client, test.client);
    EXPECT_EQ(record.number, attempt.number);
    EXPECT_EQ(record.epoch, Epoch{1});
    EXPECT_EQ(record.attempts_made, 1);
    EXPECT_EQ(record.pacing, attempt.pacing);
    EXPECT_EQ(record.decision, attempt.decision);
    EXPECT_EQ(record.at, at(1));
    EXPECT_EQ(record.invited, at(2));
    EXPECT_EQ(record.ringing, at(3)) << "the first time counts";
    EXPECT_EQ(record.answered, at(5));
    EXPECT_EQ(record.connected, at(6));
    EXPECT_EQ(record.spoken, at(7));
    EXPECT_EQ(record.agent, agent);
    EXPECT_EQ(record.ended, at(30));
    EXPECT_EQ(record.outcome, Outcome::Connected);
    EXPECT_EQ(record.sip_status, 200);
    EXPECT_EQ(record.retry_after, std::chrono::seconds{9});
    EXPECT_EQ(record.hang_up, engine::HangUpReason::AgentDone);
    EXPECT_TRUE(record.answered_after_cancel);
    EXPECT_EQ(must(test.store->standing(attempt.contact)).at(0).state, ContactState::Done);
}

TEST(StoreAttempts, AWithdrawnAttemptKeepsWhatStoodAgainstIt) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2)});
    const auto offers = test.claim(2).offers;
    const auto later = test.attempt_of(offers[0]);
    const auto never = test.attempt_of(offers[1]);
    test.write({later, never});
    auto end = test.outcome_of(later, Outcome::Withdrawn, at(900));
    end.attempts_made = 0;
    end.decision = {compliance::Verdict::Defer, compliance::Rule::CallingHours, at(900)};
    auto deny = test.outcome_of(never, Outcome::Withdrawn);
    deny.attempts_made = 0;
    deny.decision = {compliance::Verdict::Deny, compliance::Rule::DoNotCall, {}};
    test.write({end, deny});

    EXPECT_EQ(must(test.store->attempts_of(offers[0].contact)).at(0).withdrawn_by, end.decision);
    const auto first = must(test.store->standing(offers[0].contact)).at(0);
    EXPECT_EQ(first.state, ContactState::New);
    EXPECT_EQ(first.due, at(900));
    EXPECT_EQ(first.attempts, 0);
    const auto second = must(test.store->standing(offers[1].contact)).at(0);
    EXPECT_EQ(second.state, ContactState::Denied);
    EXPECT_EQ(second.rule, compliance::Rule::DoNotCall);
}

TEST(StoreAttempts, OnlyAWithdrawnOneCanDenyTheContact) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    test.write({attempt});
    auto end = test.outcome_of(attempt, Outcome::Unknown);
    end.decision = {compliance::Verdict::Deny, compliance::Rule::None, {}};
    test.write({end});
    EXPECT_EQ(must(test.store->standing(attempt.contact)).at(0).state, ContactState::Done);
}

TEST(StoreFigures, AddUpOverContactsAndAttempts) {
    TestStore test;
    test.import_numbers({fiction(0), fiction(1), fiction(2), fiction(3), fiction(4), fiction(5)});
    const auto offers = test.claim(5).offers;
    const std::vector<std::pair<Outcome, std::optional<UtcTime>>> ends{
        {Outcome::Busy, at(300)}, {Outcome::Connected, {}}, {Outcome::NoAnswer, at(200)}};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const auto attempt = test.attempt_of(offers[i]);
        test.write({attempt});
        if (ends[i].first == Outcome::Connected) {
            test.write(
                {engine::StoreMilestone{attempt.attempt, engine::Milestone::Answered, at(5), {}}});
        }
        test.write({test.outcome_of(attempt, ends[i].first, ends[i].second)});
    }
    test.write({test.attempt_of(offers[3])});

    const auto figures = must(test.store->figures(test.campaign));
    EXPECT_EQ(figures.total, 6);
    EXPECT_EQ(figures.fresh, 1);
    EXPECT_EQ(figures.claimed, 1);
    EXPECT_EQ(figures.live, 1);
    EXPECT_EQ(figures.retry, 2);
    EXPECT_EQ(figures.done, 1);
    EXPECT_EQ(figures.denied, 0);
    EXPECT_EQ(figures.next_due, at(200));
    EXPECT_EQ(figures.attempts_alive, 1);
    EXPECT_EQ(figures.answered, 1);
    EXPECT_EQ(figures.bridged, 0);
    EXPECT_EQ(figures.of_class(OutcomeClass::Answered), 1);
    EXPECT_EQ(figures.of_class(OutcomeClass::Busy), 1);
    EXPECT_EQ(figures.of_class(OutcomeClass::NoAnswer), 1);
    EXPECT_EQ(figures.of_class(OutcomeClass::Failed), 0);
    ASSERT_EQ(figures.outcomes.size(), 3U);
    EXPECT_EQ(figures.outcomes[0].outcome, Outcome::Connected);
}

TEST(StoreInterviews, KeepsEachAnswerOnceHoweverOftenItIsSent) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2)});
    const auto offers = test.claim(2).offers;
    const auto attempt = test.attempt_of(offers[0]);
    const InterviewId interview{41};
    test.write({attempt});
    test.write({engine::StoreInterview{
        interview, attempt.attempt, test.campaign, attempt.contact, at(6), {}}});
    const engine::StoreAnswers answer{
        attempt.call, interview, {{.key = "q1", .value = "yes"}}, at(8)};
    test.write({answer});
    test.write({answer});
    test.write(
        {engine::StoreAnswers{attempt.call, interview, {{.key = "q2", .value = "7"}}, at(9)}});
    EXPECT_EQ(test.events.all<engine::AnswerStored>().size(), 3U);
    EXPECT_EQ(test.events.all<engine::AnswerStored>().at(0).call, attempt.call);
    EXPECT_EQ(must(test.store->figures(test.campaign)).interviews_open, 1);
    test.write({engine::StoreInterview{.interview = interview,
                                       .attempt = attempt.attempt,
                                       .campaign = test.campaign,
                                       .contact = attempt.contact,
                                       .at = at(12),
                                       .end = campaigns::form::InterviewEnd{.aapor = "1.1"},
                                       .item = "bye"}});

    std::vector<AnswerRecord> answers;
    must(test.store->for_each_answer(
        test.campaign, [&](const AnswerRecord& record) { answers.push_back(record); }));
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers[0].question, "q1");
    EXPECT_EQ(answers[0].value, "yes");
    EXPECT_EQ(answers[0].attempt, attempt.attempt);
    EXPECT_EQ(answers[0].contact, attempt.contact);
    EXPECT_EQ(answers[1].value, "7");
    const auto interviews = must(test.store->interviews(test.campaign));
    ASSERT_EQ(interviews.size(), 1U);
    EXPECT_EQ(interviews[0].began, at(6));
    EXPECT_EQ(interviews[0].ended, at(12));
    EXPECT_EQ(interviews[0].end, campaigns::form::Outcome::Complete);
    EXPECT_EQ(interviews[0].aapor, "1.1");
    EXPECT_EQ(interviews[0].item, "bye");
    const auto figures = must(test.store->figures(test.campaign));
    EXPECT_EQ(figures.interviews_open, 0);
    EXPECT_EQ(figures.interviews_complete, 1);
    EXPECT_EQ(figures.answers, 2);
}

TEST(StoreAccounts, KeepsOneRowPerWindowAsItLastStood) {
    TestStore test;
    constexpr compliance::AccountWindow kDay{compliance::WindowKind::Day, 0};
    constexpr compliance::AccountWindow kEightHours{compliance::WindowKind::Hours, 8};
    test.write({engine::StoreAccount{test.campaign, test.client, {kDay, at(0), 10, 0}},
                engine::StoreAccount{test.campaign, test.client, {kDay, at(86'400), 2, 1}},
                engine::StoreAccount{test.campaign, test.client, {kEightHours, at(0), 5, 1}},
                engine::StoreAccount{test.campaign, test.client, {kDay, at(0), 11, 1}}});
    const auto accounts = must(test.store->accounts(test.campaign));
    ASSERT_EQ(accounts.size(), 3U);
    EXPECT_EQ(accounts[0], (compliance::AbandonmentAccount{kDay, at(0), 11, 1}));
    EXPECT_EQ(must(test.store->account(test.campaign, kDay, at(86'400))).live_answers, 2);
    EXPECT_EQ(must(test.store->account(test.campaign, kEightHours, at(0))).live_answers, 5);
    EXPECT_EQ(must(test.store->account(test.campaign, kDay, at(5))),
              (compliance::AbandonmentAccount{kDay, at(5), 0, 0}));
}

TEST(StoreAgents, AreAddedOnceAndForgottenWithTheirSecrets) {
    TestStore test;
    const AgentRecord ann{AgentId{}, test.client, "Ann", "ann", "0123", "4567"};
    const AgentId id = must(test.store->add_agent(ann));
    AgentRecord twin = ann;
    twin.name = "Another Ann";
    EXPECT_EQ(test.store->add_agent(twin).error().code, Errc::Conflict);

    test.write(
        {engine::StoreAgentState{
             id, engine::AgentState::Ready, engine::AgentReason::Asked, test.campaign, {}, at(4)},
         engine::StoreAgentState{id,
                                 engine::AgentState::SignedOut,
                                 engine::AgentReason::Kicked,
                                 CampaignId{},
                                 {},
                                 at(9)}});
    const auto states = must(test.store->agent_states(at(0), at(9)));
    ASSERT_EQ(states.size(), 1U);
    EXPECT_EQ(states[0].state, engine::AgentState::Ready);
    EXPECT_EQ(states[0].reason, engine::AgentReason::Asked);
    EXPECT_EQ(states[0].campaign, test.campaign);

    ASSERT_EQ(must(test.store->agents()).size(), 1U);
    EXPECT_EQ(must(test.store->agents())[0].ha1_md5, "0123");
    EXPECT_EQ(must(test.store->agents())[0].home, CampaignId{});
    AgentRecord at_home = must(test.store->agents())[0];
    at_home.home = test.campaign;
    must(test.store->change_agent(at_home));
    EXPECT_EQ(must(test.store->agents())[0].home, test.campaign);
    must(test.store->remove_agent(id, at(10)));
    EXPECT_TRUE(must(test.store->agents()).empty());
    EXPECT_EQ(test.store->remove_agent(id, at(11)).error().code, Errc::NotFound);
    EXPECT_NE(must(test.store->add_agent(ann)), id);
    test.close();
    EXPECT_EQ(test.folder.read("store.db").find("Another Ann"), std::string::npos);
}

TEST(StoreCampaigns, SavingAgainChangesTheTextAndNothingElse) {
    TestStore test;
    must(test.store->set_run_state(test.campaign, engine::CampaignRunState::Running, at(1)));
    CampaignRecord record = *must(test.store->find_campaign("survey"));
    record.toml = "mode = \"ratio\"\n";
    EXPECT_EQ(must(test.store->save_campaign(record, at(2))), test.campaign);
    const auto saved = *must(test.store->find_campaign("survey"));
    EXPECT_EQ(saved.toml, record.toml);
    EXPECT_EQ(saved.run_state, engine::CampaignRunState::Running);
    EXPECT_EQ(saved.list, test.list);

    test.write(
        {engine::StoreCampaignState{test.campaign, engine::CampaignRunState::Draining, at(3)}});
    EXPECT_EQ(must(test.store->campaigns()).at(0).run_state, engine::CampaignRunState::Draining);

    record.list = must(test.store->add_list(test.client, "autumn"));
    EXPECT_EQ(test.store->save_campaign(record, at(4)).error().code, Errc::Conflict);
    EXPECT_EQ(test.store->set_run_state(CampaignId{99}, engine::CampaignRunState::Running, at(5))
                  .error()
                  .code,
              Errc::NotFound);
}

TEST(StoreLists, BelongToOneClient) {
    TestStore test;
    EXPECT_EQ(must(test.store->add_client("Acme")), test.client);
    EXPECT_EQ(must(test.store->add_list(test.client, "spring")), test.list);
    const ClientId other = must(test.store->add_client("Other"));
    EXPECT_EQ(test.store->add_list(other, "spring").error().code, Errc::Conflict);
    EXPECT_EQ(test.store->add_list(ClientId{77}, "orphan").error().code, Errc::NotFound);
    EXPECT_EQ(must(test.store->clients()).size(), 2U);
    test.import_numbers({fiction(1), fiction(2)});
    EXPECT_EQ(must(test.store->find_list("spring"))->contacts, 2);
    EXPECT_EQ(must(test.store->lists()).at(0).imports, 1);
    EXPECT_FALSE(must(test.store->find_list("winter")).has_value());
}

}  // namespace
}  // namespace bellwether::store::test
